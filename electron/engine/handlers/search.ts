/** One search over everything. */
import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../../shared/contract/errors.ts';
import { momentOf, openSession, procedures } from '../context.ts';
import { recordFind } from '../journal/reads.ts';
import { answerSearch, countSearch } from '../search/answer.ts';
import { searchIndexOf } from '../search/searchIndex.ts';

/** A search whose caller has typed on meanwhile is not worth beginning. */
async function stillWanted(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate();
  if (signal?.aborted) throw new AppError('cancelled', 'The search was given up for a newer one.');
}

export const searchHandlers = {
  find: procedures.search.find.handler(async ({ context, input, signal }) => {
    await stillWanted(signal);
    const session = openSession(context);
    const own = searchIndexOf(session);
    const index = own.refresh();
    const answer = answerSearch(session.reader, own.vocabulary, input, momentOf(session));
    recordFind(session, 'search.find', input.text, answer.hits);
    return { ...answer, index };
  }),
  facets: procedures.search.facets.handler(async ({ context, input, signal }) => {
    await stillWanted(signal);
    const session = openSession(context);
    const own = searchIndexOf(session);
    own.refresh();
    return countSearch(session.reader, own.vocabulary, input, momentOf(session));
  }),
  index: procedures.search.index.handler(({ context, signal }) =>
    searchIndexOf(openSession(context)).build(signal),
  ),
};
