/** Who is the same person: pairs, decisions, merging and splitting. */
import { momentOf, openSession, procedures } from '../context.ts';
import { findMatches } from '../entities/matching/findMatches.ts';
import { keepThreshold, readThreshold } from '../entities/matching/threshold.ts';
import { decidePair, mergeGroups, mergeRows, splitRow } from '../entities/merge.ts';
import { readMatchParts } from '../entities/parts.ts';
import { asEvents } from '../jobs.ts';
import { recordRead } from '../journal/journal.ts';

export const matchingHandlers = {
  find: procedures.matching.find.handler(({ context, input, signal }) => {
    const session = openSession(context);
    const moment = momentOf(session);
    recordRead(session, {
      operation: 'consultation',
      method: 'matching.find',
      summary: `Looked for ${input.kind} that may be the same`,
    });
    return asEvents(signal, (progress, aborted) =>
      findMatches(session, {
        kind: input.kind,
        threshold: input.threshold ?? readThreshold(session.reader),
        moment,
        signal: aborted,
        progress,
      }),
    );
  }),
  keepThreshold: procedures.matching.keepThreshold.handler(async ({ context, input }) => ({
    saved: await keepThreshold(openSession(context), input.threshold),
  })),
  merge: procedures.matching.merge.handler(({ context, input }) => {
    const session = openSession(context);
    return session.exclusively(() => mergeRows(session, input.refs, input.reason));
  }),
  mergeAll: procedures.matching.mergeAll.handler(({ context, input }) => {
    const session = openSession(context);
    return session.exclusively(() => ({
      merged: mergeGroups(session, input.groups, input.threshold, input.reason),
    }));
  }),
  parts: procedures.matching.parts.handler(({ context, input }) => {
    const session = openSession(context);
    const parts = readMatchParts(session, input.ref);
    recordRead(session, {
      operation: 'consultation',
      method: 'matching.parts',
      target: parts.ref,
      summary: `Looked at what ${parts.ref} was merged from`,
    });
    return parts;
  }),
  split: procedures.matching.split.handler(({ context, input }) => {
    const session = openSession(context);
    const { evidence, reason, ...off } = input;
    return session.exclusively(() => splitRow(session, { ...off, records: evidence }, reason));
  }),
  decide: procedures.matching.decide.handler(({ context, input }) => {
    const session = openSession(context);
    return session.exclusively(() => decidePair(session, [input.a, input.b], input.said, input.reason));
  }),
};
