import { AppError } from '../../../shared/contract/errors.ts';
import { procedures } from '../context.ts';

export const mappingHandlers = {
  list: procedures.mappings.list.handler(() => {
    throw new AppError('invalid', 'This is not built yet.');
  }),
  save: procedures.mappings.save.handler(() => {
    throw new AppError('invalid', 'This is not built yet.');
  }),
  remove: procedures.mappings.remove.handler(() => {
    throw new AppError('invalid', 'This is not built yet.');
  }),
};
