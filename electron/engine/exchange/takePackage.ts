/**
 * Taking a package: its signature is proved before a byte of it is opened, then everything happens in one transaction
 * under one entry of the journal. A preview is the same work, rolled back: what it shows is what would come to be.
 */
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Progress } from '../../../shared/contract/schemas.ts';
import { makeRef } from '../../../shared/grid/grids.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import { databaseError } from '../database/connection.ts';
import { recountPhones } from '../database/queries/calls.ts';
import { all, get, run } from '../database/sql.ts';
import { materialise } from '../entities/materialise.ts';
import { regroupAll } from '../entities/regroup.ts';
import { RowSet } from '../entities/rowSet.ts';
import { appendEntry, nextSeq, receiveMethod } from '../journal/journal.ts';
import type { Session } from '../session.ts';
import type { Applied, ValueChange } from './applyRegisters.ts';
import { applyRegisters } from './applyRegisters.ts';
import type { Conflict } from './conflicts.ts';
import { openConflicts, settleConflicts } from './conflicts.ts';
import type { Copy } from './copies.ts';
import { copyName, listCopies, ownCopy, readKeys } from './copies.ts';
import type { ExchangeDocument } from './document.ts';
import { fold, keepDocument, openDocument } from './document.ts';
import { twin } from './entries.ts';
import { unpackFrames } from './frames.ts';
import { FrameTaker, impossible } from './frameTaker.ts';
import { keepInventory } from './inventory.ts';
import { joinCopies, placeCalls } from './joinCopies.ts';
import type { OpenPackage } from './packageFile.ts';
import { openPackage } from './packageFile.ts';
import type { Signer } from './signers.ts';
import { isRemoved, signersOf } from './signers.ts';

export interface TakenValue {
  ref: string;
  field: string;
  before: CellValue;
  after: CellValue;
  /** False where the value was taken away: undone, or removed with its row. */
  standing: boolean;
}

export interface TakeReport {
  package: string;
  number: number;
  from: { number: number; name: string };
  by: string;
  at: string;
  /** Entry of the journal; null in a preview. */
  seq: number | null;
  entries: number;
  values: TakenValue[];
  valueCount: number;
  imports: { ref: string; summary: string; rows: number; state: 'standing' | 'undone' }[];
  photographs: number;
  packs: string[];
  joined: { ref: string; into: string }[];
  /** Conflicts that are open afterwards. */
  conflicts: Conflict[];
}

const mostListed = 500;

export interface TakeOptions {
  preview: boolean;
  /** Makes a backup before anything is changed. */
  backUp?: (() => Promise<void>) | undefined;
  signal?: AbortSignal | undefined;
  progress?: (progress: Progress) => void;
}

/**
 * @throws AppError `exchange.foreign` (another operation), `exchange.forged` (altered, or not by a user of it),
 * `exchange.replayed`, `exchange.gap`, `exchange.twin`, `workspace.newer`, `cancelled`; nothing has changed then.
 */
export async function takePackage(session: Session, path: string, options: TakeOptions): Promise<TakeReport> {
  const opened = await openPackage(path);
  try {
    await session.exclusively(() => provePackage(session, opened));
    // Takes its own turn: other changes may come in between, so that everything is proved again.
    if (!options.preview) await options.backUp?.();
    return await session.exclusively(async () => {
      const proved = await provePackage(session, opened);
      return inTransaction(session, options, () => receive(session, opened, proved, options));
    });
  } finally {
    await opened.close();
  }
}

interface Proved {
  own: Copy;
  signer: Signer;
  key: Buffer;
}

