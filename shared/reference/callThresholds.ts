/**
 * When something in call data counts as a finding. No body has published such limits: every default is this product's
 * own, and each is the user's to change.
 */
import { checkedOn, type Sourced } from './reference.ts';

export interface CallThreshold {
  title: string;
  unit: 'numbers' | 'minutes' | 'hours' | 'days' | 'seconds' | 'times' | 'rows' | 'percent' | 'ofHundred';
  value: number;
  least: number;
  most: number;
  /** One line for people. */
  note: string;
}

export const callThresholdSource: Sourced = {
  source: 'Product: no body has published such limits',
  checked: checkedOn,
  confidence: 'design',
};

export const callThresholds = {
  broadcastNumbers: {
    title: 'Bulk texts: numbers',
    unit: 'numbers',
    value: 10,
    least: 3,
    most: 1000,
    note: 'So many different numbers get a text within the minutes set beside this.',
  },
  broadcastMinutes: {
    title: 'Bulk texts: minutes',
    unit: 'minutes',
    value: 30,
    least: 1,
    most: 240,
    note: 'The window in which the texts are sent.',
  },
  answerMinutes: {
    title: 'Answers: minutes',
    unit: 'minutes',
    value: 60,
    least: 1,
    most: 1440,
    note: 'A recipient who calls or texts back so soon after a bulk text has answered it.',
  },
  customersLeast: {
    title: 'Customers: numbers',
    unit: 'numbers',
    value: 5,
    least: 2,
    most: 1000,
    note: 'So many numbers answer the bulk texts of a line.',
  },
  changeRows: {
    title: 'Handset or SIM change: rows',
    unit: 'rows',
    value: 3,
    least: 1,
    most: 100,
    note: 'Rows on each side of a change. Fewer may be a slip in the data.',
  },
  rebrandNumbers: {
    title: 'Rebranded: contacts carried over',
    unit: 'numbers',
    value: 6,
    least: 2,
    most: 1000,
    note: 'Contacts of the old number that the new one has too.',
  },
  rebrandPercent: {
    title: 'Rebranded: share carried over',
    unit: 'percent',
    value: 30,
    least: 1,
    most: 100,
    note: 'Of the contacts of whichever number has fewer.',
  },
  rebrandDays: {
    title: 'Rebranded: days between',
    unit: 'days',
    value: 14,
    least: 0,
    most: 365,
    note: 'From the last use of the old number to the first of the new one.',
  },
  commonNumbers: {
    title: 'Common numbers',
    unit: 'numbers',
    value: 10,
    least: 2,
    most: 1000,
    note: 'Contacts that two phones share, beyond what chance would give.',
  },
  legsLeast: {
    title: 'Courier: journeys',
    unit: 'times',
    value: 4,
    least: 2,
    most: 1000,
    note: 'Journeys between the same two towns. There and back is two.',
  },
  townMinutes: {
    title: 'Separate towns: minutes',
    unit: 'minutes',
    value: 15,
    least: 0,
    most: 240,
    note: 'Areas between which phones pass more quickly than this are taken for one town.',
  },
  togetherTimes: {
    title: 'Travel together: journeys',
    unit: 'times',
    value: 3,
    least: 2,
    most: 1000,
    note: 'Journeys that two phones make at the same time.',
  },
  togetherMinutes: {
    title: 'Travel together: minutes',
    unit: 'minutes',
    value: 30,
    least: 1,
    most: 240,
    note: 'How far apart two phones may arrive.',
  },
  silenceDays: {
    title: 'Silence: days',
    unit: 'days',
    value: 2,
    least: 0.25,
    most: 365,
    note: 'A gap shorter than this is not looked at. It must also be unusual for the phone.',
  },
  silenceHours: {
    title: 'Silence: hours from an arrest',
    unit: 'hours',
    value: 12,
    least: 1,
    most: 168,
    note: 'A silence that begins so soon after an arrest or a warrant, or ends so soon after a release, fits it.',
  },
  leastScore: {
    title: 'Least score',
    unit: 'ofHundred',
    value: 50,
    least: 0,
    most: 100,
    note: 'A finding with a lower score is left out, and counted.',
  },
} as const satisfies Record<string, CallThreshold>;

export type ThresholdName = keyof typeof callThresholds;
export type Thresholds = Record<ThresholdName, number>;

export const thresholdNames = Object.keys(callThresholds) as ThresholdName[];

/** The defaults of the product. */
export const defaultThresholds: Thresholds = Object.fromEntries(
  thresholdNames.map((name) => [name, callThresholds[name].value]),
) as Thresholds;
