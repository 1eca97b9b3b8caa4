import { QueryClient } from '@tanstack/react-query';
import { connect, type EngineClient } from '../../shared/contract/client.ts';
import type { WorkspaceSummary } from '../../shared/contract/schemas.ts';
import { justifyRefusal } from './justification.ts';
import { native } from './native.ts';
import { createStore, useStore } from './store.ts';

/** Where the page stands with the engine. `notice` says what happened when the engine went away. */
export type Connection =
  | { phase: 'no-host' }
  | { phase: 'connecting'; notice: boolean }
  /** The workspace is being locked: nothing of it is on screen any more, and this page is about to go. */
  | { phase: 'locking' }
  | { phase: 'connected'; client: EngineClient; open: WorkspaceSummary | null; notice: boolean };

const connection = createStore<Connection>({ phase: 'connecting', notice: false });

/** Everything fetched from the engine. There is no network: queries never wait for one. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      retry: false,
      staleTime: 2_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

let refreshing: ReturnType<typeof setTimeout> | undefined;

/**
 * Fetches again what is on screen. A change is told by whoever made it and by the engine's feed: both within
 * the moment are one, because opening a record is journaled each time.
 */
export function refreshQueries(): void {
  clearTimeout(refreshing);
  refreshing = setTimeout(() => void queryClient.invalidateQueries(), 150);
}

const hasNotice = (now: Connection): boolean => 'notice' in now && now.notice;

function loseEngine(): void {
  queryClient.clear();
  const previous = connection.get();
  if (previous.phase === 'locking') return;
  const hadWorkspace = previous.phase === 'connected' && previous.open !== null;
  const notice = hadWorkspace || hasNotice(previous);
  connection.set({ phase: 'connecting', notice });
}

/** Waits for the host's port and keeps `useConnection` right from then on. */
export function startConnection(): void {
  const host = native();
  if (!host) {
    connection.set({ phase: 'no-host' });
    return;
  }
  host.onPort((port) => {
    const client = connect(port, justifyRefusal);
    port.onClose(() => {
      const now = connection.get();
      if (now.phase === 'connected' && now.client === client) loseEngine();
    });
    void client.workspace.status().then(
      (status) => {
        const now = connection.get();
        if (now.phase === 'locking') return;
        const notice = hasNotice(now);
        connection.set({
          phase: 'connected',
          client,
          open: status.open,
          notice: notice && status.open === null,
        });
      },
      () => loseEngine(),
    );
  });
  host.onEngineGone(() => loseEngine());
}

/** Takes the workspace off the screen before it is locked. */
export function beginLocking(): void {
  queryClient.clear();
  connection.set({ phase: 'locking' });
}

/** True while a workspace is open and is not being locked. */
export function isWorkspaceOpen(): boolean {
  const now = connection.get();
  return now.phase === 'connected' && now.open !== null;
}

/** What the user of the open workspace may do; undefined where none is open. */
export function useRole(): WorkspaceSummary['user']['role'] | undefined {
  useConnection();
  return openRole();
}

/** The same, outside React. */
export function openRole(): WorkspaceSummary['user']['role'] | undefined {
  const now = connection.get();
  return now.phase === 'connected' ? now.open?.user.role : undefined;
}

/** Tells the page which workspace is open now; null shows the unlock screen. */
export function setOpenWorkspace(open: WorkspaceSummary | null): void {
  queryClient.clear();
  connection.set((now) => (now.phase === 'connected' ? { ...now, open, notice: false } : now));
}

/** Name, marking or strike of the open workspace changed. */
export function updateOpenWorkspace(change: Partial<WorkspaceSummary>): void {
  connection.set((now) =>
    now.phase === 'connected' && now.open ? { ...now, open: { ...now.open, ...change } } : now,
  );
}

export function useConnection(): Connection {
  return useStore(connection);
}

/** The engine. Only for components below the unlock screen and the unlock screen itself. */
export function useClient(): EngineClient {
  const now = useStore(connection);
  if (now.phase !== 'connected') throw new Error('no engine');
  return now.client;
}

/** The engine outside React, or null while there is none. */
export function currentClient(): EngineClient | null {
  const now = connection.get();
  return now.phase === 'connected' ? now.client : null;
}
