/** What a session knows of the keeper of its backups; apart from it, since the keeper knows the session. */
import type { BackupReason, BackupReport } from '../../../../shared/contract/areas/backups.ts';
import type { Progress } from '../../../../shared/contract/schemas.ts';

/** How long work is watched and stopped. */
export interface Watch {
  signal?: AbortSignal | undefined;
  progress?: ((progress: Progress) => void) | undefined;
}

/**
 * Who makes backups unasked: nobody; the session, beside the work; or the session when it closes, which a command
 * waits for.
 */
export type BackupMode = 'none' | 'background' | 'on-closing';

/** A backup outside: in which folder, under which name, and why. */
interface FileWish {
  folder: string;
  name?: string | undefined;
  reason: string;
}

export interface BackupKeeper {
  /**
   * Makes a backup in the workspace's folder and removes what the settings no longer keep. Call it before
   * `session.exclusively`, never inside: its entry waits for the writer.
   */
  make(reason: BackupReason, watch?: Watch): Promise<BackupReport>;
  /** Writes a backup into a folder of the user's choice. */
  toFile(wish: FileWish, watch?: Watch): Promise<BackupReport>;
  /**
   * Does work on the files of the workspace that no backup may meet: those that run end first, others wait. Call it
   * before `session.exclusively`, never inside.
   */
  between<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Told of every change: a large import or the time may ask for a backup. */
  noteChange(seq: number): void;
  isDue(): boolean;
  /** Why the last backup that nobody asked for failed, in words; null where it did not. */
  failure(): string | null;
  /** Ends what runs, or makes what is due, as the mode says. */
  close(): Promise<void>;
}
