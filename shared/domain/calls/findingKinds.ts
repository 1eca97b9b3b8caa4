/** What can be found in call data. One name from the command line to the screen. Pure. */

export const findingKinds = [
  'broadcast',
  'customers',
  'rebranded',
  'handset-change',
  'sim-change',
  'common-numbers',
  'courier',
  'co-location',
  'silence',
  'attribution',
] as const;

export type FindingKind = (typeof findingKinds)[number];

export const findingTitles: Readonly<Record<FindingKind, string>> = {
  broadcast: 'Bulk texts',
  customers: 'Customers after bulk texts',
  rebranded: 'Contacts carried to a new number',
  'handset-change': 'Handset change',
  'sim-change': 'SIM change',
  'common-numbers': 'Common numbers',
  courier: 'Journeys between two towns',
  'co-location': 'Travel together',
  silence: 'Silence',
  attribution: 'Attribution',
};
