import { checkedOn, type Sourced } from './reference.ts';

/**
 * Groups of the management of police information and their periods (domain facts 6.3). None of the periods was read in
 * a primary source: a force confirms them before it relies on them. They prompt a review and never delete.
 */
export interface RetentionGroupFacts extends Sourced {
  code: string;
  label: string;
  covers: string;
  /** Years without coming to notice after which the record is reviewed; null where age decides. */
  clearYears: number | null;
  /** Age of the person until which the record is kept. */
  untilAge: number | null;
  /** Years between reviews while it is kept. */
  reviewYears: number | null;
}

const source = 'Management of police information, groups as remembered; periods not seen in a source';
const unconfirmed = { source, checked: checkedOn, confidence: 'unconfirmed-high' } as const;

export const retentionGroups: readonly RetentionGroupFacts[] = [
  {
    code: '1',
    label: '1 Certain public protection matters',
    covers:
      'MAPPA, specified serious offences of the Criminal Justice Act 2003, potentially dangerous people',
    clearYears: null,
    untilAge: 100,
    reviewYears: 10,
    ...unconfirmed,
  },
  {
    code: '2',
    label: '2 Other sexual, violent or serious offences',
    covers: 'Also serious offences under the Police Act 1997 s.93(4), which most conspiracies to supply are',
    clearYears: 10,
    untilAge: null,
    reviewYears: 10,
    ...unconfirmed,
  },
  {
    code: '3',
    label: '3 All other offences',
    covers: 'Offences in no other group',
    clearYears: 6,
    untilAge: null,
    reviewYears: 5,
    ...unconfirmed,
  },
  {
    code: '4',
    label: '4 Undetected crime, intelligence, missing people, victims and witnesses',
    covers:
      'Undetected crime for six years unless a more serious group applies; the rest by type, linked to a nominal',
    clearYears: 6,
    untilAge: null,
    reviewYears: null,
    ...unconfirmed,
  },
];

/** Retention of relevant material under the Criminal Procedure and Investigations Act 1996 (domain facts 6.4). */
export const cpiaRetention: Sourced & { monthsAfterConviction: number; text: string } = {
  monthsAfterConviction: 6,
  text: 'Until the proceedings are decided; after a conviction until release from custody or six months after the conviction, whichever is later; longer while an appeal is pending.',
  source: 'Code of practice under CPIA 1996 Part II, as remembered',
  checked: checkedOn,
  confidence: 'unconfirmed-high',
};
