import { TextArea } from '@blueprintjs/core';
import { peopleCopy } from '../../copy/people.ts';
import { FormField } from '../../ui/FormField.tsx';

/** Where a printed recovery key is typed. */
export function RecoveryKeyInput(props: {
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
}) {
  return (
    <FormField label={peopleCopy.recover.key} hint={peopleCopy.recover.keyHint} error={props.error}>
      {(input) => (
        <TextArea
          {...input}
          className="recovery-input"
          autoFocus
          fill
          rows={2}
          maxLength={200}
          spellCheck={false}
          autoComplete="off"
          value={props.value}
          onChange={(event) => props.onChange(event.currentTarget.value)}
        />
      )}
    </FormField>
  );
}
