/** Pages of 200 rows anywhere in a million calls. */

import { readPage } from '../../electron/engine/database/queries/grid.ts';
import { noMoment } from '../../electron/engine/database/queries/rows.ts';
import type { GridRequest } from '../../shared/grid/query.ts';
import { createRandom, numberAt } from '../support/callFile.ts';
import { openNamed, percentile, prepareWorkspace, rowsOf } from '../support/workspace.ts';
import type { Figures, Trial } from '../trial.ts';

const limit = 200;
const visits = 200;

export const gridPage: Trial = {
  name: 'Grid pages of 200 from 1,000,000 calls',
  repeats: 1,
  note: 'milliseconds in the engine for one page: first visit to an order, then random depths; p95 under 20 ms',
  prepare: (context) => prepareWorkspace(context, 0.025),
  async subject(context) {
    const { session, engine } = await openNamed(context, 'calls');
    const total = rowsOf(context);
    const orders: Record<string, Omit<GridRequest, 'grid' | 'offset' | 'limit'>> = {
      'as imported': {},
      'start, earliest first': { sort: [{ field: 'start', direction: 'asc' }] },
      'start, latest first': { sort: [{ field: 'start', direction: 'desc' }] },
      'by reference, last first': { sort: [{ field: 'ref', direction: 'desc' }] },
      'one number': { where: { aNumber: numberAt(3) } },
      'one number, latest first': {
        where: { aNumber: numberAt(3) },
        sort: [{ field: 'start', direction: 'desc' }],
      },
      'one day': { where: { start: '2026-03-03' }, sort: [{ field: 'start', direction: 'asc' }] },
    };
    const figures: Figures = {};
    for (const [name, order] of Object.entries(orders)) {
      const random = createRandom(5);
      const page = (offset: number) => {
        const started = performance.now();
        const read = session.reader.transaction(() =>
          readPage(
            session.reader,
            { grid: 'communications', ...order, offset, limit },
            noMoment,
            session.caches,
          ),
        )();
        return { read, time: performance.now() - started };
      };
      const first = page(0);
      const found = first.read.total;
      figures[`${name}: rows`] = found;
      figures[`${name}: first page, ms`] = first.time;
      const end = page(Math.max(0, found - limit));
      if (end.read.rows.length !== Math.min(limit, found)) throw new Error('the end is not reached');
      figures[`${name}: first jump to the end, ms`] = end.time;
      const times = Array.from({ length: context.quick ? 5 : visits }, () => page(random(found)).time);
      figures[`${name}: p50, ms`] = percentile(times, 0.5);
      figures[`${name}: p95, ms`] = percentile(times, 0.95);
      figures[`${name}: most, ms`] = Math.max(...times);
      if (found > total) throw new Error('more rows than there are');
    }
    await engine.close();
    return figures;
  },
};
