import { Button, Dialog, DialogBody, DialogFooter, InputGroup, TextArea } from '@blueprintjs/core';
import { type FormEvent, useState } from 'react';
import { describeError } from '../../../app/reportError.ts';
import { closingCopy } from '../../../copy/closing.ts';
import { readDate } from '../../../ui/dates.ts';
import { FormField } from '../../../ui/FormField.tsx';

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

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
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
    <Dialog
      isOpen
      title={props.title}
      onClose={props.onClose}
      canOutsideClickClose={false}
      className="closing-dialog"
    >
      <form onSubmit={(event) => void submit(event)}>
        <DialogBody>
          <p className="closing-dialog-lead">{props.lead}</p>
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
          <FormField label={closingCopy.reason} hint={closingCopy.reasonHint} error={errors.reason}>
            {(input) => (
              <TextArea
                {...input}
                fill
                autoFocus={props.dayLabel === undefined}
                rows={2}
                maxLength={1000}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
            )}
          </FormField>
          {errors.form && (
            <p className="tone-danger" role="alert">
              {errors.form}
            </p>
          )}
        </DialogBody>
        <DialogFooter
          actions={
            <>
              <Button text="Leave" disabled={busy} onClick={props.onClose} />
              <Button type="submit" intent="primary" text={props.button} loading={busy} />
            </>
          }
        />
      </form>
    </Dialog>
  );
}
