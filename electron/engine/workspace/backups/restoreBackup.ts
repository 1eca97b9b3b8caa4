/** Makes a workspace from a backup. The folder has its name only when everything in it was proved. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { RestoreReport } from '../../../../shared/contract/areas/backups.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AttemptGate } from '../../people/attempts.ts';
import { diskError, syncFolder, writeNewFile } from '../durable.ts';
import { readHeader } from '../header.ts';
import type { KnownHeads } from '../knownHeads.ts';
import type { Secret } from '../unlock.ts';
import type { Clock } from '../workspace.ts';
import { runApart } from './apart.ts';
import { openManifest, withArchive } from './archiveFile.ts';
import type { Watch } from './backupKeeper.ts';
import { dataKeysOf } from './dataKey.ts';

export interface RestoreWish {
  /** The backup. */
  archive: string;
  /** The workspace folder to be made; nothing but an empty folder may stand there. */
  folder: string;
  /** Of the day of the backup. */
  secret: Secret;
}

/** What a restore needs of the engine. Passphrases are tried on a backup as on its workspace: they count the same. */
interface RestoreParts {
  attempts: AttemptGate;
  heads: KnownHeads;
  clock: Clock;
}

/**
 * @throws AppError `workspace.exists`, `workspace.wrong-passphrase`, `workspace.wait`, `backup.foreign`, `backup.newer`,
 * `backup.damaged`, `workspace.full`, `workspace.read-only`, `workspace.disk`, `cancelled`; nothing is left then.
 */
export async function restoreBackup(
  wish: RestoreWish,
  { attempts, heads, clock }: RestoreParts,
  watch: Watch = {},
): Promise<RestoreReport> {
  const { folder } = wish;
  if (existsSync(folder) && (!statSync(folder).isDirectory() || readdirSync(folder).length > 0))
    throw new AppError(
      'workspace.exists',
      'There is something at that place already, and restoring never writes over anything. Choose another name.',
    );
  const making = `${folder}.restoring-${randomBytes(6).toString('hex')}`;
  try {
    // Before a folder is made: most refusals are of files that are no backup.
    const header = withArchive(wish.archive, (archive) => archive.header);
    mkdirSync(making, { recursive: true, mode: 0o700 });
    writeNewFile(join(making, 'workspace.json'), header);
    const { workspaceId, dataKeys } = await attempts.guard(readHeader(making).workspaceId, clock, () =>
      dataKeysOf(making, wish.secret),
    );
    const dataKey = dataKeys.find((key) => sealHolds(wish.archive, key)) ?? dataKeys[0];
    if (dataKey === undefined) throw new Error('no key');
    try {
      const { manifest } = await runApart(
        { kind: 'restore', archive: wish.archive, database: join(making, 'workspace.db'), workspaceId },
        dataKey,
        watch,
      );
      mkdirSync(join(making, 'backups'), { mode: 0o700 });
      writeNewFile(join(making, 'lock'), '');
      syncFolder(making);
      if (existsSync(folder)) rmdirSync(folder);
      renameSync(making, folder);
      syncFolder(dirname(folder));
      heads.restored(workspaceId, folder, { seq: manifest.entries, hash: manifest.head }, clock());
      return {
        workspace: basename(folder),
        entries: manifest.entries,
        head: manifest.head,
        at: manifest.at,
        verified: true,
      };
    } finally {
      for (const key of dataKeys) key.fill(0);
    }
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    throw diskError(error, 'The restored workspace');
  }
}

function sealHolds(archive: string, dataKey: Buffer): boolean {
  try {
    withArchive(archive, (opened) => openManifest(opened, dataKey));
    return true;
  } catch {
    return false;
  }
}
