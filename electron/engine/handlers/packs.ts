import { AppError } from '../../../shared/contract/errors.ts';
import { openSession, procedures } from '../context.ts';

export const packHandlers = {
  preview: procedures.packs.preview.handler(({ context }) => {
    openSession(context);
    throw new AppError('pack.unknown', 'Packs are not there yet.');
  }),
  export: procedures.packs.export.handler(({ context }) => {
    openSession(context);
    throw new AppError('pack.unknown', 'Packs are not there yet.');
  }),
};
