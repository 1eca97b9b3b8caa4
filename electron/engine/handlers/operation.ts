import { momentOf, openSession, procedures } from '../context.ts';
import { stalePacks } from '../packs/stalePacks.ts';
import { acceptFinding, withdrawAcceptance } from '../plan/acceptances.ts';
import {
  checkReadiness,
  findingCounts,
  findingsAbout,
  readinessOf,
  readOverview,
} from '../plan/readiness.ts';

/** How many packs the overview shows. */
const packsShown = 5;

export const operationHandlers = {
  operation: {
    overview: procedures.operation.overview.handler(({ context }) => {
      const session = openSession(context);
      const moment = momentOf(session);
      // The overview shows the last packs only, and comes after every change.
      const stale = () => stalePacks(session, packsShown);
      const { accepted: _, ...open } = findingCounts(session, moment);
      return readOverview(session.reader, { ...moment, stalePacks: stale }, open);
    }),
  },
  readiness: {
    check: procedures.readiness.check.handler(({ context, input }) => {
      const session = openSession(context);
      return readinessOf(session, momentOf(session), input?.most);
    }),
    about: procedures.readiness.about.handler(({ context, input }) => {
      const session = openSession(context);
      return { findings: findingsAbout(session, momentOf(session), new Set(input.refs)) };
    }),
    accept: procedures.readiness.accept.handler(({ context, input }) => {
      const session = openSession(context);
      return session.exclusively(() => {
        const { findings } = checkReadiness(session.writer, momentOf(session));
        return acceptFinding(session, input, findings);
      });
    }),
    withdraw: procedures.readiness.withdraw.handler(async ({ context, input }) => {
      const session = openSession(context);
      return { withdrawn: await session.exclusively(() => withdrawAcceptance(session, input.id)) };
    }),
  },
};
