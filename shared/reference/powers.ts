import { type Confidence, checkedOn, type Sourced } from './reference.ts';

/** Who may authorise, from the lowest rank or office that suffices. */
export type AuthorityLevel = 'constable' | 'sergeant' | 'inspector' | 'superintendent' | 'justice' | 'court';

export interface Period {
  amount: number;
  unit: 'hours' | 'days' | 'months' | 'years';
}

export interface Power extends Sourced {
  key: string;
  label: string;
  statute: string;
  /** A warrant is issued, executed, endorsed and returned. */
  isWarrant: boolean;
  authority: AuthorityLevel;
  /** Who authorises, in words. */
  authorityText: string;
  /** Longest time in which it can be used; null where there is no fixed period. */
  validity: Period | null;
  /** What the period counts, or what stands in its place. */
  validityText: string;
  /** `single`: one entry unless the warrant says otherwise. `none`: no entry of premises is authorised. */
  entries: 'single' | 'as-needed' | 'none';
  /** Who must authorise in writing each entry after the first; null where the question does not arise. */
  laterEntryAuthority: AuthorityLevel | null;
  /** Unspecified premises need this authority in writing; null where the question does not arise. */
  unspecifiedPremisesAuthority: AuthorityLevel | null;
  threshold: string;
  recordDue: string;
  /** Other ways of writing it. `parsePower` also reads act and section in any order. */
  also: readonly string[];
}

type Draft = Omit<
  Power,
  'checked' | 'isWarrant' | 'laterEntryAuthority' | 'unspecifiedPremisesAuthority' | 'also'
> &
  Partial<Pick<Power, 'laterEntryAuthority' | 'unspecifiedPremisesAuthority' | 'also'>>;

const endorseAndReturn = 'Endorse per premises; return to the court when executed, or by expiry (PACE s.16).';

function warrant(draft: Draft): Power {
  return {
    laterEntryAuthority: 'inspector',
    unspecifiedPremisesAuthority: null,
    also: [],
    ...draft,
    checked: checkedOn,
    isWarrant: true,
  };
}

function other(draft: Draft): Power {
  return {
    laterEntryAuthority: null,
    unspecifiedPremisesAuthority: null,
    also: [],
    ...draft,
    checked: checkedOn,
    isWarrant: false,
  };
}

const months = (amount: number): Period => ({ amount, unit: 'months' });
const hours = (amount: number): Period => ({ amount, unit: 'hours' });
const stated: Confidence = 'stated';

