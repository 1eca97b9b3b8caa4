import type { ImportKind } from '../../shared/contract/schemas.ts';

/** What a sheet can hold, in the words of the people who make the sheets. */
export const kindTitles: Readonly<Record<ImportKind, string>> = {
  person: 'People (nominals)',
  phone: 'Phones',
  premises: 'Premises',
  vehicle: 'Vehicles',
  intelligence: 'Intelligence',
  communication: 'Call data',
  warrant: 'Warrants',
  officer: 'Officers',
  crime: 'Crimes',
  custody: 'Custody records',
  referral: 'Referrals',
};

export const intakeCopy = {
  title: 'Import spreadsheets',
  choose: 'Choose files',
  drop: 'Drop spreadsheets anywhere here, or choose them',
  formats:
    'Excel (.xlsx, .xlsm, .xls, .xlsb), OpenDocument (.ods) and text tables (.csv, .tsv). Files are read, never changed.',
  filePassword: 'Password of',
  openFile: 'Open',
  looking: 'Looking into',
  remove: 'Leave this file out',
  importedBefore: 'This very file has been imported before',
  leaveOut: 'Leave this sheet out',
  leftOut: 'Left out',
  headerRow: 'Heading in row',
  kind: 'Holds',
  dateOrder: 'Dates are written',
  dateOrderByColumn: 'as each column shows',
  dateOrderAsked: 'choose',
  dateOrders: { dmy: 'day, month, year', mdy: 'month, day, year', ymd: 'year, month, day' },
  columnLeft: 'Leave aside',
  preview: 'Preview',
  previewing: 'Reading every row without saving anything',
  commit: 'Import',
  committing: 'Importing',
  cancel: 'Cancel',
  cancelled: 'Cancelled. Nothing of this import was kept.',
  closeWhileWorking: 'An import is running. Closing the window cancels it and keeps nothing of it.',
  ledgerNote: 'Rows read = imported + updated + unchanged + skipped + rejected',
};

const dateOrderReasons: Readonly<Record<string, string>> = {
  'day-first': 'Some of the dates can only be day first.',
  'month-first': 'Some of the dates can only be month first.',
  'year-first': 'The dates begin with the year.',
  mixed: 'Both orders stand in this sheet. Dates that could be either are flagged and left blank.',
  ambiguous: 'Nothing in the sheet tells day from month. Ask whoever made it, or choose.',
};

/** Why dates are read as they are; undefined when there is nothing to say. */
export function describeDateOrder(reason: string | null): string | undefined {
  return reason === null ? undefined : dateOrderReasons[reason];
}
