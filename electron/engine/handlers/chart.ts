import { ChartState } from '../../../shared/contract/areas/chart.ts';
import { recordChart, recordLinkRows } from '../analysis/chart/chartLooks.ts';
import { growChart } from '../analysis/chart/growChart.ts';
import { readLinkRows } from '../analysis/chart/linkRows.ts';
import { momentOf, openSession, procedures } from '../context.ts';
import { readSetting, saveSetting } from '../database/settings.ts';
import { asEvents } from '../jobs.ts';

const stateKey = (user: number) => `chart:${user}`;

export const chartHandlers = {
  around: procedures.chart.around.handler(({ context, input, signal }) => {
    const session = openSession(context);
    return asEvents(signal, async (progress, aborted) => {
      const picture = await growChart(session, momentOf(session), input, { signal: aborted, progress });
      recordChart(
        session,
        picture.nodes.map(({ ref }) => ref),
      );
      return picture;
    });
  }),
  rows: procedures.chart.rows.handler(async ({ context, input, signal }) => {
    const session = openSession(context);
    const rows = await readLinkRows(session, input, { signal });
    recordLinkRows(session, input.a, input.b);
    return rows;
  }),
  load: procedures.chart.load.handler(({ context }) => {
    const session = openSession(context);
    return { state: readSetting(session.reader, stateKey(session.workspace.user.id), ChartState) };
  }),
  save: procedures.chart.save.handler(async ({ context, input }) => {
    const session = openSession(context);
    await session.exclusively(() =>
      saveSetting(session.writer, stateKey(session.workspace.user.id), input.state),
    );
    return { saved: true };
  }),
};
