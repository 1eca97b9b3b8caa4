/** What a user has written and not yet saved, kept encrypted through a lock. */
import { openSession, procedures } from '../context.ts';
import { keepDrafts, listDrafts } from '../locking/drafts.ts';

export const draftsHandlers = {
  list: procedures.drafts.list.handler(({ context }) => ({ drafts: listDrafts(openSession(context)) })),
  keep: procedures.drafts.keep.handler(async ({ context, input }) => ({
    kept: await keepDrafts(openSession(context), input.drafts),
  })),
};
