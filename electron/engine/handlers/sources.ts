import { parseRef } from '../../../shared/grid/grids.ts';
import { momentOf, openSession, procedures } from '../context.ts';
import { exportOriginal } from '../intake/outputs/exportOriginal.ts';
import { viewSource } from '../intake/sourceRow/viewSource.ts';
import { recordRead } from '../journal/journal.ts';

export const sourceHandlers = {
  view: procedures.sources.view.handler(async ({ context, input, signal }) => {
    const session = openSession(context);
    const view = await viewSource(session.reader, input, momentOf(session), session.caches, signal);
    const target = parseRef(input.ref);
    recordRead(session, {
      operation: 'consultation',
      method: 'sources.view',
      target: input.ref,
      summary: `Opened the source of ${input.ref}: ${view.source}, row ${view.row}`,
      rows: target ? [{ grid: target.grid.name, id: target.id }] : [],
    });
    return view;
  }),
  exportOriginal: procedures.sources.exportOriginal.handler(({ context, input }) =>
    exportOriginal(
      openSession(context),
      input.ref,
      context.grants.resolve(input.folder, 'export'),
      input.reason,
    ),
  ),
};
