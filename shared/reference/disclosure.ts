import { checkedOn, type Sourced } from './reference.ts';

/** The schedules of unused material (domain facts 6.4). */
export interface ScheduleFacts extends Sourced {
  schedule: 'c' | 'd' | 'e';
  form: string;
  title: string;
  rule: string;
}

const manual = 'Crown Prosecution Service, Disclosure Manual, chapters on MG6C and MG6D';

export const schedules: readonly ScheduleFacts[] = [
  {
    schedule: 'c',
    form: 'MG6C',
    title: 'Schedule of relevant non-sensitive unused material',
    rule: 'It is disclosed to the defence. Each item is described by itself, in detail, clearly and accurately, and numbered consecutively across continuation schedules.',
    source: manual,
    checked: checkedOn,
    confidence: 'stated',
  },
  {
    schedule: 'd',
    form: 'MG6D',
    title: 'Schedule of relevant sensitive unused material',
    rule: 'It never goes to the defence. Each item has its reason: a real risk of serious prejudice to an important public interest. A nil return is endorsed and signed as well.',
    source: manual,
    checked: checkedOn,
    confidence: 'stated',
  },
  {
    schedule: 'e',
    form: 'MG6E',
    title: "Disclosure officer's report",
    rule: 'Items that may undermine the prosecution or assist the defence. Sent with the other two.',
    source: 'Named in the Disclosure Manual; its purpose was not read there',
    checked: checkedOn,
    confidence: 'unconfirmed-high',
  },
];

/** Said wherever an item is judged: a kind of material decides nothing by itself. */
export const sensitivityRule =
  'A kind of material does not make an item sensitive: each item is judged by itself.';
