import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import { setOpenWorkspace, useClient } from '../../app/connection.ts';
import type { Granted } from '../../app/native.ts';
import { describeError } from '../../app/reportError.ts';
import { peopleCopy } from '../../copy/people.ts';
import { unlockCopy } from '../../copy/unlock.ts';
import { checkNewPassphrase, NewPassphrase, type PassphraseErrors } from './NewPassphrase.tsx';
import { RecoveryKeyInput } from './RecoveryKeyInput.tsx';
import { UnlockButton, UnlockForm } from './UnlockForm.tsx';
import { useWait } from './useWait.ts';

const copy = peopleCopy.recover;

/** Opens a workspace with a recovery key and sets a new passphrase. */
export function RecoverForm({ workspace, onBack }: { workspace: Granted; onBack: () => void }) {
  const client = useClient();
  const wait = useWait();
  const [recoveryKey, setRecoveryKey] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [repeat, setRepeat] = useState('');
  const [errors, setErrors] = useState<PassphraseErrors & { key?: string; form?: string }>({});
  const [busy, setBusy] = useState(false);

  async function recover(): Promise<void> {
    const found = {
      ...(recoveryKey.trim() === '' ? { key: unlockCopy.required } : {}),
      ...checkNewPassphrase(passphrase, repeat),
    };
    setErrors(found);
    if (busy || Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      setOpenWorkspace(await client.users.recover({ grant: workspace.grant, recoveryKey, passphrase }));
    } catch (caught) {
      const { code, message } = describeError(caught);
      const isKey = code === 'users.recovery' || code === 'workspace.wrong-passphrase';
      if (wait.take(caught)) setErrors({});
      else if (isKey) setErrors({ key: message });
      else setErrors(code === 'workspace.weak-passphrase' ? { passphrase: message } : { form: message });
    } finally {
      setBusy(false);
    }
  }

  return (
    <UnlockForm
      title={copy.title}
      error={errors.form}
      onSubmit={() => void recover()}
      buttons={
        <>
          <Button text={unlockCopy.back} variant="minimal" onClick={onBack} />
          <UnlockButton text={copy.button} busy={busy} seconds={wait.seconds} />
        </>
      }
    >
      <p className="muted">{copy.words}</p>
      <RecoveryKeyInput value={recoveryKey} onChange={setRecoveryKey} error={errors.key} />
      <NewPassphrase
        label={peopleCopy.passphraseDialog.next}
        repeatLabel={peopleCopy.passphraseDialog.repeat}
        passphrase={passphrase}
        repeat={repeat}
        words={[workspace.name]}
        errors={errors}
        onPassphrase={setPassphrase}
        onRepeat={setRepeat}
      />
      <p className="muted">{copy.noKey}</p>
    </UnlockForm>
  );
}
