import { useRef, useState } from 'react';
import { followedGrids } from '../../../shared/contract/areas/timeline.ts';
import type { Column } from '../../../shared/grid/types.ts';
import { useClient } from '../../app/connection.ts';
import { showMessage } from '../../app/messages.ts';
import { keepTimeline } from '../../app/navigation.ts';
import { timelineCopy } from '../../copy/timeline.ts';
import { type Labels, splitRefs } from '../../grid/format.ts';
import type { EditDraft } from '../../grid/readEdit.ts';
import { ValueEditor } from '../../ui/ValueEditor.tsx';

/** As many lanes as can be compared; the engine takes no more. */
const most = 8;

const column: Column = {
  field: 'follow',
  title: timelineCopy.followHint,
  type: 'refs',
  to: followedGrids,
  width: 320,
  editable: true,
};

/** Whom and what the timeline follows: found by typing, taken off one by one. */
export function FollowBox({ refs, labels }: { refs: readonly string[]; labels: Labels }) {
  const client = useClient();
  const asked = refs.join(',');
  // What was picked here is in the box already; what comes from elsewhere begins it anew.
  const own = useRef(asked);
  const [version, setVersion] = useState(0);
  const [known, setKnown] = useState<Labels>({});
  if (own.current !== asked) {
    own.current = asked;
    setVersion(version + 1);
  }
  const hasNames = refs.every((ref) => labels[ref] !== undefined || known[ref] !== undefined);
  function take(draft: EditDraft): void {
    if (!draft.ok) return;
    const picked = splitRefs(draft.value);
    if (picked.length > most) showMessage({ tone: 'warning', text: timelineCopy.followMost(most) });
    const next = picked.slice(0, most);
    if (next.join(',') === own.current) return;
    own.current = next.join(',');
    setKnown((before) => ({ ...before, ...draft.labels }));
    keepTimeline(next);
  }
  return (
    <div className="timeline-follow">
      <span className="timeline-bar-label">{timelineCopy.follow}</span>
      <ValueEditor
        key={`${version} ${hasNames}`}
        column={column}
        value={asked}
        labels={{ ...labels, ...known }}
        client={client}
        pickOnly
        onDraft={take}
      />
    </div>
  );
}