/** Powers that a county lines enforcement day rests on (domain facts 4.1). England and Wales. */
export const powers: readonly Power[] = [
  warrant({
    key: 'pace-s8',
    label: 'PACE s.8 search warrant',
    statute: 'Police and Criminal Evidence Act 1984 s.8',
    authority: 'justice',
    authorityText: 'Justice of the peace, on the application of a constable',
    validity: months(3),
    validityText: 'Three months from the date of issue (s.16(3); one month before 2005)',
    entries: 'single',
    threshold:
      'Reasonable grounds for believing: indictable offence, material of substantial value, relevant evidence, not legally privileged, excluded or special procedure, and a condition of s.8(3).',
    recordDue: endorseAndReturn,
    also: ['specific premises warrant', 's8', 's.8', 'section 8', 'PACE warrant', 's8 specific premises'],
    source: 'legislation.gov.uk PACE s.8, s.16 (2017 version); SOCPA 2005 s.114 notes',
    confidence: stated,
  }),
  warrant({
    key: 'pace-s8-all',
    label: 'PACE s.8 warrant, all premises',
    statute: 'Police and Criminal Evidence Act 1984 s.8(1A)(b)',
    authority: 'justice',
    authorityText: 'Justice of the peace, on the application of a constable',
    validity: months(3),
    validityText: 'Three months from the date of issue (s.16(3))',
    entries: 'single',
    unspecifiedPremisesAuthority: 'inspector',
    threshold: 'As s.8, for any premises occupied or controlled by the person named.',
    recordDue: `${endorseAndReturn} Inspector's written authority on file for premises not named.`,
    also: ['all premises warrant', 's8 all premises'],
    source: 'legislation.gov.uk PACE s.8, s.16(3A) (2017 version)',
    confidence: stated,
  }),
  warrant({
    key: 'mda-s23-3',
    label: 'MDA s.23(3) search warrant',
    statute: 'Misuse of Drugs Act 1971 s.23(3)',
    authority: 'justice',
    authorityText: 'Justice of the peace, on information on oath',
    validity: months(1),
    validityText: 'One month from the date of the warrant',
    entries: 'single',
    threshold:
      'Reasonable ground for suspecting drugs unlawfully in the possession of a person on the premises, or a document about a drug transaction.',
    recordDue: endorseAndReturn,
    also: ['drugs warrant', 's23', 's.23', 'section 23', 'MDA warrant', 'misuse of drugs warrant'],
    source: 'legislation.gov.uk MDA 1971 s.23; PACE Code B 6.1 for the shorter period',
    confidence: 'unconfirmed-high',
  }),
  other({
    key: 'mda-s23-2',
    label: 'MDA s.23(2) stop and search',
    statute: 'Misuse of Drugs Act 1971 s.23(2)',
    authority: 'constable',
    authorityText: 'Constable, no warrant',
    validity: null,
    validityText: 'At the time',
    entries: 'none',
    threshold: 'Reasonable grounds to suspect possession: person, vehicle or vessel.',
    recordDue: 'PACE s.3 search record.',
    source: 'legislation.gov.uk MDA 1971 s.23',
    confidence: stated,
  }),
  warrant({
    key: 'theft-s26',
    label: 'Theft Act s.26 search warrant',
    statute: 'Theft Act 1968 s.26',
    authority: 'justice',
    authorityText: 'Justice of the peace, on information on oath',
    validity: months(3),
    validityText: 'Three months through PACE s.16',
    entries: 'single',
    threshold: 'Reasonable cause to believe stolen goods in custody or on the premises.',
    recordDue: endorseAndReturn,
    also: ['stolen goods warrant', 's26', 's.26'],
    source: 'Not read in the statute',
    confidence: 'unconfirmed-medium',
  }),
  other({
    key: 'pace-s17',
    label: 'PACE s.17 entry to arrest or save life',
    statute: 'Police and Criminal Evidence Act 1984 s.17',
    authority: 'constable',
    authorityText: 'Constable, no warrant',
    validity: null,
    validityText: 'Immediate',
    entries: 'as-needed',
    threshold:
      'Reasonable grounds for believing the person is on the premises (not needed to save life or limb).',
    recordDue: 'Pocket notebook and search record, Code B s.8.',
    also: ['s17', 's.17'],
    source: 'Not read in the statute',
    confidence: 'unconfirmed-high',
  }),
  other({
    key: 'pace-s18',
    label: 'PACE s.18 search after arrest',
    statute: 'Police and Criminal Evidence Act 1984 s.18',
    authority: 'inspector',
    authorityText:
      'Inspector or above in writing (s.18(4)); s.18(5) before the station, then inform an inspector',
    validity: null,
    validityText: 'While in detention',
    entries: 'as-needed',
    threshold: 'Arrest for an indictable offence; premises occupied or controlled by the person arrested.',
    recordDue: 'Written grounds and nature of the evidence, in the custody record (s.18(7)–(8)).',
    also: ['s18', 's.18'],
    source: 'Not read in the statute',
    confidence: 'unconfirmed-high',
  }),
  other({
    key: 'pace-s32',
    label: 'PACE s.32 search on arrest',
    statute: 'Police and Criminal Evidence Act 1984 s.32',
    authority: 'constable',
    authorityText: 'Constable',
    validity: null,
    validityText: 'At the time of the arrest',
    entries: 'as-needed',
    threshold: 'Indictable offence; premises where the person was when or immediately before arrested.',
    recordDue: 'Search record.',
    also: ['s32', 's.32'],
    source: 'Not read in the statute',
    confidence: 'unconfirmed-high',
  }),
  other({
    key: 'poca-s294',
    label: 'POCA s.294 cash seizure',
    statute: 'Proceeds of Crime Act 2002 s.294, s.295',
    authority: 'constable',
    authorityText: 'Constable or accredited financial investigator',
    validity: hours(48),
    validityText:
      '48 hours without Saturdays, Sundays, Christmas Day, Good Friday and bank holidays; then order of a magistrates’ court, six months each, two years in all',
    entries: 'none',
    threshold:
      'Reasonable grounds for suspecting recoverable property or intended unlawful use; at least 1,000 pounds.',
    recordDue: 'Receipt and count record; application to the court before hour 48.',
    also: ['cash seizure', 's294', 's.294', 's295'],
    source: 'legislation.gov.uk POCA s.294 (2017), s.295 (to 22 Dec 2024)',
    confidence: stated,
  }),
  other({
    key: 'poca-s289',
    label: 'POCA s.289 search for cash',
    statute: 'Proceeds of Crime Act 2002 s.289',
    authority: 'inspector',
    authorityText: 'Justice of the peace beforehand, else inspector or above',
    validity: null,
    validityText: 'At the time',
    entries: 'none',
    threshold: 'Cash on premises or person, at least the minimum amount.',
    recordDue:
      'Report to the appointed person where no judge approved and nothing was held beyond 48 hours (s.290).',
    also: ['s289', 's.289', 'cash search'],
    source: 'Not read in the statute',
    confidence: 'unconfirmed-high',
  }),
  other({
    key: 'ddtro',
    label: 'Drug dealing telecommunications restriction order',
    statute: 'Serious Crime Act 2015 s.80A; SI 2017/1240',
    authority: 'superintendent',
    authorityText: 'Applied for by a superintendent or above, made by a civil court',
    validity: null,
    validityText:
      'Until the date specified, or until discharged; provider complies by the end of the 5th working day',
    entries: 'none',
    threshold:
      'Item used or likely to be used in a drug dealing offence; an order would prevent or restrict that.',
    recordDue: 'Comply-by date, confirmation by the network, check-back that the number stays dead.',
    also: ['drug dealing telecommunications restriction order', 'telecoms restriction order', 's80a', 'TRO'],
    source: 'legislation.gov.uk Policing and Crime Act 2017 s.107; SI 2017/1240 regs 2–3',
    confidence: stated,
  }),
  other({
    key: 'closure-notice',
    label: 'Closure notice',
    statute: 'Anti-social Behaviour, Crime and Policing Act 2014 s.76',
    authority: 'inspector',
    authorityText:
      'Inspector or above (24 hours), superintendent or above (48 hours), or the local authority',
    validity: hours(24),
    validityText: '24 hours; 48 hours from a superintendent; Christmas Day is disregarded',
    entries: 'none',
    threshold:
      'Nuisance to the public or disorder near the premises; may not exclude residents or the owner.',
    recordDue: 'Contents under s.76(5); apply to the magistrates within 48 hours of service (s.80).',
    also: ['s76', 's.76', 'ASB closure notice'],
    source: 'legislation.gov.uk ASBCPA 2014 s.76; s.77 (to 30 Oct 2025)',
    confidence: stated,
  }),
  other({
    key: 'closure-order',
    label: 'Closure order',
    statute: 'Anti-social Behaviour, Crime and Policing Act 2014 s.80',
    authority: 'court',
    authorityText: "Magistrates' court",
    validity: months(3),
    validityText: 'Three months, extension three, six in all; under review in 2026',
    entries: 'none',
    threshold: 'Serious nuisance, disorder or criminal behaviour; can exclude residents.',
    recordDue: 'Service record, expiry, rehousing and safeguarding plan.',
    also: ['s80 closure order'],
    source: 'gov.uk consultation on premises closure orders, 22 Jun 2026',
    confidence: 'unconfirmed-high',
  }),
  other({
    key: 'stro',
    label: 'Slavery and trafficking risk order',
    statute: 'Modern Slavery Act 2015 s.23',
    authority: 'court',
    authorityText: "Magistrates' court, on application of a chief officer, immigration officer or the NCA",
    validity: null,
    validityText: 'Fixed period of at least two years, or until further order',
    entries: 'none',
    threshold: 'Risk of a slavery or trafficking offence; no conviction needed.',
    recordDue: 'Terms, expiry; breach is an offence (s.30).',
    source: 'Modern Slavery Act 2015 ss.23–24 as enacted',
    confidence: stated,
  }),
  other({
    key: 'stpo',
    label: 'Slavery and trafficking prevention order',
    statute: 'Modern Slavery Act 2015 ss.14–15',
    authority: 'court',
    authorityText: "Court on conviction, or magistrates' court on application",
    validity: null,
    validityText: 'At least five years, or until further order',
    entries: 'none',
    threshold: 'Conviction of a slavery or trafficking offence and a risk of another.',
    recordDue: 'Terms, expiry; breach is an offence (s.30).',
    source: 'Modern Slavery Act 2015 Pt 2 as enacted',
    confidence: stated,
  }),
  warrant({
    key: 'sca-s52',
    label: 'Drug-cutting agents warrant',
    statute: 'Serious Crime Act 2015 s.52',
    authority: 'justice',
    authorityText: 'Justice of the peace, on application of police or customs',
    validity: months(1),
    validityText: 'One month',
    entries: 'single',
    threshold: 'Reasonable grounds to suspect a cutting agent; specific or all premises.',
    recordDue: endorseAndReturn,
    also: ['cutting agents warrant', 's52', 's.52'],
    source: 'legislation.gov.uk SCA 2015 s.52; the period was not read',
    confidence: 'unconfirmed-medium',
  }),
  warrant({
    key: 'psa-2016',
    label: 'Psychoactive substances warrant',
    statute: 'Psychoactive Substances Act 2016 s.39, Sch 3',
    authority: 'justice',
    authorityText: 'Justice of the peace',
    validity: months(1),
    validityText: 'One month (Sch 3 para 6)',
    entries: 'single',
    threshold: 'As the Act requires.',
    recordDue: endorseAndReturn,
    also: ['psychoactive substances act warrant'],
    source: 'Psychoactive Substances Act 2016 Sch 3 as enacted',
    confidence: stated,
  }),
];

