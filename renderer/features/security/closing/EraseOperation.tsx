import { Button, Dialog, DialogBody, DialogFooter, InputGroup } from '@blueprintjs/core';
import { type FormEvent, useState } from 'react';
import { setOpenWorkspace, useClient, useConnection } from '../../../app/connection.ts';
import { describeError } from '../../../app/reportError.ts';
import { closingCopy } from '../../../copy/closing.ts';
import { FormField } from '../../../ui/FormField.tsx';
import { useFolder } from './useFolder.tsx';

const copy = closingCopy.erasure;

/** Destroys the whole workspace, after its name was typed. */
export function EraseOperation({ mayErase }: { mayErase: boolean }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <h3>{copy.operationTitle}</h3>
      <p className="muted closing-words">{copy.operationLead}</p>
      <Button
        icon="trash"
        intent="danger"
        text={copy.operation}
        disabled={!mayErase}
        onClick={() => setAsking(true)}
      />
      {asking && <Confirm onClose={() => setAsking(false)} />}
    </>
  );
}

function Confirm({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const connection = useConnection();
  const name = connection.phase === 'connected' ? (connection.open?.name ?? '') : '';
  const [confirm, setConfirm] = useState('');
  const [reason, setReason] = useState('');
  const [errors, setErrors] = useState<{ confirm?: string; reason?: string; folder?: string; form?: string }>(
    {},
  );
  const [busy, setBusy] = useState(false);
  const { folder, field } = useFolder(errors.folder);

  async function erase(event: FormEvent): Promise<void> {
    event.preventDefault();
    const found = {
      ...(confirm.trim() === name.trim() ? {} : { confirm: copy.operationWrong }),
      ...(reason.trim().length < 3 ? { reason: closingCopy.needed } : {}),
      ...(folder ? {} : { folder: closingCopy.needed }),
    };
    setErrors(found);
    if (!folder || Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      await client.closing.eraseOperation({ confirm, reason: reason.trim(), folder: folder.grant });
      setOpenWorkspace(null);
    } catch (caught) {
      setErrors({ form: describeError(caught).message });
      setBusy(false);
    }
  }

  return (
    <Dialog
      isOpen
      title={copy.operation}
      onClose={onClose}
      canOutsideClickClose={false}
      canEscapeKeyClose={!busy}
      isCloseButtonShown={!busy}
      className="closing-dialog"
    >
      <form onSubmit={(event) => void erase(event)}>
        <DialogBody>
          <p className="closing-dialog-lead">{copy.operationLead}</p>
          <FormField label={copy.operationConfirm(name)} error={errors.confirm}>
            {(input) => (
              <InputGroup
                {...input}
                fill
                autoFocus
                value={confirm}
                onChange={(event) => setConfirm(event.currentTarget.value)}
              />
            )}
          </FormField>
          <FormField label={closingCopy.reason} error={errors.reason}>
            {(input) => (
              <InputGroup
                {...input}
                fill
                maxLength={1000}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
            )}
          </FormField>
          {field}
          {errors.form && (
            <p className="tone-danger" role="alert">
              {errors.form}
            </p>
          )}
        </DialogBody>
        <DialogFooter
          actions={
            <>
              <Button text="Leave" disabled={busy} onClick={onClose} />
              <Button type="submit" intent="danger" text={copy.operation} loading={busy} />
            </>
          }
        />
      </form>
    </Dialog>
  );
}
