import { makeRef, parseRef } from '../../../shared/grid/grids.ts';
import { defaultThresholds } from '../../../shared/reference/callThresholds.ts';
import { reportFindings } from '../analysis/calls/callStudy.ts';
import { drawOverview, drawPicture } from '../analysis/calls/picture.ts';
import { readThresholds, saveThresholds } from '../analysis/calls/thresholds.ts';
import { addToTarget, makeIntelligence } from '../analysis/calls/useFinding.ts';
import { momentOf, openSession, procedures } from '../context.ts';
import { asEvents } from '../jobs.ts';
import { recordRead } from '../journal/journal.ts';
import type { Changed } from '../plan/edit.ts';
import type { Session } from '../session.ts';

/** What the calls show is about people: looking at it is on record. */
function recordLook(session: Session, method: string, summary: string, ref?: string): void {
  const row = ref === undefined ? null : parseRef(ref);
  recordRead(session, {
    operation: 'consultation',
    method,
    summary,
    ...(ref === undefined ? {} : { target: ref }),
    rows: row ? [{ grid: row.grid.name, id: row.id }] : [],
  });
}

/** The record that was made or changed, and its entry; nothing where the words stand there already. */
const made = (changed: Changed | null) => {
  const row = changed?.rows[0];
  return { ref: row ? makeRef(row.grid, row.id) : null, seq: changed?.seq ?? null };
};

export const callsHandlers = {
  overview: procedures.calls.overview.handler(async ({ context, signal }) => {
    const session = openSession(context);
    const overview = await drawOverview(session, momentOf(session), { signal });
    recordLook(session, 'calls.overview', 'Looked at the lines and the busiest numbers of the call data');
    return overview;
  }),
  picture: procedures.calls.picture.handler(async ({ context, input, signal }) => {
    const session = openSession(context);
    const picture = await drawPicture(session, momentOf(session), input.ref, input.shown, { signal });
    recordLook(session, 'calls.picture', `Looked at what the calls of ${input.ref} show`, input.ref);
    return picture;
  }),
  findings: procedures.calls.findings.handler(({ context, input, signal }) => {
    const session = openSession(context);
    return asEvents(signal, async (progress, aborted) => {
      const report = await reportFindings(session, momentOf(session), input, { signal: aborted, progress });
      const of = input.ref === undefined ? '' : ` about ${input.ref}`;
      recordLook(
        session,
        'calls.findings',
        `Looked at ${report.findings.length} findings in the call data${of}`,
        input.ref,
      );
      return report;
    });
  }),
  thresholds: procedures.calls.thresholds.handler(({ context }) => ({
    thresholds: readThresholds(openSession(context).reader),
    defaults: defaultThresholds,
  })),
  saveThresholds: procedures.calls.saveThresholds.handler(async ({ context, input }) => ({
    saved: await saveThresholds(openSession(context), input.thresholds),
  })),
  makeIntelligence: procedures.calls.makeIntelligence.handler(async ({ context, input }) => {
    const session = openSession(context);
    return made(await makeIntelligence(session, momentOf(session), input.id));
  }),
  addToTarget: procedures.calls.addToTarget.handler(async ({ context, input }) => {
    const session = openSession(context);
    return made(await addToTarget(session, momentOf(session), input.id, input.target));
  }),
};
