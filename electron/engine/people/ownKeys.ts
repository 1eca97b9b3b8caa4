/** What users do about themselves: name, passphrase, recovery key. */
import type { UserList } from '../../../shared/contract/areas/users.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Session } from '../session.ts';
import { makeSlot, signSlot } from '../workspace/header.ts';
import type { KdfCost } from '../workspace/kdf.ts';
import type { UserKeys, Wrap } from '../workspace/keys.ts';
import { makeKeys, publicHalves, unlockSlots, wrapByPassphrase, wrapByRecovery } from '../workspace/keys.ts';
import type { KeyChange, People } from './changeKeys.ts';
import { changeKeys, readPeople } from './changeKeys.ts';
import { slotOf } from './headerCopy.ts';
import { knownWords, listUsers, refuseTaken } from './members.ts';
import { makeRecoveryKey } from './recoveryKey.ts';
import { standingOf } from './roster.ts';
import { refuseWeak } from './strength.ts';

/** @throws AppError `users.taken`. */
export async function renameSelf(session: Session, name: string): Promise<UserList> {
  await changeKeys(session, ({ roster, you }) => {
    if (you.name === name) return null;
    refuseTaken(roster, name, you.userId);
    return {
      entry: {
        operation: 'session',
        method: 'users.rename',
        summary: `${you.name} is called ${name} from now on`,
        before: { name: you.name },
        after: { name },
      },
      standing: { ...standingOf(you), name },
    };
  });
  return listUsers(session);
}

/** @throws AppError `workspace.wrong-passphrase` when it is not the passphrase of this user. */
async function proveCurrent(session: Session, current: string): Promise<void> {
  const { header, you } = readPeople(session);
  try {
    const { keys } = await unlockSlots(header.workspaceId, [slotOf(header, you)], current);
    keys.sealing.fill(0);
  } catch (error) {
    if (error instanceof AppError && error.code === 'workspace.wrong-passphrase')
      throw new AppError(
        'workspace.wrong-passphrase',
        'That is not your passphrase. Check Caps Lock and try again.',
      );
    throw error;
  }
}

/**
 * Gives the user of the session another passphrase. Keys that somebody else has held, a lead who made them or
 * whoever holds a recovery key, are replaced by new ones at the same time, and the recovery key with them.
 * @param current what proves that it is the user who sits there; null right after recovery
 * @throws AppError `workspace.wrong-passphrase`, `workspace.weak-passphrase`.
 */
export async function changePassphrase(
  session: Session,
  current: string | null,
  passphrase: string,
  cost: KdfCost,
): Promise<void> {
  if (current !== null) {
    await proveCurrent(session, current);
    if (current.normalize('NFKC') === passphrase.normalize('NFKC'))
      throw new AppError('invalid', 'The new passphrase is the old one. Choose another.');
  }
  await refuseWeak(passphrase, knownWords(session));
  await changeKeys(session, (people) =>
    session.workspace.keys.oneTime
      ? renewKeys(session, people, passphrase, cost, current === null)
      : wrapAnew(session, people, passphrase, cost),
  );
}

async function wrapAnew(
  session: Session,
  { header, you }: People,
  passphrase: string,
  cost: KdfCost,
): Promise<KeyChange> {
  const { keys } = session.workspace;
  const slot = slotOf(header, you);
  const wrap = await wrapByPassphrase(header.workspaceId, keys, passphrase, { cost });
  const wraps: Wrap[] = [wrap, ...slot.wraps.filter(({ kind }) => kind === 'recovery')];
  const changed = signSlot(header.workspaceId, { ...slot, wraps }, keys.signing);
  return {
    entry: { operation: 'session', method: 'users.changePassphrase', summary: 'Changed their passphrase' },
    slots: header.slots.map((each) => (each.id === slot.id ? changed : each)),
    keys: { ...keys, kdf: wrap.kdf },
  };
}

async function renewKeys(
  session: Session,
  { header, you }: People,
  passphrase: string,
  cost: KdfCost,
  recovered: boolean,
): Promise<KeyChange> {
  const { keys, dataKey } = session.workspace;
  const { workspaceId } = header;
  const renewed: UserKeys = {
    ...makeKeys(keys.userId, keys.founder, false),
    slotId: keys.slotId,
    kdf: keys.kdf,
  };
  const wrap = await wrapByPassphrase(workspaceId, renewed, passphrase, { cost });
  const changed = makeSlot(workspaceId, renewed, wrap, { key: dataKey, generation: header.generation });
  return {
    entry: {
      operation: 'session',
      method: recovered ? 'users.recover' : 'users.changePassphrase',
      summary: recovered
        ? 'Opened the workspace with a recovery key, which is used up, and set a new passphrase'
        : 'Set a passphrase of their own',
    },
    standing: { ...standingOf(you), ...publicHalves(renewed) },
    slots: header.slots.map((each) => (each.id === renewed.slotId ? changed : each)),
    keys: { ...renewed, kdf: wrap.kdf },
  };
}

/** A recovery key for the user of the session, in groups; one that was made before opens nothing any more. */
export async function renewRecoveryKey(
  session: Session,
  current: string,
): Promise<{ groups: string[]; workspaceId: string }> {
  await proveCurrent(session, current);
  const { secret, groups } = makeRecoveryKey();
  await changeKeys(session, ({ header, you }) => {
    const { keys } = session.workspace;
    const slot = slotOf(header, you);
    const wraps: Wrap[] = [
      ...slot.wraps.filter(({ kind }) => kind !== 'recovery'),
      wrapByRecovery(header.workspaceId, keys, secret),
    ];
    const changed = signSlot(header.workspaceId, { ...slot, wraps }, keys.signing);
    return {
      entry: { operation: 'session', method: 'users.makeRecoveryKey', summary: 'Made a recovery key' },
      slots: header.slots.map((each) => (each.id === slot.id ? changed : each)),
    };
  });
  secret.fill(0);
  return { groups, workspaceId: session.workspace.id };
}
