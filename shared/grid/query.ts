import { z } from 'zod';
import { gridNames } from './types.ts';

/**
 * What a grid is asked for. The same shape comes from the screen's filters and from `--where JSON`:
 *
 *   { "postcode": "CA1 1AA", "dob": { "lt": "2008-12-03" }, "name": { "contains": "smith" } }
 *
 * Conditions are joined by AND. Text compares without regard to case.
 */
const scalar = z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]);

export const Condition = z.union([
  scalar,
  z
    .strictObject({
      eq: scalar.optional(),
      ne: scalar.optional(),
      contains: z.string().max(500).optional(),
      startsWith: z.string().max(500).optional(),
      gt: scalar.optional(),
      gte: scalar.optional(),
      lt: scalar.optional(),
      lte: scalar.optional(),
      in: z.array(scalar).max(2000).optional(),
      /** One of these is among the values of a `codes` or `refs` column; null stands for a blank one. */
      has: z
        .array(z.union([z.string().max(200), z.null()]))
        .max(2000)
        .optional(),
      blank: z.boolean().optional(),
    })
    .refine((condition) => Object.keys(condition).length > 0, 'a condition needs an operator'),
]);
export type Condition = z.infer<typeof Condition>;

/** Field name → condition; the field `*` searches every text column of the grid. */
export const Where = z.record(z.string().max(60), Condition);
export type Where = z.infer<typeof Where>;

export const Sort = z.strictObject({
  field: z.string().max(60),
  direction: z.enum(['asc', 'desc']),
});
export type Sort = z.infer<typeof Sort>;

export const GridName = z.enum(gridNames);
export type GridName = z.infer<typeof GridName>;

export const GridRequest = z.strictObject({
  grid: GridName,
  where: Where.optional(),
  sort: z.array(Sort).max(4).optional(),
  offset: z.int().min(0).max(1_000_000_000).optional(),
  limit: z.int().min(0).max(100_000).optional(),
  /** Add `sources: [{ file, sheet, row }]` to each row. */
  sources: z.boolean().optional(),
});
export type GridRequest = z.infer<typeof GridRequest>;

export const CellValue = z.union([z.string(), z.number(), z.null()]);
export type CellValue = z.infer<typeof CellValue>;

export const SourcePlace = z.object({
  file: z.string(),
  sheet: z.string(),
  row: z.number(),
});
export type SourcePlace = z.infer<typeof SourcePlace>;

export const GridRow = z.looseObject({
  ref: z.string(),
  /** Rises with every change of the row; sent back with an edit so that a stale edit is refused. */
  revision: z.number().optional(),
  sources: z.union([z.array(SourcePlace), z.number(), z.null()]).optional(),
});
export type GridRow = z.infer<typeof GridRow>;

export const GridPage = z.object({
  grid: GridName,
  total: z.number(),
  rows: z.array(GridRow),
  /** Short labels of every record that a `ref` or `refs` column of these rows names. */
  labels: z.record(z.string(), z.string()),
});
export type GridPage = z.infer<typeof GridPage>;
