import { checkedOn, type Sourced } from './reference.ts';

export interface Offence extends Sourced {
  code: string;
  label: string;
  statute: string;
  /** Longest sentence in words; null where it was not seen. */
  maximum: string | null;
  /** ISO date; null where commencement is not confirmed: do not charge or plan on it without checking. */
  inForceFrom: string | null;
  /** True where `inForceFrom` is null because the commencement is open, not because it is old. */
  commencementOpen: boolean;
}

const old = {
  inForceFrom: null,
  commencementOpen: false,
  checked: checkedOn,
  confidence: 'unconfirmed-high',
} as const;

/** Offences that county lines plans name most often. England and Wales; for a force to extend. */
export const offences: readonly Offence[] = [
  {
    code: 'mda-s4-3',
    label: 'Being concerned in the supply of a controlled drug',
    statute: 'Misuse of Drugs Act 1971 s.4(3)',
    maximum: 'Class A life; Class B and C 14 years',
    source: 'Not read in the statute',
    ...old,
  },
  {
    code: 'mda-s5-3',
    label: 'Possession of a controlled drug with intent to supply',
    statute: 'Misuse of Drugs Act 1971 s.5(3)',
    maximum: 'Class A life; Class B and C 14 years',
    source: 'Not read in the statute',
    ...old,
  },
  {
    code: 'psa-s5',
    label: 'Supplying, or offering to supply, a psychoactive substance',
    statute: 'Psychoactive Substances Act 2016 s.5',
    maximum: null,
    source: 'SCA 2015 s.80A names it as a drug dealing offence',
    ...old,
  },
  {
    code: 'msa-s1',
    label: 'Slavery, servitude and forced or compulsory labour',
    statute: 'Modern Slavery Act 2015 s.1',
    maximum: 'Life',
    source: 'Not read in the statute',
    ...old,
  },
  {
    code: 'msa-s2',
    label: 'Human trafficking',
    statute: 'Modern Slavery Act 2015 s.2',
    maximum: 'Life',
    source: 'Not read in the statute',
    ...old,
  },
  {
    code: 'cce',
    label: 'Child criminal exploitation',
    statute: 'Crime and Policing Act 2026 Pt 4 Ch 1',
    maximum: '10 years; the offender is 18 or over',
    inForceFrom: null,
    commencementOpen: true,
    source:
      'southwellandpartners.com, 20 May 2026; first commencement regulations cover some provisions only',
    checked: checkedOn,
    confidence: 'unconfirmed-medium',
  },
  {
    code: 'cuckooing',
    label: 'Controlling another person’s home for criminal purposes (cuckooing)',
    statute: 'Crime and Policing Act 2026 Pt 4 Ch 2',
    maximum: '5 years (as in the Bill)',
    inForceFrom: null,
    commencementOpen: true,
    source: 'localgovernmentlawyer.co.uk (Bill); first commencement regulations cover some provisions only',
    checked: checkedOn,
    confidence: 'unconfirmed-medium',
  },
];
