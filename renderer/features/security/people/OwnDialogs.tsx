import { InputGroup } from '@blueprintjs/core';
import { useState } from 'react';
import { updateOpenWorkspace, useClient } from '../../../app/connection.ts';
import { showMessage } from '../../../app/messages.ts';
import { peopleCopy } from '../../../copy/people.ts';
import { unlockCopy } from '../../../copy/unlock.ts';
import { FormField } from '../../../ui/FormField.tsx';
import { checkNewPassphrase, NewPassphrase, type PassphraseErrors } from '../../unlock/NewPassphrase.tsx';
import { PassphraseInput } from '../../unlock/PassphraseInput.tsx';
import { FormDialog } from './FormDialog.tsx';
import { useAction } from './useAction.ts';

/** The user's own name, as it stands in the history from now on. */
export function RenameDialog(props: {
  name: string;
  role: 'lead' | 'analyst' | 'reader';
  onClose: () => void;
}) {
  const client = useClient();
  const copy = peopleCopy.renameDialog;
  const [name, setName] = useState(props.name);
  const action = useAction();

  async function rename(): Promise<void> {
    const wanted = name.trim();
    if (wanted === '') return;
    if (!(await action.run(() => client.users.rename({ name: wanted })))) return;
    updateOpenWorkspace({ user: { name: wanted, role: props.role } });
    props.onClose();
  }

  return (
    <FormDialog
      title={copy.title}
      button={copy.button}
      busy={action.busy}
      error={null}
      onSubmit={() => void rename()}
      onClose={props.onClose}
    >
      <FormField
        label={copy.name}
        hint={peopleCopy.addDialog.nameHint}
        error={name.trim() === '' ? unlockCopy.required : action.failure?.message}
      >
        {(input) => (
          <InputGroup
            {...input}
            autoFocus
            value={name}
            maxLength={100}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
      </FormField>
    </FormDialog>
  );
}

/** The user's own passphrase. */
export function PassphraseDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const copy = peopleCopy.passphraseDialog;
  const [current, setCurrent] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [repeat, setRepeat] = useState('');
  const [errors, setErrors] = useState<PassphraseErrors & { current?: string }>({});
  const action = useAction();
  const { code, message } = action.failure ?? {};
  const ofCurrent = code === 'workspace.wrong-passphrase' || code === 'workspace.wait';
  const ofNew = code === 'workspace.weak-passphrase' || code === 'invalid';

  async function change(): Promise<void> {
    const found = {
      ...(current === '' ? { current: unlockCopy.required } : {}),
      ...checkNewPassphrase(passphrase, repeat),
    };
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    if (!(await action.run(() => client.users.changePassphrase({ current, passphrase })))) return;
    showMessage({ tone: 'done', text: copy.done });
    onClose();
  }

  return (
    <FormDialog
      title={copy.title}
      button={copy.button}
      icon="key"
      busy={action.busy}
      error={ofCurrent || ofNew ? null : message}
      onSubmit={() => void change()}
      onClose={onClose}
    >
      <PassphraseInput
        label={copy.current}
        value={current}
        onChange={setCurrent}
        error={errors.current ?? (ofCurrent ? message : undefined)}
        autoFocus
      />
      <NewPassphrase
        label={copy.next}
        repeatLabel={copy.repeat}
        passphrase={passphrase}
        repeat={repeat}
        words={[]}
        errors={{ ...errors, ...(ofNew ? { passphrase: message } : {}) }}
        onPassphrase={setPassphrase}
        onRepeat={setRepeat}
      />
      <p className="people-words muted">{copy.note}</p>
    </FormDialog>
  );
}
