import type { RowFilter } from '../../shared/contract/intakeSchemas.ts';
import type { CallTimeZone, ImportKind } from '../../shared/contract/schemas.ts';

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
  result: 'Results form that came back',
  exhibit: 'Exhibits form that came back',
};

export const intakeCopy = {
  title: 'Import spreadsheets',
  choose: 'Choose files',
  chooseFolder: 'Choose a folder',
  drop: 'Drop spreadsheets, folders or zip archives anywhere, or choose them',
  dropHint: 'Let go to import',
  dropBlocked: 'Close the dialog first, then drop the files again.',
  dropLater: 'The import that is running has to end first.',
  formats:
    'Excel (.xlsx, .xlsm, .xls, .xlsb), OpenDocument (.ods), text tables (.csv, .tsv), and zip archives of these. Files are read, never changed.',
  filePassword: 'Password of',
  openFile: 'Open',
  looking: 'Looking into',
  remove: 'Leave this file out',
  importedBefore: 'This very file has been imported before',
  twin: 'The same file stands in this list already, as',
  twinEnd: 'It is imported once.',
  leftOut: 'Left out',
  headerRow: 'Heading in row',
  headerRows: 'over',
  layout: 'Laid out as',
  layouts: { rows: 'a row for each', matrix: 'who with whom' },
  sameWhile: 'Row goes on while',
  sameWhileNever: 'never',
  sameWhileWhen: 'When the row goes on',
  whenBlank: 'is blank',
  whenSame: 'is blank or the same',
  timeZone: 'Times are in',
  kind: 'Holds',
  conflicts: 'Where the plan has changed since',
  conflictsKept: "the plan's value stands",
  conflictsTaken: "the form's value is taken",
  dateOrder: 'Dates are written',
  dateOrderByColumn: 'as each column shows',
  dateOrderAsked: 'choose',
  dateOrders: { dmy: 'day, month, year', mdy: 'month, day, year', ymd: 'year, month, day' },
  columnLeft: 'Leave aside',
  preview: 'Preview',
  previewHint: 'Reads every row of every sheet and says what would become of it. Nothing is saved.',
  previewing: 'Reading every row without saving anything',
  commit: 'Import',
  committing: 'Importing',
  cancel: 'Cancel',
  cancelled: 'Cancelled. Nothing of this import was kept.',
  closeWhileWorking: 'An import is running. Closing the window cancels it and keeps nothing of it.',
};

export const timeZones: Readonly<Record<CallTimeZone, string>> = {
  'as-written': 'as written',
  uk: 'UK local time',
  utc: 'UTC (turned into UK time)',
};

export const previewFilters: readonly { only: RowFilter; title: string }[] = [
  { only: 'all', title: 'All' },
  { only: 'problems', title: 'Problems' },
  { only: 'repaired', title: 'Repaired' },
  { only: 'skipped', title: 'Skipped' },
  { only: 'rejected', title: 'Rejected' },
];

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
