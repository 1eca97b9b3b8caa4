import { parseRef } from '../../../shared/grid/grids.ts';
import { drawTimeline } from '../analysis/timeline/lanes.ts';
import { momentOf, openSession, procedures } from '../context.ts';
import { asEvents } from '../jobs.ts';
import { recordRead } from '../journal/journal.ts';

export const timelineHandlers = {
  lanes: procedures.timeline.lanes.handler(({ context, input, signal }) => {
    const session = openSession(context);
    return asEvents(signal, async (progress, aborted) => {
      const timeline = await drawTimeline(session, momentOf(session), input, { signal: aborted, progress });
      const refs = timeline.groups.flatMap(({ ref }) => (ref === null ? [] : [ref]));
      recordRead(session, {
        operation: 'consultation',
        method: 'timeline.lanes',
        summary:
          refs.length > 0
            ? `Looked at the timeline of ${refs.join(', ')}`
            : 'Looked at the timeline of calls, intelligence, custody and the plan',
        after: { from: timeline.from, to: timeline.to },
        rows: refs.flatMap((ref) => {
          const row = parseRef(ref);
          return row ? [{ grid: row.grid.name, id: row.id }] : [];
        }),
      });
      return timeline;
    });
  }),
};
