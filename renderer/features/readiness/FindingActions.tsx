import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import type { Finding } from '../../../shared/contract/schemas.ts';
import { findColumn, grids, parseRef } from '../../../shared/grid/grids.ts';
import { undo } from '../../app/actions.ts';
import { refreshQueries, useClient } from '../../app/connection.ts';
import { showMessage } from '../../app/messages.ts';
import { goToRecord } from '../../app/navigation.ts';
import { reportError } from '../../app/reportError.ts';
import { useMay } from '../../app/role.ts';
import { formatValue, type Labels } from '../../grid/format.ts';
import { AddRecordDialog } from '../record/AddRecordDialog.tsx';

type Action = NonNullable<Finding['action']>;

/** What a click on the mend does, in words. */
function describeAction(action: Action, labels: Labels): string {
  const grid = action.grid ? grids[action.grid] : action.ref ? parseRef(action.ref)?.grid : undefined;
  const column = grid && action.field ? findColumn(grid, action.field) : undefined;
  if (action.kind === 'add') return grid ? `Add ${grid.noun}` : 'Add';
  if (action.kind === 'set') {
    const parts = Object.entries(action.values ?? {}).map(([field, value]) => {
      const named = grid ? findColumn(grid, field) : undefined;
      return named ? `${named.title} to ${formatValue(named, value, labels) || 'blank'}` : field;
    });
    return `Set ${parts.join(', ')}`;
  }
  return column ? `Open ${column.title}` : `Open ${action.ref ?? 'the record'}`;
}

/** The mend as a button, and the way to set the finding aside where that may be. */
export function FindingActions(props: {
  finding: Finding;
  labels: Labels;
  onAccept: (finding: Finding) => void;
}) {
  const { finding, labels } = props;
  const client = useClient();
  const [adding, setAdding] = useState(false);
  const { action } = finding;
  const may = useMay();

  async function run(chosen: Action): Promise<void> {
    if (chosen.kind === 'add' && chosen.grid) setAdding(true);
    else if (chosen.kind === 'set' && chosen.ref && chosen.values) {
      try {
        await client.records.set({ edits: [{ ref: chosen.ref, values: chosen.values }] });
        showMessage({
          tone: 'done',
          text: `${describeAction(chosen, labels)}: done.`,
          action: { label: 'Undo', run: () => void undo() },
        });
      } catch (error) {
        reportError(error);
      }
      refreshQueries();
    } else {
      const ref = chosen.ref ?? finding.refs[0];
      if (ref) goToRecord(ref, chosen.field ?? finding.field);
    }
  }

  return (
    <div className="finding-actions">
      {action && (may || action.kind === 'open') && (
        <Button
          size="small"
          icon={action.kind === 'add' ? 'plus' : action.kind === 'set' ? 'tick' : 'arrow-right'}
          text={describeAction(action, labels)}
          onClick={() => void run(action)}
        />
      )}
      {finding.acceptable === false ? (
        <span className="muted">Cannot be set aside: a child or a person at risk is concerned.</span>
      ) : may ? (
        <Button
          size="small"
          variant="minimal"
          text="Accept with a reason…"
          onClick={() => props.onAccept(finding)}
        />
      ) : null}
      {adding && action?.grid && (
        <AddRecordDialog
          grid={grids[action.grid]}
          values={action.values}
          labels={labels}
          onClose={() => setAdding(false)}
        />
      )}
    </div>
  );
}
