import { openSession, procedures } from '../context.ts';
import { listEntries } from '../journal/entries.ts';
import { undoState } from '../journal/journal.ts';
import { settleReads } from '../journal/reads.ts';
import { redo, undo } from '../journal/undo.ts';
import { verifyJournal } from '../journal/verify.ts';

export const historyHandlers = {
  list: procedures.history.list.handler(({ context, input }) => {
    const session = openSession(context);
    const { before, limit = 200, ...filter } = input;
    settleReads(session);
    return {
      entries: listEntries(session.reader, { before, limit, filter, viewer: session.workspace.user }),
      undo: undoState(session.reader),
    };
  }),
  undo: procedures.history.undo.handler(async ({ context, input }) => {
    const session = openSession(context);
    return { ...(await undo(session, input.seq)), undo: undoState(session.writer) };
  }),
  redo: procedures.history.redo.handler(async ({ context }) => {
    const session = openSession(context);
    return { ...(await redo(session)), undo: undoState(session.writer) };
  }),
  verify: procedures.history.verify.handler(({ context, signal }) =>
    verifyJournal(openSession(context).reader, signal, () => undefined),
  ),
};
