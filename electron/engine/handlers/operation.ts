import { AppError } from '../../../shared/contract/errors.ts';
import { momentOf, openSession, procedures } from '../context.ts';
import { readinessOf, readOverview } from '../plan/readiness.ts';

export const operationHandlers = {
  operation: {
    overview: procedures.operation.overview.handler(({ context }) => {
      const session = openSession(context);
      const moment = momentOf(session);
      return readOverview(session.reader, moment, readinessOf(session, moment).findings);
    }),
  },
  readiness: {
    check: procedures.readiness.check.handler(({ context }) => {
      const session = openSession(context);
      return readinessOf(session, momentOf(session));
    }),
    accept: procedures.readiness.accept.handler(() => {
      throw new AppError('invalid', 'This is not built yet.');
    }),
    withdraw: procedures.readiness.withdraw.handler(() => {
      throw new AppError('invalid', 'This is not built yet.');
    }),
  },
};
