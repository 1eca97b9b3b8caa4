import { Button, Callout, Checkbox } from '@blueprintjs/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Role, User } from '../../../../shared/contract/areas/users.ts';
import type { WorkspaceSummary } from '../../../../shared/contract/schemas.ts';
import { updateOpenWorkspace, useClient, useConnection } from '../../../app/connection.ts';
import { showMessage } from '../../../app/messages.ts';
import { describeError } from '../../../app/reportError.ts';
import { peopleCopy } from '../../../copy/people.ts';
import { showMoment } from '../../../ui/dates.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { AddDialog } from './AddDialog.tsx';
import { PassphraseDialog, RenameDialog } from './OwnDialogs.tsx';
import { RecoveryDialog } from './RecoveryDialog.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';
import { ResetDialog } from './ResetDialog.tsx';
import { RotateDialog } from './RotateDialog.tsx';
import { UserTable } from './UserTable.tsx';
import { useAction } from './useAction.ts';
import './people.css';

type Open =
  | { kind: 'add' | 'rename' | 'passphrase' | 'recovery' | 'rotate' }
  | { kind: 'reset' | 'remove'; user: User };

/** Who may open the workspace, in which role, and the keys behind that. */
export function PeopleSection() {
  const connection = useConnection();
  const workspace = connection.phase === 'connected' ? connection.open : null;
  if (!workspace) return null;
  return <People workspace={workspace} />;
}

function People({ workspace }: { workspace: WorkspaceSummary }) {
  const client = useClient();
  const found = useQuery({
    queryKey: ['users'],
    queryFn: () => client.users.list(),
    placeholderData: keepPreviousData,
  });
  const [open, setOpen] = useState<Open | null>(null);
  const [showRemoved, setShowRemoved] = useState(false);
  const change = useAction();
  const isLead = workspace.user.role === 'lead';
  const close = () => setOpen(null);
  const users = found.data?.users ?? [];
  const you = users.find(({ isYou }) => isYou);

  async function setRole(user: User, role: Role): Promise<void> {
    if (!(await change.run(() => client.users.setRole({ id: user.id, role })))) return;
    if (user.isYou) updateOpenWorkspace({ user: { name: user.name, role } });
    showMessage({ tone: 'done', text: peopleCopy.roleChanged(user.name, role) });
  }

  return (
    <section className="people-section" aria-label={peopleCopy.title}>
      <p>{peopleCopy.lead}</p>
      {found.error && <EmptyState icon="error" title={describeError(found.error).message} description="" />}
      <div className="people-head">
        <h3>{peopleCopy.users}</h3>
        {users.some(({ removedAt }) => removedAt) && (
          <Checkbox
            checked={showRemoved}
            label={peopleCopy.showRemoved}
            onChange={(event) => setShowRemoved(event.currentTarget.checked)}
          />
        )}
        {isLead && (
          <Button
            intent="primary"
            icon="new-person"
            text={peopleCopy.add}
            onClick={() => setOpen({ kind: 'add' })}
          />
        )}
      </div>
      {change.failure && (
        <Callout intent="danger" compact role="alert">
          {change.failure.message}
        </Callout>
      )}
      {found.data && (
        <UserTable
          users={users.filter(({ removedAt }) => showRemoved || !removedAt)}
          isLead={isLead}
          onRole={(user, role) => void setRole(user, role)}
          onReset={(user) => setOpen({ kind: 'reset', user })}
          onRemove={(user) => setOpen({ kind: 'remove', user })}
        />
      )}
      {!isLead && <p className="muted">{peopleCopy.leadOnly}</p>}

      <h3>{peopleCopy.yourself}</h3>
      <div className="people-actions">
        <Button text={peopleCopy.rename} icon="edit" onClick={() => setOpen({ kind: 'rename' })} />
        <Button text={peopleCopy.passphrase} icon="key" onClick={() => setOpen({ kind: 'passphrase' })} />
        <Button
          text={you?.hasRecoveryKey ? peopleCopy.recoveryAgain : peopleCopy.recoveryKey}
          icon="lifesaver"
          onClick={() => setOpen({ kind: 'recovery' })}
        />
      </div>
      {you && !you.hasRecoveryKey && <p className="muted">{peopleCopy.recoveryHint}</p>}

      <h3>{peopleCopy.key}</h3>
      {found.data && (
        <p>
          {peopleCopy.keyLead}{' '}
          {peopleCopy.keyState(
            found.data.keyGeneration,
            found.data.keyChangedAt === null ? null : showMoment(found.data.keyChangedAt),
          )}
        </p>
      )}
      {isLead && (
        <div className="people-actions">
          <Button text={peopleCopy.rotate} icon="refresh" onClick={() => setOpen({ kind: 'rotate' })} />
        </div>
      )}

      {open?.kind === 'add' && <AddDialog onClose={close} />}
      {open?.kind === 'reset' && <ResetDialog user={open.user} onClose={close} />}
      {open?.kind === 'remove' && <RemoveDialog user={open.user} onClose={close} />}
      {open?.kind === 'rotate' && <RotateDialog onClose={close} />}
      {open?.kind === 'rename' && <RenameDialog {...workspace.user} onClose={close} />}
      {open?.kind === 'passphrase' && <PassphraseDialog onClose={close} />}
      {open?.kind === 'recovery' && (
        <RecoveryDialog workspace={workspace} replaces={you?.hasRecoveryKey ?? false} onClose={close} />
      )}
    </section>
  );
}
