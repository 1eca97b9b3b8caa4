import { type Code, type CodeList, checkedOn } from './reference.ts';

/** 3x5x2: source evaluation, a number. */
export const sourceEvaluations: CodeList = {
  title: 'Source evaluation',
  source: 'College APP 2023 as cited by secondary sources',
  checked: checkedOn,
  confidence: 'stated',
  codes: [
    { code: '1', label: 'Reliable', note: 'Believed competent, information generally reliable.' },
    { code: '2', label: 'Untested', note: 'Not yet substantiated: treat with caution, seek corroboration.' },
    {
      code: '3',
      label: 'Not reliable',
      also: ['unreliable'],
      note: 'Reasonable grounds to doubt: record why.',
    },
  ],
};

/** 3x5x2: intelligence assessment, a letter. */
export const intelligenceAssessments: CodeList = {
  title: 'Intelligence assessment',
  source: 'College APP 2023 as cited by secondary sources',
  checked: checkedOn,
  confidence: 'stated',
  codes: [
    { code: 'A', label: 'Known directly to the source' },
    { code: 'B', label: 'Known indirectly to the source but corroborated' },
    { code: 'C', label: 'Known indirectly to the source' },
    { code: 'D', label: 'Not known', confidence: 'unconfirmed-high' },
    { code: 'E', label: 'Suspected to be false' },
  ],
};

/** 3x5x2: handling code. C is never without conditions. */
export const handlingCodes: CodeList = {
  title: 'Handling',
  source: 'brainscape.com, Information and Intelligence',
  checked: checkedOn,
  confidence: 'stated',
  codes: [
    { code: 'P', label: 'Lawful sharing permitted' },
    { code: 'C', label: 'Lawful sharing permitted with conditions' },
  ],
};

/** Conditions offered under handling C; a force edits this list. */
export const handlingConditions: CodeList = {
  title: 'Handling conditions',
  source: 'Exact wording not verified; to be settled by the force',
  checked: checkedOn,
  confidence: 'unconfirmed-medium',
  codes: [
    { code: 'A1', label: 'Covert development' },
    { code: 'A2', label: 'Covert use' },
    { code: 'A3', label: 'Overt use' },
    { code: 'S1', label: 'Authority to sanitise delegated to recipient' },
    { code: 'S2', label: 'Consult originator before sanitising or disseminating' },
  ],
};

/** 5x5x5, the scheme used until 2016: wording of the National Intelligence Model. */
export const legacyLabels = {
  source: 'gov.uk HMRC manual MLR3C14000',
  checked: checkedOn,
  confidence: 'stated',
  sources: [
    { code: 'A', label: 'Always reliable' },
    { code: 'B', label: 'Mostly reliable' },
    { code: 'C', label: 'Sometimes reliable' },
    { code: 'D', label: 'Unreliable' },
    { code: 'E', label: 'Untested source' },
  ] as readonly Code[],
  information: [
    { code: '1', label: 'Known to be true without reservation' },
    { code: '2', label: 'Known personally to the source but not to the officer' },
    { code: '3', label: 'Not personally known to the source but corroborated' },
    { code: '4', label: 'Cannot be judged' },
    { code: '5', label: 'Suspected to be false or malicious' },
  ] as readonly Code[],
  handling: [
    { code: '1', label: 'May go to other law enforcement and prosecuting agencies' },
    { code: '2', label: 'UK non-prosecuting parties, with authorisation and records' },
    { code: '3', label: 'Law enforcement outside the EEA, with special conditions' },
    { code: '4', label: 'Originating agency only' },
    { code: '5', label: 'No further dissemination: refer to originator' },
  ] as readonly Code[],
} as const;

/**
 * What to propose for an old grade. A proposal to the analyst, never applied silently; null: there is no
 * equivalent and the analyst must choose.
 */
export const legacyProposals = {
  source: 'Product; the College conversion table was not seen',
  checked: checkedOn,
  confidence: 'design',
  sources: { A: '1', B: '1', C: null, D: '3', E: '2' } as Readonly<Record<string, '1' | '2' | '3' | null>>,
  information: { '1': 'A', '2': 'A', '3': 'B', '4': 'D', '5': 'E' } as Readonly<
    Record<string, 'A' | 'B' | 'C' | 'D' | 'E'>
  >,
  handling: {
    '1': { code: 'P', condition: null },
    '2': { code: 'C', condition: 'Authorisation and record for non-prosecuting party' },
    '3': { code: 'C', condition: 'Special conditions: non-EEA transfer' },
    '4': { code: 'C', condition: 'Originating agency only' },
    '5': { code: 'C', condition: 'Refer to originator' },
  } as Readonly<Record<string, { code: 'P' | 'C'; condition: string | null }>>,
} as const;
