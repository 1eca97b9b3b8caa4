import { Button, InputGroup } from '@blueprintjs/core';
import { useState } from 'react';
import { unlockCopy } from '../../copy/unlock.ts';
import { FormField } from '../../ui/FormField.tsx';

/** A passphrase field with a reveal button and a line when Caps Lock is on. */
export function PassphraseInput(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  hint?: string | undefined;
  autoFocus?: boolean;
  isNew?: boolean;
  disabled?: boolean;
}) {
  const [shown, setShown] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const watchCapsLock = (event: React.KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));
  return (
    <FormField
      label={props.label}
      error={props.error}
      hint={capsLock ? unlockCopy.capsLock : (props.hint ?? ' ')}
    >
      {(input) => (
        <InputGroup
          {...input}
          type={shown ? 'text' : 'password'}
          value={props.value}
          autoFocus={props.autoFocus ?? false}
          autoComplete={props.isNew ? 'new-password' : 'current-password'}
          spellCheck={false}
          disabled={props.disabled ?? false}
          intent={props.error ? 'danger' : 'none'}
          onChange={(event) => props.onChange(event.currentTarget.value)}
          onKeyDown={watchCapsLock}
          onKeyUp={watchCapsLock}
          rightElement={
            <Button
              variant="minimal"
              icon={shown ? 'eye-off' : 'eye-open'}
              aria-label={shown ? 'Hide passphrase' : 'Show passphrase'}
              onClick={() => setShown(!shown)}
            />
          }
        />
      )}
    </FormField>
  );
}
