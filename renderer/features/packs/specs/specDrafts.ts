import type { PackSpec } from '../../../../shared/packs/packSpec.ts';
import { useConnection } from '../../../app/connection.ts';
import { keepDraft, readDraft } from '../../../app/drafts.ts';
import { createStore, useStore } from '../../../app/store.ts';

/** A pack as it is being changed, and as it was when that began. */
export interface SpecDraft {
  spec: PackSpec;
  before: PackSpec;
  /** True until it has been saved for the first time: its name can still be chosen. */
  isNew: boolean;
}

type Drafts = Readonly<Record<string, SpecDraft>>;

const noDrafts: Drafts = {};

/** An older version may have kept a pack in another shape: that one is let go whole. */
function areDrafts(value: unknown): value is Drafts {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((each: Partial<SpecDraft> | null) => {
      // What is typed may be wrong still; what a pack consists of must be there.
      const isPack = (spec: PackSpec | undefined) =>
        Array.isArray(spec?.sections) && typeof spec.id === 'string';
      return isPack(each?.spec) && isPack(each?.before);
    })
  );
}

/** Changes that are not saved outlive a look at another view, and a lock. */
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
  const drafts = store.workspace === workspace ? store.drafts : (readDraft('kinds', areDrafts) ?? noDrafts);
  const keep = (next: Drafts) => {
    kept.set({ workspace, drafts: next });
    keepDraft('kinds', Object.keys(next).length === 0 ? null : next);
  };
  return {
    drafts,
    put: (key, draft) => keep({ ...drafts, [key]: draft }),
    drop: (key) => {
      const { [key]: _gone, ...rest } = drafts;
      keep(rest);
    },
  };
}
