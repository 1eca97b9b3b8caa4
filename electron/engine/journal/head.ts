/** The head of the record: a number and a hash that stand for everything before, kept on paper elsewhere. */
import type { Head, HeadCheck } from '../../../shared/contract/auditSchemas.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { get } from '../database/sql.ts';
import { genesis } from './hash.ts';
import { verifyJournal } from './verify.ts';

/** The newest entry. */
export function readHead(database: ReadDatabase): Head {
  const newest = get<{ seq: number; at: string; hash: string }>(
    database,
    'SELECT seq, at, hash FROM journal ORDER BY seq DESC LIMIT 1',
  ) ?? { seq: 0, at: null, hash: genesis };
  const operation = get<{ name: string | null; marking: string | null }>(
    database,
    'SELECT name, marking FROM operation WHERE id = 1',
  );
  return {
    ...newest,
    groups: groupsOf(newest.hash),
    operation: { name: operation?.name ?? '', marking: operation?.marking ?? 'OFFICIAL-SENSITIVE' },
  };
}

const groupsOf = (hash: string) => hash.match(/.{4}/g) ?? [];

/**
 * Whether this record contains the entry whose hash was printed: the record is checked whole, then looked through.
 * @param printed 64 hexadecimal digits, with blanks as they were printed
 * @param entry number of the entry, as printed: a typing error is then found
 * @throws AppError `usage` for what is no hash
 */
export async function checkHead(
  database: ReadDatabase,
  printed: string,
  entry: number | undefined,
  signal?: AbortSignal,
): Promise<HeadCheck> {
  const hash = printed.toLowerCase().replace(/[\s.:-]/g, '');
  if (!/^[0-9a-f]{64}$/.test(hash))
    throw new AppError(
      'usage',
      'A printed head has 64 characters, 0 to 9 and a to f, in 16 groups of four. Count the groups.',
    );
  const chain = await verifyJournal(database, signal, () => undefined);
  const found = get<{ seq: number; at: string }>(
    database,
    `SELECT seq, at FROM journal WHERE hash = ?${entry === undefined ? '' : ' AND seq = ?'}`,
    hash,
    ...(entry === undefined ? [] : [entry]),
  );
  const near =
    found || entry === undefined
      ? null
      : get<{ hash: string }>(database, 'SELECT hash FROM journal WHERE seq = ?', entry);
  return {
    state: !chain.ok ? 'broken' : found ? 'whole' : 'missing',
    seq: found?.seq ?? null,
    at: found?.at ?? null,
    since: found ? chain.entries - found.seq : 0,
    typingError: near ? onlyDifference(groupsOf(near.hash), groupsOf(hash)) : null,
    firstBroken: chain.firstBroken,
  };
}

/** The one group, from 1, in which two hashes differ; null where they differ in more. */
function onlyDifference(one: readonly string[], other: readonly string[]): number | null {
  const places = one.flatMap((group, index) => (group === other[index] ? [] : [index + 1]));
  return places.length === 1 ? (places[0] ?? null) : null;
}
