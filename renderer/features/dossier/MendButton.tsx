import { Button } from '@blueprintjs/core';
import type { Finding } from '../../../shared/contract/schemas.ts';
import { findColumn, grids, parseRef } from '../../../shared/grid/grids.ts';
import { undo } from '../../app/actions.ts';
import { refreshQueries, useClient } from '../../app/connection.ts';
import { showMessage } from '../../app/messages.ts';
import { openRecord } from '../../app/navigation.ts';
import { reportError } from '../../app/reportError.ts';
import { useMay } from '../../app/role.ts';

function wordsOf({ kind, grid, ref, field }: NonNullable<Finding['action']>): string {
  if (kind === 'add' && grid) return `Add ${grids[grid].noun}`;
  const at = ref ? parseRef(ref)?.grid : undefined;
  const column = at && field ? findColumn(at, field) : undefined;
  if (column) return `${kind === 'set' ? 'Set' : 'Enter'} ${column.title.toLowerCase()}`;
  return at ? `Open the ${at.noun}` : 'Open';
}

/** The mend of a finding as something to click: the field opens beside the view, or the missing record is added. */
export function MendButton({ finding }: { finding: Finding }) {
  const client = useClient();
  const may = useMay();
  const { action } = finding;
  if (!action || finding.accepted || (!may && action.kind !== 'open')) return null;
  const words = wordsOf(action);

  async function mend({ kind, ref, grid, field, values }: NonNullable<Finding['action']>): Promise<void> {
    try {
      if (kind === 'open' && ref) openRecord(ref, field);
      else if (kind === 'set' && ref && values) {
        await client.records.set({ edits: [{ ref, values }] });
        showMessage({ tone: 'done', text: 'Set.', action: { label: 'Undo', run: () => void undo() } });
      } else if (kind === 'add' && grid) {
        const { rows } = await client.records.add({ grid, values: values ?? {} });
        const added = rows[0]?.ref;
        if (added) openRecord(added);
      }
    } catch (error) {
      reportError(error);
    }
    if (kind !== 'open') refreshQueries();
  }

  return (
    <Button
      size="small"
      text={words}
      aria-label={`${words}: ${finding.message}`}
      onClick={() => void mend(action)}
    />
  );
}
