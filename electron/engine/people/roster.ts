/**
 * The roster: who belongs to the workspace, in which role, with which keys. It is a list of statements, each signed
 * by a lead whom the statements before it made one; the first by the founder. Nobody holds their own role: a line
 * that was written into the database by somebody who knows the data key is refused, since no lead signed it.
 *
 * What a user may say of themself without a lead is a new name and new keys, signed with the old ones.
 */
import type { KeyObject } from 'node:crypto';
import { createHash, sign } from 'node:crypto';
import type { Role } from '../../../shared/contract/areas/users.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ReadDatabase, WriteDatabase } from '../database/connection.ts';
import { all, get, run } from '../database/sql.ts';
import { signatureHolds } from '../journal/hash.ts';
import { keyDigest } from '../workspace/keys.ts';

/** What a statement says of a user; it takes the place of what was said before. */
export interface Standing {
  userId: number;
  name: string;
  role: Role;
  removed: boolean;
  slotId: string;
  /** Ed25519, SPKI, base64. */
  signingKey: string;
  /** X25519, raw, base64. */
  sealingKey: string;
}

export interface Statement extends Standing {
  number: number;
  /** The journal entry it came with; it counts for the entries after that one. */
  seq: number;
  at: string;
  signedBy: number;
  signature: string;
}

export interface Member extends Standing {
  addedAt: string;
  /** The lead who added the user; null for the founder. */
  addedBy: number | null;
  removedAt: string | null;
}

/** A workspace id that only the holder of the founder's key can have begun. */
export function workspaceIdOf(founderKey: string): string {
  const digest = createHash('sha256')
    .update('fellside/2/workspace')
    .update(Buffer.from(founderKey, 'base64'));
  return digest.digest().subarray(0, 15).toString('base64url');
}

