import { InputGroup } from '@blueprintjs/core';
import { type ReactNode, useState } from 'react';
import { describeError } from '../../../app/reportError.ts';
import { closingCopy } from '../../../copy/closing.ts';
import { FormField } from '../../../ui/FormField.tsx';
import { ReasonField } from '../../../ui/ReasonField.tsx';
import { ClosingDialog } from './ClosingDialog.tsx';
import { useFolder } from './useFolder.tsx';

/** The last step before something is erased: its name typed once more, a reason, and a folder for the certificate. */
export function EraseDialog(props: {
  title: string;
  lead: string;
  button: string;
  confirmLabel: string;
  /** Whether what was typed is the name; `confirmWrong` says that it is not. */
  isConfirmed: (typed: string) => boolean;
  confirmWrong: string;
  reasonHint?: string;
  /** Erases. The dialog stays busy afterwards: whoever shows it takes it away. */
  onErase: (said: { confirm: string; reason: string; folder: string }) => Promise<void>;
  onClose: () => void;
  /** How far it is, shown while it runs. */
  progress?: ReactNode;
}) {
  const [confirm, setConfirm] = useState('');
  const [reason, setReason] = useState('');
  const [errors, setErrors] = useState<{ confirm?: string; reason?: string; folder?: string; form?: string }>(
    {},
  );
  const [busy, setBusy] = useState(false);
  const { folder, field } = useFolder(errors.folder);

  async function erase(): Promise<void> {
    const found = {
      ...(props.isConfirmed(confirm.trim()) ? {} : { confirm: props.confirmWrong }),
      ...(reason.trim().length < 3 ? { reason: closingCopy.needed } : {}),
      ...(folder ? {} : { folder: closingCopy.needed }),
    };
    setErrors(found);
    if (!folder || Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      await props.onErase({ confirm: confirm.trim(), reason: reason.trim(), folder: folder.grant });
    } catch (caught) {
      setErrors({ form: describeError(caught).message });
      setBusy(false);
    }
  }

  return (
    <ClosingDialog
      title={props.title}
      lead={props.lead}
      button={props.button}
      intent="danger"
      busy={busy}
      error={errors.form}
      onSubmit={() => void erase()}
      onClose={props.onClose}
    >
      <FormField label={props.confirmLabel} error={errors.confirm}>
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
      <ReasonField
        oneLine
        {...(props.reasonHint === undefined ? {} : { hint: props.reasonHint })}
        value={reason}
        error={errors.reason}
        onChange={setReason}
      />
      {field}
      {busy && props.progress}
    </ClosingDialog>
  );
}
