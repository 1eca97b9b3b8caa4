/**
 * The record travels whole: every copy keeps the journals of the others beside its own, each verified against its own
 * chain and the keys of its users. Up to the entry at which a copy was made its journal is that of the original.
 */
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ReadDatabase, WriteDatabase } from '../database/connection.ts';
import { all, get, prepare } from '../database/sql.ts';
import type { EntryContent } from '../journal/hash.ts';
import { hashEntry, signatureChecker } from '../journal/hash.ts';
import type { Copy } from './copies.ts';
import { copyName } from './copies.ts';
import type { Frame } from './frames.ts';
import { signersOf } from './signers.ts';

export interface JournalHead {
  seq: number;
  hash: string;
}

const entriesPerFrame = 200;

/** The newest entry of each copy's journal that is here. */
export function readHeadsOfJournals(database: ReadDatabase): Map<string, JournalHead> {
  const copies = all<Pick<Copy, 'id' | 'own' | 'parent' | 'forked_seq' | 'forked_hash'>>(
    database,
    'SELECT id, own, parent, forked_seq, forked_hash FROM exchange_copy',
  );
  const own = copies.find((copy) => copy.own === 1);
  return new Map(
    copies.map((copy): [string, JournalHead] => {
      const newest =
        copy.own === 1
          ? get<JournalHead>(database, 'SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1')
          : get<JournalHead>(
              database,
              'SELECT seq, hash FROM foreign_entry WHERE copy = ? ORDER BY seq DESC LIMIT 1',
              copy.id,
            );
      // This copy's own journal begins with that of the copy it was made from.
      const shared = own?.parent === copy.id ? own : copy;
      return [copy.id, newest ?? { seq: shared.forked_seq, hash: shared.forked_hash }];
    }),
  );
}

/** The hash of an entry of a copy's journal, or undefined where it is not here. */
export function hashOfEntry(
  database: ReadDatabase,
  copies: readonly Copy[],
  copy: string,
  seq: number,
): string | undefined {
  const own = copies.find((each) => each.own === 1);
  const inJournal = copy === own?.id || (copy === own?.parent && seq <= own.forked_seq);
  const found = inJournal
    ? get<{ hash: string }>(database, 'SELECT hash FROM journal WHERE seq = ?', seq)
    : get<{ hash: string }>(database, 'SELECT hash FROM foreign_entry WHERE copy = ? AND seq = ?', copy, seq);
  if (found) return found.hash;
  const asked = copies.find((each) => each.id === copy);
  return asked?.forked_seq === seq ? asked.forked_hash : undefined;
}

interface Travelling {
  seq: number;
  /** The whole entry as JSON; null where an erasure took it. Then `kept` is what is left. */
  content: string | null;
  kept: Kept | null;
  prev_hash: string;
  hash: string;
  signature: string;
}

const operations = [
  'collection',
  'alteration',
  'consultation',
  'disclosure',
  'combination',
  'erasure',
  'session',
] as const;

const Kept = z.strictObject({
  at: z.string().max(40),
  user_id: z.int(),
  user: z.string().max(200),
  operation: z.enum(operations),
  method: z.string().max(100),
});
type Kept = z.infer<typeof Kept>;

const Travelling = z.strictObject({
  seq: z.int().min(1),
  content: z.string().max(32_000_000).nullable(),
  kept: Kept.nullable(),
  prev_hash: z.string().regex(/^[0-9a-f]{64}$/),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  signature: z.base64().max(200),
});
export const EntriesFrame = z.strictObject({
  t: z.literal('entries'),
  copy: z.string(),
  entries: z.array(Travelling).max(entriesPerFrame),
});

const text = z.string().nullable();
const Content = z.object({
  seq: z.int(),
  ...Kept.shape,
  device: z.string().max(300),
  target: text,
  summary: z.string(),
  before: text,
  after: text,
  reason: text,
  recipients: text,
  undoable: z.int(),
  undoes: z.int().nullable(),
  redoes: z.int().nullable(),
});

/** Entries of each copy after the numbers that the receiver has, in their order. */
export function* entryFrames(
  database: ReadDatabase,
  copies: readonly Copy[],
  known: Readonly<Record<string, readonly [number, string]>>,
): Generator<Frame> {
  const own = copies.find((copy) => copy.own === 1);
  // The copies in order of their numbers: the original's journal comes before those that go on from it.
  for (const copy of copies) {
    const after = known[copy.id]?.[0] ?? copy.forked_seq;
    if (copy.own === 1) yield* framesOf(copy.id, ownEntries(database, after, Number.MAX_SAFE_INTEGER));
    else {
      if (copy.id === own?.parent) yield* framesOf(copy.id, ownEntries(database, after, own.forked_seq));
      yield* framesOf(copy.id, foreignEntries(database, copy.id, after));
    }
  }
}

function* framesOf(copy: string, entries: Iterable<Travelling>): Generator<Frame> {
  let held: Travelling[] = [];
  let bytes = 0;
  for (const entry of entries) {
    held.push(entry);
    bytes += entry.content?.length ?? 0;
    if (held.length < entriesPerFrame && bytes < 8_000_000) continue;
    yield { json: { t: 'entries', copy, entries: held }, blob: null };
    held = [];
    bytes = 0;
  }
  if (held.length > 0) yield { json: { t: 'entries', copy, entries: held }, blob: null };
}

