import { InputGroup } from '@blueprintjs/core';
import { useState } from 'react';
import { describeError } from '../../../app/reportError.ts';
import { closingCopy } from '../../../copy/closing.ts';
import { readDate } from '../../../ui/dates.ts';
import { FormField } from '../../../ui/FormField.tsx';
import { ReasonField } from '../../../ui/ReasonField.tsx';
import { ClosingDialog } from './ClosingDialog.tsx';

/** Asks for a reason, and where `dayLabel` is given for a day, before something is decided. */
export function ReasonDialog(props: {
  title: string;
  lead: string;
  button: string;
  dayLabel?: string;
  onDone: (reason: string, day: string) => Promise<void>;
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const [day, setDay] = useState('');
  const [errors, setErrors] = useState<{ reason?: string; day?: string; form?: string }>({});
  const [busy, setBusy] = useState(false);

  async function submit(): Promise<void> {
    const read = props.dayLabel === undefined ? '' : readDate(day);
    const found = {
      ...(reason.trim().length < 3 ? { reason: closingCopy.needed } : {}),
      ...(read === null ? { day: closingCopy.badDate } : {}),
    };
    setErrors(found);
    if (read === null || Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      await props.onDone(reason.trim(), read);
      props.onClose();
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
      busy={busy}
      error={errors.form}
      onSubmit={() => void submit()}
      onClose={props.onClose}
    >
      {props.dayLabel !== undefined && (
        <FormField label={props.dayLabel} error={errors.day}>
          {(input) => (
            <InputGroup
              {...input}
              autoFocus
              placeholder={closingCopy.date}
              value={day}
              onChange={(event) => setDay(event.currentTarget.value)}
            />
          )}
        </FormField>
      )}
      <ReasonField
        autoFocus={props.dayLabel === undefined}
        value={reason}
        error={errors.reason}
        onChange={setReason}
      />
    </ClosingDialog>
  );
}
