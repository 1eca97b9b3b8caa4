import { z } from 'zod';
import { CellValue, GridName, GridRow, Where } from '../grid/query.ts';
import { Finding, GridState, Severity } from './schemas.ts';

/** Data shapes of the plan beside the grids: paste, views, groups, board, dossier, clocks, briefing, tally. */

const ref = z.string().max(40);

// --- A block pasted from a spreadsheet -----------------------------------------------------------

export const PasteRequest = z.strictObject({
  grid: GridName,
  /** Columns of the block, left to right; null leaves a column of the block aside. */
  fields: z.array(z.string().max(60).nullable()).min(1).max(200),
  /** `ref` null adds a row. Cells are texts as the clipboard gives them. */
  rows: z
    .array(z.strictObject({ ref: ref.nullable(), cells: z.array(z.string().max(32_767)).max(200) }))
    .min(1)
    .max(5000),
  /** What a blank cell does to a value that is there. */
  blanks: z.enum(['keep', 'clear']),
  reason: z.string().max(1000).optional(),
});
export type PasteRequest = z.infer<typeof PasteRequest>;

export const PasteCell = z.object({
  text: z.string(),
  state: z.enum(['new', 'changed', 'same', 'kept', 'aside', 'refused']),
  value: CellValue,
  before: CellValue,
  /** Why it is refused, and what would be accepted. */
  message: z.string().nullable(),
});
export const PasteReport = z.object({
  rows: z.array(z.object({ ref: ref.nullable(), cells: z.array(PasteCell) })),
  /** Cells by state. */
  counts: z.record(z.string(), z.number()),
  labels: z.record(z.string(), z.string()),
});
export type PasteReport = z.infer<typeof PasteReport>;

// --- Views, groups, cell history -----------------------------------------------------------------

export const SavedView = z.object({
  id: z.number(),
  grid: GridName,
  name: z.string(),
  state: GridState,
  where: Where.nullable(),
  groupBy: z.string().nullable(),
});
export type SavedView = z.infer<typeof SavedView>;

export const GroupRow = z.object({
  value: CellValue,
  /** The value in words: label of a reference, title of a code. */
  label: z.string(),
  count: z.number(),
  /** Sums of number columns by field. */
  totals: z.record(z.string(), z.number()),
});
export type GroupRow = z.infer<typeof GroupRow>;

export const CellChange = z.object({
  seq: z.number().nullable(),
  at: z.string(),
  by: z.string(),
  value: CellValue,
  before: CellValue,
  /** The file and row for an imported value; null for one that was typed. */
  source: z.string().nullable(),
  reason: z.string().nullable(),
});
export type CellChange = z.infer<typeof CellChange>;

// --- Board ---------------------------------------------------------------------------------------

/** The worst check of the warrants of a place; `none` where no warrant names it. */
export const BoardWarrantState = z.enum(['none', 'ready', 'note', 'warning', 'blocker']);

export const BoardTask = z.object({
  team: ref,
  premises: ref.nullable(),
  warrants: z.array(ref),
  targets: z.array(ref),
  briefAt: z.string().nullable(),
  strikeAt: z.string().nullable(),
  finishAt: z.string().nullable(),
  warrantState: BoardWarrantState,
  /** Children or vulnerable adults are known or expected there. */
  safeguarding: z.boolean(),
});
export const Board = z.object({
  strike: z.string().nullable(),
  teams: z.array(
    z.object({
      ref,
      label: z.string(),
      leader: ref.nullable(),
      members: z.array(ref),
      /** The team's own premises; its other places are those of its targets. */
      premises: ref.nullable(),
      vehicle: z.string().nullable(),
      rendezvous: z.string().nullable(),
      /** The times that all its tasks share; the strike is the operation's where it has none of its own. */
      briefAt: z.string().nullable(),
      strikeAt: z.string().nullable(),
      finishAt: z.string().nullable(),
      tasks: z.array(BoardTask),
    }),
  ),
  /** Premises of targets and warrants that no team has. */
  unassigned: z.array(
    BoardTask.pick({ warrants: true, targets: true, warrantState: true, safeguarding: true }).extend({
      premises: ref,
    }),
  ),
  /** Findings about teams, timings and people in two places. */
  clashes: z.array(Finding),
  labels: z.record(z.string(), z.string()),
});
export type Board = z.infer<typeof Board>;

