/** The timeline over a million calls: everything, moved and zoomed, and with the busiest numbers followed. */
import { readCalls } from '../../electron/engine/analysis/calls/readCalls.ts';
import { drawTimeline } from '../../electron/engine/analysis/timeline/lanes.ts';
import { momentOf } from '../../electron/engine/context.ts';
import { isoOfSeconds } from '../../shared/domain/timeGrain.ts';
import { openNamed, percentile, prepareWorkspace } from '../support/workspace.ts';
import type { Figures, Trial } from '../trial.ts';

const moves = 60;

export const timeline: Trial = {
  name: 'The timeline of 1,000,000 calls',
  repeats: 1,
  note: 'CPU milliseconds in the engine once the calls are read: everything, then moved and zoomed at random; 300 ms at most (design)',
  prepare: (context) => prepareWorkspace(context, 0.025),
  async subject(context) {
    const { session, engine } = await openNamed(context, 'calls');
    const moment = momentOf(session);
    const figures: Figures = {};
    const cpu = () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    };
    let started = cpu();
    const table = await readCalls(session.reader);
    figures['calls read once, ms'] = cpu() - started;
    started = cpu();
    const whole = await drawTimeline(session, moment, { bins: 250 });
    figures['everything first, ms'] = cpu() - started;
    figures['calls in view'] = whole.groups[0]?.lanes[0]?.inView ?? 0;
    const span = table.last - table.first;
    const refs = [...table.phones.entries()]
      .sort(([one], [other]) => table.rowsOf(other).length - table.rowsOf(one).length)
      .slice(0, 3)
      .map(([, phone]) => `PHN-${phone.id}`);
    for (const [name, followed] of [
      ['everything', {}],
      ['three numbers followed', { refs }],
    ] as const) {
      const times: number[] = [];
      for (let move = 0; move < moves; move += 1) {
        const from = table.first + (span * ((move * 7919) % 1000)) / 1100;
        const to = from + span / 2 ** (move % 12);
        started = cpu();
        await drawTimeline(session, moment, {
          ...followed,
          from: isoOfSeconds(Math.floor(from)),
          to: isoOfSeconds(Math.ceil(to)),
          bins: 250,
        });
        times.push(cpu() - started);
      }
      figures[`${name} p50, ms`] = percentile(times, 0.5);
      figures[`${name} p95, ms`] = percentile(times, 0.95);
    }
    await engine.close();
    return figures;
  },
};
