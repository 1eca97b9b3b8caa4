import { HTMLSelect, InputGroup } from '@blueprintjs/core';
import { useState } from 'react';
import { DisclosureDialog } from '../../ui/DisclosureDialog.tsx';
import { FormField } from '../../ui/FormField.tsx';

/** A disclosure to somebody who is named, in a form of the user's choice. */
export function ReportDialog<Format extends string>(props: {
  title: string;
  lead: string;
  button: string;
  recipient: string;
  recipientNeeded: string;
  form: string;
  /** Forms with their words; the first is chosen. */
  forms: Readonly<Record<Format, string>>;
  /** Answers with the name of what was written. */
  onWrite: (choice: { folder: string; reason: string; recipient: string; format: Format }) => Promise<string>;
  onClose: () => void;
}) {
  const formats = Object.keys(props.forms) as Format[];
  const [recipient, setRecipient] = useState('');
  const [format, setFormat] = useState(formats[0] as Format);
  const [missing, setMissing] = useState(false);
  return (
    <DisclosureDialog
      title={props.title}
      lead={props.lead}
      button={props.button}
      onClose={props.onClose}
      onWrite={(folder, reason) => props.onWrite({ folder, reason, recipient: recipient.trim(), format })}
      check={() => {
        setMissing(recipient.trim() === '');
        return recipient.trim() !== '';
      }}
    >
      <FormField label={props.recipient} error={missing ? props.recipientNeeded : undefined}>
        {(input) => (
          <InputGroup
            {...input}
            fill
            maxLength={200}
            value={recipient}
            onChange={(event) => {
              setRecipient(event.currentTarget.value);
              setMissing(false);
            }}
          />
        )}
      </FormField>
      <FormField label={props.form}>
        {(input) => (
          <HTMLSelect
            {...input}
            fill
            value={format}
            options={formats.map((value) => ({ value, label: props.forms[value] }))}
            onChange={(event) => setFormat(event.currentTarget.value as Format)}
          />
        )}
      </FormField>
    </DisclosureDialog>
  );
}
