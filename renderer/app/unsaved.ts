import { createStore, useStore } from './store.ts';

/** Work in the window that the engine does not have yet. */
export interface Unsaved {
  /** Saves it; false when it could not be saved, which has been told by then. */
  save: () => Promise<boolean>;
}

const unsaved = createStore<Unsaved | null>(null);

/** Tells that there is work that is not saved, or that there is none any more. It is kept as a draft meanwhile. */
export const setUnsaved = (work: Unsaved | null): void => unsaved.set(work);

export const currentUnsaved = (): Unsaved | null => unsaved.get();

export function useUnsaved(): Unsaved | null {
  return useStore(unsaved);
}
