/** What a handler works with while a workspace is open. Built by `createEngine`, passed as an argument. */
import type { ReadDatabase, WriteDatabase } from './database/connection.ts';
import type { Reads } from './journal/looks.ts';
import type { PlanRows, RowsChanged } from './plan/planRows.ts';
import type { BackupKeeper } from './workspace/backups/backupKeeper.ts';
import type { Clock, Workspace } from './workspace/workspace.ts';

export interface Session {
  workspace: Workspace;
  reader: ReadDatabase;
  writer: WriteDatabase;
  clock: Clock;
  device: string;
  /** Runs one change at a time: the next starts when the one before has committed or rolled back. */
  exclusively<T>(work: () => Promise<T> | T): Promise<T>;
  /** Tells open pages what changed; `rows` where it is known that nothing else did. */
  announce(change: RowsChanged & { seq: number }): void;
  /** Keeps an error that nobody waits for, for the developer's reference. */
  keepError(error: unknown): void;
  /** Forgets cached counts and page positions; called after each committed change. */
  caches: Map<string, unknown>;
  /** Rows of the plan as the rules last read them. */
  planRows: PlanRows;
  /** Makes backups: asked, before what cannot be undone, and when one is due. */
  backups: BackupKeeper;
  /** What the user has looked at, and why. */
  reads: Reads;
}

/** Local date of the engine's clock, ISO: 'today' for every rule that needs one. */
export function today(session: Pick<Session, 'clock'>): string {
  const now = new Date(session.clock());
  const two = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Local date and time of the engine's clock, ISO without zone: 'now' for every period that runs. */
export function now(session: Pick<Session, 'clock'>): string {
  const at = session.clock();
  const time = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${today({ clock: () => at })}T${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}
