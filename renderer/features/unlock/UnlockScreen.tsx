import { Button, Callout, Icon } from '@blueprintjs/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { LockReason } from '../../../shared/contract/lockReason.ts';
import { useClient } from '../../app/connection.ts';
import { type Granted, native } from '../../app/native.ts';
import { reportError } from '../../app/reportError.ts';
import { toggleTheme, useTheme } from '../../app/theme.ts';
import { restoreCopy } from '../../copy/backups.ts';
import { lockingCopy } from '../../copy/locking.ts';
import { shellCopy } from '../../copy/shell.ts';
import { unlockCopy } from '../../copy/unlock.ts';
import { CreateForm } from './CreateForm.tsx';
import { OpenForm } from './OpenForm.tsx';
import { RecoverForm } from './RecoverForm.tsx';
import type { Restorable } from './RestoreForm.tsx';
import { RestoreForm } from './RestoreForm.tsx';

type Step =
  | { kind: 'asking' }
  | { kind: 'choose' }
  | { kind: 'open'; workspace: Granted }
  | { kind: 'recover'; workspace: Granted }
  | { kind: 'restore'; backup: Restorable }
  | { kind: 'create' };

/** What stands before an open workspace: recent ones, another one, a new one. */
export function UnlockScreen({ notice }: { notice: string | null }) {
  const [step, setStep] = useState<Step>({ kind: 'asking' });
  const [locked, setLocked] = useState<LockReason | null>(null);
  const theme = useTheme();
  useEffect(() => {
    native()
      ?.takeLocked()
      .then((last) => {
        if (!last?.workspace) return setStep({ kind: 'choose' });
        setLocked(last.reason);
        setStep({ kind: 'open', workspace: last.workspace });
      })
      .catch((error) => {
        setStep({ kind: 'choose' });
        reportError(error);
      });
  }, []);
  return (
    <main className="unlock">
      <div className="unlock-card">
        <header className="unlock-head">
          <h1>{unlockCopy.title}</h1>
          <p>{unlockCopy.lead}</p>
        </header>
        {notice && (
          <Callout intent="warning" compact role="alert">
            {notice}
          </Callout>
        )}
        {locked && (
          <Callout intent="none" icon="lock" compact role="status">
            {lockingCopy.reasons[locked]} {lockingCopy.kept}
          </Callout>
        )}
        {step.kind === 'choose' && <ChooseWorkspace onStep={setStep} />}
        {step.kind === 'open' && (
          <OpenForm
            workspace={step.workspace}
            onRestore={(backup) => setStep({ kind: 'restore', backup })}
            onRecover={() => setStep({ kind: 'recover', workspace: step.workspace })}
            onBack={() => setStep({ kind: 'choose' })}
          />
        )}
        {step.kind === 'recover' && (
          <RecoverForm
            workspace={step.workspace}
            onBack={() => setStep({ kind: 'open', workspace: step.workspace })}
          />
        )}
        {step.kind === 'restore' && (
          <RestoreForm
            backup={step.backup}
            onOpen={(workspace) => setStep({ kind: 'open', workspace })}
            onBack={() => setStep({ kind: 'choose' })}
          />
        )}
        {step.kind === 'create' && <CreateForm onBack={() => setStep({ kind: 'choose' })} />}
      </div>
      <Button
        className="unlock-theme"
        variant="minimal"
        size="small"
        icon={theme === 'dark' ? 'flash' : 'moon'}
        text={theme === 'dark' ? shellCopy.themeToLight : shellCopy.themeToDark}
        onClick={toggleTheme}
      />
    </main>
  );
}

function ChooseWorkspace({ onStep }: { onStep: (step: Step) => void }) {
  const client = useClient();
  const recent = useQuery({ queryKey: ['recent'], queryFn: () => client.workspace.recent() });

  async function openAnother(): Promise<void> {
    try {
      const workspace = await native()?.pickFolder({ purpose: 'open-workspace' });
      if (workspace) onStep({ kind: 'open', workspace });
    } catch (error) {
      reportError(error);
    }
  }

  async function restoreFile(): Promise<void> {
    try {
      const [file] = (await native()?.pickFiles({ multiple: false, extensions: ['fellside-backup'] })) ?? [];
      if (file) onStep({ kind: 'restore', backup: { from: { file: file.grant }, name: file.name } });
    } catch (error) {
      reportError(error);
    }
  }

  return (
    <>
      <h2>{unlockCopy.recent}</h2>
      {recent.data && recent.data.length > 0 ? (
        <ul className="recent-list">
          {recent.data.map(({ grant, folderName }) => (
            <li key={grant}>
              <button
                type="button"
                className="recent-item"
                onClick={() => onStep({ kind: 'open', workspace: { grant, name: folderName } })}
              >
                <Icon icon="lock" size={14} />
                <span>{folderName}</span>
                <Icon icon="chevron-right" size={14} />
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <p className="muted">{recent.isPending ? ' ' : unlockCopy.noRecent}</p>
      )}
      <div className="form-actions form-actions-left">
        <Button icon="folder-open" text={unlockCopy.openAnother} onClick={() => void openAnother()} />
        <Button icon="history" text={restoreCopy.button} onClick={() => void restoreFile()} />
        <Button
          icon="plus"
          intent="primary"
          text={unlockCopy.create}
          onClick={() => onStep({ kind: 'create' })}
        />
      </div>
    </>
  );
}
