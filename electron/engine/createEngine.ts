/**
 * All that hosts import: builds the engine and gives its router. Things are made in order and passed as
 * arguments; nothing of an engine lives outside it.
 */
import { hostname } from 'node:os';
import type { LockReason } from '../../shared/contract/lockReason.ts';
import type { ChangeEvent } from '../../shared/contract/schemas.ts';
import type { GridName } from '../../shared/grid/types.ts';
import type { EngineContext } from './context.ts';
import { procedures } from './context.ts';
import type { Grants } from './grants.ts';
import { createGrants } from './grants.ts';
import { auditHandlers } from './handlers/audit.ts';
import { backupsHandlers } from './handlers/backups.ts';
import { briefingHandlers } from './handlers/briefing.ts';
import { callsHandlers } from './handlers/calls.ts';
import { chartHandlers } from './handlers/chart.ts';
import { closingHandlers } from './handlers/closing.ts';
import { draftsHandlers } from './handlers/drafts.ts';
import { exchangeHandlers } from './handlers/exchange.ts';
import { gridHandlers } from './handlers/grids.ts';
import { historyHandlers } from './handlers/history.ts';
import { importHandlers } from './handlers/imports.ts';
import { lockingHandlers } from './handlers/locking.ts';
import { mappingHandlers } from './handlers/mappings.ts';
import { matchingHandlers } from './handlers/matching.ts';
import { networkHandlers } from './handlers/network.ts';
import { operationHandlers } from './handlers/operation.ts';
import { packHandlers } from './handlers/packs.ts';
import { picturesHandlers } from './handlers/pictures.ts';
import { placesHandlers } from './handlers/places.ts';
import { planHandlers } from './handlers/plan.ts';
import { prioritiesHandlers } from './handlers/priorities.ts';
import { recordHandlers } from './handlers/records.ts';
import { searchHandlers } from './handlers/search.ts';
import { sourceHandlers } from './handlers/sources.ts';
import { tableHandlers } from './handlers/tables.ts';
import { timelineHandlers } from './handlers/timeline.ts';
import { usersHandlers } from './handlers/users.ts';
import { workspaceHandlers } from './handlers/workspace.ts';
import { createPreviewCursors } from './intake/rowPreview/previewCursors.ts';
import { appendEntry, undoState } from './journal/journal.ts';
import { createReads } from './journal/looks.ts';
import { settleReads } from './journal/reads.ts';
import { createAttemptGate } from './people/attempts.ts';
import type { RowsChanged } from './plan/planRows.ts';
import { createPlanRows } from './plan/planRows.ts';
import { createQueue } from './queue.ts';
import { createRecents } from './recents.ts';
import { searchIndexOf } from './search/searchIndex.ts';
import type { Session } from './session.ts';
import type { BackupMode } from './workspace/backups/backupKeeper.ts';
import { createBackupKeeper } from './workspace/backups/keeper.ts';
import type { KdfCost, MeasureKdf } from './workspace/kdf.ts';
import { calibrateKdf } from './workspace/kdf.ts';
import { createKnownHeads } from './workspace/knownHeads.ts';
import { readHead } from './workspace/recentEntries.ts';
import type { Clock, Workspace } from './workspace/workspace.ts';

export interface EngineOptions {
  clock?: Clock;
  device?: string;
  /** File in which the list of recent workspaces is kept; null keeps none. */
  recentsFile?: string | null;
  /** Folder in which the heads of journals seen on this machine are kept; null keeps none. */
  headsFolder?: string | null;
  /** File in which wrong passphrases are counted; null counts them in memory alone. */
  attemptsFile?: string | null;
  /** Measures what a derivation of a key costs here; tests give the answer of a slow machine. */
  measureKdf?: MeasureKdf;
  /** Who makes backups unasked. */
  backups?: BackupMode;
  /** Told of the folder of the workspace that is open from now on, or null where none is. */
  onWorkspace?: (folder: string | null) => void;
  /** Folder of pack templates and fonts, where it is not beside the sources. */
  resources?: string;
}

export interface Engine {
  router: ReturnType<typeof buildRouter>;
  context: EngineContext;
  grants: Grants;
  /** Keeps an unexpected error out of the user's sight and returns the reference to quote. */
  keepInternal(error: unknown): string;
  internalErrors(): readonly { reference: string; stack: string }[];
  close(): Promise<void>;
  /** Closes the workspace because it is locked, and says why in the journal. */
  lock(reason: LockReason): Promise<void>;
}

const asked = { method: 'workspace.close', summary: 'Closed the workspace' };

const lockSummaries: Record<LockReason, string> = {
  asked: 'Locked the workspace',
  idle: 'Locked the workspace: nobody had worked in it for a while',
  screen: 'Locked the workspace: the screen was locked',
  sleep: 'Locked the workspace: the machine went to sleep',
  'user-switched': 'Locked the workspace: another user of the machine was switched to',
};

