import { FormGroup } from '@blueprintjs/core';
import { type ReactNode, useId } from 'react';

/** A labelled field whose error and hint are tied to the input for screen readers. */
export function FormField(props: {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  children: (input: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => ReactNode;
}) {
  const id = useId();
  const describedBy = `${id}-words`;
  return (
    <FormGroup
      className="field"
      label={props.label}
      labelFor={id}
      intent={props.error ? 'danger' : 'none'}
      helperText={
        <span id={describedBy} role={props.error ? 'alert' : undefined}>
          {props.error ?? props.hint ?? ''}
        </span>
      }
    >
      {props.children({ id, 'aria-describedby': describedBy, 'aria-invalid': props.error !== undefined })}
    </FormGroup>
  );
}
