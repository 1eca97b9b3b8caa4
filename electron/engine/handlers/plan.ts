import { AppError } from '../../../shared/contract/errors.ts';
import { procedures } from '../context.ts';

export const planHandlers = {
  board: procedures.plan.board.handler(() => {
    throw new AppError('invalid', 'This is not built yet.');
  }),
  clocks: procedures.plan.clocks.handler(() => {
    throw new AppError('invalid', 'This is not built yet.');
  }),
  tally: procedures.plan.tally.handler(() => {
    throw new AppError('invalid', 'This is not built yet.');
  }),
};
