/** A package for another copy, or for all of them: what they are not known to have, and no more. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Progress } from '../../../shared/contract/schemas.ts';
import { copyLetters } from '../../../shared/grid/grids.ts';
import { schemaVersion } from '../database/migrations/migrate.ts';
import { all, get, run } from '../database/sql.ts';
import type { RowId } from '../entities/rowSet.ts';
import { appendEntry } from '../journal/journal.ts';
import type { Session } from '../session.ts';
import { diskError } from '../workspace/durable.ts';
import { settleConflicts } from './conflicts.ts';
import type { Copy, ExchangeKey } from './copies.ts';
import { copyName, ensureKeys, lettersOf, listCopies, ownCopy } from './copies.ts';
import type { ExchangeDocument } from './document.ts';
import { fold, keepDocument, openDocument } from './document.ts';
import { entryFrames } from './entries.ts';
import { importFrames } from './evidence.ts';
import type { Frame } from './frames.ts';
import { packFrames as compressFrames } from './frames.ts';
import { packFrames, photographFrames } from './heldFiles.ts';
import type { Inventory } from './inventory.ts';
import { commonInventory, knownInventory, readInventory } from './inventory.ts';
import type { PackageHeader } from './packageFile.ts';
import { packageExtension, writePackage } from './packageFile.ts';
import { readOther } from './registers.ts';
import { readSigners } from './signers.ts';

export interface MadePackage {
  file: string;
  package: string;
  number: number;
  bytes: number;
  /** Letters of the copy it is meant for; null for all. */
  for: string | null;
  entries: number;
  imports: number;
  photographs: number;
  packs: number;
}

export interface PackageRequest {
  folder: string;
  /** Letters or name of a copy; `0` or `original` for the first. */
  to?: string | undefined;
  recipient: string;
  reason: string;
}

/** The copy that the user means. @throws AppError `not-found`. */
export function findCopy(copies: readonly Copy[], text: string): Copy {
  const wanted = text.trim().toLowerCase();
  const found = copies.find(
    (copy) =>
      copy.name.toLowerCase() === wanted ||
      (copy.number === 0
        ? ['0', 'original'].includes(wanted)
        : copyLetters(copy.number).toLowerCase() === wanted),
  );
  if (!found)
    throw new AppError(
      'not-found',
      `There is no copy "${text}". Copies: ${copies.map((copy) => `${lettersOf(copy.number)} (${copy.name})`).join(', ')}.`,
    );
  return found;
}

/**
 * Writes a package into a folder. Journaled first as a disclosure: a process that is killed leaves nothing outside of
 * which the journal does not tell.
 * @throws AppError `not-found`, `invalid`, `workspace.full`, `workspace.read-only`, `cancelled`.
 */
export function makePackage(
  session: Session,
  request: PackageRequest,
  watch: { signal?: AbortSignal | undefined; progress?: (progress: Progress) => void } = {},
): Promise<MadePackage> {
  return session.exclusively(async () => {
    const database = session.writer;
    const own = database.transaction(() => ownCopy(session))();
    const copies = listCopies(database);
    if (copies.length === 1)
      throw new AppError(
        'invalid',
        'There is no other copy of this workspace to exchange with. Make one first with "exchange copy".',
      );
    const target = request.to === undefined ? null : findCopy(copies, request.to);
    if (target?.own === 1) throw new AppError('invalid', 'That is this copy. Name another one.');
    const document = await openDocument(database);
    const number =
      1 +
      (get<{ number: number | null }>(
        database,
        'SELECT max(number) AS number FROM exchange_package WHERE copy = ?',
        own.id,
      )?.number ?? 0);
    const file = `exchange-${lettersOf(own.number)}-${String(number).padStart(4, '0')}.${packageExtension}`;
    const path = join(request.folder, file);
    await takeName(request.folder, path);
    const part = `${path}.part`;
    const { id, seq, known, key, marked } = await orRemove(path, () =>
      database.transaction(() =>
        recordPackage(session, { own, copies, target, document, number, file, request }),
      )(),
    );
    session.announce({ seq, grids: [...new Set(marked.map(({ grid }) => grid))] });
    const counts = { entries: 0, imports: 0, photographs: 0, packs: 0 };
    const header: PackageHeader = {
      format: 'fellside-exchange',
      version: 1,
      id,
      workspaceId: session.workspace.id,
      copy: own.id,
      number,
      key: key.id,
      salt: randomBytes(32).toString('base64'),
      user: session.workspace.user.id,
    };
    try {
      const handle = await open(part, 'wx', 0o600);
      let bytes: number;
      try {
        const frames = counted(framesOf(session, { own, copies, document, known }), counts, watch);
        bytes = await writePackage(handle, header, compressFrames(frames), {
          seal: key.key,
          sign: session.workspace.signingKey,
        });
      } finally {
        await handle.close();
      }
      watch.signal?.throwIfAborted();
      await rename(part, path);
      run(database, 'UPDATE exchange_package SET bytes = ? WHERE id = ?', bytes, id);
      return {
        file,
        package: id,
        number,
        bytes,
        for: target ? lettersOf(target.number) : null,
        ...counts,
      };
    } catch (error) {
      await Promise.all([part, path].map((each) => rm(each, { force: true }).catch(() => undefined)));
      const seq = database.transaction(() => {
        run(database, 'DELETE FROM exchange_package WHERE id = ?', id);
        return appendEntry(session, {
          operation: 'disclosure',
          method: 'exchange.make',
          summary: `Could not write package ${number}: nothing was handed over`,
        });
      })();
      session.announce({ seq, grids: [] });
      if (watch.signal?.aborted)
        throw new AppError('cancelled', 'The package was cancelled; nothing was handed over.');
      throw diskError(error, 'The package');
    }
  });
}

