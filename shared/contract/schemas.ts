import { z } from 'zod';
import { CellValue, GridName, GridRow } from '../grid/query.ts';

/** Data shapes of the contract. JSON only: dates are ISO strings, bytes never cross, files go by grant. */

/** An opaque id for a file or folder that the user chose in a dialog. The page never sees a path. */
export const Grant = z.string().max(100);

export const Passphrase = z.string().min(1).max(1000);

export const WorkspaceSummary = z.object({
  workspaceId: z.string(),
  folderName: z.string(),
  name: z.string(),
  marking: z.string(),
  strike: z.string().nullable(),
  user: z.object({ name: z.string(), role: z.enum(['lead', 'analyst', 'reader']) }),
  formatVersion: z.number(),
  schemaVersion: z.number(),
  /** The passphrase was given by a lead: nothing else is done before its user has set one of their own. */
  mustChange: z.boolean(),
});
export type WorkspaceSummary = z.infer<typeof WorkspaceSummary>;

export const UndoState = z.object({
  undo: z.object({ seq: z.number(), summary: z.string() }).nullable(),
  redo: z.object({ seq: z.number(), summary: z.string() }).nullable(),
});
export type UndoState = z.infer<typeof UndoState>;

export const Severity = z.enum(['blocker', 'warning', 'note']);

export const Finding = z.object({
  rule: z.string(),
  severity: Severity,
  refs: z.array(z.string()),
  field: z.string().optional(),
  message: z.string(),
  mend: z.string(),
  /** The mend as something to click: open a field, set it, or add a record about these. */
  action: z
    .object({
      kind: z.enum(['open', 'set', 'add']),
      ref: z.string().optional(),
      grid: GridName.optional(),
      field: z.string().optional(),
      values: z.record(z.string(), CellValue).optional(),
    })
    .optional(),
  /** False for what may never be set aside: a child or a vulnerable person is at stake. */
  acceptable: z.boolean().optional(),
  accepted: z.object({ id: z.number(), by: z.string(), at: z.string(), reason: z.string() }).optional(),
});
export type Finding = z.infer<typeof Finding>;

/** How many findings are open, by severity, and how many were set aside. */
export const FindingCounts = z.object({
  blocker: z.number(),
  warning: z.number(),
  note: z.number(),
  accepted: z.number(),
});
export type FindingCounts = z.infer<typeof FindingCounts>;

/** Without `most` every finding is asked for; with it at most so many of each group. */
export const CheckRequest = z.strictObject({
  most: z
    .strictObject({
      blocker: z.number().int().min(0),
      warning: z.number().int().min(0),
      note: z.number().int().min(0),
      accepted: z.number().int().min(0),
    })
    .optional(),
});
export type CheckRequest = z.infer<typeof CheckRequest>;

export const CheckReport = z.object({
  ready: z.boolean(),
  counts: FindingCounts,
  /** Made by the engine, thousands of them: seen to be a list and no more, since a look at each takes longer than the rules. */
  findings: z.custom<Finding[]>(Array.isArray),
  labels: z.custom<Record<string, string>>((labels) => typeof labels === 'object' && labels !== null),
});
export type CheckReport = z.infer<typeof CheckReport>;

export const Overview = z.object({
  name: z.string(),
  marking: z.string(),
  strike: z.string().nullable(),
  counts: z.array(z.object({ grid: GridName, count: z.number() })),
  missing: z.array(
    z.object({
      message: z.string(),
      mend: z.string(),
      grid: GridName.optional(),
      ref: z.string().optional(),
    }),
  ),
  findings: z.object({ blocker: z.number(), warning: z.number(), note: z.number() }),
  lastImports: z.array(GridRow),
  lastPacks: z.array(GridRow),
});
export type Overview = z.infer<typeof Overview>;

/** One value of one record, and where it came from. */
export const SourcedValue = z.object({
  value: CellValue,
  /** What stood in the cell, to the letter; null for a manual entry. */
  raw: z.string().nullable(),
  file: z.string(),
  sheet: z.string().nullable(),
  row: z.number().nullable(),
  /** Heading of the column, or its letter where it has none. Several columns are joined by ' + '. */
  column: z.string().nullable(),
  grade: z.string().nullable(),
  preferred: z.boolean(),
  /** Code of a repair that cleaning made, for instance 'phone.zero-restored'. */
  repaired: z.string().optional(),
  /** For a manual entry: who and when. */
  by: z.string().optional(),
  at: z.string().optional(),
  /** Letters of the copy on which it was entered, where that was another; `0` for the original. */
  copy: z.string().optional(),
  /** A later issue of the sheet says the field anew, or a manual entry was given up for it: it no longer counts. */
  superseded: z.literal(true).optional(),
  /** The row is in no later issue of its sheet and was withdrawn: it no longer counts. */
  withdrawn: z.literal(true).optional(),
});
export type SourcedValue = z.infer<typeof SourcedValue>;

