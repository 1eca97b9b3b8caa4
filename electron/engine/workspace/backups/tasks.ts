/** What the thread for backups is asked, and what it answers. Structured clones: nothing here has a method. */
import type { ErrorCode } from '../../../../shared/contract/errors.ts';
import type { Progress } from '../../../../shared/contract/schemas.ts';
import type { Manifest, ManifestFacts } from './archiveFile.ts';
import type { DatabaseCheck } from './checkDatabase.ts';

interface BackupTask {
  kind: 'backup';
  database: string;
  /** `workspace.json` as it stands. */
  header: Uint8Array;
  /** Where the finished file is put; `.part` files beside it come and go. */
  path: string;
  facts: Pick<ManifestFacts, 'workspaceId' | 'at' | 'reason'>;
}

interface RestoreTask {
  kind: 'restore';
  archive: string;
  /** Where the database is written. */
  database: string;
  workspaceId: string;
}

interface CheckTask {
  kind: 'check';
  database: string;
  deep: boolean;
  /** Backups to be read back whole, newest first. */
  archives: string[];
}

interface ProveTask {
  kind: 'prove';
  archive: string;
}

interface RekeyTask {
  kind: 'rekey';
  database: string;
  /** Where the database is written under the new key. */
  next: string;
  newKey: Uint8Array;
}

export type Task = BackupTask | RestoreTask | CheckTask | ProveTask | RekeyTask;

export interface Answers {
  backup: { manifest: Manifest; bytes: number; sha256: string };
  restore: { manifest: Manifest };
  /** `good`: which of the archives hold. */
  check: { check: DatabaseCheck; good: boolean[] };
  prove: { good: boolean };
  rekey: { bytes: number };
}

export type Message =
  | Progress
  | { type: 'done'; answer: Answers[keyof Answers] }
  | { type: 'failed'; code: ErrorCode | null; message: string };