function buildRouter() {
  return procedures.router({
    workspace: workspaceHandlers,
    operation: operationHandlers.operation,
    readiness: operationHandlers.readiness,
    plan: planHandlers,
    briefing: briefingHandlers,
    grids: gridHandlers,
    records: recordHandlers,
    imports: importHandlers,
    mappings: mappingHandlers,
    sources: sourceHandlers,
    packs: packHandlers,
    tables: tableHandlers,
    history: historyHandlers,
    users: usersHandlers,
    drafts: draftsHandlers,
    locking: lockingHandlers,
    backups: backupsHandlers,
    audit: auditHandlers,
    closing: closingHandlers,
    exchange: exchangeHandlers,
    matching: matchingHandlers,
    search: searchHandlers,
    calls: callsHandlers,
    chart: chartHandlers,
    timeline: timelineHandlers,
    places: placesHandlers,
    network: networkHandlers,
    priorities: prioritiesHandlers,
    pictures: picturesHandlers,
    events: {
      changes: procedures.events.changes.handler(({ context, signal }) => context.changes(signal)),
    },
  });
}

export function createEngine(options: EngineOptions = {}): Engine {
  const clock = options.clock ?? (() => new Date().toISOString());
  const device = options.device ?? hostname();
  const grants = createGrants();
  const previews = createPreviewCursors();
  const recents = createRecents(options.recentsFile ?? null);
  const heads = createKnownHeads(options.headsFolder ?? null);
  const attempts = createAttemptGate(options.attemptsFile ?? null);
  let kdf: Promise<KdfCost> | undefined;
  const listeners = new Set<(event: ChangeEvent) => void>();
  const internal: { reference: string; stack: string }[] = [];
  let session: Session | null = null;

  const keepInternal = (error: unknown): string => {
    const reference = `E${internal.length + 1}`;
    // In memory only: a stack may hold a value of the operation and must not reach a log on disk.
    if (internal.length < 200) {
      internal.push({
        reference,
        stack: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
    return reference;
  };

  const rememberHead = ({ workspace, writer }: Session) =>
    heads.remember(workspace.id, workspace.folder, readHead(writer), clock());

  const announce = (change: RowsChanged & { seq: number }) => {
    if (!session) return;
    session.caches.clear();
    session.planRows.forget(change);
    searchIndexOf(session).wake();
    session.backups.noteChange(change.seq);
    rememberHead(session);
    const event: ChangeEvent = {
      type: 'changed',
      seq: change.seq,
      grids: [...change.grids] as GridName[],
      undo: undoState(session.writer),
    };
    for (const listener of listeners) listener(event);
  };

  const context: EngineContext = {
    clock,
    device,
    grants,
    previews,
    recents,
    heads,
    attempts,
    kdf() {
      kdf ??= calibrateKdf(options.measureKdf).catch((error: unknown) => {
        // A machine that has no memory now may have it at the next attempt.
        kdf = undefined;
        throw error;
      });
      return kdf;
    },
    resources: options.resources,
    session: () => session,
    attach(workspace: Workspace) {
      const opened = {
        workspace,
        reader: workspace.reader,
        writer: workspace.writer,
        clock,
        device,
        exclusively: createQueue(),
        announce,
        keepError: (error: unknown) => void keepInternal(error),
        caches: new Map(),
        planRows: createPlanRows(),
        reads: createReads(),
      } as unknown as Session;
      // It needs the session whose backups it makes.
      opened.backups = createBackupKeeper(opened, options.backups ?? 'none');
      session = opened;
      options.onWorkspace?.(workspace.folder);
      rememberHead(session);
      return session;
    },
    async detach(why = asked) {
      const open = session;
      await previews.closeAll();
      if (!open) return false;
      await open.backups.close();
      await open.exclusively(() => {
        try {
          settleReads(open);
          open.writer.transaction(() => appendEntry(open, { operation: 'session', ...why }))();
          rememberHead(open);
        } catch (error) {
          // A disk that is full or gone must not keep the workspace, and its keys, open.
          keepInternal(error);
        }
        session = null;
        open.workspace.close();
        options.onWorkspace?.(null);
      });
      return true;
    },
    async *changes(signal) {
      const waiting: ChangeEvent[] = [];
      let wake: () => void = () => undefined;
      const listen = (event: ChangeEvent) => {
        waiting.push(event);
        wake();
      };
      const stop = () => wake();
      listeners.add(listen);
      signal?.addEventListener('abort', stop, { once: true });
      try {
        while (!signal?.aborted) {
          const event = waiting.shift();
          if (event) {
            yield event;
            continue;
          }
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      } finally {
        listeners.delete(listen);
        signal?.removeEventListener('abort', stop);
      }
    },
  };

  return {
    router: buildRouter(),
    context,
    grants,
    keepInternal,
    internalErrors: () => internal,
    async close() {
      await context.detach();
    },
    async lock(reason) {
      await context.detach({ method: 'workspace.lock', summary: lockSummaries[reason] });
    },
  };
}
