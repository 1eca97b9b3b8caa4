import { GridState } from '../../../shared/contract/schemas.ts';
import { momentOf, openSession, procedures } from '../context.ts';
import { addSources, readPage, readValues } from '../database/queries/grid.ts';
import { readGroups } from '../database/queries/groups.ts';
import { readSetting, saveSetting } from '../database/settings.ts';
import { recordPage, recordValues } from '../journal/reads.ts';
import { prepareStale } from '../packs/stalePacks.ts';
import { listViews, removeView, saveView } from '../plan/views.ts';

const stateKey = (grid: string) => `grid:${grid}`;

export const gridHandlers = {
  page: procedures.grids.page.handler(async ({ context, input }) => {
    const session = openSession(context);
    if (input.grid === 'packs') await prepareStale(session);
    const page = session.reader.transaction(() => {
      const read = readPage(session.reader, input, momentOf(session), session.caches);
      if (input.sources) addSources(session.reader, input.grid, read.rows);
      return read;
    })();
    recordPage(session, input, page);
    return page;
  }),
  values: procedures.grids.values.handler(({ context, input }) => {
    const session = openSession(context);
    const values = readValues(session.reader, { ...input, limit: input.limit ?? 200 }, momentOf(session));
    recordValues(session, input.grid, input.field, values.values.length);
    return values;
  }),
  loadState: procedures.grids.loadState.handler(({ context, input }) => {
    const session = openSession(context);
    return { state: readSetting(session.reader, stateKey(input.grid), GridState) };
  }),
  saveState: procedures.grids.saveState.handler(async ({ context, input }) => {
    const session = openSession(context);
    await session.exclusively(() => saveSetting(session.writer, stateKey(input.grid), input.state));
    return { saved: true };
  }),
  groups: procedures.grids.groups.handler(({ context, input }) => {
    const session = openSession(context);
    return session.reader.transaction(() => readGroups(session.reader, input, momentOf(session)))();
  }),
  views: procedures.grids.views.handler(({ context, input }) => ({
    views: listViews(openSession(context).reader, input.grid),
  })),
  saveView: procedures.grids.saveView.handler(({ context, input }) => saveView(openSession(context), input)),
  removeView: procedures.grids.removeView.handler(async ({ context, input }) => ({
    removed: await removeView(openSession(context), input.id),
  })),
};
