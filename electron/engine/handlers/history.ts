import { AppError } from '../../../shared/contract/errors.ts';
import { parseRef } from '../../../shared/grid/grids.ts';
import { openSession, procedures } from '../context.ts';
import { listEntries, undoState, verifyChain } from '../journal/journal.ts';
import { redo, undo } from '../journal/undo.ts';

export const historyHandlers = {
  list: procedures.history.list.handler(({ context, input }) => {
    const session = openSession(context);
    const row = input.ref === undefined ? null : parseRef(input.ref);
    if (input.ref !== undefined && !row)
      throw new AppError('usage', `"${input.ref}" is no reference. References look like WAR-3.`);
    return {
      entries: listEntries(session.reader, {
        before: input.before,
        limit: input.limit ?? 200,
        row: row ? { grid: row.grid.name, id: row.id } : undefined,
      }),
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
  verify: procedures.history.verify.handler(({ context }) => verifyChain(openSession(context).reader)),
};
