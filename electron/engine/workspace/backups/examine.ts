/** The check of a whole workspace, open or not, and what to do about what it finds. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupItem, IntegrityReport } from '../../../../shared/contract/areas/backups.ts';
import { formatDateTime } from '../../../../shared/domain/dates.ts';
import { openDatabase, opensUnder } from '../../database/connection.ts';
import { diskError } from '../durable.ts';
import type { KnownHeads } from '../knownHeads.ts';
import { lineageWords } from '../lineage.ts';
import { takeLock } from '../lock.ts';
import { runApart } from './apart.ts';
import type { Watch } from './backupKeeper.ts';
import { dataKeysOf } from './dataKey.ts';
import { backupsFolder, listBackups } from './folder.ts';

export interface Examined {
  folder: string;
  workspaceId: string;
  dataKey: Buffer;
}

/** Checks a workspace and its backups. `deep` takes several times as long. Writes nothing. */
export async function checkWorkspace(
  { folder, workspaceId, dataKey }: Examined,
  heads: KnownHeads,
  deep: boolean,
  watch: Watch = {},
): Promise<IntegrityReport> {
  const backups = listBackups(folder, dataKey).filter(({ state }) => state === 'verified');
  const database = join(folder, 'workspace.db');
  const pathOf = ({ name }: BackupItem) => join(backupsFolder(folder), name);
  try {
    const { check, good } = await runApart(
      { kind: 'check', database, deep, archives: deep ? backups.map(pathOf) : [] },
      dataKey,
      watch,
    );
    const report: IntegrityReport = {
      ...check,
      checked: { ...check.checked, backups: good.length },
      notices: [],
      backup: null,
      advice: null,
    };
    lineageOf({ folder, workspaceId, dataKey }, heads, report);
    backups.forEach(({ name }, index) => {
      if (good[index] === false)
        report.problems.push({
          part: 'backups',
          what: `The backup ${name} is damaged. Take it away from the others.`,
        });
    });
    report.ok = report.problems.length === 0;
    const harmed = report.problems.some(({ part }) => part !== 'backups');
    if (harmed) await advise(report, backups, pathOf, dataKey, good, watch);
    return report;
  } catch (error) {
    throw diskError(error, 'The check');
  }
}

/** Reads backups back whole, newest first, until one holds, and says what to do with it. */
async function advise(
  report: IntegrityReport,
  backups: readonly BackupItem[],
  pathOf: (item: BackupItem) => string,
  dataKey: Buffer,
  good: readonly boolean[],
  watch: Watch,
): Promise<void> {
  for (const [index, item] of backups.entries()) {
    const holds =
      good[index] ?? (await runApart({ kind: 'prove', archive: pathOf(item) }, dataKey, watch)).good;
    if (!holds) continue;
    report.backup = item;
    report.advice = `Keep this folder as it is. Restore the backup of ${formatDateTime(item.at.slice(0, 16))} (entry ${item.entries}) under another name, compare what was done since then, and enter it again.`;
    return;
  }
  report.advice =
    'No backup in this folder is good under its key. Keep the folder as it is and look for a backup file elsewhere.';
}

function lineageOf(examined: Examined, heads: KnownHeads, report: IntegrityReport): void {
  try {
    const reader = openDatabase(join(examined.folder, 'workspace.db'), {
      key: examined.dataKey,
      readonly: true,
    });
    try {
      const lineage = heads.judge(examined.workspaceId, examined.folder, reader);
      if (lineage.kind !== 'known') report.problems.push({ part: 'copy', what: lineageWords(lineage) });
      const newer = heads.newerElsewhere(examined.workspaceId, examined.folder, reader);
      if (newer)
        report.notices.push(
          `Another copy of this workspace was opened on this machine on ${formatDateTime(newer.at.slice(0, 16))}: it had ${newer.seq} entries.`,
        );
    } finally {
      reader.close();
    }
  } catch {
    // A database that does not open is named by the check itself.
  }
}

/** As `checkWorkspace`, for a workspace that is not open, whether or not it would open. */
export async function examineFolder(
  folder: string,
  passphrase: string,
  heads: KnownHeads,
  deep: boolean,
  watch: Watch = {},
): Promise<IntegrityReport> {
  const lock = takeLock(folder);
  try {
    const { workspaceId, dataKeys } = await dataKeysOf(folder, passphrase);
    const dataKey = dataKeys.find((key) => opensUnder(join(folder, 'workspace.db'), key)) ?? dataKeys[0];
    if (dataKey === undefined) throw new Error('no key');
    try {
      const report = await checkWorkspace({ folder, workspaceId, dataKey }, heads, deep, watch);
      if (!existsSync(join(folder, 'workspace.db')))
        report.problems.unshift({
          part: 'folder',
          what: 'workspace.db is missing from the workspace folder.',
        });
      return report;
    } finally {
      for (const key of dataKeys) key.fill(0);
    }
  } finally {
    lock.release();
  }
}
