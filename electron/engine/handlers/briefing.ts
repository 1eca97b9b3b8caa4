import { AppError } from '../../../shared/contract/errors.ts';
import { procedures } from '../context.ts';

export const briefingHandlers = {
  read: procedures.briefing.read.handler(() => {
    throw new AppError('invalid', 'This is not built yet.');
  }),
  save: procedures.briefing.save.handler(() => {
    throw new AppError('invalid', 'This is not built yet.');
  }),
  versions: procedures.briefing.versions.handler(() => {
    throw new AppError('invalid', 'This is not built yet.');
  }),
  spelling: procedures.briefing.spelling.handler(() => {
    throw new AppError('invalid', 'This is not built yet.');
  }),
};
