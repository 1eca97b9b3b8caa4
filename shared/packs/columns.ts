import type { PackData } from './packData.ts';
import type { SectionId } from './packSpec.ts';

/** How a value is printed and how the workbook stores it. */
export type PackColumnKind =
  | 'reference'
  | 'text'
  | 'longText'
  | 'list'
  | 'warnings'
  | 'date'
  | 'moment'
  | 'number'
  | 'phones'
  | 'grade'
  | 'photograph';

export interface PackColumn {
  readonly field: string;
  readonly heading: string;
  readonly kind: PackColumnKind;
  /**
   * Width in the workbook, in characters of the default font; 0 keeps it out. The widths of a sheet
   * stay under `widestSheet` together, else A4 landscape would be too small to read.
   */
  readonly width: number;
  /** Share of the page in the PDF's table; 0 keeps the column for the profile pages and the workbook. */
  readonly share: number;
  /** `detail` columns go to the section's second sheet, behind its first two columns. */
  readonly part: 'main' | 'detail';
}

export interface PackSection {
  readonly id: SectionId;
  readonly title: string;
  /** One line under the title that says how to read the section. */
  readonly explanation: string;
  /** Printed instead of the table when there are no rows. */
  readonly whenEmpty: string;
  /** Name of the second sheet in the workbook, for sections with `detail` columns. */
  readonly detailTitle?: string;
  readonly columns: readonly PackColumn[];
}

/** Widest sum of column widths that still prints at about 7.5 pt on A4 landscape. */
export const widestSheet = 201;

type RowOfSection<Id extends SectionId> = PackData[Id][number];

type ColumnEntry<Row> = readonly [
  field: keyof Row & string,
  heading: string,
  kind: PackColumnKind,
  width: number,
  share: number,
  part?: 'detail',
];

/** The columns of a section, checked against the fields of its rows. */
export function columnsOf<Id extends SectionId>(
  _section: Id,
  columns: readonly ColumnEntry<RowOfSection<Id>>[],
): PackColumn[] {
  return columns.map(([field, heading, kind, width, share, part]) => ({
    field,
    heading,
    kind,
    width,
    share,
    part: part ?? 'main',
  }));
}
