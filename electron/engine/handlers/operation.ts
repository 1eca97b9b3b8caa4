import { momentOf, openSession, procedures } from '../context.ts';
import { checkReadiness, readOverview } from '../plan/readiness.ts';

export const operationHandlers = {
  operation: {
    overview: procedures.operation.overview.handler(({ context }) => {
      const session = openSession(context);
      const moment = momentOf(session);
      return readOverview(session.reader, moment, checkReadiness(session.reader, moment).findings);
    }),
  },
  readiness: {
    check: procedures.readiness.check.handler(({ context }) => {
      const session = openSession(context);
      return checkReadiness(session.reader, momentOf(session));
    }),
  },
};
