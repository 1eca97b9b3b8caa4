import { type ReactNode, useEffect, useState } from 'react';
import { grids, parseRef } from '../../../../shared/grid/grids.ts';
import type { GridName } from '../../../../shared/grid/types.ts';
import { keepDraft, keptKeys, loadDrafts, readDraft } from '../../../app/drafts.ts';
import { showMessage } from '../../../app/messages.ts';
import {
  goTo,
  goToGrid,
  goToRecord,
  type KeptPlace,
  restorePlace,
  showDialog,
} from '../../../app/navigation.ts';
import { reportError } from '../../../app/reportError.ts';
import { describeDraft, lockingCopy } from '../../../copy/locking.ts';
import { beginDraft } from '../../briefing/draft.ts';

/** Reads what was written and not saved before anything is shown, so that each place begins with it. */
export function RestoreDrafts(props: { workspaceId: string; children: ReactNode }) {
  const [ready, setReady] = useState<string | null>(null);
  const { workspaceId } = props;
  useEffect(() => {
    let current = true;
    loadDrafts(workspaceId)
      .then(() => restore(workspaceId), reportError)
      .finally(() => {
        if (current) setReady(workspaceId);
      });
    return () => {
      current = false;
    };
  }, [workspaceId]);
  return ready === workspaceId ? props.children : null;
}

function isPlace(value: unknown): value is KeptPlace {
  const kept = value as Partial<KeptPlace> | null;
  return typeof kept?.place?.view?.kind === 'string' && typeof kept.filters === 'object';
}

function restore(workspaceId: string): void {
  const place = readDraft('place', isPlace);
  if (place) {
    restorePlace(place);
    keepDraft('place', null);
  }
  beginDraft(workspaceId);
  const keys = keptKeys().filter((key) => describeDraft(key) !== null);
  const newest = keys.at(-1);
  if (newest === undefined) return;
  const words = [...new Set(keys.map((key) => describeDraft(key)))];
  showMessage({
    tone: 'done',
    text: lockingCopy.restored(words.join('; ')),
    stays: true,
    action: { label: lockingCopy.show, run: () => goToDraft(newest) },
  });
}

/** Shows the place that a draft was written in, as near as there is a way to it. */
function goToDraft(key: string): void {
  const [kind = '', first = '', second] = key.split('/');
  if (kind === 'briefing') goTo({ kind: 'briefing', section: null });
  else if (kind === 'result') goTo({ kind: 'results', premises: null });
  else if (kind === 'accept') goTo({ kind: 'readiness' });
  else if (kind === 'export' || kind === 'import' || kind === 'risk') showDialog(kind);
  else if (kind === 'kinds' || kind === 'recall' || kind === 'settle') goToGrid('packs');
  else if (kind === 'add' && first in grids) goToGrid(first as GridName);
  else if (parseRef(first)) goToRecord(first, second);
}