/** Everything that can be said of a package before it is opened. */
async function provePackage(session: Session, { header, verify }: OpenPackage): Promise<Proved> {
  const database = session.writer;
  if (header.workspaceId !== session.workspace.id)
    throw new AppError(
      'exchange.foreign',
      'This package is of another operation. Open the workspace that it belongs to and take it there.',
    );
  const own = database.transaction(() => ownCopy(session))();
  const known = get<{ copy: string; at: string }>(
    database,
    'SELECT copy, at FROM exchange_package WHERE id = ?',
    header.id,
  );
  if (known)
    throw new AppError(
      'exchange.replayed',
      known.copy === own.id
        ? 'This package was made here. Take it on another copy.'
        : `This package was taken already, on ${known.at.slice(0, 10).split('-').reverse().join('/')}. Nothing in it is new.`,
    );
  if (header.copy === own.id) throw twin(own);
  const signers = signersOf(database, header.copy, header.user);
  let signer: Signer | undefined;
  let refusal: unknown = new AppError(
    'exchange.forged',
    'The package is signed by a user whom this copy does not know. Nothing was taken. Ask a lead to make the package.',
  );
  for (const each of signers) {
    try {
      await verify(each.public_key);
      signer = each;
      break;
    } catch (error) {
      refusal = error;
    }
  }
  if (!signer) throw refusal;
  if (isRemoved(database, signer))
    throw new AppError(
      'exchange.forged',
      'The package is signed by a user who was removed from this workspace. Nothing was taken. Ask a lead to make it.',
    );
  if (signer.role === 'reader')
    throw new AppError(
      'exchange.forged',
      'The package is signed by a reader, who may not make one. Nothing was taken.',
    );
  const key = readKeys(database).find(({ id }) => id === header.key)?.key;
  if (!key)
    throw new AppError(
      'exchange.gap',
      'The package is sealed under a newer key, which has not come here. Take an earlier package first, or ask for a package for this copy.',
    );
  return { own, signer, key };
}

async function inTransaction(
  session: Session,
  { preview, signal }: TakeOptions,
  work: () => Promise<TakeReport & { announce: () => void }>,
): Promise<TakeReport> {
  const database = session.writer;
  database.exec('BEGIN IMMEDIATE');
  try {
    // The entry of the journal comes last, when it can say what happened.
    database.pragma('defer_foreign_keys = ON');
    const { announce, ...report } = await work();
    signal?.throwIfAborted();
    database.exec(preview ? 'ROLLBACK' : 'COMMIT');
    if (!preview) announce();
    return report;
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK');
    if (signal?.aborted) throw new AppError('cancelled', 'Cancelled; nothing was taken.');
    if (error instanceof z.ZodError) throw impossible();
    const code = (error as { code?: unknown }).code;
    // A row that is there already under another content, or of a wrong kind: no copy of ours made it.
    if (typeof code === 'string' && /^SQLITE_(CONSTRAINT|MISMATCH)/.test(code)) throw impossible();
    if (typeof code === 'string' && code.startsWith('SQLITE')) throw databaseError(error);
    throw error;
  }
}

async function receive(
  session: Session,
  opened: OpenPackage,
  { own, signer, key }: Proved,
  options: TakeOptions,
): Promise<TakeReport & { announce: () => void }> {
  const database = session.writer;
  const document = await openDocument(database);
  fold(session, own, document);
  const seq = nextSeq(database);
  const touched = new RowSet();
  const taker = new FrameTaker(session, { own, signer, seq, touched, copy: opened.header.copy });
  let done = 0;
  for await (const frame of unpackFrames(opened.body(key))) {
    options.signal?.throwIfAborted();
    taker.take(frame);
    done += 1;
    options.progress?.({ type: 'progress', stage: 'Reading the package', done, total: null, unit: 'rows' });
  }
  const { hello, changes } = taker.end();
  mergeChanges(document, changes, sender(database, opened.header.copy));
  const applied = applyRegisters(database, document, seq, touched);
  const joined = settleRows(session, { own, seq, touched, hasCalls: taker.evidence.hasCalls });
  fold(session, own, document);
  const from = sender(database, opened.header.copy);
  writeEntry(session, { from, opened, applied, joined, taker });
  for (const row of settleConflicts(database, document, seq)) touched.add(row.grid, row.id);
  keepDocument(database, document, seq);
  keepInventory(database, from.id, hello.inventory, hello.at);
  const conflicts = openConflicts(database);
  return {
    package: opened.header.id,
    number: opened.header.number,
    from: { number: from.number, name: from.name },
    by: signer.name,
    at: hello.at,
    seq: options.preview ? null : seq,
    entries: taker.entries.taken,
    values: applied.values.slice(0, mostListed).map(listed),
    valueCount: applied.values.length,
    imports: listImports(session, taker, applied),
    photographs: taker.held.photographs,
    packs: taker.held.newPacks.map((id) => makeRef('packs', id)),
    joined: joined.map(({ grid, id, after }) => ({
      ref: makeRef(grid, id),
      into: makeRef(grid, Number(after)),
    })),
    conflicts,
    announce: () =>
      session.announce({
        seq,
        grids: [
          ...new Set<GridName>([
            ...touched.list().map(({ grid }) => grid),
            'imports',
            'sources',
            'phones',
            'communications',
            'packs',
          ]),
        ],
      }),
  };
}

