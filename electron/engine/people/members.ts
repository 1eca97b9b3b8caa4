/** What a lead does about the users of a workspace: list, add, change the role, reset, remove. */
import { randomBytes } from 'node:crypto';
import type { Admission, Role, User, UserList } from '../../../shared/contract/areas/users.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { get } from '../database/sql.ts';
import type { Session } from '../session.ts';
import { makeSlot } from '../workspace/header.ts';
import type { KdfCost } from '../workspace/kdf.ts';
import type { KeySlot, UserKeys } from '../workspace/keys.ts';
import { makeKeys, publicHalves, wrapByPassphrase } from '../workspace/keys.ts';
import type { People } from './changeKeys.ts';
import { changeKeys, readPeople } from './changeKeys.ts';
import { slotOf } from './headerCopy.ts';
import type { Member, Roster } from './roster.ts';
import { leadsOf, standingOf } from './roster.ts';
import { refuseWeak } from './strength.ts';

const roleWords: Record<Role, string> = { lead: 'a lead', analyst: 'an analyst', reader: 'a reader' };

/** Everybody who is or was a user, in the order in which they came. */
export function listUsers(session: Session): UserList {
  const { header, roster } = readPeople(session);
  const users = [...roster.members.values()].map((member): User => {
    const slot = member.removed ? undefined : slotOf(header, member);
    return {
      id: member.userId,
      name: member.name,
      role: member.role,
      addedAt: member.addedAt,
      addedBy: member.addedBy === null ? null : (roster.members.get(member.addedBy)?.name ?? null),
      removedAt: member.removedAt,
      isYou: member.userId === session.workspace.user.id,
      isWaiting: !member.removed && isWaiting(roster, member),
      hasRecoveryKey: slot?.wraps.some(({ kind }) => kind === 'recovery') ?? false,
    };
  });
  return {
    users,
    keyGeneration: header.generation,
    keyChangedAt:
      get<{ at: string | null }>(
        session.writer,
        "SELECT max(at) AS at FROM journal WHERE method = 'users.rotate'",
      )?.at ?? null,
  };
}

/** Whether the keys of a member are still those that a lead made for them. */
function isWaiting(roster: Roster, member: Member): boolean {
  const first = roster.statements.find(({ signingKey }) => signingKey === member.signingKey);
  return first !== undefined && first.signedBy !== member.userId;
}

/** Names that are known to whoever knows the workspace: tried first by an attacker. */
export function knownWords(session: Session): string[] {
  const operation = get<{ name: string | null }>(session.reader, 'SELECT name FROM operation WHERE id = 1');
  const users = [...readPeople(session).roster.members.values()].map(({ name }) => name);
  return [session.workspace.folderName, operation?.name ?? '', ...users];
}

const plainName = (name: string) =>
  name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLocaleLowerCase('en-GB');

/** @throws AppError `users.taken` when another user has the name. */
export function refuseTaken(roster: Roster, name: string, except: number | null): void {
  for (const member of roster.members.values())
    if (!member.removed && member.userId !== except && plainName(member.name) === plainName(name))
      throw new AppError(
        'users.taken',
        'Another user of this workspace has that name. Give each their own, for instance with a collar number.',
      );
}

function memberOf(people: People, id: number): Member {
  const member = people.roster.members.get(id);
  if (!member || member.removed)
    throw new AppError('not-found', 'There is no such user in this workspace. "users" lists them.');
  return member;
}

/** @throws AppError `users.last-lead` when nobody else is a lead. */
function refuseLastLead(people: People, member: Member): void {
  const others = leadsOf(people.roster.members).filter(({ userId }) => userId !== member.userId);
  if (member.role === 'lead' && others.length === 0)
    throw new AppError(
      'users.last-lead',
      `${member.name} is the only lead. Make another user a lead first: a workspace without one could never be changed again.`,
    );
}

/** A passphrase to be used once: 75 random bits in groups that can be read out. */
function makeOneTime(): string {
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
  const characters = [...randomBytes(15)].map((byte) => alphabet.charAt(byte & 31)).join('');
  return [characters.slice(0, 5), characters.slice(5, 10), characters.slice(10)].join('-');
}

async function oneTimeOf(session: Session, given: string | undefined, name: string): Promise<string> {
  if (given === undefined) return makeOneTime();
  await refuseWeak(given, [...knownWords(session), name]);
  return given;
}

