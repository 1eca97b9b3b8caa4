/**
 * What opening does about keys once the database is open: it founds the roster of a workspace that is older than
 * rosters, asks the roster whether the user is one, and puts `workspace.json` right where it is not what it should be.
 */
import { AppError } from '../../../shared/contract/errors.ts';
import type { WriteDatabase } from '../database/connection.ts';
import { get } from '../database/sql.ts';
import type { FirstHeader, FirstUnlocked } from '../workspace/formatOne.ts';
import type { Header } from '../workspace/header.ts';
import { firstHeader, headerText, writeHeader } from '../workspace/header.ts';
import type { UserKeys } from '../workspace/keys.ts';
import { keyDigest, makeKeys, publicHalves, publicKeyOf, wrapByPassphrase } from '../workspace/keys.ts';
import type { Secret, Unlocked } from '../workspace/unlock.ts';
import { dataKeysOf, unlockHeader } from '../workspace/unlock.ts';
import { headerProblem, keepHeaderCopy, readHeaderCopy, slotOf } from './headerCopy.ts';
import type { Member } from './roster.ts';
import { admit, appendStatement, readRoster } from './roster.ts';

export interface Settled {
  keys: UserKeys;
  member: Member;
  /** What was found and put right, as sentences for the journal. */
  notices: string[];
}

const altered = (what: string) =>
  new AppError(
    'workspace.altered',
    `The keys of this workspace were altered: ${what}. Restore the workspace from a backup and tell the lead.`,
  );

/**
 * @param dataKey the key under which the database stands
 * @throws AppError `workspace.altered`, `workspace.role`, `workspace.wrong-passphrase`.
 */
export async function settleKeys(
  writer: WriteDatabase,
  folder: string,
  header: Header | FirstHeader,
  unlocked: Unlocked,
  dataKey: Buffer,
  secret: Secret,
  at: string,
): Promise<Settled> {
  const notices: string[] = [];
  let keys = unlocked.keys;
  let copy = readHeaderCopy(writer);
  if (!copy) {
    copy = await found(writer, header, unlocked, secret, at);
    notices.push('The keys of the workspace were brought to the format of this version');
  }
  if (!keys) {
    // Format 1 says nothing of the keys of format 2: those of the copy open with the passphrase of its time.
    keys = (await unlockHeader(copy, secret)).keys;
    if (!keys) throw altered('the header is of an older format');
  }
  const roster = readRoster(writer, keys.founder);
  const member = admit(roster, {
    userId: keys.userId,
    slotId: keys.slotId,
    signingKey: publicKeyOf(keys.signing),
  });
  const problem = headerProblem(copy, roster);
  if (problem) throw altered(problem);
  // A key that nobody of the workspace sealed may open a database of somebody else's making.
  const slot = slotOf(copy, member);
  if (!dataKeysOf(copy.workspaceId, slot, keys).some((key) => key.equals(dataKey)))
    throw altered('the database stands under a key that no lead gave to its users');
  if (header.formatVersion === 1 || headerText(header) !== headerText(copy)) {
    if (notices.length === 0) notices.push(differenceOf(header, copy));
    writeHeader(folder, copy);
  }
  return { keys, member, notices };
}

function differenceOf(header: Header | FirstHeader, copy: Header): string {
  const unfinished = header.formatVersion !== 1 && header.slots.some(({ sealed }) => sealed.length > 1);
  if (unfinished)
    return header.generation === copy.generation
      ? 'A change of the data key that had been interrupted was finished'
      : 'A change of the data key that had been interrupted was taken back';
  const older = header.formatVersion === 1 || header.revision < copy.revision;
  return older
    ? 'workspace.json was older than the last change of keys, and was put right'
    : 'workspace.json had been altered, and was put right';
}

/** Begins the roster with the only user that a workspace without one has. */
async function found(
  writer: WriteDatabase,
  header: Header | FirstHeader,
  unlocked: Unlocked,
  secret: Secret,
  at: string,
): Promise<Header> {
  if (get(writer, 'SELECT 1 AS found FROM roster LIMIT 1'))
    throw altered('the copy of the header is missing');
  if (get<{ count: number }>(writer, 'SELECT count(*) AS count FROM user')?.count !== 1)
    throw altered('the list of users is missing');
  const made =
    header.formatVersion === 1
      ? await upgrade(header, unlocked.first, unlocked.dataKeys[0], secret)
      : ownHeader(header, unlocked.keys);
  const user = get<{ name: string }>(writer, 'SELECT name FROM user WHERE id = ?', made.keys.userId);
  if (!user) throw altered('the key slot belongs to no user');
  const { keys } = made;
  writer.transaction(() => {
    keepHeaderCopy(writer, made.header);
    appendStatement(
      writer,
      made.header.workspaceId,
      {
        userId: keys.userId,
        name: user.name,
        role: 'lead',
        removed: false,
        slotId: keys.slotId,
        ...publicHalves(keys),
      },
      { userId: keys.userId, signing: keys.signing, seq: 0, at },
    );
  })();
  return made.header;
}

/** An older database beneath a header of this format: only the founder may go on from there, alone. */
function ownHeader(header: Header, keys: UserKeys | null): { header: Header; keys: UserKeys } {
  if (!keys || header.slots.length !== 1 || keyDigest(publicKeyOf(keys.signing)) !== keys.founder)
    throw altered('the list of users is missing');
  return { header, keys };
}

async function upgrade(
  header: FirstHeader,
  first: FirstUnlocked | null,
  dataKey: Buffer | undefined,
  secret: Secret,
): Promise<{ header: Header; keys: UserKeys }> {
  if (!first || !dataKey || typeof secret !== 'string') throw altered('the header is of an older format');
  const fresh = makeKeys(first.userId, keyDigest(publicKeyOf(first.signing)), false);
  const keys: UserKeys = { ...fresh, signing: first.signing, kdf: first.kdf };
  const { workspaceId } = header;
  const wrap = await wrapByPassphrase(workspaceId, keys, secret, first);
  return { header: firstHeader(workspaceId, keys, wrap, dataKey), keys };
}