export const RecordLink = z.object({
  ref: z.string(),
  label: z.string(),
  relation: z.string(),
  sources: z.array(z.object({ file: z.string(), sheet: z.string().nullable(), row: z.number().nullable() })),
});
export type RecordLink = z.infer<typeof RecordLink>;

/** Why something leaves. Whether it may be blank is a setting of the workspace (`audit.settings`). */
export const DisclosureReason = z.string().trim().max(1000);

export const HistoryEntry = z.object({
  seq: z.number(),
  at: z.string(),
  user: z.string(),
  device: z.string(),
  operation: z.enum([
    'collection',
    'alteration',
    'consultation',
    'disclosure',
    'combination',
    'erasure',
    'session',
  ]),
  method: z.string(),
  target: z.string().nullable(),
  summary: z.string(),
  reason: z.string().nullable(),
  recipients: z.array(z.string()),
  /** 'done' can be undone, 'undone' has been; 'record' entries only record. */
  state: z.enum(['done', 'undone', 'record']),
  /** The entry of erasure under which its content went. */
  erased: z.number().nullable(),
  hash: z.string(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

export const RecordDetail = z.object({
  /** Of a record that was merged: the one that it is part of. */
  ref: z.string(),
  /** References that are part of it since a merge, each with when and by whom. */
  members: z.array(z.object({ ref: z.string(), since: z.string(), by: z.string() })),
  kind: z.string(),
  grid: GridName,
  label: z.string(),
  row: GridRow,
  values: z.record(z.string(), z.array(SourcedValue)),
  links: z.array(RecordLink),
  history: z.array(HistoryEntry),
  findings: z.array(Finding),
  photographs: z.array(
    z.object({ id: z.string(), takenOn: z.string().nullable(), caption: z.string().nullable() }),
  ),
  labels: z.record(z.string(), z.string()),
});
export type RecordDetail = z.infer<typeof RecordDetail>;

export const Edit = z.strictObject({
  ref: z.string().max(40),
  values: z.record(z.string().max(60), CellValue),
  /** The revision that the user saw; when the row has moved on, the edit is refused as stale. */
  revision: z.number().optional(),
});
export type Edit = z.infer<typeof Edit>;

export const EditResult = z.object({
  rows: z.array(GridRow),
  labels: z.record(z.string(), z.string()),
  findings: z.array(Finding),
  seq: z.number().nullable(),
});
export type EditResult = z.infer<typeof EditResult>;

// --- Intake -----------------------------------------------------------------------------------

export const importKinds = [
  'person',
  'phone',
  'premises',
  'vehicle',
  'intelligence',
  'communication',
  'warrant',
  'officer',
  'crime',
  'custody',
  'referral',
  /** Forms of a pack that came back filled in. */
  'result',
  'exhibit',
] as const;
export const ImportKind = z.enum(importKinds);
export type ImportKind = z.infer<typeof ImportKind>;

export const DateOrder = z.enum(['dmy', 'mdy', 'ymd']);
export type DateOrder = z.infer<typeof DateOrder>;

/**
 * One of several tables on a sheet: rows 1-based, columns 0-based, both ends inside; null reaches to the end.
 * Cells outside belong to other tables or to none.
 */
export const TableArea = z.strictObject({
  firstRow: z.int().min(1),
  lastRow: z.int().min(1).nullable(),
  firstColumn: z.int().min(0),
  lastColumn: z.int().min(0).nullable(),
});
export type TableArea = z.infer<typeof TableArea>;

/**
 * `rows`: a row is about one thing of the kind. `matrix`: who with whom; the first column and the heading name
 * people or phones, a filled cell links the two.
 */
export const SheetLayout = z.enum(['rows', 'matrix']);
export type SheetLayout = z.infer<typeof SheetLayout>;

/** Zones in which call times arrive. Times are kept in UK local time; `as-written` keeps them unconverted. */
export const CallTimeZone = z.enum(['as-written', 'utc', 'uk']);
export type CallTimeZone = z.infer<typeof CallTimeZone>;

/** What the user decided about the rows of a later issue of a sheet; see `imports.compare`. */
export const RefreshDecision = z.enum(['take', 'leave']);
export const RefreshChoice = z.strictObject({
  /** Ref of the earlier issue: a sheet of an import, `SRC-n`. */
  against: z.string().max(40),
  /** Columns (0-based, of this sheet) whose values together say which row is which. */
  key: z.array(z.int().min(0)).min(1).max(10),
  new: RefreshDecision,
  changed: RefreshDecision,
  /** A value that an analyst entered by hand differs from the new one. */
  conflicting: RefreshDecision,
  /** `take` withdraws what the earlier row said; `leave` keeps it standing. */
  vanished: RefreshDecision,
  /** Exceptions, by row key as `imports.compare` gives it. */
  rows: z.record(z.string().max(2000), RefreshDecision).optional(),
});
export type RefreshChoice = z.infer<typeof RefreshChoice>;

/** Where the plan has changed since a form was issued and the form says otherwise: which of the two stands. */
export const FormConflicts = z.enum(['keep', 'take']);
export type FormConflicts = z.infer<typeof FormConflicts>;

/**
 * How one sheet, or one table of it, is read. `columns[i]` is the field of column i, null when the column is left
 * aside. Several columns may name one field: their texts are joined in order before cleaning, unless the field
 * takes many values.
 */
export const SheetMapping = z.strictObject({
  sheet: z.string().max(300),
  /** Absent: the whole sheet. A sheet with several tables has one mapping for each. */
  table: TableArea.optional(),
  /** null leaves the sheet out. */
  kind: ImportKind.nullable(),
  layout: SheetLayout.optional(),
  /** 1-based row of the (last line of the) heading. */
  headerRow: z.int().min(0),
  /** How many rows the heading spans, ending at `headerRow`. */
  headerRows: z.int().min(1).max(5).optional(),
  columns: z.array(z.string().max(60).nullable()).max(16_384),
  dateOrder: DateOrder.optional(),
  timeZone: CallTimeZone.optional(),
  /** One thing over several rows: a row goes on with the thing above while this column is blank or repeats. */
  sameWhile: z.strictObject({ column: z.int().min(0), when: z.enum(['blank', 'blank-or-equal']) }).optional(),
  refresh: RefreshChoice.optional(),
  /** Of a form that came back; without it the plan's value is kept. */
  conflicts: FormConflicts.optional(),
});
export type SheetMapping = z.infer<typeof SheetMapping>;

export const ColumnGuess = z.object({
  index: z.number(),
  letter: z.string(),
  header: z.string(),
  field: z.string().nullable(),
  confidence: z.number(),
  reason: z.string(),
  samples: z.array(z.string()),
});

/** A saved mapping, and whether it fits a sheet. */
export const MappingOffer = z.object({
  id: z.number(),
  name: z.string(),
  fits: z.boolean(),
  /** Why it fits, or why not: which headings are missing or new. */
  reason: z.string(),
  /** The mapping with its columns where this sheet has them; null when it does not fit. */
  mapping: SheetMapping.nullable(),
});
export type MappingOffer = z.infer<typeof MappingOffer>;

/** A sheet of an earlier import that this one looks like a later issue of. */
export const EarlierIssue = z.object({
  /** `SRC-n`. */
  ref: z.string(),
  file: z.string(),
  sheet: z.string(),
  at: z.string(),
  reason: z.string(),
  /** Columns of this sheet that tell its rows apart. */
  key: z.array(z.number()),
});
export type EarlierIssue = z.infer<typeof EarlierIssue>;

/** What a person should know about a sheet before it is read: hidden rows, several tables, unknown time zone. */
export const SheetNote = z.object({ code: z.string(), message: z.string() });

export const SheetGuess = z.object({
  sheet: z.string(),
  hidden: z.boolean(),
  /** Set when the sheet holds several tables: one guess for each, all under the name of the sheet. */
  table: TableArea.nullable(),
  layout: SheetLayout,
  sameWhile: SheetMapping.shape.sameWhile.unwrap().nullable(),
  timeZone: CallTimeZone.nullable(),
  timeZoneReason: z.string().nullable(),
  notes: z.array(SheetNote),
  offers: z.array(MappingOffer),
  earlier: z.array(EarlierIssue),
  /** Rows looked at for the guess; the whole count is known after the preview. */
  rowsSeen: z.number(),
  complete: z.boolean(),
  headerRow: z.number(),
  headerRows: z.number(),
  kind: ImportKind.nullable(),
  confidence: z.number(),
  reasons: z.array(z.string()),
  columns: z.array(ColumnGuess),
  dateOrder: DateOrder.nullable(),
  dateOrderReason: z.string().nullable(),
  /** The first rows as the sheet shows them, with their row numbers. */
  sample: z.array(z.object({ row: z.number(), cells: z.array(z.string()) })),
});
export type SheetGuess = z.infer<typeof SheetGuess>;

export const InspectedFile = z.object({
  file: z.string(),
  size: z.number(),
  sha256: z.string(),
  format: z.string(),
  notes: z.array(z.object({ code: z.string(), message: z.string() })),
  sheets: z.array(SheetGuess),
  /** Set when this very file has been imported before and that import stands. */
  importedBefore: z.string().nullable(),
});
export type InspectedFile = z.infer<typeof InspectedFile>;

export const RowIssue = z.object({
  row: z.number(),
  column: z.string().nullable(),
  code: z.string(),
  message: z.string(),
  raw: z.string(),
  outcome: z.enum(['kept', 'skipped', 'rejected']),
  /** Of a form that came back: the row of the plan that says otherwise, and what stands there. */
  ref: z.string().optional(),
  stands: z.string().optional(),
});
export type RowIssue = z.infer<typeof RowIssue>;

/** The loss ledger of one sheet: rows = imported + updated + unchanged + skipped + rejected. */
export const SheetReport = z.object({
  sheet: z.string(),
  /** Place of the table on the sheet in words, where the sheet holds several. */
  table: z.string().optional(),
  kind: ImportKind.nullable(),
  headerRow: z.number(),
  rows: z.number(),
  imported: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  skipped: z.number(),
  rejected: z.number(),
  mapping: z.record(z.string(), z.string().nullable()),
  /** The first thousand; `issueCount` counts them all. */
  issues: z.array(RowIssue),
  issueCount: z.number(),
  /** Rows skipped, by reason in words. */
  skippedBy: z.record(z.string(), z.number()),
  /** Values that cleaning repaired with certainty, by code. */
  repairs: z.record(z.string(), z.number()),
  /** Of a later issue: how its rows compare to the earlier one (`SRC-n`), and what became of them. */
  refresh: z
    .object({
      against: z.string(),
      /** Rows that are new, changed, conflicting, vanished, unchanged. */
      counts: z.record(z.string(), z.number()),
      /** Earlier rows that no longer count because they vanished. */
      withdrawn: z.number(),
      /** Manual values given up for the later issue's. */
      overruled: z.number(),
      /** Rows whose key is blank or stands twice. */
      notCompared: z.number(),
    })
    .optional(),
});
export type SheetReport = z.infer<typeof SheetReport>;

export const FileReport = z.object({
  file: z.string(),
  sha256: z.string(),
  status: z.enum(['imported', 'unchanged', 'refused']),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  sheets: z.array(SheetReport),
});
export type FileReport = z.infer<typeof FileReport>;

export const ImportReport = z.object({
  /** `IMP-n`, null for a preview or when nothing was imported. */
  ref: z.string().nullable(),
  files: z.array(FileReport),
  /** How many records would be or were made, by grid. */
  created: z.record(z.string(), z.number()),
  /** After a refresh: what of the plan, and which issued packs, rest on a record that changed; the first thousand. */
  affected: z.array(z.object({ ref: z.string(), label: z.string(), because: z.string() })).optional(),
});
export type ImportReport = z.infer<typeof ImportReport>;

/** Progress of a long job: events of the contract, ended by one `done`. Cancel by aborting the call. */
export const Progress = z.object({
  type: z.literal('progress'),
  stage: z.string(),
  done: z.number(),
  /** Null when it cannot be known yet. */
  total: z.number().nullable(),
  unit: z.enum(['rows', 'bytes', 'pages', 'entries', 'steps']),
});
export type Progress = z.infer<typeof Progress>;

/** The longest that Excel allows is 255. */
export const FilePassword = z.string().min(1).max(255);

export const ImportFile = z.strictObject({
  grant: Grant,
  /** Without it every sheet is read as guessed. */
  sheets: z.array(SheetMapping).max(1024).optional(),
  /** Kind of every guessed sheet, or of the one that `sheet` names. */
  kind: ImportKind.optional(),
  sheet: z.string().max(300).optional(),
  dateOrder: DateOrder.optional(),
  /** For forms that came back, where the file is read as guessed. */
  conflicts: FormConflicts.optional(),
  /** Opens a workbook that is protected with a password. Neither stored nor journaled. */
  password: FilePassword.optional(),
});
export type ImportFile = z.infer<typeof ImportFile>;

/** Sent to every open page when something changed, so that grids fetch again. */
export const ChangeEvent = z.object({
  type: z.literal('changed'),
  seq: z.number(),
  grids: z.array(GridName),
  undo: UndoState,
});
export type ChangeEvent = z.infer<typeof ChangeEvent>;

export const VerifyReport = z.object({
  ok: z.boolean(),
  entries: z.number(),
  head: z.string().nullable(),
  firstBroken: z.object({ seq: z.number(), what: z.string() }).nullable(),
});
export type VerifyReport = z.infer<typeof VerifyReport>;

/** How the user left a grid: kept in the workspace, encrypted like everything else. */
export const GridState = z.object({
  columns: z
    .array(
      z.object({
        field: z.string().max(60),
        hidden: z.boolean().optional(),
        width: z.number().optional(),
        pinned: z.boolean().optional(),
      }),
    )
    .max(200),
  sort: z.array(z.object({ field: z.string().max(60), direction: z.enum(['asc', 'desc']) })).max(4),
});
export type GridState = z.infer<typeof GridState>;
