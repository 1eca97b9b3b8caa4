import { holdClose } from './closeGuard.ts';
import { createStore, useStore } from './store.ts';

/** Work in the window that the engine does not have yet. */
export interface Unsaved {
  /** What it is, for a sentence: "the briefing". */
  what: string;
  /** Saves it; false when it could not be saved, which has been told by then. */
  save: () => Promise<boolean>;
  drop: () => void;
}

/** Lets the window close without asking again. */
let release: (() => void) | undefined;
const unsaved = createStore<Unsaved | null>(null);

/** Tells that there is work that is not saved, or that there is none any more. */
export function setUnsaved(work: Unsaved | null): void {
  release?.();
  release = work
    ? holdClose(
        `${work.what.charAt(0).toUpperCase()}${work.what.slice(1)} has changes that are not saved. Closing the window loses them.`,
      )
    : undefined;
  unsaved.set(work);
}

export const currentUnsaved = (): Unsaved | null => unsaved.get();

export function useUnsaved(): Unsaved | null {
  return useStore(unsaved);
}
