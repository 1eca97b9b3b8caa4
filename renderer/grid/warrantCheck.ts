import { checkWarrant, type WarrantFacts } from '../../shared/domain/warrants.ts';
import type { GridRow } from '../../shared/grid/query.ts';
import { today } from '../ui/dates.ts';
import type { EditDraft } from './readEdit.ts';

/**
 * What the warrant rules say of a warrant with the draft in place, before the cell is left: the worst finding
 * about this field, or one that only the draft brings about. Null when there is nothing to say.
 */
export function checkWarrantDraft(
  row: GridRow,
  field: string,
  draft: EditDraft,
  strike: string | null,
): { tone: 'danger' | 'warning'; message: string } | null {
  if (!draft.ok) return null;
  const check = (values: Readonly<Record<string, unknown>>) => {
    const text = (name: string) => (typeof values[name] === 'string' ? values[name] : null);
    const facts: WarrantFacts = {
      power: text('power'),
      authority: text('authority'),
      issued: text('issued'),
      expires: text('expires'),
      entries: text('entries'),
      entryNumber: typeof values.entryNumber === 'number' ? values.entryNumber : null,
      entryAuthority: text('entryAuthority'),
      executedAt: text('executedAt'),
      endorsedAt: text('endorsedAt'),
      returnedAt: text('returnedAt'),
      status: text('status'),
    };
    return checkWarrant(facts, { strike: text('strike') ?? strike, today: today() });
  };
  const before = new Set(check(row).map(({ rule }) => rule));
  const worst = check({ ...row, [field]: draft.value }).find(
    (finding) => finding.severity !== 'note' && (finding.field === field || !before.has(finding.rule)),
  );
  if (!worst) return null;
  return worst.severity === 'blocker'
    ? { tone: 'danger', message: `Blocker: ${worst.message}` }
    : { tone: 'warning', message: worst.message };
}
