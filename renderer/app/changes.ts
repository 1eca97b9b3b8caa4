import { useEffect } from 'react';
import type { EngineClient } from '../../shared/contract/client.ts';
import type { GridName } from '../../shared/grid/types.ts';
import { refreshQueries } from './connection.ts';
import { reportError } from './reportError.ts';

type Listener = (grids: readonly GridName[]) => void;
const listeners = new Set<Listener>();

async function follow(client: EngineClient, signal: AbortSignal): Promise<void> {
  try {
    for await (const event of await client.events.changes(undefined, { signal })) {
      refreshQueries();
      for (const listener of [...listeners]) listener(event.grids);
    }
  } catch (error) {
    if (!signal.aborted) reportError(error);
  }
}

/** Follows the engine's changes while the workbench is shown: queries and grids fetch again. */
export function useChangeFeed(client: EngineClient): void {
  useEffect(() => {
    const abort = new AbortController();
    void follow(client, abort.signal);
    return () => abort.abort();
  }, [client]);
}

/** Calls back with the grids that changed, until the component goes. */
export function useOnChanges(listener: Listener): void {
  useEffect(() => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, [listener]);
}
