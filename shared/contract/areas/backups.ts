/** Backups, restoring, and the check that a workspace is whole. */
import { z } from 'zod';
import { longWork } from '../longWork.ts';
import { analyst, anyone, lead, reader } from '../needs.ts';
import { Grant, Passphrase, VerifyReport } from '../schemas.ts';

/** Why a backup was made. `file` is one that a user wrote to a place of their own. */
export const BackupReason = z.enum([
  'regular',
  'import',
  'asked',
  'file',
  'before-migration',
  'before-receiving',
]);
export type BackupReason = z.infer<typeof BackupReason>;

/** One backup in the folder `backups` of a workspace. */
export const BackupItem = z.object({
  /** Name of the file in the folder; what `restore --from` takes. */
  name: z.string(),
  at: z.string(),
  reason: BackupReason,
  bytes: z.number(),
  /** Entries of the journal inside. */
  entries: z.number(),
  /**
   * `verified`: its seal holds under the key of this workspace. `other-key`: made under an earlier key, or damaged;
   * only its own passphrase tells. `unknown`: no key is at hand.
   */
  state: z.enum(['verified', 'other-key', 'unknown']),
});
export type BackupItem = z.infer<typeof BackupItem>;

export const BackupSettings = z.strictObject({
  /** A backup is made on opening when the last one is older than this many hours. */
  everyHours: z.int().min(1).max(720),
  /** A backup is made after an import of at least this many rows. */
  afterRows: z.int().min(1).max(100_000_000),
  /** How many of the newest are kept, then one for each of so many days, then for each of so many weeks. */
  newest: z.int().min(1).max(50),
  days: z.int().min(0).max(60),
  weeks: z.int().min(0).max(52),
  /** All of them together take at most this much; the newest good one always stays. */
  megabytes: z.int().min(50).max(1_000_000),
});
export type BackupSettings = z.infer<typeof BackupSettings>;

export const BackupReport = z.object({
  file: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  /** Entries of the journal inside, and the hash of the newest. */
  entries: z.number(),
  head: z.string().nullable(),
  at: z.string(),
});
export type BackupReport = z.infer<typeof BackupReport>;

export const RestoreReport = z.object({
  /** Name of the folder that was made. */
  workspace: z.string(),
  entries: z.number(),
  head: z.string().nullable(),
  /** When the backup was made. */
  at: z.string(),
  verified: z.literal(true),
});
export type RestoreReport = z.infer<typeof RestoreReport>;

/** Something that does not hold, in words. */
export const IntegrityProblem = z.object({
  part: z.enum(['folder', 'pages', 'schema', 'journal', 'files', 'packs', 'photographs', 'copy', 'backups']),
  what: z.string(),
});
export type IntegrityProblem = z.infer<typeof IntegrityProblem>;

export const IntegrityReport = VerifyReport.extend({
  problems: z.array(IntegrityProblem),
  checked: z.object({
    pages: z.number(),
    files: z.number(),
    packs: z.number(),
    photographs: z.number(),
    backups: z.number(),
  }),
  /** Things to know that are no damage, such as a newer copy that was opened elsewhere on this machine. */
  notices: z.array(z.string()),
  /** The newest backup that is good, and what to do with it; null where nothing is broken or none is there. */
  backup: BackupItem.nullable(),
  advice: z.string().nullable(),
});
export type IntegrityReport = z.infer<typeof IntegrityReport>;

const BackupName = z.string().max(120);

/** What is restored, and the folder to be made. */
const restoring = {
  from: z.union([z.strictObject({ file: Grant }), z.strictObject({ workspace: Grant, name: BackupName })]),
  folder: Grant,
};

export const backupsContract = {
  /** Backups of the open workspace, newest first. */
  list: reader.output(
    z.object({
      backups: z.array(BackupItem),
      settings: BackupSettings,
      /** The newest is older than the setting says, or there is none. */
      due: z.boolean(),
      /** Why the last backup that nobody asked for failed, in words. */
      failure: z.string().nullable(),
      bytes: z.number(),
    }),
  ),
  /** Backs up into the workspace's own folder. */
  make: analyst.output(longWork(BackupReport)),
  /** One encrypted file in a folder of the user's choice; journaled as a disclosure. */
  toFile: analyst
    .input(
      z.strictObject({
        folder: Grant,
        name: z.string().min(1).max(200).optional(),
        reason: z.string().trim().min(1).max(1000),
      }),
    )
    .output(longWork(BackupReport)),
  saveSettings: lead.input(BackupSettings).output(BackupSettings),
  /** Looks at every page, the whole journal and all that is kept whole; `deep` also at indexes and references. */
  check: reader.input(z.strictObject({ deep: z.boolean() })).output(longWork(IntegrityReport)),
  /** As `check`, of a workspace that does not open. Needs no open workspace, and writes nothing. */
  examine: anyone
    .input(z.strictObject({ grant: Grant, passphrase: Passphrase, deep: z.boolean() }))
    .output(longWork(IntegrityReport)),
  /** The backups in the folder of a workspace that is not open, newest first: without a key their seals stay unproved. */
  found: anyone.input(z.strictObject({ grant: Grant })).output(z.object({ backups: z.array(BackupItem) })),
  /** Makes a workspace from a backup, and only when all of it holds. Never writes over anything. */
  restore: anyone
    .input(
      z.union([
        z.strictObject({ ...restoring, passphrase: Passphrase }),
        z.strictObject({ ...restoring, recoveryKey: z.string().max(200) }),
      ]),
    )
    .output(longWork(RestoreReport)),
} as const;
