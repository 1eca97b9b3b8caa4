import { AppError } from '../../../shared/contract/errors.ts';
import { momentOf, openSession, procedures } from '../context.ts';
import { readLabels } from '../database/queries/rows.ts';
import { layOutBoard, refsOfBoard } from '../plan/board.ts';
import { readinessOf, readPlan } from '../plan/readiness.ts';

export const planHandlers = {
  board: procedures.plan.board.handler(({ context }) => {
    const session = openSession(context);
    const moment = momentOf(session);
    const { findings } = readinessOf(session, moment);
    return session.reader.transaction(() => {
      const board = layOutBoard(readPlan(session.reader, moment), findings);
      return { ...board, labels: readLabels(session.reader, refsOfBoard(board)) };
    })();
  }),
  clocks: procedures.plan.clocks.handler(() => {
    throw new AppError('invalid', 'This is not built yet.');
  }),
  tally: procedures.plan.tally.handler(() => {
    throw new AppError('invalid', 'This is not built yet.');
  }),
};
