import { AppError } from '../../../shared/contract/errors.ts';
import { procedures } from '../context.ts';

export const sourceHandlers = {
  view: procedures.sources.view.handler(() => {
    throw new AppError('invalid', 'This is not built yet.');
  }),
  exportOriginal: procedures.sources.exportOriginal.handler(() => {
    throw new AppError('invalid', 'This is not built yet.');
  }),
};
