import { createStore, useStore } from './store.ts';

/**
 * What everything is narrowed by: one choice, made in a picture or a grid, that every grid and picture follows until it
 * is cleared. It stays over going to other views and goes with the workspace.
 */
export interface CrossFilter {
  /** Words for the chip: what was chosen, and where. */
  what: string;
  /** The records that were chosen; null where only a period was. */
  refs: readonly string[] | null;
  /** From and to, ISO on the UK clock: a day, or a day and a time. Both inside; a day counts whole. */
  from: string | null;
  to: string | null;
}

const filter = createStore<CrossFilter | null>(null);

/** Narrows everything. A filter that narrows nothing clears what there was. */
export function setCrossFilter(next: CrossFilter): void {
  filter.set(next.refs === null && next.from === null && next.to === null ? null : next);
}

export const clearCrossFilter = (): void => filter.set(null);

export function useCrossFilter(): CrossFilter | null {
  return useStore(filter);
}
