import { InputGroup, Radio, RadioGroup } from '@blueprintjs/core';
import { useState } from 'react';
import type { Admission, Role } from '../../../../shared/contract/areas/users.ts';
import { useClient } from '../../../app/connection.ts';
import { peopleCopy } from '../../../copy/people.ts';
import { unlockCopy } from '../../../copy/unlock.ts';
import { FormField } from '../../../ui/FormField.tsx';
import { FormDialog } from './FormDialog.tsx';
import { OneTime } from './OneTime.tsx';
import { useAction } from './useAction.ts';

const roles: readonly Role[] = ['reader', 'analyst', 'lead'];

/** Asks for name and role, adds the user and shows the passphrase for the first opening. */
export function AddDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const copy = peopleCopy.addDialog;
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('analyst');
  const [missing, setMissing] = useState(false);
  const [added, setAdded] = useState<Admission | null>(null);
  const action = useAction();
  const taken = action.failure?.code === 'users.taken' ? action.failure.message : undefined;

  async function add(): Promise<void> {
    if (name.trim() === '') return setMissing(true);
    setAdded(await action.run(() => client.users.add({ name: name.trim(), role })));
  }

  if (added) return <OneTime admission={added} onClose={onClose} />;
  return (
    <FormDialog
      title={copy.title}
      button={copy.button}
      icon="new-person"
      busy={action.busy}
      error={taken ? null : action.failure?.message}
      onSubmit={() => void add()}
      onClose={onClose}
    >
      <FormField label={copy.name} hint={copy.nameHint} error={missing ? unlockCopy.required : taken}>
        {(input) => (
          <InputGroup
            {...input}
            autoFocus
            value={name}
            maxLength={100}
            onChange={(event) => {
              setName(event.currentTarget.value);
              setMissing(false);
              action.clear();
            }}
          />
        )}
      </FormField>
      <RadioGroup
        label={copy.role}
        className="people-roles"
        selectedValue={role}
        onChange={(event) => setRole(event.currentTarget.value as Role)}
      >
        {roles.map((each) => (
          <Radio key={each} value={each}>
            <strong>{peopleCopy.roles[each]}</strong>{' '}
            <span className="muted">{peopleCopy.roleHints[each]}</span>
          </Radio>
        ))}
      </RadioGroup>
    </FormDialog>
  );
}
