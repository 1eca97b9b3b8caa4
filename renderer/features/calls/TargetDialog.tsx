import { Button, Dialog, DialogBody, DialogFooter } from '@blueprintjs/core';
import { useState } from 'react';
import type { CallFinding } from '../../../shared/contract/areas/calls.ts';
import { findingTitles } from '../../../shared/domain/calls/findingKinds.ts';
import type { Column } from '../../../shared/grid/types.ts';
import { undo } from '../../app/actions.ts';
import { refreshQueries, useClient } from '../../app/connection.ts';
import { showMessage } from '../../app/messages.ts';
import { openRecord } from '../../app/navigation.ts';
import { describeError } from '../../app/reportError.ts';
import { callsCopy } from '../../copy/calls.ts';
import type { EditDraft } from '../../grid/readEdit.ts';
import { ValueEditor } from '../../ui/ValueEditor.tsx';

const targetColumn: Column = {
  field: 'target',
  title: 'Target',
  type: 'ref',
  to: ['targets'],
  width: 200,
  editable: true,
};

/** Chooses the target whose grounds a finding is added to. */
export function TargetDialog({ finding, onClose }: { finding: CallFinding; onClose: () => void }) {
  const client = useClient();
  const [draft, setDraft] = useState<EditDraft | null>(null);
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);

  async function add(): Promise<void> {
    const target = draft?.ok ? draft.value : null;
    if (typeof target !== 'string') {
      setError(callsCopy.targetNeeded);
      return;
    }
    setBusy(true);
    try {
      const { seq } = await client.calls.addToTarget({ id: finding.id, target });
      refreshQueries();
      onClose();
      showMessage({
        tone: 'done',
        text: `${callsCopy.addedToTarget} ${target}.`,
        action: seq === null ? undefined : { label: 'Undo', run: () => void undo(seq) },
      });
      openRecord(target, 'grounds');
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
      title={callsCopy.targetTitle}
      className="calls-dialog"
      canOutsideClickClose={false}
    >
      <DialogBody>
        <p className="calls-dialog-words">
          <strong>{findingTitles[finding.kind]}.</strong> {finding.reasons[0]}
        </p>
        <ValueEditor
          column={targetColumn}
          value={null}
          labels={{}}
          client={client}
          autoFocus
          pickOnly
          onDraft={setDraft}
        />
        <p className="muted">{callsCopy.targetHint}</p>
        {error && (
          <p className="tone-danger" role="alert">
            {error}
          </p>
        )}
      </DialogBody>
      <DialogFooter
        actions={
          <>
            <Button text="Leave" onClick={onClose} />
            <Button intent="primary" text="Add to the grounds" loading={busy} onClick={() => void add()} />
          </>
        }
      />
    </Dialog>
  );
}
