import { InputGroup, TextArea } from '@blueprintjs/core';
import { disclosureCopy } from '../copy/disclosure.ts';
import { FormField } from './FormField.tsx';

/** The field for a reason that the journal keeps. */
export function ReasonField(props: {
  label?: string;
  hint?: string;
  error?: string | undefined;
  value: string;
  onChange: (reason: string) => void;
  autoFocus?: boolean;
  /** One line, where the form around it is of single lines. */
  oneLine?: boolean;
}) {
  return (
    <FormField
      label={props.label ?? disclosureCopy.reason}
      hint={props.hint ?? disclosureCopy.reasonHint}
      error={props.error}
    >
      {(input) => {
        const field = {
          ...input,
          fill: true,
          autoFocus: props.autoFocus ?? false,
          value: props.value,
          maxLength: 1000,
          onChange: (event: { currentTarget: { value: string } }) =>
            props.onChange(event.currentTarget.value),
        };
        return props.oneLine ? <InputGroup {...field} /> : <TextArea {...field} rows={2} />;
      }}
    </FormField>
  );
}