function* ownEntries(database: ReadDatabase, after: number, upTo: number): Generator<Travelling> {
  for (let seq = after; ; ) {
    const page = all<EntryContent & Travelling & { erased?: number | null }>(
      database,
      'SELECT * FROM journal WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?',
      seq,
      upTo,
      entriesPerFrame,
    );
    for (const entry of page) {
      const { prev_hash, hash, signature } = entry;
      const isErased = (entry.erased ?? null) !== null;
      yield {
        seq: entry.seq,
        content: isErased ? null : JSON.stringify(Content.parse(entry)),
        kept: isErased ? keptOf(entry) : null,
        prev_hash,
        hash,
        signature,
      };
      seq = entry.seq;
    }
    if (page.length < entriesPerFrame) return;
  }
}

const keptOf = ({ at, user_id, user, operation, method }: EntryContent): Kept =>
  Kept.parse({ at, user_id, user, operation, method });

function* foreignEntries(database: ReadDatabase, copy: string, after: number): Generator<Travelling> {
  for (let seq = after; ; ) {
    const page = all<Travelling & EntryContent>(
      database,
      'SELECT seq, at, user_id, user, operation, method, content, prev_hash, hash, signature FROM foreign_entry WHERE copy = ? AND seq > ? ORDER BY seq LIMIT ?',
      copy,
      seq,
      entriesPerFrame,
    );
    for (const entry of page) {
      const { content, prev_hash, hash, signature } = entry;
      yield {
        seq: entry.seq,
        content,
        kept: content === null ? keptOf(entry) : null,
        prev_hash,
        hash,
        signature,
      };
      seq = entry.seq;
    }
    if (page.length < entriesPerFrame) return;
  }
}

/** What the first entry of another copy's journal of this method about this record says happened; null for none. */
export function readForeignAfter(database: ReadDatabase, method: string, target: string): string | null {
  return (
    get<{ after: string | null }>(
      database,
      `SELECT json_extract(content, '$.after') AS after FROM foreign_entry
       WHERE method = ? AND json_extract(content, '$.target') = ? ORDER BY seq LIMIT 1`,
      method,
      target,
    )?.after ?? null
  );
}

export const twin = (copy: Copy) =>
  new AppError(
    'exchange.twin',
    `There are two workspaces that both say they are ${copyName(copy.number)}: a folder was copied by hand, or an old backup was restored and worked on. Nothing was taken. Keep one of them, make a new copy for the other from the original, and enter there what is only in the other.`,
  );

/** Takes entries of other copies, each proved by the one before it and by its user's key. */
export class EntryTaker {
  private readonly database: WriteDatabase;
  private readonly copies: readonly Copy[];
  private readonly heads: Map<string, JournalHead>;
  private readonly holds = signatureChecker();
  /** Entries that were new. */
  taken = 0;

  constructor(database: WriteDatabase, copies: readonly Copy[]) {
    this.database = database;
    this.copies = copies;
    this.heads = readHeadsOfJournals(database);
  }

  /** @throws AppError `exchange.forged`, `exchange.gap`, `exchange.twin`. */
  take(frame: z.infer<typeof EntriesFrame>): void {
    const copy = this.copies.find((each) => each.id === frame.copy);
    if (!copy) throw broken('names a copy that it does not tell of');
    for (const entry of frame.entries) this.takeOne(copy, entry);
  }

  private takeOne(copy: Copy, entry: z.infer<typeof Travelling>): void {
    const head = this.heads.get(copy.id) ?? { seq: copy.forked_seq, hash: copy.forked_hash };
    if (entry.seq <= head.seq) {
      const known = hashOfEntry(this.database, this.copies, copy.id, entry.seq);
      if (known !== undefined && known !== entry.hash) throw twin(copy);
      return;
    }
    if (copy.own === 1) throw twin(copy);
    if (entry.seq !== head.seq + 1)
      throw new AppError(
        'exchange.gap',
        `Entries ${head.seq + 1} to ${entry.seq - 1} of ${copyName(copy.number)} have not come here. Take its earlier packages first, or ask for a package for this copy.`,
      );
    if (entry.prev_hash !== head.hash) throw twin(copy);
    const content = readContent(entry);
    const signers = signersOf(this.database, copy.id, content.user_id);
    if (!signers.some(({ public_key }) => this.holds(entry.hash, entry.signature, public_key)))
      throw broken(`holds entry ${entry.seq} of ${copyName(copy.number)}, which is not signed by its user`);
    prepare(
      this.database,
      `INSERT INTO foreign_entry (copy, seq, at, user_id, user, operation, method, content, prev_hash, hash, signature)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      copy.id,
      entry.seq,
      content.at,
      content.user_id,
      content.user,
      content.operation,
      content.method,
      entry.content,
      entry.prev_hash,
      entry.hash,
      entry.signature,
    );
    this.heads.set(copy.id, { seq: entry.seq, hash: entry.hash });
    this.taken += 1;
  }
}

const broken = (what: string) =>
  new AppError('exchange.forged', `The package ${what}. Nothing was taken. Ask for it to be made again.`);

function readContent(entry: z.infer<typeof Travelling>): Kept {
  // Of an entry whose content was erased the chain and the signature still prove that it was there.
  if (entry.content === null && entry.kept) return entry.kept;
  let json: unknown;
  try {
    json = JSON.parse(entry.content ?? '');
  } catch {
    throw broken('holds an entry of the journal that cannot be read');
  }
  const content = Content.safeParse(json);
  if (
    !content.success ||
    content.data.seq !== entry.seq ||
    hashEntry(entry.prev_hash, content.data) !== entry.hash
  )
    throw broken(`holds entry ${entry.seq} of a journal, whose content was changed`);
  return content.data;
}
