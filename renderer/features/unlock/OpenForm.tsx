import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import type { ErrorCode } from '../../../shared/contract/errors.ts';
import { setOpenWorkspace, useClient } from '../../app/connection.ts';
import type { Granted } from '../../app/native.ts';
import { describeError } from '../../app/reportError.ts';
import { unlockCopy } from '../../copy/unlock.ts';
import { DamagePanel, isDamage } from './DamagePanel.tsx';
import { PassphraseInput } from './PassphraseInput.tsx';
import type { Restorable } from './RestoreForm.tsx';

/** Asks the passphrase of one workspace and opens it. Errors are shown at the field, in the engine's words. */
export function OpenForm({
  workspace,
  onRestore,
  onBack,
}: {
  workspace: Granted;
  onRestore: (backup: Restorable) => void;
  onBack: () => void;
}) {
  const client = useClient();
  const [passphrase, setPassphrase] = useState('');
  const [error, setError] = useState<string>();
  const [damage, setDamage] = useState<ErrorCode | null>(null);
  const [busy, setBusy] = useState(false);

  async function unlock(acceptOlder = false): Promise<void> {
    if (busy) return;
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
      const { code, message, hint } = describeError(caught);
      if (code === 'workspace.wrong-passphrase') setPassphrase('');
      setError(hint ? `${message} ${hint}` : message);
      if (isDamage(code)) setDamage(code);
    } finally {
      setBusy(false);
    }
  }

  return (
    <form
      className="unlock-form"
      onSubmit={(event) => {
        event.preventDefault();
        void unlock();
      }}
    >
      <h2>{workspace.name}</h2>
      <PassphraseInput
        label={unlockCopy.passphrase}
        value={passphrase}
        onChange={(value) => {
          setPassphrase(value);
          if (value !== '') setError(undefined);
        }}
        error={error}
        autoFocus
      />
      <div className="form-actions">
        <Button text={unlockCopy.back} variant="minimal" onClick={onBack} />
        <Button
          type="submit"
          intent="primary"
          icon="unlock"
          loading={busy}
          text={unlockCopy.unlock}
          aria-label={busy ? unlockCopy.unlocking : unlockCopy.unlock}
        />
      </div>
      {damage && (
        <DamagePanel
          workspace={workspace}
          code={damage}
          passphrase={passphrase}
          onAccept={() => void unlock(true)}
          onRestore={onRestore}
        />
      )}
    </form>
  );
}