async function takeName(folder: string, path: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await (await open(path, 'wx', 0o600)).close();
  } catch (error) {
    if ((error as { code?: string }).code === 'EEXIST')
      throw new AppError(
        'workspace.exists',
        'A package of that name is in the folder already. Choose another folder, or move the old package away.',
      );
    throw diskError(error, 'The package');
  }
}

/** Does the work; where it fails the name that was taken is free again. */
async function orRemove<Done>(path: string, work: () => Done): Promise<Done> {
  try {
    return work();
  } catch (error) {
    await rm(path, { force: true }).catch(() => undefined);
    throw error;
  }
}

interface Recording {
  own: Copy;
  copies: readonly Copy[];
  target: Copy | null;
  document: ExchangeDocument;
  number: number;
  file: string;
  request: PackageRequest;
}

/** The entry of the disclosure, with the document as it then stands. Inside a transaction. */
function recordPackage(
  session: Session,
  { own, copies, target, document, number, file, request }: Recording,
): { id: string; seq: number; known: Inventory | null; key: ExchangeKey; marked: RowId[] } {
  const database = session.writer;
  const keys = ensureKeys(session);
  const receivers = target ? [target] : copies.filter((copy) => copy.own === 0);
  const inventories = receivers.map((copy) => knownInventory(database, copy.id));
  const known = inventories.includes(null) ? null : commonInventory(inventories as Inventory[]);
  // The newest key that all of them hold: one that is new to them comes inside the package.
  const key = keys.find(({ id }) => !known || known.keys.includes(id)) ?? keys.at(-1);
  if (!key) throw new Error('a workspace that exchanges has a key');
  fold(session, own, document);
  const id = randomBytes(16).toString('hex');
  const seq = appendEntry(session, {
    operation: 'disclosure',
    method: 'exchange.make',
    summary: `Made exchange package ${number}${target ? ` for ${copyName(target.number)} (${target.name})` : ' for all other copies'}`,
    after: { package: id, number },
    reason: request.reason,
    recipients: [request.recipient],
  });
  keepDocument(database, document, seq);
  const marked = settleConflicts(database, document, seq);
  run(
    database,
    `INSERT INTO exchange_package (id, copy, number, for_copy, seq, at, user, file, bytes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)`,
    id,
    own.id,
    number,
    target?.id ?? null,
    seq,
    session.clock(),
    session.workspace.user.name,
    file,
  );
  return { id, seq, known, key, marked };
}

interface Contents {
  own: Copy;
  copies: readonly Copy[];
  document: ExchangeDocument;
  known: Inventory | null;
}

/** Everything of this copy that the receivers are not known to have, in the order in which it is taken. */
function* framesOf(session: Session, { own, copies, document, known }: Contents): Generator<Frame> {
  const database = session.writer;
  yield {
    json: {
      t: 'hello',
      schema: schemaVersion,
      at: session.clock(),
      by: session.workspace.user.name,
      inventory: readInventory(database, document),
      copies: copies.map(({ own: _, ...copy }) => copy),
      signers: readSigners(database, own.id),
      keys: all<{ id: string; key: Buffer; made_at: string }>(
        database,
        'SELECT id, key, made_at FROM exchange_key ORDER BY made_at, id',
      ).map(({ key, made_at }) => ({ key: key.toString('base64'), at: made_at })),
    },
    blob: null,
  };
  yield* entryFrames(database, copies, known?.entries ?? {});
  const registers = document.read();
  const sent = new Set<string>();
  for (const { id, state } of all<{ id: number; state: string }>(
    database,
    'SELECT id, state FROM import ORDER BY id',
  )) {
    const register = registers.get(`import/${id}`);
    const turn = register ? readOther('import', register.value).turn : 0;
    const has = known?.imports[String(id)];
    if (state === 'standing' ? has !== turn : has === undefined)
      yield* importFrames(database, id, state === 'standing', sent);
  }
  yield* photographFrames(database, new Set(known?.photographs));
  yield* packFrames(database, new Set(known?.packs));
  for (const change of document.changesSince(known?.heads ?? []))
    yield { json: { t: 'change' }, blob: Buffer.from(change) };
  yield { json: { t: 'end' }, blob: null };
}

type Counts = Pick<MadePackage, 'entries' | 'imports' | 'photographs' | 'packs'>;

function* counted(
  frames: Iterable<Frame>,
  counts: Counts,
  { signal, progress }: { signal?: AbortSignal | undefined; progress?: (progress: Progress) => void },
): Generator<Frame> {
  let done = 0;
  for (const frame of frames) {
    signal?.throwIfAborted();
    const { t, entries } = frame.json as { t: string; entries?: unknown[] };
    if (t === 'entries') counts.entries += entries?.length ?? 0;
    if (t === 'import') counts.imports += 1;
    if (t === 'photograph') counts.photographs += 1;
    if (t === 'pack') counts.packs += 1;
    done += 1;
    progress?.({ type: 'progress', stage: 'Writing the package', done, total: null, unit: 'rows' });
    yield frame;
  }
}
