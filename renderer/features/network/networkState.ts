/** What the view of the network shows, kept while other views are looked at; another workspace begins anew. */
import type { NetworkComparison, NetworkOptions } from '../../../shared/contract/areas/network.ts';
import { createStore, useStore } from '../../app/store.ts';

export const networkSections = ['safeguarding', 'between', 'groups', 'players', 'without'] as const;
export type NetworkSection = (typeof networkSections)[number];

interface NetworkState {
  /** The workspace and user whose view this is. */
  owner: string | null;
  section: NetworkSection;
  options: NetworkOptions;
  /** The record or group that is looked at. */
  chosen: string | null;
  group: string | null;
  /** Who is taken out. */
  without: readonly string[];
  targets: boolean;
  /** Rises when others are to be taken out than were typed. */
  round: number;
  comparison: NetworkComparison | null;
}

const start: NetworkState = {
  owner: null,
  section: 'between',
  options: {},
  chosen: null,
  group: null,
  without: [],
  targets: false,
  round: 0,
  comparison: null,
};

const state = createStore<NetworkState>(start);

export const useNetworkState = (): NetworkState => useStore(state);

export function changeNetwork(change: Partial<Omit<NetworkState, 'owner'>>): void {
  state.set((now) => ({ ...now, ...change }));
}

/** Lets go of what was looked at in another workspace, or by another user. */
export function beginNetwork(owner: string): void {
  state.set((now) => (now.owner === owner ? now : { ...start, owner }));
}

/** To the comparison, with these taken out. */
export function takeOut(refs: readonly string[]): void {
  state.set((now) => ({
    ...now,
    section: 'without',
    without: refs,
    targets: false,
    round: now.round + 1,
    comparison: null,
  }));
}
