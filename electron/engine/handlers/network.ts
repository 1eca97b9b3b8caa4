import { parseRef } from '../../../shared/grid/grids.ts';
import { compareNetwork } from '../analysis/network/compare.ts';
import { reportNetwork } from '../analysis/network/report.ts';
import { showLinks } from '../analysis/network/showLinks.ts';
import { momentOf, openSession, procedures } from '../context.ts';
import { asEvents } from '../jobs.ts';
import { recordRead } from '../journal/journal.ts';
import type { Session } from '../session.ts';

/** Looking at who is linked with whom is on record, with the records that were named. */
function recordLook(session: Session, method: string, summary: string, refs: readonly string[] = []): void {
  const rows = refs.flatMap((ref) => parseRef(ref) ?? []).map(({ grid, id }) => ({ grid: grid.name, id }));
  const [target] = refs;
  recordRead(session, {
    operation: 'consultation',
    method,
    summary,
    ...(target === undefined ? {} : { target }),
    rows,
  });
}

export const networkHandlers = {
  measure: procedures.network.measure.handler(({ context, input, signal }) => {
    const session = openSession(context);
    return asEvents(signal, async (progress, aborted) => {
      const report = await reportNetwork(session, momentOf(session), input, { signal: aborted, progress });
      recordLook(
        session,
        'network.measure',
        `Looked at the measures of the network: ${report.counts.entities} entities, ${report.counts.links} links`,
      );
      return report;
    });
  }),
  links: procedures.network.links.handler(async ({ context, input, signal }) => {
    const session = openSession(context);
    const links = await showLinks(session, momentOf(session), input, { signal });
    recordLook(session, 'network.links', `Looked at the links of ${links.entity.ref}`, [links.entity.ref]);
    return links;
  }),
  compare: procedures.network.compare.handler(({ context, input, signal }) => {
    const session = openSession(context);
    return asEvents(signal, async (progress, aborted) => {
      const comparison = await compareNetwork(session, momentOf(session), input, {
        signal: aborted,
        progress,
      });
      recordLook(
        session,
        'network.compare',
        `Looked at the network without ${comparison.without.length} of it`,
        comparison.without.slice(0, 50),
      );
      return comparison;
    });
  }),
};
