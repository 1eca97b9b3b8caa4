import { Button, Dialog, DialogBody, DialogFooter, InputGroup } from '@blueprintjs/core';
import { type FormEvent, useState } from 'react';
import type { Erasure } from '../../../../shared/contract/closingSchemas.ts';
import type { Progress } from '../../../../shared/contract/schemas.ts';
import { useClient } from '../../../app/connection.ts';
import { describeError } from '../../../app/reportError.ts';
import { closingCopy } from '../../../copy/closing.ts';
import { FormField } from '../../../ui/FormField.tsx';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';
import { useFolder } from './useFolder.tsx';

const copy = closingCopy.erasure;

/** The second step: the reference typed once more, a reason, and a folder for the certificate. */
export function ErasePersonDialog(props: {
  personRef: string;
  texts: boolean;
  onDone: (erasure: Erasure) => void;
  onClose: () => void;
}) {
  const client = useClient();
  const [confirm, setConfirm] = useState('');
  const [reason, setReason] = useState('');
  const [errors, setErrors] = useState<{ confirm?: string; reason?: string; folder?: string; form?: string }>(
    {},
  );
  const [busy, setBusy] = useState(false);
  const [progress, setProgress] = useState<Progress | null>(null);
  const { folder, field } = useFolder(errors.folder);

  async function erase(event: FormEvent): Promise<void> {
    event.preventDefault();
    const found = {
      ...(confirm.trim().toUpperCase() === props.personRef ? {} : { confirm: copy.confirmWrong }),
      ...(reason.trim().length < 3 ? { reason: closingCopy.needed } : {}),
      ...(folder ? {} : { folder: closingCopy.needed }),
    };
    setErrors(found);
    if (!folder || Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      const events = await client.closing.erasePerson({
        ref: props.personRef,
        confirm: confirm.trim(),
        texts: props.texts,
        reason: reason.trim(),
        folder: folder.grant,
      });
      for await (const each of events)
        if (each.type === 'done') props.onDone(each.report);
        else setProgress(each);
    } catch (caught) {
      setErrors({ form: describeError(caught).message });
      setBusy(false);
    }
  }

  return (
    <Dialog
      isOpen
      title={copy.eraseTitle(props.personRef)}
      onClose={props.onClose}
      canOutsideClickClose={false}
      canEscapeKeyClose={!busy}
      isCloseButtonShown={!busy}
      className="closing-dialog"
    >
      <form onSubmit={(event) => void erase(event)}>
        <DialogBody>
          <p className="closing-dialog-lead">{copy.lead}</p>
          <FormField label={copy.confirm(props.personRef)} error={errors.confirm}>
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
          <FormField label={closingCopy.reason} hint={closingCopy.reasonHint} error={errors.reason}>
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
          {busy && <ProgressLine title={copy.erasing} progress={progress} />}
        </DialogBody>
        <DialogFooter
          actions={
            <>
              <Button text="Leave" disabled={busy} onClick={props.onClose} />
              <Button type="submit" intent="danger" text={copy.erase} loading={busy} />
            </>
          }
        />
      </form>
    </Dialog>
  );
}
