import { useEffect } from 'react';
import type { SearchQuestion } from '../../shared/contract/areas/search.ts';
import { findColumn, grids, parseRef } from '../../shared/grid/grids.ts';
import type { Where } from '../../shared/grid/query.ts';
import type { GridName } from '../../shared/grid/types.ts';
import { intakeCopy } from '../copy/intake.ts';
import { showMessage } from './messages.ts';
import type { Granted } from './native.ts';
import { createStore, useStore } from './store.ts';

/** What the main area shows. */
export type View =
  | { kind: 'overview' }
  | { kind: 'readiness' }
  | { kind: 'history' }
  | { kind: 'board' }
  | { kind: 'clocks' }
  /** The briefing editor; the section that is written, or the first. */
  | { kind: 'briefing'; section: string | null }
  /** After the day: what came of each premises; the one that is being entered. */
  | { kind: 'results'; premises: string | null }
  /** Everything about one record. */
  | { kind: 'dossier'; ref: string }
  /** Who may be the same person. */
  | { kind: 'matches' }
  /** The search over everything, with what was asked. */
  | { kind: 'search'; asked?: SearchQuestion }
  /** What the calls of a line or a phone show; the one that is looked at. */
  | { kind: 'calls'; ref: string | null }
  /** Who and what is linked, grown from the records it starts with. */
  | { kind: 'chart'; from: readonly string[] }
  /**
   * Calls, intelligence, custody and the plan on one axis of time; the records that have lanes of their own, and the
   * period in view in seconds of the UK clock.
   */
  | { kind: 'timeline'; refs: readonly string[]; period?: { from: number; to: number } }
  /** Premises, crimes and areas of cells by postcode. */
  | { kind: 'map' }
  /** What the links say of the network as a whole. */
  | { kind: 'network' }
  /** Who and what comes first, for enforcement and for safeguarding. */
  | { kind: 'priorities' }
  /** What keeps the workspace. */
  | { kind: 'security'; section: SecuritySection }
  | { kind: 'grid'; grid: GridName };

export type SecuritySection = 'people' | 'lock' | 'backups' | 'audit' | 'exchange' | 'closing';

export type DialogName = 'import' | 'export' | 'palette' | 'help' | 'source' | 'risk';

/** A value whose source row is asked for: a field of a record, or a row of a sheet (`SRC-n`). */
export interface AskedSource {
  ref: string;
  field: string | null;
  row: number | null;
}

interface Place {
  view: View;
  /** The record in the panel at the right. */
  record: string | null;
  /** Field of the record to bring into sight. */
  field: string | null;
}

const start: Place = { view: { kind: 'overview' }, record: null, field: null };
const place = createStore<Place>(start);
const dialog = createStore<DialogName | null>(null);

/** The dialog that is open or about to be, outside React. */
export const openDialogName = (): DialogName | null => dialog.get();
/** Files dropped onto the window, for the import that opens because of them. */
const dropped = createStore<readonly Granted[]>([]);
const askedSource = createStore<AskedSource | null>(null);
const filters = createStore<Partial<Record<GridName, Where>>>({});
let past: Place[] = [];
/** Places that `goBack` left, the next one last. */
let future: Place[] = [];

function move(next: Place): void {
  past = [...past.slice(-49), place.get()];
  future = [];
  place.set(next);
}

/** Shows a view and closes the record panel. */
export function goTo(view: View): void {
  move({ view, record: null, field: null });
}

/** Shows a grid; with `where` its filters are replaced, otherwise they stay as they were left. */
export function goToGrid(grid: GridName, where?: Where): void {
  if (where) setFilters(grid, where);
  move({ view: { kind: 'grid', grid }, record: null, field: null });
}

/** Shows a record in the panel beside whatever the main area shows. */
export function openRecord(ref: string, field?: string): void {
  if (!parseRef(ref)) return;
  const now = place.get();
  if (now.record === ref && now.field === (field ?? null)) return;
  move({ ...now, record: ref, field: field ?? null });
}

/** Texts of the operation that are written in the briefing editor. */
const isBriefingText = (field: string) => findColumn(grids.operation, field)?.type === 'longText';

