import { createStore, useStore } from '../../app/store.ts';

/** The parts of the packs: what was issued, what can be, and the pictures that are kept for them. */
type PackPane = 'register' | 'kinds' | 'pictures';

const pane = createStore<PackPane>('register');

export const showPackPane = (next: PackPane): void => pane.set(next);

export const usePackPane = (): PackPane => useStore(pane);
