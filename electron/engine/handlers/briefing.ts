import { momentOf, openSession, procedures } from '../context.ts';
import { listBriefingVersions, readBriefing, saveBriefing } from '../plan/briefing.ts';
import { findMisspellings } from '../plan/spelling.ts';

export const briefingHandlers = {
  read: procedures.briefing.read.handler(({ context, input }) => {
    const session = openSession(context);
    return session.reader.transaction(() => readBriefing(session.reader, momentOf(session), input.version))();
  }),
  save: procedures.briefing.save.handler(async ({ context, input }) => {
    const session = openSession(context);
    await session.exclusively(() => saveBriefing(session, input));
    return readBriefing(session.reader, momentOf(session));
  }),
  versions: procedures.briefing.versions.handler(({ context }) => ({
    versions: listBriefingVersions(openSession(context).reader),
  })),
  spelling: procedures.briefing.spelling.handler(async ({ input }) => ({
    words: await findMisspellings(input.text),
  })),
};
