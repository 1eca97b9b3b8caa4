import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import type { WorkspaceSummary } from '../../../shared/contract/schemas.ts';
import { setOpenWorkspace, updateOpenWorkspace, useClient } from '../../app/connection.ts';
import { describeError, reportError } from '../../app/reportError.ts';
import { peopleCopy } from '../../copy/people.ts';
import { unlockCopy } from '../../copy/unlock.ts';
import { checkNewPassphrase, NewPassphrase, type PassphraseErrors } from './NewPassphrase.tsx';
import { PassphraseInput } from './PassphraseInput.tsx';
import { UnlockForm } from './UnlockForm.tsx';

const copy = peopleCopy.firstPassphrase;

/** What a user sees who opened the workspace with the passphrase of a lead: their own comes first. */
export function FirstPassphrase({ workspace }: { workspace: WorkspaceSummary }) {
  const client = useClient();
  const [current, setCurrent] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [repeat, setRepeat] = useState('');
  const [errors, setErrors] = useState<PassphraseErrors & { current?: string; form?: string }>({});
  const [busy, setBusy] = useState(false);

  async function set(): Promise<void> {
    const found = {
      ...(current === '' ? { current: unlockCopy.required } : {}),
      ...checkNewPassphrase(passphrase, repeat),
    };
    setErrors(found);
    if (busy || Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      await client.users.changePassphrase({ current, passphrase });
      updateOpenWorkspace({ mustChange: false });
    } catch (caught) {
      const { code, message } = describeError(caught);
      if (code === 'workspace.wrong-passphrase') setErrors({ current: message });
      else if (code === 'workspace.weak-passphrase' || code === 'invalid') setErrors({ passphrase: message });
      else setErrors({ form: message });
    } finally {
      setBusy(false);
    }
  }

  async function leave(): Promise<void> {
    try {
      await client.workspace.close();
      setOpenWorkspace(null);
    } catch (caught) {
      reportError(caught);
    }
  }

  return (
    <main className="unlock">
      <div className="unlock-card">
        <header className="unlock-head">
          <h1>{unlockCopy.title}</h1>
          <p>{workspace.name}</p>
        </header>
        <UnlockForm
          title={copy.title}
          error={errors.form}
          onSubmit={() => void set()}
          buttons={
            <>
              <Button text={copy.later} variant="minimal" onClick={() => void leave()} />
              <Button type="submit" intent="primary" icon="key" loading={busy} text={copy.button} />
            </>
          }
        >
          <p className="muted">{copy.words(workspace.user.name)}</p>
          <PassphraseInput
            label={copy.current}
            value={current}
            onChange={setCurrent}
            error={errors.current}
            autoFocus
          />
          <NewPassphrase
            label={peopleCopy.passphraseDialog.next}
            repeatLabel={peopleCopy.passphraseDialog.repeat}
            passphrase={passphrase}
            repeat={repeat}
            words={[]}
            errors={errors}
            onPassphrase={setPassphrase}
            onRepeat={setRepeat}
          />
        </UnlockForm>
      </div>
    </main>
  );
}
