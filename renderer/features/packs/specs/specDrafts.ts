import type { PackSpec } from '../../../../shared/packs/packSpec.ts';
import { useConnection } from '../../../app/connection.ts';
import { createStore, useStore } from '../../../app/store.ts';

/** A pack as it is being changed, and as it was when that began. */
export interface SpecDraft {
  spec: PackSpec;
  before: PackSpec;
  /** True until it has been saved for the first time: its name can still be chosen. */
  isNew: boolean;
}

type Drafts = Readonly<Record<string, SpecDraft>>;

/** Changes that are not saved outlive a look at another view, but not the workspace. */
const kept = createStore<{ workspace: string; drafts: Drafts }>({ workspace: '', drafts: {} });

/** The packs that are being changed, by a key that stays while the name is edited. */
export function useSpecDrafts(): {
  drafts: Drafts;
  put: (key: string, draft: SpecDraft) => void;
  drop: (key: string) => void;
} {
  const connection = useConnection();
  const workspace = connection.phase === 'connected' ? (connection.open?.workspaceId ?? '') : '';
  const store = useStore(kept);
  const drafts = store.workspace === workspace ? store.drafts : {};
  return {
    drafts,
    put: (key, draft) => kept.set({ workspace, drafts: { ...drafts, [key]: draft } }),
    drop: (key) => {
      const { [key]: _gone, ...rest } = drafts;
      kept.set({ workspace, drafts: rest });
    },
  };
}
