import { momentOf, openSession, procedures } from '../context.ts';
import { readLabels } from '../database/queries/rows.ts';
import { layOutBoard, refsOfBoard } from '../plan/board.ts';
import { readClocks, readTally } from '../plan/clocks.ts';
import { findingsOf } from '../plan/readiness.ts';
import { readPlan } from '../plan/readPlan.ts';
import { now } from '../session.ts';

export const planHandlers = {
  board: procedures.plan.board.handler(({ context }) => {
    const session = openSession(context);
    const moment = momentOf(session);
    const findings = findingsOf(session, moment);
    return session.reader.transaction(() => {
      const board = layOutBoard(readPlan(session.reader, moment), findings);
      return { ...board, labels: readLabels(session.reader, refsOfBoard(board)) };
    })();
  }),
  clocks: procedures.plan.clocks.handler(({ context, input }) => {
    const session = openSession(context);
    const at = now(session);
    return { clocks: readClocks(session.reader, momentOf(session), at, input.ref), now: at };
  }),
  tally: procedures.plan.tally.handler(({ context }) => {
    const session = openSession(context);
    return readTally(session.reader, momentOf(session));
  }),
};
