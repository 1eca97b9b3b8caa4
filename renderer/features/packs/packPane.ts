import { createStore, useStore } from '../../app/store.ts';

/** The two halves of the packs: what was issued, and what can be. */
type PackPane = 'register' | 'kinds';

const pane = createStore<PackPane>('register');

export const showPackPane = (next: PackPane): void => pane.set(next);

export const usePackPane = (): PackPane => useStore(pane);
