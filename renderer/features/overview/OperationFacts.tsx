import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import type { Overview } from '../../../shared/contract/schemas.ts';
import { daysBetween } from '../../../shared/domain/dates.ts';
import { findColumn, grids, makeRef } from '../../../shared/grid/grids.ts';
import type { Column } from '../../../shared/grid/types.ts';
import { refreshQueries, updateOpenWorkspace, useClient } from '../../app/connection.ts';
import { openRecord, showDialog } from '../../app/navigation.ts';
import { describeError } from '../../app/reportError.ts';
import { formatValue } from '../../grid/format.ts';
import type { EditDraft } from '../../grid/readEdit.ts';
import { describeDistance, today } from '../../ui/dates.ts';
import { ForChangers } from '../../ui/ForChangers.tsx';
import { ValueEditor } from '../../ui/ValueEditor.tsx';

const operationRef = makeRef('operation', 1);

/** Name, marking and strike of the operation; marking and strike can be changed in place. */
export function OperationFacts({ overview }: { overview: Overview }) {
  const marking = findColumn(grids.operation, 'marking');
  const strike = findColumn(grids.operation, 'strike');
  return (
    <header className="operation-head">
      <h2>{overview.name}</h2>
      <div className="operation-facts">
        {strike && (
          <Fact
            column={strike}
            value={overview.strike}
            note={overview.strike ? describeDistance(daysBetween(today(), overview.strike)) : ''}
          />
        )}
        {marking && <Fact column={marking} value={overview.marking} note="" />}
        <Button
          size="small"
          variant="minimal"
          icon="properties"
          text="IIMARCH and all details"
          onClick={() => openRecord(operationRef)}
        />
        <Button
          size="small"
          variant="minimal"
          icon="heat-grid"
          text="Risk matrix"
          onClick={() => showDialog('risk')}
        />
      </div>
    </header>
  );
}

function Fact({ column, value, note }: { column: Column; value: string | null; note: string }) {
  const client = useClient();
  const [editing, setEditing] = useState(false);
  const [draft, setDraft] = useState<EditDraft | null>(null);
  const [error, setError] = useState('');

  async function save(next: EditDraft | null): Promise<void> {
    if (!next) return;
    if (!next.ok) {
      setError(next.message);
      return;
    }
    try {
      await client.records.set({ edits: [{ ref: operationRef, values: { [column.field]: next.value } }] });
      if (column.field === 'marking' && typeof next.value === 'string') {
        updateOpenWorkspace({ marking: next.value });
      }
      if (column.field === 'strike') updateOpenWorkspace({ strike: next.value as string | null });
      setEditing(false);
      setError('');
      refreshQueries();
    } catch (caught) {
      setError(describeError(caught).message);
    }
  }

  if (!editing) {
    return (
      <div className="fact">
        <span className="fact-title">{column.title}</span>
        <span className="fact-value">{formatValue(column, value) || 'Not set'}</span>
        {note && <span className="fact-note">{note}</span>}
        <ForChangers>
          <Button
            size="small"
            variant="minimal"
            icon="edit"
            aria-label={`Change ${column.title.toLowerCase()}`}
            onClick={() => setEditing(true)}
          />
        </ForChangers>
      </div>
    );
  }
  return (
    <div className="fact fact-editing">
      <span className="fact-title">{column.title}</span>
      <ValueEditor
        column={column}
        value={value}
        labels={{}}
        client={client}
        autoFocus
        onDraft={setDraft}
        onCommit={(next) => void save(next)}
        onCancel={() => setEditing(false)}
      />
      <Button size="small" intent="primary" text="Save" onClick={() => void save(draft)} />
      <Button size="small" variant="minimal" text="Leave" onClick={() => setEditing(false)} />
      {error && (
        <span className="tone-danger" role="alert">
          {error}
        </span>
      )}
    </div>
  );
}
