/**
 * The database's own copy of the header. It counts: a change of keys is written here in the transaction of its
 * journal entry, and `workspace.json` follows. What a crash, or somebody else, left in the file is put right from it.
 */
import { AppError } from '../../../shared/contract/errors.ts';
import type { ReadDatabase, WriteDatabase } from '../database/connection.ts';
import { get, run } from '../database/sql.ts';
import type { Header } from '../workspace/header.ts';
import { headerText, parseHeader, slotHolds } from '../workspace/header.ts';
import type { KeySlot } from '../workspace/keys.ts';
import type { Roster, Standing } from './roster.ts';

/** The header that counts; null in a workspace that has none yet. */
export function readHeaderCopy(database: ReadDatabase): Header | null {
  const row = get<{ text: string }>(database, 'SELECT text FROM header_copy WHERE id = 1');
  return row ? parseHeader(row.text) : null;
}

export function keepHeaderCopy(database: WriteDatabase, header: Header): void {
  run(
    database,
    `INSERT INTO header_copy (id, workspace_id, text) VALUES (1, ?, ?)
     ON CONFLICT (id) DO UPDATE SET text = excluded.text`,
    header.workspaceId,
    headerText(header),
  );
}

/** The slot of a member. */
export function slotOf(header: Header, member: Standing): KeySlot {
  const slot = header.slots.find(({ id }) => id === member.slotId);
  if (!slot) throw new AppError('workspace.altered', `The key slot of ${member.name} is missing.`);
  return slot;
}

/**
 * Why the header is not the one of this roster; null where each member has a slot that they or a lead signed. What a
 * lead signed holds when they are none any more, or have other keys: which slots there are, the roster says.
 */
export function headerProblem(header: Header, roster: Roster): string | null {
  const members = [...roster.members.values()].filter(({ removed }) => !removed);
  const leads = roster.statements
    .filter(({ role, removed }) => role === 'lead' && !removed)
    .map(({ signingKey }) => signingKey);
  const ids = new Set(header.slots.map(({ id }) => id));
  if (members.length !== header.slots.length || members.some(({ slotId }) => !ids.has(slotId)))
    return 'its key slots are not those of the users';
  for (const member of members) {
    const slot = header.slots.find(({ id }) => id === member.slotId);
    if (!slot || !slotHolds(header.workspaceId, slot, [member.signingKey, ...leads]))
      return `the key slot of ${member.name} was altered`;
  }
  return null;
}
