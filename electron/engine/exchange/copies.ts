/**
 * Exchange: work goes between copies of an operation on machines that never meet, by packages on a stick.
 *
 * A copy is a workspace of its own with the same operation, users and past. It has a number, from which all its row
 * numbers count (`nextNumber`), and a random identity. The first workspace is copy 0; it alone makes copies, so that no
 * number is given twice. A folder that was copied by hand has the same identity as another: that shows when packages
 * meet (`checkTwins`).
 */
import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { copyLetters } from '../../../shared/grid/grids.ts';
import type { ReadDatabase, WriteDatabase } from '../database/connection.ts';
import { all, get, run } from '../database/sql.ts';
import { genesis } from '../journal/hash.ts';
import type { Session } from '../session.ts';

export const mostCopies = 300;

export interface Copy {
  id: string;
  number: number;
  name: string;
  own: 0 | 1;
  /** The copy it was made from, and the last entry of that one's journal that is also its own. Null for the first. */
  parent: string | null;
  forked_seq: number;
  forked_hash: string;
  made_at: string;
  made_by: string;
}

/** A copy as packages tell of it. */
export const CopyShape = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{32}$/),
  number: z.int().min(0).max(mostCopies),
  name: z.string().min(1).max(100),
  parent: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .nullable(),
  forked_seq: z.int().min(0),
  forked_hash: z.string().regex(/^[0-9a-f]{64}$/),
  made_at: z.string().max(40),
  made_by: z.string().max(200),
});

const columns = 'id, number, name, own, parent, forked_seq, forked_hash, made_at, made_by';

/** Every copy that is known here, by number. */
export const listCopies = (database: ReadDatabase): Copy[] =>
  all<Copy>(database, `SELECT ${columns} FROM exchange_copy ORDER BY number`);

/** Letters of a copy as people write them; the original has `0`. */
export const lettersOf = (number: number) => (number === 0 ? '0' : copyLetters(number));

/** `copy A`, or `the original` for copy 0. */
export const copyName = (number: number) => (number === 0 ? 'the original' : `copy ${copyLetters(number)}`);

/** This copy; a workspace of which no copy was ever made has none. */
export const readOwnCopy = (database: ReadDatabase): Copy | undefined =>
  get<Copy>(database, `SELECT ${columns} FROM exchange_copy WHERE own = 1`);

/** This copy, named on first use: then it is the original. Inside a transaction. */
export function ownCopy(session: Session): Copy {
  const known = readOwnCopy(session.writer);
  if (known) return known;
  const copy: Copy = {
    id: randomBytes(16).toString('hex'),
    number: 0,
    name: 'Original',
    own: 1,
    parent: null,
    forked_seq: 0,
    forked_hash: genesis,
    made_at: session.clock(),
    made_by: session.workspace.user.name,
  };
  insertCopy(session.writer, copy);
  return copy;
}

export function insertCopy(database: WriteDatabase, copy: Copy): void {
  run(
    database,
    `INSERT INTO exchange_copy (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    copy.id,
    copy.number,
    copy.name,
    copy.own,
    copy.parent,
    copy.forked_seq,
    copy.forked_hash,
    copy.made_at,
    copy.made_by,
  );
}

export interface ExchangeKey {
  id: string;
  key: Buffer;
  made_at: string;
}

/** The keys that seal packages, the newest first. */
export const readKeys = (database: ReadDatabase): ExchangeKey[] =>
  all<ExchangeKey>(database, 'SELECT id, key, made_at FROM exchange_key ORDER BY made_at DESC, id DESC');

/** Adds a key under which packages are sealed from now on. Its id follows from the key. Inside a transaction. */
export function addKey(database: WriteDatabase, key: Buffer, at: string): ExchangeKey {
  const id = createHash('sha256').update('fellside/1/exchange-key\0').update(key).digest('hex').slice(0, 32);
  run(database, 'INSERT OR IGNORE INTO exchange_key (id, key, made_at) VALUES (?, ?, ?)', id, key, at);
  return { id, key, made_at: at };
}

/** The keys, made at first use. Inside a transaction. */
export function ensureKeys(session: Session): ExchangeKey[] {
  const keys = readKeys(session.writer);
  return keys.length > 0 ? keys : [addKey(session.writer, randomBytes(32), session.clock())];
}
