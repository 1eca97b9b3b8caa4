import { type CodeList, checkedOn } from './reference.ts';

/** Tiers of the Government Security Classifications, lowest first. -SENSITIVE lies within OFFICIAL. */
export const tiers: CodeList = {
  title: 'Tier',
  source: 'gov.uk Government Security Classifications Policy, 5 Aug 2024',
  checked: checkedOn,
  confidence: 'stated',
  codes: [
    { code: 'OFFICIAL', label: 'OFFICIAL' },
    { code: 'SECRET', label: 'SECRET' },
    { code: 'TOP SECRET', label: 'TOP SECRET' },
  ],
};

/** Markings that this product may hold: nothing above OFFICIAL. */
export const markings: CodeList = {
  title: 'Protective marking',
  source: 'gov.uk Government Security Classifications Policy, 5 Aug 2024; ceiling by the product',
  checked: checkedOn,
  confidence: 'stated',
  codes: [
    { code: 'OFFICIAL', label: 'OFFICIAL', also: ['o'] },
    {
      code: 'OFFICIAL-SENSITIVE',
      label: 'OFFICIAL-SENSITIVE',
      also: ['o-s', 'os', 'official sensitive', 'official: sensitive'],
    },
  ],
};

/** Markings of the scheme before 2014. They have no equivalent and are never converted. */
export const legacyMarkings: CodeList = {
  title: 'Old protective marking (GPMS)',
  source: 'tickerdossier.com GSCP (2014 version)',
  checked: checkedOn,
  confidence: 'unconfirmed-medium',
  codes: [
    { code: 'NOT PROTECTIVELY MARKED', label: 'NOT PROTECTIVELY MARKED', also: ['npm', 'unclassified'] },
    { code: 'PROTECT', label: 'PROTECT' },
    { code: 'RESTRICTED', label: 'RESTRICTED' },
    { code: 'CONFIDENTIAL', label: 'CONFIDENTIAL' },
  ],
};

export const descriptors: CodeList = {
  title: 'Descriptor',
  source: 'Government Security Classifications; exact set not verified',
  checked: checkedOn,
  confidence: 'unconfirmed-medium',
  codes: [
    { code: 'PERSONAL DATA', label: 'PERSONAL DATA' },
    { code: 'LEGAL PROFESSIONAL PRIVILEGE', label: 'LEGAL PROFESSIONAL PRIVILEGE' },
    { code: 'COMMERCIAL', label: 'COMMERCIAL' },
    { code: 'MARKET SENSITIVE', label: 'MARKET SENSITIVE' },
    { code: 'HR / MANAGEMENT', label: 'HR / MANAGEMENT' },
    { code: 'LOCSEN', label: 'LOCSEN' },
    { code: 'PERSONAL', label: 'PERSONAL' },
  ],
};

export const handlingInstructions: CodeList = {
  title: 'Handling instruction',
  source: 'Government Security Classifications; exact set not verified',
  checked: checkedOn,
  confidence: 'unconfirmed-medium',
  codes: [
    { code: 'RECIPIENTS ONLY', label: 'RECIPIENTS ONLY' },
    { code: 'HMG USE ONLY', label: 'HMG USE ONLY' },
    { code: 'EMBARGOED', label: 'EMBARGOED' },
    { code: 'FOR PUBLIC RELEASE', label: 'FOR PUBLIC RELEASE' },
  ],
};
