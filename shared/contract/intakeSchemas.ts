import { z } from 'zod';
import { CellValue } from '../grid/query.ts';
import { Grant, RowIssue, SheetMapping } from './schemas.ts';

/** Data shapes of intake beside the import itself: row preview, saved mappings, refresh, the source row. */

// --- Preview of rows, raw beside cleaned ---------------------------------------------------------

export const RowFilter = z.enum(['all', 'problems', 'repaired', 'skipped', 'rejected']);
export type RowFilter = z.infer<typeof RowFilter>;

/** One cell as the sheet shows it, and what reading made of it. */
export const PreviewCell = z.object({
  /** 0-based column. */
  column: z.number(),
  raw: z.string(),
  /** What the sheet stores where that differs from what it shows. */
  stored: z.union([z.string(), z.number(), z.boolean()]).nullable(),
  field: z.string().nullable(),
  /** Cleaned value; null when nothing usable came of the cell, or its column is left aside. */
  value: CellValue,
  /** Code of a repair that cleaning made. */
  repaired: z.string().nullable(),
  issue: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type PreviewCell = z.infer<typeof PreviewCell>;

export const PreviewRow = z.object({
  row: z.number(),
  outcome: z.enum(['import', 'skip', 'reject']),
  /** Why it is skipped or rejected. */
  reason: z.string().nullable(),
  hidden: z.boolean(),
  cells: z.array(PreviewCell),
  issues: z.array(RowIssue),
});
export type PreviewRow = z.infer<typeof PreviewRow>;

export const PreviewPage = z.object({
  rows: z.array(PreviewRow),
  /** Row to go on from; null at the end of the table. */
  next: z.number().nullable(),
  /** Rows looked at for this page. */
  scanned: z.number(),
});
export type PreviewPage = z.infer<typeof PreviewPage>;

// --- Every cell of a file ------------------------------------------------------------------------

export const InspectedCell = z.object({
  /** What the sheet shows. */
  text: z.string(),
  /** What is stored; the text where nothing else is, null for a blank. */
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  type: z.string(),
});

/** A sheet begins, then its rows come in order, those that the file leaves out as empty ones; `done` ends the file. */
export const CellsEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('sheet'), name: z.string(), hidden: z.boolean() }),
  z.object({ type: z.literal('rows'), rows: z.array(z.array(InspectedCell)) }),
  z.object({ type: z.literal('done') }),
]);
export type CellsEvent = z.infer<typeof CellsEvent>;

// --- Files inside folders and archives -----------------------------------------------------------

export const ExpandedFile = z.object({
  /** Null for a file that cannot be imported; `refused` says why. */
  grant: Grant.nullable(),
  /** With the folder or archive it stands in, as people read it: `returns.zip › north/calls.csv`. */
  name: z.string(),
  size: z.number(),
  refused: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type ExpandedFile = z.infer<typeof ExpandedFile>;

// --- Saved mappings ------------------------------------------------------------------------------

/** A mapping with the headings of the sheet it was made on: what is saved, and what a mapping file holds. */
export const MappingToKeep = z.strictObject({
  name: z.string().trim().min(1).max(100),
  headings: z.array(z.string().max(500)).max(16_384),
  mapping: SheetMapping,
});
export type MappingToKeep = z.infer<typeof MappingToKeep>;

export const SavedMapping = z.object({
  id: z.number(),
  name: z.string(),
  savedAt: z.string(),
  savedBy: z.string(),
  /** Headings of the sheet it was made on, by column. */
  headings: z.array(z.string()),
  mapping: SheetMapping,
});
export type SavedMapping = z.infer<typeof SavedMapping>;

// --- Refresh: a later issue of a sheet -----------------------------------------------------------

export const RefreshState = z.enum(['new', 'changed', 'conflicting', 'vanished', 'unchanged']);
export type RefreshState = z.infer<typeof RefreshState>;

export const RefreshRow = z.object({
  state: RefreshState,
  /** What the key columns hold, cleaned: the same in both issues. */
  key: z.string(),
  label: z.string(),
  /** Row in the new sheet, null when it vanished. */
  row: z.number().nullable(),
  /** Row in the earlier issue, null when it is new. */
  rowBefore: z.number().nullable(),
  /** The record of the workspace that the row is about, when there is one. */
  ref: z.string().nullable(),
  cells: z.array(
    z.object({
      column: z.string(),
      field: z.string().nullable(),
      before: z.string(),
      after: z.string(),
      /** What an analyst entered by hand, where that is neither. */
      manual: CellValue.optional(),
    }),
  ),
  /** Targets, warrants, safeguarding plans and issued packs that rest on the row's record. */
  restsOn: z.array(z.object({ ref: z.string(), label: z.string() })),
});
export type RefreshRow = z.infer<typeof RefreshRow>;

export const RefreshReport = z.object({
  against: z.string(),
  file: z.string(),
  sheet: z.string(),
  counts: z.record(RefreshState, z.number()),
  /** Everything but unchanged rows, at most ten thousand; `counts` counts them all. */
  rows: z.array(RefreshRow),
  /** Rows whose key is blank or stands twice: they cannot be compared and are imported as new. */
  notCompared: z.array(z.object({ row: z.number(), reason: z.string() })),
});
export type RefreshReport = z.infer<typeof RefreshReport>;

// --- The source row as it stood ------------------------------------------------------------------

export const SourceRow = z.object({
  row: z.number(),
  cells: z.array(
    z.object({
      text: z.string(),
      stored: z.union([z.string(), z.number(), z.boolean()]).nullable(),
      comment: z.string().nullable(),
      link: z.string().nullable(),
    }),
  ),
  hidden: z.boolean(),
});

export const SourceView = z.object({
  /** `SRC-n`. */
  source: z.string(),
  file: z.string(),
  sheet: z.string(),
  importedAt: z.string(),
  importedBy: z.string(),
  /** The row asked for, and the columns of it that the value was read from. */
  row: z.number(),
  columns: z.array(z.number()),
  /** Rows up to and with the heading, from the original file. */
  head: z.array(SourceRow),
  headerRow: z.number(),
  /** The row with its neighbours, in order. */
  rows: z.array(SourceRow),
  issues: z.array(RowIssue),
});
export type SourceView = z.infer<typeof SourceView>;