/** SHA-256, in hex, over the statement before and every field in a fixed order. */
function statementHash(
  workspaceId: string,
  before: string | null,
  statement: Omit<Statement, 'signature'>,
): string {
  const fields = [
    'fellside/2/roster',
    workspaceId,
    before,
    statement.number,
    statement.seq,
    statement.at,
    statement.userId,
    statement.name,
    statement.role,
    statement.removed,
    statement.slotId,
    statement.signingKey,
    statement.sealingKey,
    statement.signedBy,
  ];
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

interface Row {
  number: number;
  seq: number;
  at: string;
  user_id: number;
  name: string;
  role: Role;
  removed: number;
  slot_id: string;
  signing_key: string;
  sealing_key: string;
  signed_by: number;
  signature: string;
}

function readStatements(database: ReadDatabase): Statement[] {
  return all<Row>(
    database,
    `SELECT number, seq, at, user_id, name, role, removed, slot_id, signing_key, sealing_key, signed_by, signature
     FROM roster ORDER BY number`,
  ).map((row) => ({
    number: row.number,
    seq: row.seq,
    at: row.at,
    userId: row.user_id,
    name: row.name,
    role: row.role,
    removed: row.removed === 1,
    slotId: row.slot_id,
    signingKey: row.signing_key,
    sealingKey: row.sealing_key,
    signedBy: row.signed_by,
    signature: row.signature,
  }));
}

/**
 * Says something of a user, inside the transaction of the journal entry `seq`: the statement, and the row of `user`
 * that it comes to.
 */
export function appendStatement(
  database: WriteDatabase,
  workspaceId: string,
  standing: Standing,
  by: { userId: number; signing: KeyObject; seq: number; at: string },
): void {
  const before = get<{ number: number; signature: string }>(
    database,
    'SELECT number, signature FROM roster ORDER BY number DESC LIMIT 1',
  );
  const statement = {
    ...standing,
    number: (before?.number ?? 0) + 1,
    seq: by.seq,
    at: by.at,
    signedBy: by.userId,
  };
  const hash = statementHash(workspaceId, before?.signature ?? null, statement);
  run(
    database,
    `INSERT INTO roster (number, seq, at, user_id, name, role, removed, slot_id, signing_key, sealing_key, signed_by,
       signature)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    statement.number,
    statement.seq,
    statement.at,
    statement.userId,
    statement.name,
    statement.role,
    statement.removed ? 1 : 0,
    statement.slotId,
    statement.signingKey,
    statement.sealingKey,
    statement.signedBy,
    sign(null, Buffer.from(hash, 'hex'), by.signing).toString('base64'),
  );
  run(
    database,
    `INSERT INTO user (id, name, role, public_key, added_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, public_key = excluded.public_key`,
    statement.userId,
    statement.name,
    statement.role,
    statement.signingKey,
    statement.at,
  );
}

export interface RosterReport {
  ok: boolean;
  statements: number;
  /** What is wrong, as a sentence about a user; null where all holds. */
  problem: string | null;
  /** The entry of the journal with which the statement came that does not hold. */
  seq: number;
}

/** The roster as far as it holds. */
export interface Roster {
  members: Map<number, Member>;
  statements: Statement[];
  /** How many statements hold, from the first on. */
  holds: number;
  problem: string | null;
}

const notGiven = (name: string) => `the role of ${name} was not given by a lead of this workspace`;

/** Why a statement may not stand where it stands; null where it may. */
function statementProblem(
  statement: Statement,
  hash: string,
  members: ReadonlyMap<number, Member>,
): string | null {
  const before = members.get(statement.userId);
  const signer = members.get(statement.signedBy);
  if (!signer || signer.removed) return notGiven(statement.name);
  if (!signatureHolds(hash, statement.signature, signer.signingKey)) return notGiven(statement.name);
  if (signer.role === 'lead') {
    if (!before && statement.userId !== members.size + 1) return notGiven(statement.name);
    return null;
  }
  const ownMatter =
    before !== undefined &&
    statement.signedBy === statement.userId &&
    statement.role === before.role &&
    statement.slotId === before.slotId &&
    !statement.removed;
  return ownMatter ? null : notGiven(statement.name);
}

/**
 * Reads and checks the roster. `founder` is the SHA-256 of the key it must begin with, where the reader knows it from
 * elsewhere; otherwise the id of the workspace says it, or the first entry of a journal that is older than rosters.
 */
export function readRoster(database: ReadDatabase, founder: string | null = null): Roster {
  const statements = readStatements(database);
  const members = new Map<number, Member>();
  const workspaceId =
    get<{ workspace_id: string }>(database, 'SELECT workspace_id FROM header_copy WHERE id = 1')
      ?.workspace_id ?? '';
  let holds = 0;
  const broken = (problem: string): Roster => ({ members, statements, holds, problem });
  const [first] = statements;
  if (!first) return broken('the list of users is missing');
  let beforeSignature: string | null = null;
  let lastSeq = 0;
  for (const [index, statement] of statements.entries()) {
    const hash = statementHash(workspaceId, beforeSignature, statement);
    if (statement.number !== index + 1 || statement.seq < lastSeq)
      return broken('a line of the list of users is missing');
    if (index === 0) {
      const founds =
        statement.signedBy === statement.userId && statement.role === 'lead' && !statement.removed;
      if (!founds || !signatureHolds(hash, statement.signature, statement.signingKey))
        return broken(notGiven(statement.name));
      if (!isFounder(database, workspaceId, statement, founder))
        return broken('the list of users does not begin with the founder of this workspace');
    } else {
      const problem = statementProblem(statement, hash, members);
      if (problem) return broken(problem);
    }
    const known = members.get(statement.userId);
    members.set(statement.userId, {
      ...standingOf(statement),
      addedAt: known?.addedAt ?? statement.at,
      addedBy: known ? known.addedBy : index === 0 ? null : statement.signedBy,
      removedAt: statement.removed ? statement.at : null,
    });
    beforeSignature = statement.signature;
    lastSeq = statement.seq;
    holds += 1;
  }
  if (leadsOf(members).length === 0) return broken('the workspace has no lead');
  return { members, statements, holds, problem: null };
}

/** What is said of a user, without who said it and when. */
export function standingOf(said: Standing): Standing {
  const { userId, name, role, removed, slotId, signingKey, sealingKey } = said;
  return { userId, name, role, removed, slotId, signingKey, sealingKey };
}

function isFounder(
  database: ReadDatabase,
  workspaceId: string,
  first: Statement,
  founder: string | null,
): boolean {
  if (founder !== null && keyDigest(first.signingKey) !== founder) return false;
  if (workspaceIdOf(first.signingKey) === workspaceId) return true;
  const entry = get<{ hash: string; signature: string; user_id: number }>(
    database,
    'SELECT hash, signature, user_id FROM journal WHERE seq = 1',
  );
  return (
    entry !== undefined &&
    entry.user_id === first.userId &&
    signatureHolds(entry.hash, entry.signature, first.signingKey)
  );
}

export const leadsOf = (members: ReadonlyMap<number, Member>): Member[] =>
  [...members.values()].filter(({ role, removed }) => role === 'lead' && !removed);

/** Checks the roster, and that the table of users is what it comes to. A database that is older than rosters holds. */
export function verifyRoster(database: ReadDatabase): RosterReport {
  if (!hasStatements(database)) return { ok: true, statements: 0, problem: null, seq: 0 };
  const { statements, members, holds, problem } = readRoster(database);
  const users = all<{ id: number; name: string; role: string; public_key: string }>(
    database,
    'SELECT id, name, role, public_key FROM user',
  );
  const altered = users.find(({ id, name, role, public_key }) => {
    const member = members.get(id);
    return !member || member.name !== name || member.role !== role || member.signingKey !== public_key;
  });
  const found =
    problem ?? (altered ? `what the table of users says of ${altered.name} was said by no lead` : null);
  return {
    ok: found === null,
    statements: statements.length,
    problem: found,
    seq: statements[problem === null ? holds - 1 : holds]?.seq ?? 0,
  };
}

function hasStatements(database: ReadDatabase): boolean {
  if (!get(database, "SELECT 1 AS found FROM sqlite_master WHERE name = 'roster'")) return false;
  return get(database, 'SELECT 1 AS found FROM roster LIMIT 1') !== undefined;
}

/** What stood of a user when an entry of the journal was written: the key that must have signed it, and the role. */
export interface StandingAt {
  signingKey: string;
  role: Role;
  removed: boolean;
}

/** Answers for many entries: who had which key and role at entry `seq`. Null for somebody unknown then. */
export function standingReader(database: ReadDatabase): (userId: number, seq: number) => StandingAt | null {
  if (!hasStatements(database)) return soleUser(database);
  const byUser = Map.groupBy(readStatements(database), ({ userId }) => userId);
  return (userId, seq) => {
    const found = byUser.get(userId)?.findLast((statement) => statement.seq < seq);
    return found ? { signingKey: found.signingKey, role: found.role, removed: found.removed } : null;
  };
}

/** In a database that is older than rosters there is one user, a lead. */
function soleUser(database: ReadDatabase): (userId: number) => StandingAt | null {
  const users = all<{ id: number; public_key: string }>(database, 'SELECT id, public_key FROM user');
  return (userId) => {
    const user = users.find(({ id }) => id === userId);
    return user ? { signingKey: user.public_key, role: 'lead', removed: false } : null;
  };
}

const leadsAlone = ['users.add', 'users.setRole', 'users.reset', 'users.remove', 'users.rotate'];

/** Whether an entry of that kind can be by somebody of that standing: a reader changes nothing and lets nothing out. */
export function mayHaveDone({ role, removed }: StandingAt, operation: string, method: string): boolean {
  if (removed) return false;
  if (role === 'lead') return true;
  if (leadsAlone.includes(method)) return false;
  return role === 'analyst' || operation === 'consultation' || operation === 'session';
}

/** The role that a user had when entry `seq` was written; null for nobody of the workspace then. */
export function roleAt(database: ReadDatabase, userId: number, seq: number): Role | null {
  const standing = standingReader(database)(userId, seq);
  return standing && !standing.removed ? standing.role : null;
}

/**
 * The member that opened the workspace with these keys.
 * @throws AppError `workspace.altered` where the roster was tampered with or does not know the keys, `workspace.role`
 * for somebody who was removed.
 */
export function admit(roster: Roster, keys: { userId: number; slotId: string; signingKey: string }): Member {
  if (roster.problem)
    throw new AppError(
      'workspace.altered',
      `The list of users of this workspace was altered: ${roster.problem}. Restore the workspace from a backup and tell the lead.`,
    );
  const member = roster.members.get(keys.userId);
  if (!member)
    throw new AppError(
      'workspace.altered',
      'These keys belong to no user of the workspace. Restore workspace.json from a backup.',
    );
  if (member.removed)
    throw new AppError(
      'workspace.role',
      'You are no longer a user of this workspace: a lead removed you. Ask a lead.',
    );
  if (member.slotId !== keys.slotId || member.signingKey !== keys.signingKey)
    throw new AppError(
      'workspace.altered',
      'These keys were replaced by newer ones. Use the passphrase that belongs to them, or restore workspace.json from a backup.',
    );
  return member;
}
