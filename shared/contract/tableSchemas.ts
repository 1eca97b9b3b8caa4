import { z } from 'zod';
import { gridNames } from '../grid/types.ts';
import { Withheld } from './packSchemas.ts';
import { DisclosureReason } from './schemas.ts';

/** Tables for other tools: what may be asked of them, and what comes back. */
export const TableRequest = z.strictObject({
  /** One grid with all its columns, or the whole operation. */
  grid: z.enum(gridNames).optional(),
  /** `table`: a table a grid. `network`: entities and links with identities, as link charts take them. */
  profile: z.enum(['table', 'network']),
  format: z.enum(['csv', 'xlsx']),
  recipient: z.string().trim().min(1).max(200),
  reason: DisclosureReason,
});
export type TableRequest = z.infer<typeof TableRequest>;

export const TableReport = z.object({
  files: z.array(z.object({ file: z.string(), sha256: z.string(), rows: z.number() })),
  withheld: Withheld,
  warnings: z.array(z.string()),
});
export type TableReport = z.infer<typeof TableReport>;
