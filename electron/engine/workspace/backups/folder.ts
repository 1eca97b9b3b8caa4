/**
 * The folder `backups` of a workspace: names, order, and which files stay.
 *
 * A name is `000812-20261130T031143Z-regular.fellside-backup`: entries of the journal inside, when, why. The entries
 * come first because they only ever grow: a clock that went backwards changes no order and no age.
 */
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupItem, BackupSettings } from '../../../../shared/contract/areas/backups.ts';
import { BackupReason } from '../../../../shared/contract/areas/backups.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { syncFolder } from '../durable.ts';
import { openManifest, withArchive } from './archiveFile.ts';

export const backupExtension = 'fellside-backup';
const pattern =
  /^(\d{6,12})-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-([a-z-]+?)(?:\.(\d{1,4}))?\.fellside-backup$/;

export const backupsFolder = (workspace: string) => join(workspace, 'backups');

const plainTime = (at: string) => at.replace(/\.\d+Z$/, 'Z').replace(/[-:]/g, '');

/** A name that is free in the folder. `at` is an ISO instant. */
export function newBackupName(workspace: string, entries: number, at: string, reason: BackupReason): string {
  const time = new Date(at);
  const stem = `${String(entries).padStart(6, '0')}-${plainTime(Number.isNaN(time.getTime()) ? '1970-01-01T00:00:00Z' : time.toISOString())}-${reason}`;
  const taken = new Set(listNames(workspace));
  for (let number = 1; number < 10_000; number += 1) {
    const name = `${stem}${number === 1 ? '' : `.${number}`}.${backupExtension}`;
    if (!taken.has(name)) return name;
  }
  throw new AppError(
    'workspace.exists',
    'There are too many backups of this moment. Remove some and try again.',
  );
}

export function makeBackupsFolder(workspace: string): void {
  mkdirSync(backupsFolder(workspace), { recursive: true, mode: 0o700 });
}

/**
 * The path of a backup that a user named. Only names of the folder's own form are taken: no name leads elsewhere.
 * @throws AppError `not-found`.
 */
export function backupPath(workspace: string, name: string): string {
  if (!pattern.test(name) || !listNames(workspace).includes(name))
    throw new AppError(
      'not-found',
      'There is no backup of that name in the workspace. "backup WORKSPACE --list" lists them.',
    );
  return join(backupsFolder(workspace), name);
}

function listNames(workspace: string): string[] {
  try {
    return readdirSync(backupsFolder(workspace)).filter((name) => pattern.test(name));
  } catch {
    return [];
  }
}

/** What a killed process left half written. Call under the lock of the workspace. */
export function removeHalfWritten(workspace: string): void {
  try {
    for (const name of readdirSync(backupsFolder(workspace))) {
      const path = join(backupsFolder(workspace), name);
      if (name.endsWith('.part') || (pattern.test(name) && statSync(path).size === 0))
        rmSync(path, { force: true });
    }
  } catch {
    // A folder that cannot be read or written now is said when a backup is made.
  }
}

/** Backups, newest first. With the key of the workspace their seals are proved; nothing is read whole. */
export function listBackups(workspace: string, dataKey: Buffer | null): BackupItem[] {
  return listNames(workspace)
    .flatMap((name) => {
      const item = readItem(workspace, name, dataKey);
      return item ? [item] : [];
    })
    .sort(newestFirst);
}

export function newestFirst(one: BackupItem, other: BackupItem): number {
  return other.entries - one.entries || other.at.localeCompare(one.at) || other.name.localeCompare(one.name);
}

function readItem(workspace: string, name: string, dataKey: Buffer | null): BackupItem | null {
  const parts = pattern.exec(name);
  const reason = BackupReason.safeParse(parts?.[8]);
  if (!parts || !reason.success) return null;
  const path = join(backupsFolder(workspace), name);
  try {
    const bytes = statSync(path).size;
    if (bytes === 0) return null;
    const [, entries, year, month, day, hour, minute, second] = parts;
    const item: BackupItem = {
      name,
      at: `${year}-${month}-${day}T${hour}:${minute}:${second}Z`,
      reason: reason.data,
      bytes,
      entries: Number(entries),
      state: 'unknown',
    };
    if (dataKey === null) return item;
    return { ...item, ...sealedFacts(path, dataKey) };
  } catch {
    return null;
  }
}

function sealedFacts(path: string, dataKey: Buffer): Pick<BackupItem, 'state'> & Partial<BackupItem> {
  try {
    const { at, entries } = withArchive(path, (archive) => openManifest(archive, dataKey));
    return { state: 'verified', at, entries };
  } catch {
    return { state: 'other-key' };
  }
}

/**
 * Which backups stay: the newest, one for each of so many days and weeks that have any, within the space; days are
 * those of the backups, never the clock's today. The newest good one stays whatever the settings say.
 */
export function chooseToRemove(backups: readonly BackupItem[], settings: BackupSettings): BackupItem[] {
  const ordered = [...backups].sort(newestFirst);
  const keep = new Set<BackupItem>(ordered.slice(0, settings.newest));
  keepOnePer(ordered, keep, settings.days, (item) => item.at.slice(0, 10));
  keepOnePer(ordered, keep, settings.weeks, (item) => weekOf(item.at));
  let room = settings.megabytes * 1_000_000;
  for (const item of ordered) {
    if (!keep.has(item)) continue;
    room -= item.bytes;
    if (room < 0) keep.delete(item);
  }
  const lastGood = ordered.find((item) => item.state === 'verified');
  if (lastGood) keep.add(lastGood);
  return ordered.filter((item) => !keep.has(item));
}

function keepOnePer(
  ordered: readonly BackupItem[],
  keep: Set<BackupItem>,
  limit: number,
  spanOf: (item: BackupItem) => string,
): void {
  const seen = new Set<string>();
  for (const item of ordered) {
    const span = spanOf(item);
    if (seen.has(span)) continue;
    if (seen.size === limit) return;
    seen.add(span);
    keep.add(item);
  }
}

/** The Monday of the week of an instant, as a day. */
function weekOf(at: string): string {
  const day = new Date(`${at.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return at.slice(0, 10);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
}

export function removeBackups(workspace: string, backups: readonly BackupItem[]): void {
  for (const { name } of backups) rmSync(join(backupsFolder(workspace), name), { force: true });
  if (backups.length > 0) syncFolder(backupsFolder(workspace));
}

/** A clock that went backwards makes a backup due as well: what lies in the future is of no known age. */
export function isDue(madeAt: string, now: string, everyHours: number): boolean {
  const hours = (Date.parse(now) - Date.parse(madeAt)) / 3_600_000;
  return Number.isNaN(hours) || hours >= everyHours || hours < -1;
}
