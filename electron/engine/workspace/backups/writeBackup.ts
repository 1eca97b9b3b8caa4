/** Makes one backup file of a workspace and proves it. */
import { closeSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BackupReason, BackupReport } from '../../../../shared/contract/areas/backups.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { diskError } from '../durable.ts';
import { runApart } from './apart.ts';
import type { Watch } from './backupKeeper.ts';
import { backupsFolder, makeBackupsFolder, newBackupName } from './folder.ts';

export interface BackupSource {
  folder: string;
  workspaceId: string;
  dataKey: Buffer;
}

/**
 * Writes a backup to a path at which nothing stands, reads it back and proves it before it has its name. Edits go on
 * meanwhile: what is copied is one state of the database.
 * @throws AppError `workspace.exists`, `workspace.full`, `workspace.read-only`, `workspace.disk`, `workspace.damaged`,
 * `cancelled`; nothing is left then.
 */
export async function writeBackup(
  source: BackupSource,
  path: string,
  facts: { at: string; reason: BackupReason },
  watch: Watch = {},
): Promise<BackupReport> {
  try {
    takeName(path);
  } catch (error) {
    throw diskError(error, 'The backup');
  }
  try {
    const header = Uint8Array.from(readFileSync(join(source.folder, 'workspace.json')));
    const { manifest, bytes, sha256 } = await runApart(
      {
        kind: 'backup',
        database: join(source.folder, 'workspace.db'),
        header,
        path,
        facts: { workspaceId: source.workspaceId, ...facts },
      },
      source.dataKey,
      watch,
    );
    return {
      file: basename(path),
      bytes,
      sha256,
      entries: manifest.entries,
      head: manifest.head,
      at: facts.at,
    };
  } catch (error) {
    // A stopped thread cannot clear up behind itself. What has its name and content was proved before it was stopped.
    for (const left of [`${path}.part`, `${path}.copy.part`]) rmSync(left, { force: true });
    if (statSync(path, { throwIfNoEntry: false })?.size === 0) rmSync(path, { force: true });
    throw diskError(error, 'The backup');
  }
}

/** As `writeBackup`, into the workspace's own folder, under a name that tells what is inside. */
export async function writeOwnBackup(
  source: BackupSource,
  entries: number,
  facts: { at: string; reason: BackupReason },
  watch: Watch = {},
): Promise<BackupReport> {
  try {
    makeBackupsFolder(source.folder);
  } catch (error) {
    throw diskError(error, 'The backup');
  }
  const name = newBackupName(source.folder, entries, facts.at, facts.reason);
  return writeBackup(source, join(backupsFolder(source.folder), name), facts, watch);
}

/** Makes an empty file of this name. One that a killed process left empty is taken over. */
function takeName(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
    const found = statSync(path);
    if (!found.isFile() || found.size > 0)
      throw new AppError(
        'workspace.exists',
        'There is something of that name already, and a backup never writes over anything. Choose another name.',
      );
  }
}