/** A slot for keys that a lead made, with the data key sealed to them. */
async function admissionSlot(
  session: Session,
  people: People,
  keys: UserKeys,
  passphrase: string,
  cost: KdfCost,
): Promise<KeySlot> {
  const { id: workspaceId, dataKey, signingKey } = session.workspace;
  // The parameters under which the lead opened the workspace: all slots that share them cost one derivation.
  const wrap = await wrapByPassphrase(workspaceId, { ...keys, kdf: session.workspace.keys.kdf }, passphrase, {
    cost,
  });
  const data = { key: dataKey, generation: people.header.generation };
  return makeSlot(workspaceId, keys, wrap, data, signingKey);
}

/** Adds a user. @throws AppError `users.taken`, `workspace.weak-passphrase`, `invalid` when there are too many. */
export async function addUser(
  session: Session,
  wanted: { name: string; role: Role; passphrase?: string | undefined },
  cost: KdfCost,
): Promise<Admission> {
  const oneTimePassphrase = await oneTimeOf(session, wanted.passphrase, wanted.name);
  await changeKeys(session, async (people) => {
    refuseTaken(people.roster, wanted.name, null);
    if (people.header.slots.length >= 100)
      throw new AppError('invalid', 'A workspace has at most 100 users. Remove somebody first.');
    const keys = makeKeys(people.roster.members.size + 1, session.workspace.keys.founder, true);
    const slot = await admissionSlot(session, people, keys, oneTimePassphrase, cost);
    return {
      entry: {
        operation: 'alteration',
        method: 'users.add',
        summary: `Added ${wanted.name} as ${roleWords[wanted.role]}`,
        after: { name: wanted.name, role: wanted.role },
      },
      standing: {
        userId: keys.userId,
        name: wanted.name,
        role: wanted.role,
        removed: false,
        slotId: keys.slotId,
        ...publicHalves(keys),
      },
      slots: [...people.header.slots, slot],
    };
  });
  return { name: wanted.name, role: wanted.role, oneTimePassphrase };
}

/** @throws AppError `not-found`, `users.last-lead`. */
export async function setRole(session: Session, id: number, role: Role): Promise<UserList> {
  await changeKeys(session, (people) => {
    const member = memberOf(people, id);
    if (member.role === role) return null;
    refuseLastLead(people, member);
    return {
      entry: {
        operation: 'alteration',
        method: 'users.setRole',
        summary: `Made ${member.name} ${roleWords[role]}`,
        before: { name: member.name, role: member.role },
        after: { name: member.name, role },
      },
      standing: { ...standingOf(member), role },
    };
  });
  return listUsers(session);
}

/** New keys and a passphrase for once; what the old keys signed still verifies. */
export async function resetUser(
  session: Session,
  wanted: { id: number; passphrase?: string | undefined },
  cost: KdfCost,
): Promise<Admission> {
  const { name } = memberOf(readPeople(session), wanted.id);
  const oneTimePassphrase = await oneTimeOf(session, wanted.passphrase, name);
  let role: Role = 'reader';
  await changeKeys(session, async (people) => {
    const member = memberOf(people, wanted.id);
    if (member.userId === session.workspace.user.id)
      throw new AppError('invalid', 'Your own passphrase is changed by you: "change passphrase".');
    role = member.role;
    const keys = makeKeys(member.userId, session.workspace.keys.founder, true);
    const slot = await admissionSlot(session, people, keys, oneTimePassphrase, cost);
    return {
      entry: {
        operation: 'alteration',
        method: 'users.reset',
        summary: `Gave ${member.name} new keys and a passphrase for once`,
        after: { name: member.name },
      },
      standing: { ...standingOf(member), slotId: keys.slotId, ...publicHalves(keys) },
      slots: people.header.slots.map((each) => (each.id === member.slotId ? slot : each)),
    };
  });
  return { name, role, oneTimePassphrase };
}

/** Takes a user's slot away. The data key that they know stays what it is: see `rotateDataKey`. */
export function removeUser(session: Session, id: number): Promise<void> {
  return changeKeys(session, (people) => {
    const member = memberOf(people, id);
    refuseLastLead(people, member);
    if (member.userId === session.workspace.user.id)
      throw new AppError('invalid', 'You cannot remove yourself. Ask another lead.');
    return {
      entry: {
        operation: 'alteration',
        method: 'users.remove',
        summary: `Removed ${member.name} from the users`,
        before: { name: member.name, role: member.role },
      },
      standing: { ...standingOf(member), removed: true },
      slots: people.header.slots.filter(({ id: slotId }) => slotId !== member.slotId),
    };
  });
}
