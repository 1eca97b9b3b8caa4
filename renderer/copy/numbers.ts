/** Words of forms in which the user sets numbers. */
export const numbersCopy = {
  units: {
    numbers: 'numbers',
    minutes: 'minutes',
    hours: 'hours',
    days: 'days',
    seconds: 'seconds',
    times: 'times',
    rows: 'rows',
    percent: '%',
    points: 'points',
    reports: 'reports',
    findings: 'findings',
    people: 'people',
    ofHundred: 'of 100',
  },
  range: (least: number, most: number) => `A number from ${least} to ${most}.`,
  default: (value: number) => `Default ${value}.`,
  defaults: 'Use the defaults',
  leave: 'Leave',
  close: 'Close',
  save: 'Save',
} as const;
