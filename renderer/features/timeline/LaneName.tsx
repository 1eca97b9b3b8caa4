import type { TimelineLaneView } from '../../../shared/contract/areas/timeline.ts';
import { laneTitles } from '../../../shared/domain/timelineKinds.ts';
import { grids } from '../../../shared/grid/grids.ts';
import type { Where } from '../../../shared/grid/query.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import { goToGrid } from '../../app/navigation.ts';
import { timelineCopy } from '../../copy/timeline.ts';

/** The field that would give a record its first date, by grid. */
const dateFields: Partial<Record<GridName, string>> = {
  communications: 'start',
  intelligence: 'reportDate',
  crimes: 'date',
  custody: 'arrestedAt',
  arrests: 'arrestedAt',
  outcomes: 'hearingOn',
  referrals: 'date',
  safeguarding: 'referredOn',
  lines: 'firstActive',
  lineNumbers: 'usedFrom',
  warrants: 'issued',
  results: 'enteredAt',
  seizures: 'seizedAt',
  actions: 'due',
  decisions: 'decidedAt',
};

/** Pixels that a lane's name and what stands under it take. */
export const nameHeight = (lane: TimelineLaneView, most: number): number =>
  9 +
  16 +
  15 * ((most > 0 ? 1 : 0) + (lane.before + lane.after > 0 ? 1 : 0) + lane.undated.length) +
  (most > 0 && lane.lane !== 'calls' ? 15 : 0) +
  (hiddenGuards(lane, most) > 0 ? 15 : 0);

/** Marks whose ring cannot be seen, because the lane is counted. */
const hiddenGuards = (lane: TimelineLaneView, most: number): number =>
  most > 0 ? (lane.marks ?? []).filter(({ safeguarding }) => safeguarding).length : 0;

/** What a lane is, how much of it is in view, and what has no place on the axis. */
export function LaneName(props: { lane: TimelineLaneView; most: number; isWhole: boolean }) {
  const { lane, most, isWhole } = props;
  const outside = timelineCopy.outside(lane.before, lane.after);
  return (
    <div className="timeline-name">
      <span className="timeline-title">
        {laneTitles[lane.lane]} <span className="finding-count">{timelineCopy.inView(lane.inView)}</span>
      </span>
      {most > 0 && <span className="muted">{timelineCopy.highest(most)}</span>}
      {most > 0 && lane.lane !== 'calls' && <span className="muted">{timelineCopy.countedLane}</span>}
      {hiddenGuards(lane, most) > 0 && <strong>{timelineCopy.guarded(hiddenGuards(lane, most))}</strong>}
      {outside && <span className="muted">{outside}</span>}
      {lane.undated.map(({ grid, count }) => {
        const field = dateFields[grid];
        const words = timelineCopy.undatedShort(count);
        const where: Where = field ? { [field]: { blank: true } } : {};
        return isWhole && field ? (
          <button
            key={grid}
            type="button"
            className="link"
            title={`${timelineCopy.undatedHint}: ${grids[grid].title}`}
            onClick={() => goToGrid(grid, where)}
          >
            {words}
          </button>
        ) : (
          <span key={grid} className="muted" title={grids[grid].title}>
            {words}
          </span>
        );
      })}
    </div>
  );
}
