/** The worst finding of the warrant rules, as one word for the grid's "Check" column. */
import type { WarrantFacts } from '../../../shared/domain/warrants.ts';
import { checkWarrant } from '../../../shared/domain/warrants.ts';

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
const number = (value: unknown) => (typeof value === 'number' ? value : null);

/** Order of the arguments of the SQL function `warrant_state`; the query is put together from it. */
export const warrantStateColumns = [
  'power',
  'authority',
  'issued',
  'expires',
  'entries',
  'entry_number',
  'entry_authority',
  'executed_at',
  'endorsed_at',
  'returned_at',
  'status',
  'strike',
] as const;

/** Facts of a warrant, from column values in the order above. */
export function warrantFacts(values: readonly unknown[]): WarrantFacts {
  return {
    power: text(values[0]),
    authority: text(values[1]),
    issued: text(values[2]),
    expires: text(values[3]),
    entries: text(values[4]),
    entryNumber: number(values[5]),
    entryAuthority: text(values[6]),
    executedAt: text(values[7]),
    endorsedAt: text(values[8]),
    returnedAt: text(values[9]),
    status: text(values[10]),
  };
}

/**
 * 'ready' | 'blocker' | 'warning' | 'note' for a warrant, or null without a day to check for. `values`: the columns above, then the operation's
 * strike and today, both ISO. The warrant's own strike, where it has one, counts before the operation's.
 */
export function warrantState(values: readonly unknown[]): string | null {
  const own = text(values[11]);
  const operation = text(values[12]);
  const day = text(values[13]);
  // Rows read only for their stored values come without a day.
  if (day === null) return null;
  const findings = checkWarrant(warrantFacts(values), { strike: own ?? operation, today: day });
  if (findings.some((finding) => finding.severity === 'blocker')) return 'blocker';
  if (findings.some((finding) => finding.severity === 'warning')) return 'warning';
  return findings.length > 0 ? 'note' : 'ready';
}
