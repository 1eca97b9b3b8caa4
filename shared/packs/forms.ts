/**
 * The forms of a workbook that come back filled in. One table of columns serves the writer, which builds the
 * sheets, and the importer, which finds the columns again by their headings, in whatever order they stand.
 */
import type { FormRow } from './packData.ts';

export type FormName = FormRow['form'];

export interface FormColumn {
  /** Field of `FormRow` for a column that says what the row is about, else of the form's grid. */
  readonly field: string;
  readonly heading: string;
  /**
   * `sign` and `fixed` are printed and not to be filled in. `yesNo`: Yes or No. `code`: a label of `codes`.
   * `moment`: date and time of the United Kingdom. `number`: not negative.
   */
  readonly kind: 'sign' | 'fixed' | 'text' | 'longText' | 'moment' | 'number' | 'yesNo' | 'code';
  /** Name of the code list, for `code`. */
  readonly codes?: string;
  /** In characters of the default font; those of a form stay under `widestSheet` together. */
  readonly width: number;
}

export interface Form {
  readonly name: FormName;
  /** Name of the sheet; the importer does not need it. */
  readonly title: string;
  /** One line above the table that says how to fill it in. */
  readonly explanation: string;
  /** Printed when there is no row. */
  readonly whenEmpty: string;
  /** Grid that the filled rows land in, and what the import calls a sheet of them. */
  readonly grid: 'results' | 'seizures';
  readonly kind: 'result' | 'exhibit';
  /** First the columns that are printed, then those to fill in. */
  readonly columns: readonly FormColumn[];
}

/** Code of the note on a sheet that came back beside a form and is not read. */
export const packSheet = 'pack.sheet';

/** Why the rows of such a sheet are skipped. */
export const packSheetSkipped = 'another sheet of the pack';

/** Heading of the column by which a form and its rows are known when they come back. */
export const signHeading = 'Form reference';

const printed: readonly FormColumn[] = [
  { field: 'sign', heading: signHeading, kind: 'sign', width: 16 },
  { field: 'about', heading: 'Warrant or premises', kind: 'fixed', width: 9 },
  { field: 'address', heading: 'Address', kind: 'fixed', width: 20 },
  { field: 'team', heading: 'Team', kind: 'fixed', width: 10 },
];

export const forms: Readonly<Record<FormName, Form>> = {
  results: {
    name: 'results',
    title: 'Results form',
    explanation:
      'Fill in one row for each warrant or premises and send the workbook back. Leave the form reference as it is: the row is known by it. What is left blank changes nothing.',
    whenEmpty: 'No warrants or premises are in this pack.',
    grid: 'results',
    kind: 'result',
    columns: [
      ...printed,
      { field: 'enteredAt', heading: 'Entered', kind: 'moment', width: 14 },
      { field: 'entryMethod', heading: 'Method used', kind: 'code', codes: 'entryMethod', width: 12 },
      { field: 'leftAt', heading: 'Left', kind: 'moment', width: 14 },
      { field: 'nobodyIn', heading: 'Nobody in', kind: 'yesNo', width: 8 },
      { field: 'found', heading: 'Found what was sought', kind: 'yesNo', width: 9 },
      { field: 'arrests', heading: 'Arrests', kind: 'number', width: 8 },
      { field: 'childrenSafeguarded', heading: 'Children safeguarded', kind: 'number', width: 11 },
      { field: 'adultsSafeguarded', heading: 'Adults safeguarded', kind: 'number', width: 11 },
      { field: 'cuckooedVisit', heading: 'Cuckooed address visited', kind: 'yesNo', width: 9 },
      { field: 'damage', heading: 'Damage', kind: 'text', width: 12 },
      { field: 'repairedBy', heading: 'Made secure by', kind: 'text', width: 11 },
      { field: 'record', heading: 'Search record no.', kind: 'text', width: 10 },
      { field: 'note', heading: 'Note', kind: 'longText', width: 17 },
    ],
  },
  exhibits: {
    name: 'exhibits',
    title: 'Exhibits form',
    explanation:
      'One row for each item, with its exhibit reference. For more rows, add one below and copy the form reference of the same premises down. What is left blank changes nothing.',
    whenEmpty: 'No warrants or premises are in this pack.',
    grid: 'seizures',
    kind: 'exhibit',
    columns: [
      ...printed,
      { field: 'exhibit', heading: 'Exhibit', kind: 'text', width: 12 },
      { field: 'what', heading: 'What', kind: 'text', width: 28 },
      { field: 'category', heading: 'Category', kind: 'code', codes: 'seizureType', width: 13 },
      { field: 'quantity', heading: 'Quantity', kind: 'text', width: 10 },
      { field: 'drug', heading: 'Drug', kind: 'text', width: 11 },
      { field: 'weightG', heading: 'Weight (g)', kind: 'number', width: 9 },
      { field: 'cash', heading: 'Cash (GBP)', kind: 'number', width: 10 },
      { field: 'seizedAt', heading: 'Seized', kind: 'moment', width: 14 },
      { field: 'sealNumber', heading: 'Seal no.', kind: 'text', width: 11 },
      { field: 'countedBy', heading: 'Cash counted by (two people)', kind: 'text', width: 14 },
      { field: 'note', heading: 'Note', kind: 'longText', width: 14 },
    ],
  },
};