/** Periods and amounts that go with the powers. */
export const periods = {
  /** Cash detention before a court order (POCA s.295). */
  cashDetentionHours: {
    value: 48,
    source: 'legislation.gov.uk POCA s.295 (to 22 Dec 2024)',
    checked: checkedOn,
    confidence: 'stated',
  },
  cashMinimumPounds: {
    value: 1000,
    source: 'Solicitors’ pages; order under POCA s.303',
    checked: checkedOn,
    confidence: 'unconfirmed-high',
  },
  /** Provider's compliance with a DDTRO. */
  ddtroWorkingDays: { value: 5, source: 'SI 2017/1240 reg 3', checked: checkedOn, confidence: 'stated' },
  nrmReasonableGroundsWorkingDays: {
    value: 5,
    source: 'modernslaveryhelpline.org (before 2023)',
    checked: checkedOn,
    confidence: 'unconfirmed-medium',
  },
  nrmRecoveryDays: {
    value: 30,
    source: 'NABA 2022 s.61; older pages say 45',
    checked: checkedOn,
    confidence: 'unconfirmed-high',
  },
  closureNoticeHours: { value: 24, source: 'ASBCPA 2014 s.77', checked: checkedOn, confidence: 'stated' },
  closureNoticeSuperintendentHours: {
    value: 48,
    source: 'ASBCPA 2014 s.77',
    checked: checkedOn,
    confidence: 'stated',
  },
  /** Detention without charge before any extension. */
  custodyHours: {
    value: 24,
    source: 'PACE 1984 s.41; not read in a primary source',
    checked: checkedOn,
    confidence: 'unconfirmed-high',
  },
  /** How long before its last day a warrant is shown as expiring. */
  warrantAmberDays: { value: 7, source: 'Product', checked: checkedOn, confidence: 'design' },
  warrantRedDays: { value: 2, source: 'Product', checked: checkedOn, confidence: 'design' },
} as const satisfies Record<string, Sourced & { value: number }>;

const byKey = new Map(powers.map((power) => [power.key, power]));

/** The power of a key, or undefined. */
export function findPower(key: string): Power | undefined {
  return byKey.get(key);
}
