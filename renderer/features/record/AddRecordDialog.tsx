import { Button, Dialog, DialogBody, DialogFooter } from '@blueprintjs/core';
import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { Column, Grid } from '../../../shared/grid/types.ts';
import { refreshQueries, useClient } from '../../app/connection.ts';
import { showMessage } from '../../app/messages.ts';
import { openRecord } from '../../app/navigation.ts';
import { describeError } from '../../app/reportError.ts';
import { endWaiting, takeEarlyKeys } from '../../grid/earlyKeys.ts';
import type { Labels } from '../../grid/format.ts';
import type { EditDraft } from '../../grid/readEdit.ts';
import { ValueEditor } from '../../ui/ValueEditor.tsx';

/** A new row by hand: a manual entry, with its author as the source. `values` are what it starts with. */
export function AddRecordDialog(props: {
  grid: Grid;
  values?: Readonly<Record<string, CellValue>> | undefined;
  labels?: Labels | undefined;
  onClose: () => void;
}) {
  const { grid, onClose } = props;
  const client = useClient();
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const given = props.values ?? {};
  const drafts = useRef(
    new Map<string, EditDraft>(Object.entries(given).map(([field, value]) => [field, { ok: true, value }])),
  );
  const columns = grid.columns.filter(
    (column) => column.editable && (!column.hidden || column.required || column.field in given),
  );
  const firstBlank = Math.max(
    0,
    columns.findIndex(({ field }) => (given[field] ?? null) === null),
  );
  // What was typed between the key that opened the form and now.
  const [early] = useState(() => takeEarlyKeys() || undefined);
  useLayoutEffect(() => endWaiting(), []);

  async function add(): Promise<void> {
    const values: Record<string, CellValue> = {};
    for (const column of columns) {
      const draft = drafts.current.get(column.field);
      if (draft && !draft.ok) {
        setError(`${column.title}: ${draft.message}`);
        return;
      }
      if (column.required && (!draft || draft.value === null)) {
        setError(`${column.title} is needed.`);
        return;
      }
      if (draft && draft.value !== null) values[column.field] = draft.value;
    }
    setBusy(true);
    try {
      const { rows, findings } = await client.records.add({ grid: grid.name, values });
      refreshQueries();
      onClose();
      const ref = rows[0]?.ref;
      const worst = findings.find(({ severity }) => severity === 'blocker');
      if (worst) showMessage({ tone: 'warning', text: `${worst.message} ${worst.mend}` });
      else showMessage({ tone: 'done', text: `Added ${grid.noun} ${ref ?? ''}.` });
      if (ref) openRecord(ref);
    } catch (caught) {
      const { message, hint } = describeError(caught);
      setError(hint ? `${message} ${hint}` : message);
      setBusy(false);
    }
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Add ${grid.noun}`}
      className="add-dialog"
      canOutsideClickClose={false}
    >
      <DialogBody>
        <div className="add-fields">
          {columns.map((column, index) => (
            <AddField
              key={column.field}
              draftKey={`add/${grid.name}/${column.field}`}
              column={column}
              autoFocus={index === firstBlank}
              value={given[column.field] ?? null}
              labels={props.labels ?? {}}
              startText={index === firstBlank ? early : undefined}
              onDraft={(draft) => {
                drafts.current.set(column.field, draft);
                setError('');
              }}
              onCommit={() => void add()}
            />
          ))}
        </div>
      </DialogBody>
      <DialogFooter
        actions={
          <>
            <Button text="Leave" onClick={onClose} />
            <Button intent="primary" text="Add" loading={busy} onClick={() => void add()} />
          </>
        }
      >
        {error && (
          <span className="tone-danger" role="alert">
            {error}
          </span>
        )}
      </DialogFooter>
    </Dialog>
  );
}

function AddField(props: {
  draftKey: string;
  column: Column;
  autoFocus: boolean;
  value: CellValue;
  labels: Labels;
  startText: string | undefined;
  onDraft: (draft: EditDraft) => void;
  onCommit: () => void;
}) {
  const client = useClient();
  const latest = useRef(props.onDraft);
  latest.current = props.onDraft;
  // A fixed function: the editor reports again whenever it is given another one.
  const report = useCallback((draft: EditDraft) => latest.current(draft), []);
  const { column } = props;
  return (
    <div className={`add-field ${column.type === 'longText' ? 'add-wide' : ''}`}>
      <span className="add-label">
        {column.title}
        {column.required && <span className="muted"> (needed)</span>}
      </span>
      <ValueEditor
        // Blank is reported by the form itself, once, and not under every field that is still empty.
        column={{ ...column, required: false }}
        value={props.value}
        labels={props.labels}
        startText={props.startText}
        draftKey={props.draftKey}
        client={client}
        autoFocus={props.autoFocus}
        pickOnly
        onDraft={report}
        onCommit={(draft) => {
          report(draft);
          props.onCommit();
        }}
      />
    </div>
  );
}
