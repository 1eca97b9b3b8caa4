import { momentOf, openSession, procedures, writingSession } from '../context.ts';
import { stalePacks } from '../packs/stalePacks.ts';
import { acceptFinding, withdrawAcceptance } from '../plan/acceptances.ts';
import { checkReadiness, findingsOf, readinessOf, readOverview } from '../plan/readiness.ts';

/** How many packs the overview shows. */
const packsShown = 5;

export const operationHandlers = {
  operation: {
    overview: procedures.operation.overview.handler(({ context }) => {
      const session = openSession(context);
      const moment = momentOf(session);
      // The overview shows the last packs only, and comes after every change.
      const stale = () => stalePacks(session, packsShown);
      return readOverview(session.reader, { ...moment, stalePacks: stale }, findingsOf(session, moment));
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
