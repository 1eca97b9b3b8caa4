import { parseRef } from '../../../shared/grid/grids.ts';
import { defaultWeights } from '../../../shared/reference/priorityWeights.ts';
import { detailOf, reportPriorities } from '../analysis/priorities/priorities.ts';
import { readWeights, saveWeights } from '../analysis/priorities/weights.ts';
import { momentOf, openSession, procedures } from '../context.ts';
import { asEvents } from '../jobs.ts';
import { recordRead } from '../journal/journal.ts';

export const prioritiesHandlers = {
  list: procedures.priorities.list.handler(({ context, input, signal }) => {
    const session = openSession(context);
    return asEvents(signal, async (progress, aborted) => {
      const report = await reportPriorities(session, momentOf(session), input, { signal: aborted, progress });
      recordRead(session, {
        operation: 'consultation',
        method: 'priorities.list',
        summary: `Looked at priorities: ${report.counts.safeguardingShown} for safeguarding, ${report.counts.enforcementShown} for enforcement`,
        rows: [],
      });
      return report;
    });
  }),
  about: procedures.priorities.about.handler(async ({ context, input }) => {
    const session = openSession(context);
    const detail = await detailOf(session, momentOf(session), input.ref);
    const row = parseRef(detail.ref);
    recordRead(session, {
      operation: 'consultation',
      method: 'priorities.about',
      target: detail.ref,
      summary: `Looked at why ${detail.ref} stands where it does among the priorities`,
      rows: row ? [{ grid: row.grid.name, id: row.id }] : [],
    });
    return detail;
  }),
  weights: procedures.priorities.weights.handler(({ context }) => ({
    weights: readWeights(openSession(context).reader),
    defaults: defaultWeights,
  })),
  saveWeights: procedures.priorities.saveWeights.handler(async ({ context, input }) => ({
    saved: await saveWeights(openSession(context), input.weights),
  })),
};
