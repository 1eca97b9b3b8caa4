import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import type { ErrorCode } from '../../../shared/contract/errors.ts';
import { setOpenWorkspace, useClient } from '../../app/connection.ts';
import type { Granted } from '../../app/native.ts';
import { describeError } from '../../app/reportError.ts';
import { peopleCopy } from '../../copy/people.ts';
import { unlockCopy } from '../../copy/unlock.ts';
import { DamagePanel, isDamage } from './DamagePanel.tsx';
import { PassphraseInput } from './PassphraseInput.tsx';
import type { Restorable } from './RestoreForm.tsx';
import { UnlockButton, UnlockForm } from './UnlockForm.tsx';
import { useWait } from './useWait.ts';

/** Asks the passphrase of one workspace and opens it. Errors are shown at the field, in the engine's words. */
export function OpenForm({
  workspace,
  onRestore,
  onRecover,
  onBack,
}: {
  workspace: Granted;
  onRestore: (backup: Restorable) => void;
  onRecover: () => void;
  onBack: () => void;
}) {
  const client = useClient();
  const [passphrase, setPassphrase] = useState('');
  const [error, setError] = useState<string>();
  const [damage, setDamage] = useState<ErrorCode | null>(null);
  const [busy, setBusy] = useState(false);
  const wait = useWait();

  async function unlock(acceptOlder = false): Promise<void> {
    if (busy || wait.seconds > 0) return;
    if (passphrase === '') {
      setError(unlockCopy.required);
      return;
    }
    setBusy(true);
    setError(undefined);
    setDamage(null);
    try {
      setOpenWorkspace(await client.workspace.open({ grant: workspace.grant, passphrase, acceptOlder }));
    } catch (caught) {
      const { code, words } = describeError(caught);
      if (code === 'workspace.wrong-passphrase') setPassphrase('');
      if (wait.take(caught)) setPassphrase('');
      else setError(words);
      if (isDamage(code)) setDamage(code);
    } finally {
      setBusy(false);
    }
  }

  return (
    <UnlockForm
      title={workspace.name}
      onSubmit={() => void unlock()}
      buttons={
        <>
          <Button text={unlockCopy.back} variant="minimal" onClick={onBack} />
          <Button text={peopleCopy.recover.link} variant="minimal" onClick={onRecover} />
          <UnlockButton text={unlockCopy.unlock} busy={busy} seconds={wait.seconds} />
        </>
      }
      below={
        damage && (
          <DamagePanel
            workspace={workspace}
            code={damage}
            passphrase={passphrase}
            onAccept={() => void unlock(true)}
            onRestore={onRestore}
          />
        )
      }
    >
      <PassphraseInput
        label={unlockCopy.passphrase}
        value={passphrase}
        onChange={(value) => {
          setPassphrase(value);
          if (value !== '') setError(undefined);
        }}
        error={error}
        hint={wait.seconds > 0 ? unlockCopy.tooMany : undefined}
        autoFocus
      />
    </UnlockForm>
  );
}
