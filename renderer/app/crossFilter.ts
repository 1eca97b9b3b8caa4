import { useEffect, useMemo } from 'react';
import { mostNarrowing, type Narrowing, narrowWhere } from '../../shared/grid/narrowing.ts';
import type { Where } from '../../shared/grid/query.ts';
import type { Grid } from '../../shared/grid/types.ts';
import { narrowingCopy } from '../copy/narrowing.ts';
import { showMessage } from './messages.ts';
import { createStore, useStore } from './store.ts';

/**
 * What everything is narrowed by: one choice, made in a picture or a grid, that every grid and picture follows until it
 * is cleared. It stays over going to other views and goes with the workspace.
 *
 * `refs` are the records that were chosen, null where only a period was. `from` and `to` are ISO on the UK clock, a day
 * or a day and a time; both inside, a day whole.
 */
export interface CrossFilter extends Narrowing {
  /** Words for the chip: what was chosen, and where. */
  what: string;
}

const filter = createStore<CrossFilter | null>(null);

/**
 * Narrows everything by another choice. One that narrows nothing clears what there was; one of more records than a
 * filter takes changes nothing and says so.
 */
export function setCrossFilter(next: CrossFilter): void {
  const refs = next.refs === null ? null : [...new Set(next.refs)];
  if (refs !== null && refs.length > mostNarrowing) {
    showMessage({ tone: 'warning', text: narrowingCopy.tooMany(mostNarrowing.toLocaleString('en-GB')) });
    return;
  }
  filter.set(refs === null && next.from === null && next.to === null ? null : { ...next, refs });
}

export const clearCrossFilter = (): void => filter.set(null);

export function useCrossFilter(): CrossFilter | null {
  return useStore(filter);
}

/** Lets go of it when the workspace goes: for the one component that is there as long as a workspace is open. */
export function useCrossFilterEnd(): void {
  useEffect(() => clearCrossFilter, []);
}

/** What the filter of a grid gets beside its own conditions. */
export function useNarrowing(grid: Grid): Where {
  const narrowing = useStore(filter);
  return useMemo(() => narrowWhere(grid, narrowing), [grid, narrowing]);
}
