import type { ChartKind, TieKind } from '../../shared/contract/areas/chart.ts';

/** Words of the link chart. */
export const chartCopy = {
  title: 'Link chart',
  showIn: 'Show in link chart',
  area: 'Chart of records and links',
  hint: 'Arrow keys go to the nearest record in that direction. Enter shows its neighbours, Delete hides it, P pins it, F8 shows everything about it. Plus and minus zoom, 0 fits the chart into view. The table has the same content.',
  find: 'Add a person, phone, premises, line…',
  findLabel: 'Find a record to add to the chart',
  nothingFound: 'No record has that.',
  emptyTitle: 'The chart is empty',
  empty:
    'Find a record above, or begin with one of these. Then double-click a record to show who and what it is linked with.',
  startLines: (count: number) => (count === 1 ? 'The deal line' : `The ${count} deal lines`),
  startTargets: (count: number) =>
    count === 1 ? 'The target of the operation' : `The ${count} targets of the operation`,
  startNothing:
    'There is no deal line and no target to begin with. Find a record above, or import spreadsheets first.',
  import: 'Import spreadsheets',
  failed: 'The chart could not be drawn',
  working: 'Reading the links',
  arranging: 'Arranging',
  stop: 'Stop',
  picture: 'Picture',
  table: 'Table',
  toggleTitle: 'Alt+T',
  expandAll: 'Show neighbours',
  expanded: (count: number) => (count === 1 ? '1 record added.' : `${count} records added.`),
  expandedNone: 'No more neighbours of the chosen kinds.',
  full: (most: string) => `The chart holds ${most} records. Hide some before you show more.`,
  gone: (count: number) =>
    count === 1
      ? '1 record of the chart is no longer there and was taken out.'
      : `${count} records of the chart are no longer there and were taken out.`,
  hide: 'Hide',
  hidden: (count: number) => (count === 1 ? '1 record hidden.' : `${count} records hidden.`),
  putBack: 'Put back',
  tooManyToExpand: (most: number) => `Choose at most ${most} records to show their neighbours.`,
  pin: 'Pin',
  unpin: 'Unpin',
  record: 'Open record',
  dossier: 'Everything about it',
  undo: 'Undo the last step of the chart',
  redo: 'Redo',
  nothingToUndo: 'No step of the chart to undo.',
  nothingToRedo: 'No step of the chart to redo.',
  arrange: 'Arrange',
  arrangeTitle: 'Place all records again; pinned ones stay',
  fit: 'Fit',
  fitTitle: 'Show the whole chart (0)',
  clear: 'New chart',
  kinds: 'Kinds',
  kindsTitle: 'Which kinds an expansion brings',
  filter: 'Filter',
  filterTitle: 'Which links count',
  period: 'Period',
  from: 'From',
  to: 'To',
  badDate: 'A date as DD/MM/YYYY.',
  undated: 'Rows without a date stay.',
  grades: 'Grades of intelligence',
  noGrades: 'No link in the chart has a grade.',
  ungraded: 'Not graded',
  ties: 'Links from',
  leaveOut: 'Leave out what does not fit',
  leaveOutHint: 'Otherwise it is drawn faintly.',
  clearFilter: 'Clear filter',
  outside: (links: number, nodes: number) =>
    `${links} ${links === 1 ? 'link does' : 'links do'} not fit the filter${nodes > 0 ? `; ${nodes} ${nodes === 1 ? 'record is' : 'records are'} left out` : ''}`,
  group: 'Group',
  groupNone: 'No groups',
  groups: { kind: 'By kind', line: 'By deal line', group: 'By crime group' },
  filterAll: 'Filter everything by the chosen',
  crossOutside: 'Faint: outside of the filter of all views',
  counts: (nodes: number, links: number) =>
    `${nodes.toLocaleString('en-GB')} ${nodes === 1 ? 'record' : 'records'}, ${links.toLocaleString('en-GB')} ${links === 1 ? 'link' : 'links'}`,
  selected: (count: number) => `${count} records chosen`,
  legend: 'What is drawn',
  legendSolid: 'Rows of evidence say so',
  legendDashed: 'Decided or planned by an analyst',
  legendCalls: 'Calls and texts; the arrow points to who was called',
  legendWidth: 'The wider, the more rows or calls',
  legendSign: 'A child, a victim or a person at risk: safeguarding first',
  legendTarget: 'A target of the operation',
  legendPinned: 'Pinned: it keeps its place',
  legendHidden: 'So many neighbours that are not shown',
  safeguarding: 'Safeguarding first',
  linksOf: 'Links',
  noLinks: 'No links to what is shown.',
  behind: 'What says so',
  rowsShown: (shown: number, total: number) =>
    shown < total
      ? `${shown} of ${total.toLocaleString('en-GB')} rows shown`
      : shown === 1
        ? '1 row'
        : `${shown} rows`,
  linksShown: (shown: number, total: number) =>
    `${shown} of ${total.toLocaleString('en-GB')} links; all stand in the table`,
  stoppedTitle: 'The chart was stopped',
  stopped: 'Its records are kept. Their links were not read.',
  again: 'Look again',
  showRow: 'Show the row',
  close: 'Close',
  notShown: (words: string) => `not shown: ${words}`,
  nodesTable: 'Records',
  linksTable: 'Links',
  added: (count: number) =>
    count === 1
      ? 'Added to the chart that was there.'
      : `${count} records added to the chart that was there.`,
  startAnew: 'Only these',
  pictureTitle: 'Link chart',
} as const;

/** One and several of each kind. */
export const kindWords: Readonly<Record<ChartKind, readonly [one: string, several: string]>> = {
  people: ['person', 'people'],
  phones: ['phone', 'phones'],
  premises: ['premises', 'premises'],
  vehicles: ['vehicle', 'vehicles'],
  lines: ['deal line', 'deal lines'],
  groups: ['crime group', 'crime groups'],
  targets: ['target', 'targets'],
  warrants: ['warrant', 'warrants'],
  safeguarding: ['safeguarding plan', 'safeguarding plans'],
  intelligence: ['intelligence report', 'intelligence reports'],
  custody: ['custody record', 'custody records'],
  referrals: ['referral', 'referrals'],
  crimes: ['crime', 'crimes'],
  arrests: ['arrest', 'arrests'],
  seizures: ['seizure', 'seizures'],
};

export const countWords = (kind: ChartKind, count: number): string =>
  `${count.toLocaleString('en-GB')} ${kindWords[kind][count === 1 ? 0 : 1]}`;

export const tieWords: Readonly<Record<TieKind, string>> = {
  evidence: 'Sheets',
  calls: 'Calls and texts',
  plan: 'Plan',
};
