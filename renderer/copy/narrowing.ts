/** Words of the one choice that narrows every grid and picture. */
export const narrowingCopy = {
  narrowedBy: (what: string) => `Narrowed by: ${what}`,
  clear: 'Show everything again',
  clearKeys: 'Ctrl+Shift+X',
  notByRecords: 'Not narrowed by records: no row here is about one.',
  notByPeriod: 'Not narrowed by the period: no date here.',
  notTheNetwork: 'Not narrowed: the network is measured as a whole.',
  withoutDay: 'Rows without a date are left out.',
  related:
    'Rows that name what was chosen, that it names, or that evidence links with it; of calls those of the phones that are left.',
  tooMany: (most: string) =>
    `At most ${most} records can narrow everything. Choose fewer, and try again. Nothing was changed.`,
  byRows: 'Narrow everything',
  byRowsMenu: (rows: number) =>
    rows === 1 ? 'Narrow everything by this row' : `Narrow everything by these ${rows} rows`,
  chooseFirst: 'Select rows first: everything is narrowed by them.',
  cannotNarrow: 'No row here is about a record: nothing can be narrowed by it.',
  rowsOf: (grid: string, refs: readonly string[]) =>
    refs.length <= 3 ? refs.join(', ') : `${refs.length.toLocaleString('en-GB')} rows of ${grid}`,
  emptyTitle: 'No row here has to do with what was chosen',
  emptyWords: 'Everything is narrowed. Show everything again (Ctrl+Shift+X) to see every row.',
};
