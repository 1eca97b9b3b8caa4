import { momentOf, openSession, procedures, writingSession } from '../context.ts';
import { acceptFinding, withdrawAcceptance } from '../plan/acceptances.ts';
import { checkReadiness, findingsOf, readinessOf, readOverview } from '../plan/readiness.ts';

export const operationHandlers = {
  operation: {
    overview: procedures.operation.overview.handler(({ context }) => {
      const session = openSession(context);
      const moment = momentOf(session);
      return readOverview(session.reader, moment, findingsOf(session, moment));
    }),
  },
  readiness: {
    check: procedures.readiness.check.handler(({ context }) => {
      const session = openSession(context);
      return readinessOf(session, momentOf(session));
    }),
    accept: procedures.readiness.accept.handler(({ context, input }) => {
      const session = writingSession(context);
      return session.exclusively(() => {
        const { findings } = checkReadiness(session.writer, momentOf(session));
        return acceptFinding(session, input, findings);
      });
    }),
    withdraw: procedures.readiness.withdraw.handler(async ({ context, input }) => {
      const session = writingSession(context);
      return { withdrawn: await session.exclusively(() => withdrawAcceptance(session, input.id)) };
    }),
  },
};
