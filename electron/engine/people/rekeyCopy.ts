/** The work of a change of the data key that takes long: a copy of the database under the new key, proved. */
import { writeFileSync } from 'node:fs';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Progress } from '../../../shared/contract/schemas.ts';
import { changeKey, openDatabase } from '../database/connection.ts';
import { get } from '../database/sql.ts';
import { syncFile } from '../workspace/durable.ts';

type Tell = (stage: string, done: number, total: number | null, unit?: Progress['unit']) => void;

/**
 * Writes `next` as the database under the new key. Nothing is at that path before.
 * @throws AppError `workspace.damaged` when the copy is not whole.
 */
export function rekeyCopy(
  database: string,
  next: string,
  key: Buffer,
  newKey: Buffer,
  tell: Tell,
): { bytes: number } {
  // An empty file of the right mode: SQLite keeps it.
  writeFileSync(next, '', { flag: 'wx', mode: 0o600 });
  tell('Copying the database', 0, 3, 'steps');
  const count = (path: string, under: Buffer, work: (opened: ReturnType<typeof openDatabase>) => void) => {
    const opened = openDatabase(path, { key: under, readonly: true });
    try {
      work(opened);
      const entries = get<{ count: number }>(opened, 'SELECT count(*) AS count FROM journal')?.count ?? 0;
      const pages = Number(opened.pragma('page_count', { simple: true }));
      return { entries, bytes: pages * Number(opened.pragma('page_size', { simple: true })) };
    } finally {
      opened.close();
    }
  };
  const before = count(database, key, (opened) => opened.prepare('VACUUM INTO ?').run(next));
  tell('Writing it under the new key', 1, 3, 'steps');
  changeKey(next, key, newKey);
  tell('Checking it', 2, 3, 'steps');
  const after = count(next, newKey, (opened) => {
    if (opened.pragma('quick_check(1)', { simple: true }) !== 'ok') throw notWhole();
  });
  if (after.entries !== before.entries) throw notWhole();
  syncFile(next);
  return { bytes: after.bytes };
}

const notWhole = () =>
  new AppError(
    'workspace.damaged',
    'The database under the new key is not whole, so the key was not changed. Check this workspace, and the disk.',
  );