/** Shows a record in its own grid. */
export function goToRecord(ref: string, field?: string): void {
  const parsed = parseRef(ref);
  if (!parsed) return;
  if (parsed.grid.name === 'operation') {
    if (field !== undefined && isBriefingText(field)) {
      move({ view: { kind: 'briefing', section: field }, record: null, field: null });
      return;
    }
    move({ view: { kind: 'overview' }, record: ref, field: field ?? null });
    return;
  }
  move({ view: { kind: 'grid', grid: parsed.grid.name }, record: ref, field: field ?? null });
}

export function closeRecord(): void {
  place.set((now) => (now.record === null ? now : { ...now, record: null, field: null }));
}

/** Keeps what was asked with the place, so that the way back leads to the same results. */
export function keepSearch(asked: SearchQuestion): void {
  place.set((now) => (now.view.kind === 'search' ? { ...now, view: { kind: 'search', asked } } : now));
}

/** Keeps whom the timeline follows, and when, with the place, so that the way back leads to the same lanes. */
export function keepTimeline(refs: readonly string[], period?: { from: number; to: number }): void {
  const view: View = { kind: 'timeline', refs, ...(period ? { period } : {}) };
  place.set((now) => (now.view.kind === 'timeline' ? { ...now, view } : now));
}

/** To the place before this one; nothing when there is none. */
export function goBack(): void {
  const previous = past.pop();
  if (!previous) return;
  future.push(place.get());
  place.set(previous);
}

/** To the place that `goBack` left; nothing when there is none. */
export function goForward(): void {
  const next = future.pop();
  if (!next) return;
  past.push(place.get());
  place.set(next);
}

/** Shows everything about one record in the main area. */
export function openDossier(ref: string): void {
  if (!parseRef(ref)) return;
  const { view } = place.get();
  if (view.kind === 'dossier' && view.ref === ref) return;
  move({ view: { kind: 'dossier', ref }, record: null, field: null });
}

/**
 * The dossier of the record that is meant: the one in the panel, or the row that has the focus. Says whether
 * there was one.
 */
export function openDossierHere(): boolean {
  const row = document.activeElement?.closest('[row-id], [data-ref]');
  const ref = row?.getAttribute('row-id') ?? row?.getAttribute('data-ref') ?? place.get().record;
  if (!ref) return false;
  openDossier(ref);
  return true;
}

/** Where the window stands, to be found again after a lock. */
export interface KeptPlace {
  place: Place;
  dialog: DialogName | null;
  filters: Partial<Record<GridName, Where>>;
}

export function currentPlace(): KeptPlace {
  return { place: place.get(), dialog: dialog.get(), filters: filters.get() };
}

/** Shows a place again. A dialog that asks for a row or a file of its own is not opened: it would not know which. */
export function restorePlace(kept: KeptPlace): void {
  filters.set(kept.filters);
  place.set(kept.place);
  if (kept.dialog === 'import' || kept.dialog === 'export' || kept.dialog === 'risk') dialog.set(kept.dialog);
}

export function setFilters(grid: GridName, where: Where): void {
  filters.set((now) => ({ ...now, [grid]: where }));
}

export function useFilters(grid: GridName): Where {
  return useStore(filters)[grid] ?? noFilters;
}

const noFilters: Where = {};

export function usePlace(): Place {
  return useStore(place);
}

export function showDialog(name: DialogName | null): void {
  dialog.set(name);
}

/** Shows the row of the sheet that a value came from, as it stood there. */
export function showSource(ref: string, field: string | null, row: number | null = null): void {
  if (!parseRef(ref)) return;
  askedSource.set({ ref, field, row });
  dialog.set('source');
}

export function useAskedSource(): AskedSource | null {
  return useStore(askedSource);
}

/** Gives files that were dropped onto the window to the import, which opens where it was not open. */
export function importDropped(files: readonly Granted[]): void {
  if (files.length === 0) return;
  const open = dialog.get();
  if (open !== null && open !== 'import') {
    showMessage({ tone: 'warning', text: intakeCopy.dropBlocked });
    return;
  }
  dropped.set(files);
  dialog.set('import');
}

/** Hands dropped files over, each drop once, while `ready`; those that come while it is not are let go. */
export function useDropped(take: (files: readonly Granted[]) => void, ready: boolean): void {
  const files = useStore(dropped);
  useEffect(() => {
    if (files.length === 0) return;
    dropped.set([]);
    if (ready) take(files);
    else showMessage({ tone: 'warning', text: intakeCopy.dropLater });
  }, [files, ready, take]);
}

export function useDialog(): DialogName | null {
  return useStore(dialog);
}
