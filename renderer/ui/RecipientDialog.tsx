import { HTMLSelect, InputGroup } from '@blueprintjs/core';
import { useState } from 'react';
import { DisclosureDialog } from './DisclosureDialog.tsx';
import { FormField } from './FormField.tsx';

/** A disclosure to somebody who is named, in a form of the user's choice where there are several. */
export function RecipientDialog<Format extends string = never>(props: {
  title: string;
  lead: string;
  button: string;
  recipient: string;
  recipientNeeded: string;
  form?: {
    label: string /** With their words; the first is chosen. */;
    choices: Readonly<Record<Format, string>>;
  };
  /** Answers with the name of what was written. */
  onWrite: (choice: { folder: string; reason: string; recipient: string; format: Format }) => Promise<string>;
  onClose: () => void;
}) {
  const { form } = props;
  const formats = Object.keys(form?.choices ?? {}) as Format[];
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
      {form && (
        <FormField label={form.label}>
          {(input) => (
            <HTMLSelect
              {...input}
              fill
              value={format}
              options={formats.map((value) => ({ value, label: form.choices[value] }))}
              onChange={(event) => setFormat(event.currentTarget.value as Format)}
            />
          )}
        </FormField>
      )}
    </DisclosureDialog>
  );
}