const listed = ({ grid, id, field, before, after }: ValueChange): TakenValue => ({
  ref: makeRef(grid, id),
  field,
  before,
  after: after ?? null,
  standing: after !== undefined,
});

function sender(database: Session['writer'], id: string): Copy {
  const copy = listCopies(database).find((each) => each.id === id);
  if (!copy) throw impossible();
  return copy;
}

function mergeChanges(document: ExchangeDocument, changes: readonly Uint8Array[], from: Copy): void {
  const outcome = document.take(changes);
  if (outcome === 'twin') throw twin(from);
  if (outcome === 'gap')
    throw new AppError(
      'exchange.gap',
      `This package rests on work that has not come here. Take the earlier packages of ${copyName(from.number)} first, or ask for a package for this copy.`,
    );
}

/** Groups and rows, once everything is in. Rows of two copies that are the same thing become one. */
function settleRows(
  session: Session,
  { own, seq, touched, hasCalls }: { own: Copy; seq: number; touched: RowSet; hasCalls: boolean },
): ValueChange[] {
  const database = session.writer;
  const joined: ValueChange[] = [];
  let recount = hasCalls;
  const settle = () => {
    for (const row of regroupAll(database)) touched.add(row.grid, row.id);
    if (placeCalls(database)) recount = true;
    for (const { grid, id } of touched.list()) materialise(database, grid, id, seq);
  };
  settle();
  // What is joined may bring further keys together.
  for (;;) {
    const more = joinCopies({ database, own, seq, at: session.clock() }, touched.list());
    joined.push(...more);
    for (const { grid, id, after } of more) {
      touched.add(grid, id);
      touched.add(grid, Number(after));
    }
    if (more.length === 0) break;
    settle();
  }
  if (recount) {
    recountPhones(database);
    for (const { grid, id } of touched.list()) if (grid === 'phones') materialise(database, grid, id, seq);
  }
  return joined;
}

interface Writing {
  from: Copy;
  opened: OpenPackage;
  applied: Applied;
  joined: readonly ValueChange[];
  taker: FrameTaker;
}

/** The entry of the take: what it changed, as any edit says it. */
function writeEntry(session: Session, { from, opened, applied, joined, taker }: Writing): void {
  const { header } = opened;
  const before: Record<string, Record<string, CellValue>> = {};
  const after: Record<string, Record<string, CellValue>> = {};
  const rows = new Map<string, { grid: GridName; id: number }>();
  for (const { grid, id, field, ...change } of [...applied.values, ...joined]) {
    const ref = makeRef(grid, id);
    rows.set(ref, { grid, id });
    before[ref] = { ...before[ref], [field]: change.before };
    after[ref] = { ...after[ref], [field]: change.after ?? null };
  }
  const seq = appendEntry(session, {
    operation: 'collection',
    method: receiveMethod,
    summary: `Took exchange package ${header.number} of ${copyName(from.number)} (${from.name})`,
    before,
    after,
    rows: [
      ...rows.values(),
      ...[...taker.evidence.added, ...applied.importsUndone].map((id) => ({ grid: 'imports' as const, id })),
      ...taker.held.newPacks.map((id) => ({ grid: 'packs' as const, id })),
    ],
  });
  run(
    session.writer,
    `INSERT INTO exchange_package (id, copy, number, for_copy, seq, at, user, file, bytes)
     VALUES (?, ?, ?, NULL, ?, ?, ?, '', ?)`,
    header.id,
    from.id,
    header.number,
    seq,
    session.clock(),
    session.workspace.user.name,
    opened.bytes,
  );
}

function listImports(session: Session, taker: FrameTaker, { importsUndone }: Applied): TakeReport['imports'] {
  const ids = [...new Set([...taker.evidence.added, ...importsUndone])];
  return ids.flatMap((id) =>
    all<{ summary: string; rows: number; state: 'standing' | 'undone' }>(
      session.writer,
      'SELECT summary, rows, state FROM import WHERE id = ?',
      id,
    ).map((row) => ({ ref: makeRef('imports', id), ...row })),
  );
}
