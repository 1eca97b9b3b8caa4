/** Work carried between copies of an operation on standalone machines. */
import { z } from 'zod';
import { CellValue, GridName } from '../../grid/query.ts';
import { longWork } from '../longWork.ts';
import { analyst, lead, reader } from '../needs.ts';
import { Grant } from '../schemas.ts';

/** A copy of the workspace. Letters as in its references: `A`; the original has `0`. */
export const ExchangeCopy = z.object({
  letters: z.string(),
  name: z.string(),
  own: z.boolean(),
  madeAt: z.string(),
  madeBy: z.string(),
  /** What is known of it: when its newest package that was taken here was made, and its number. Null before the first. */
  heardAt: z.string().nullable(),
  lastTaken: z.number().nullable(),
  /** Entries of this copy's record that it is not known to have. Null for this copy. */
  ahead: z.number().nullable(),
});
export type ExchangeCopy = z.infer<typeof ExchangeCopy>;

export const ConflictOption = z.object({
  /** By which it is chosen: A, B, … */
  key: z.string(),
  /** The value; of a removed record what was entered in it, by field. Null for "removed" and for blank. */
  value: z.json(),
  user: z.string().nullable(),
  at: z.string().nullable(),
  /** Letters of the copy on which it was entered. */
  copy: z.string().nullable(),
  /** Stands until somebody decides. */
  standing: z.boolean(),
});
export type ConflictOption = z.infer<typeof ConflictOption>;

export const ExchangeConflict = z.object({
  ref: z.string(),
  grid: GridName,
  /** What the record is called; its reference where it is not there. */
  label: z.string(),
  field: z.string(),
  title: z.string(),
  /**
   * `value`: two values, neither of which knew the other. `removed`: removed on one copy, edited on another.
   * `missing`: names a record that is not there any more.
   */
  kind: z.enum(['value', 'removed', 'missing']),
  options: z.array(ConflictOption),
});
export type ExchangeConflict = z.infer<typeof ExchangeConflict>;

export const TakeReport = z.object({
  package: z.string(),
  number: z.number(),
  from: z.object({ letters: z.string(), name: z.string() }),
  by: z.string(),
  /** When it was made. */
  at: z.string(),
  /** Entry of the journal; null in a preview. */
  seq: z.number().nullable(),
  /** Entries of other copies' records that are new here. */
  entries: z.number(),
  /** The first of the values that change, and how many do. */
  values: z.array(
    z.object({
      ref: z.string(),
      field: z.string(),
      before: CellValue,
      after: CellValue,
      /** False where the value is taken away. */
      standing: z.boolean(),
    }),
  ),
  valueCount: z.number(),
  imports: z.array(
    z.object({
      ref: z.string(),
      summary: z.string(),
      rows: z.number(),
      state: z.enum(['standing', 'undone']),
    }),
  ),
  photographs: z.number(),
  packs: z.array(z.string()),
  /** Records that were made one, since both rest on the same certain key. */
  joined: z.array(z.object({ ref: z.string(), into: z.string() })),
  /** Conflicts that are open afterwards. */
  conflicts: z.array(ExchangeConflict),
});
export type TakeReport = z.infer<typeof TakeReport>;
export type TakenValue = TakeReport['values'][number];

/** A change of a whole row: it was added, removed or put back. */
export const isWholeRow = ({ field }: TakenValue): boolean => field === '$created' || field === '$removed';

/** Whether the row of such a change is there afterwards. */
export const isThereAfter = ({ field, after, standing }: TakenValue): boolean =>
  field === '$created' ? standing && after === 1 : after !== 1;

export const MadePackage = z.object({
  file: z.string(),
  package: z.string(),
  number: z.number(),
  bytes: z.number(),
  /** Letters of the copy that it is for; null for all others. */
  for: z.string().nullable(),
  entries: z.number(),
  imports: z.number(),
  photographs: z.number(),
  packs: z.number(),
});
export type MadePackage = z.infer<typeof MadePackage>;

export const ExchangePackage = z.object({
  id: z.string(),
  number: z.number(),
  /** Made here, or taken here. */
  way: z.enum(['made', 'taken']),
  /** Letters of the copy that made it, and of the one that it is for. */
  from: z.string(),
  for: z.string().nullable(),
  at: z.string(),
  user: z.string(),
  bytes: z.number(),
});
export type ExchangePackage = z.infer<typeof ExchangePackage>;

export const ExchangeStatus = z.object({
  /** Letters of this copy; `0` for the original. Null while there is no other. */
  own: z.string().nullable(),
  copies: z.array(ExchangeCopy),
  packages: z.array(ExchangePackage),
  conflicts: z.number(),
});
export type ExchangeStatus = z.infer<typeof ExchangeStatus>;

const copyName = z.string().trim().min(1).max(100);
const reason = z.string().trim().min(1).max(1000);

export const exchangeContract = {
  status: reader.output(ExchangeStatus),
  /** Makes a copy of the workspace in a new folder. Everything goes out: only a lead may. */
  copy: lead
    .input(z.strictObject({ folder: Grant, name: copyName, reason }))
    .output(z.object({ letters: z.string(), name: z.string(), folderName: z.string() })),
  /** Writes a package into a folder; journaled as a disclosure. */
  make: analyst
    .input(
      z.strictObject({
        folder: Grant,
        /** Letters or name of the copy that it is for; all others where it is left out. */
        to: copyName.optional(),
        recipient: z.string().trim().min(1).max(200),
        reason,
      }),
    )
    .output(longWork(MadePackage)),
  /** What would come of taking a package. Nothing is changed. */
  preview: analyst.input(z.strictObject({ file: Grant })).output(longWork(TakeReport)),
  /** Takes a package: everything in it or nothing. A backup is made first. */
  take: analyst.input(z.strictObject({ file: Grant })).output(longWork(TakeReport)),
  conflicts: reader.output(z.object({ conflicts: z.array(ExchangeConflict) })),
  /** Decides a conflict. The decision goes to the other copies like any edit. */
  resolve: analyst
    .input(z.strictObject({ ref: z.string().max(40), field: z.string().max(60), take: z.string().max(4) }))
    .output(z.object({ seq: z.number(), conflicts: z.array(ExchangeConflict) })),
} as const;
