/** What stands on the timeline, lane by lane. One name from the contract to the screen. Pure. */

export const timelineLanes = [
  'calls',
  'intelligence',
  'crimes',
  'custody',
  'safeguarding',
  'lines',
  'warrants',
  'day',
  'plan',
  'clocks',
] as const;
export type TimelineLane = (typeof timelineLanes)[number];

export const laneTitles: Readonly<Record<TimelineLane, string>> = {
  calls: 'Calls and texts',
  intelligence: 'Intelligence',
  crimes: 'Crimes',
  custody: 'Custody, arrests and court',
  safeguarding: 'Safeguarding',
  lines: 'Deal lines',
  warrants: 'Warrants',
  day: 'Strike and the day',
  plan: 'Actions and decisions',
  clocks: 'Clocks',
};

/** What a mark is, in words. */
export const markTitles = {
  call: 'Call or text',
  silence: 'Silence',
  intelligence: 'Intelligence reported',
  information: 'Intelligence, by the date of its information',
  crime: 'Crime',
  custody: 'In custody',
  arrest: 'Arrest',
  charge: 'Charged',
  hearing: 'Court hearing',
  missing: 'Missing episode',
  referral: 'Referral',
  'nrm-referred': 'NRM referral',
  'nrm-notified': 'Duty to notify',
  'reasonable-grounds': 'Reasonable grounds decision',
  'conclusive-grounds': 'Conclusive grounds decision',
  'line-active': 'Line active',
  'line-number': 'Number of the line in use',
  'line-closed': 'Line closed',
  'holder-charged': 'Line holder charged',
  'ddtro-applied': 'DDTRO applied for',
  'ddtro-made': 'DDTRO made',
  'line-dead': 'Line confirmed dead',
  'line-check': 'Check that the line is back',
  warrant: 'Warrant can be executed',
  'warrant-strike': 'Strike of the warrant',
  executed: 'Warrant executed',
  returned: 'Warrant returned',
  strike: 'Strike',
  team: 'Team on task',
  entry: 'Premises entered',
  seizure: 'Seizure',
  action: 'Action due',
  decision: 'Decision',
  'closure-order': 'Closure order ends',
  clock: 'Period that runs',
} as const;
export type MarkKind = keyof typeof markTitles;
export const markKinds = Object.keys(markTitles) as MarkKind[];