// --- Clocks --------------------------------------------------------------------------------------

/** A statutory or agreed period that runs. Moments are ISO 8601 in UK local time. */
export const Clock = z.object({
  ref,
  label: z.string(),
  kind: z.enum(['warrant', 'cash', 'ddtro', 'nrm', 'closure', 'custody', 'return', 'action']),
  title: z.string(),
  from: z.string().nullable(),
  /** Last moment inside the period. */
  due: z.string(),
  state: z.enum(['running', 'soon', 'over', 'met']),
  /** The rule in words, with its source. */
  rule: z.string(),
});
export type Clock = z.infer<typeof Clock>;

// --- Everything about one record -----------------------------------------------------------------

export const Dossier = z.object({
  ref,
  grid: GridName,
  label: z.string(),
  row: GridRow,
  /** Told first, in words: children, vulnerable adults, hazards, victim status, warnings. */
  alerts: z.array(z.object({ severity: Severity, text: z.string(), refs: z.array(z.string()) })),
  /** Records beside it, by what they are to it. */
  sections: z.array(
    z.object({
      title: z.string(),
      grid: GridName,
      fields: z.array(z.string()),
      rows: z.array(GridRow),
      total: z.number(),
    }),
  ),
  photographs: z.array(
    z.object({ id: z.string(), takenOn: z.string().nullable(), caption: z.string().nullable() }),
  ),
  findings: z.array(Finding),
  clocks: z.array(Clock),
  labels: z.record(z.string(), z.string()),
});
export type Dossier = z.infer<typeof Dossier>;

// --- Accepting findings --------------------------------------------------------------------------

export const Acceptance = z.object({
  id: z.number(),
  rule: z.string(),
  refs: z.array(z.string()),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
});
export type Acceptance = z.infer<typeof Acceptance>;

// --- Briefing ------------------------------------------------------------------------------------

export const BriefingModel = z.enum(['IIMARCH', 'SAFCORM']);
export const BriefingSection = z.object({
  key: z.string(),
  title: z.string(),
  /** What belongs here, in a sentence. */
  holds: z.string(),
  text: z.string(),
  /** The text with its facts filled in from the plan as it stands. */
  filled: z.string(),
  marking: z.string().nullable(),
  /** Names of facts in the text that the plan does not have. */
  unknownFacts: z.array(z.string()),
});
export const Briefing = z.object({
  model: BriefingModel,
  sections: z.array(BriefingSection),
  version: z.number(),
  savedAt: z.string().nullable(),
  savedBy: z.string().nullable(),
  /** Facts that may be put into a text as `{{name}}`, with their value now. */
  facts: z.array(z.object({ name: z.string(), title: z.string(), value: z.string() })),
});
export type Briefing = z.infer<typeof Briefing>;

export const BriefingVersion = z.object({ version: z.number(), at: z.string(), by: z.string() });
export type BriefingVersion = z.infer<typeof BriefingVersion>;

// --- After the day -------------------------------------------------------------------------------

/** One line of the running tally; counted once however many sources tell of it. */
export const TallyLine = z.object({
  key: z.string(),
  title: z.string(),
  value: z.number(),
  unit: z.enum(['count', 'GBP', 'grams']),
  refs: z.array(z.string()),
});
export const Tally = z.object({
  lines: z.array(TallyLine),
  /** What still has to be done: warrants to return, cash hearings, referrals, forensics. */
  outstanding: z.array(
    z.object({ title: z.string(), ref, label: z.string(), due: z.string().nullable(), mend: z.string() }),
  ),
});
export type Tally = z.infer<typeof Tally>;
