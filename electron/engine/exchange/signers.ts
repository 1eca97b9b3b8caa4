/** By whose keys packages and journals of other copies are proved. */
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ReadDatabase, WriteDatabase } from '../database/connection.ts';
import { all, get, run } from '../database/sql.ts';

export interface Signer {
  copy: string;
  user_id: number;
  public_key: string;
  name: string;
  role: 'lead' | 'analyst' | 'reader';
}

export const SignerShape = z.strictObject({
  copy: z.string().regex(/^[0-9a-f]{32}$/),
  user_id: z.int().min(1),
  public_key: z.base64().max(200),
  name: z.string().min(1).max(200),
  role: z.enum(['lead', 'analyst', 'reader']),
});

/** Each key that a user of this copy has had, with what was said of them last under it. */
const rosterKeys = `SELECT user_id, signing_key, name, role, removed, max(number) FROM roster GROUP BY user_id, signing_key`;

/** Every user of every copy, as this copy knows them. */
export function readSigners(database: ReadDatabase, own: string): Signer[] {
  return all<Signer>(
    database,
    `SELECT ? AS copy, user_id, signing_key AS public_key, name, role FROM (${rosterKeys})
     UNION SELECT copy, user_id, public_key, name, role FROM exchange_signer ORDER BY 1, 2, 3`,
    own,
  );
}

/** The keys of a user of a copy. Users of the past that copies share are known without having been told. */
export function signersOf(database: ReadDatabase, copy: string, user: number): Signer[] {
  const told = all<Signer>(
    database,
    'SELECT copy, user_id, public_key, name, role FROM exchange_signer WHERE copy = ? AND user_id = ?',
    copy,
    user,
  );
  return told.length > 0
    ? told
    : all<Signer>(
        database,
        `SELECT ? AS copy, user_id, signing_key AS public_key, name, role FROM (${rosterKeys}) WHERE user_id = ?`,
        copy,
        user,
      );
}

/** Whether the holder of a key was removed from the workspace here. */
export const isRemoved = (database: ReadDatabase, { user_id, public_key }: Signer) =>
  get<{ removed: number }>(
    database,
    `SELECT removed FROM (${rosterKeys}) WHERE user_id = ? AND signing_key = ?`,
    user_id,
    public_key,
  )?.removed === 1;

/**
 * Keeps the users of other copies. Someone new is believed on the word of a lead alone.
 * @throws AppError `exchange.forged`.
 */
export function keepSigners(
  database: WriteDatabase,
  own: string,
  signers: readonly Signer[],
  by: Pick<Signer, 'role'>,
): void {
  for (const { copy, user_id, public_key, name, role } of signers) {
    if (copy === own) continue;
    const known = get<{ role: Signer['role'] }>(
      database,
      `SELECT role FROM (${rosterKeys}) WHERE user_id = ? AND signing_key = ?
       UNION ALL SELECT role FROM exchange_signer WHERE user_id = ? AND public_key = ?`,
      user_id,
      public_key,
      user_id,
      public_key,
    );
    if (!known && by.role !== 'lead')
      throw new AppError(
        'exchange.forged',
        'The package tells of a user whom this copy does not know, and no lead has signed it. Nothing was taken. Ask a lead to make the package.',
      );
    // Roles too: an analyst's package makes nobody a lead.
    const isTold = by.role === 'lead';
    run(
      database,
      `INSERT INTO exchange_signer (copy, user_id, public_key, name, role) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (copy, user_id, public_key) DO UPDATE SET name = excluded.name, role = excluded.role`,
      copy,
      user_id,
      public_key,
      name,
      isTold ? role : (known?.role ?? 'reader'),
    );
  }
}
