/**
 * What counts how much when people, premises and lines are put in an order for enforcement. No body has published such
 * weights (domain facts 5.8: national scoring is restricted): every default is this product's own, and each is the
 * user's to change.
 */
import { checkedOn, type Sourced } from './reference.ts';

export interface PriorityWeight {
  title: string;
  unit: 'points' | 'percent' | 'days' | 'reports' | 'findings' | 'people';
  value: number;
  least: number;
  most: number;
  /** One line for people. */
  note: string;
}

export const priorityWeightSource: Sourced = {
  source: 'Product: no body has published such weights',
  checked: checkedOn,
  confidence: 'design',
};

const points = { unit: 'points', least: 0, most: 100 } as const;
const percent = { unit: 'percent', least: 0, most: 100 } as const;

export const priorityWeights = {
  judgement: {
    ...points,
    title: 'Risk matrix',
    value: 30,
    note: 'Harm × likelihood as an analyst scored the target, as a share of the highest score.',
  },
  roleHolder: { ...points, title: 'Line holder or owner', value: 20, note: 'Role on the line.' },
  roleControl: { ...points, title: 'Recruiter or enforcer', value: 16, note: 'Role on the line.' },
  roleSupply: { ...points, title: 'Dealer, driver or stash holder', value: 8, note: 'Role on the line.' },
  roleRunner: {
    ...points,
    title: 'Runner',
    value: 4,
    note: 'Role on the line. A runner is likely to be exploited.',
  },
  linkedPeople: {
    ...points,
    title: 'People of the premises or line',
    value: 20,
    note: 'People with one of the roles above who are linked with it. Nobody who is protected counts.',
  },
  linkedFull: {
    title: 'People for all of these points',
    unit: 'people',
    value: 3,
    least: 1,
    most: 50,
    note: 'So many people give all points; fewer give their share.',
  },
  violence: {
    ...points,
    title: 'Violence',
    value: 8,
    note: 'A warning marker, or violence recorded of a line.',
  },
  weapons: { ...points, title: 'Weapons', value: 8, note: 'A warning marker, or a hazard of premises.' },
  intelligence: { ...points, title: 'Intelligence', value: 20, note: 'Reports that name it.' },
  intelligenceFull: {
    title: 'Reports for all of these points',
    unit: 'reports',
    value: 5,
    least: 1,
    most: 100,
    note: 'So many reports of full worth give all points. Old and low graded ones are worth less.',
  },
  recencyDays: {
    title: 'Half worth after',
    unit: 'days',
    value: 90,
    least: 1,
    most: 3650,
    note: 'A report that old is worth half. One without a date is worth half.',
  },
  gradeStrong: {
    ...percent,
    title: 'Reliable, known or corroborated',
    value: 100,
    note: 'Source 1 with assessment A or B.',
  },
  gradeMiddle: { ...percent, title: 'Other grades', value: 60, note: 'Neither of the other two groups.' },
  gradeWeak: {
    ...percent,
    title: 'Low grades',
    value: 25,
    note: 'Source 3, or assessment D. One suspected to be false (E) counts nothing.',
  },
  gradeNone: {
    ...percent,
    title: 'No grade',
    value: 40,
    note: 'Rows of lists without a grade, and reports with an old grade that nobody has graded again.',
  },
  calls: {
    ...points,
    title: 'Call data',
    value: 7,
    note: 'Findings about its numbers. Attribution and silences do not count.',
  },
  callsFull: {
    title: 'Findings for all of these points',
    unit: 'findings',
    value: 3,
    least: 1,
    most: 50,
    note: 'So many findings with a score of 100 give all points.',
  },
} as const satisfies Record<string, PriorityWeight>;

export type WeightName = keyof typeof priorityWeights;
export type Weights = Record<WeightName, number>;

export const weightNames = Object.keys(priorityWeights) as WeightName[];

/** The defaults of the product. */
export const defaultWeights: Weights = Object.fromEntries(
  weightNames.map((name) => [name, priorityWeights[name].value]),
) as Weights;

/** Which weight a role gives; roles that are not here give nothing. Groups of roles: this product's own. */
export const roleWeights: Readonly<Record<string, WeightName>> = {
  LINE_HOLDER: 'roleHolder',
  OWNER: 'roleHolder',
  TOP_UP: 'roleControl',
  ENFORCER: 'roleControl',
  STREET: 'roleSupply',
  DRIVER: 'roleSupply',
  STASH: 'roleSupply',
  WORKER_RUNNER: 'roleRunner',
};

/** What is said of somebody who is suspected and exploited. */
export const exploitedFirst: Sourced & { text: string } = {
  text: 'Also exploited, or may be. See to the referral first. The defence of the Modern Slavery Act 2015 s.45 may stand.',
  source: 'Modern Slavery Act 2015 s.45; not read in the statute',
  checked: checkedOn,
  confidence: 'unconfirmed-high',
};
