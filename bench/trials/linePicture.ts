/** What one number's calls show, and everything that is found, in a million calls. */

import { reportFindings } from '../../electron/engine/analysis/calls/callStudy.ts';
import { drawPicture } from '../../electron/engine/analysis/calls/picture.ts';
import { readCalls } from '../../electron/engine/analysis/calls/readCalls.ts';
import { momentOf } from '../../electron/engine/context.ts';
import { openNamed, percentile, prepareWorkspace } from '../support/workspace.ts';
import type { Figures, Trial } from '../trial.ts';

const visits = 50;

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** The most CPU time that passes while nobody else is answered, in milliseconds; what a busy machine adds is not counted. */
function watchBlocks(): { begin(): void; longest(): number; stop(): void } {
  let [last, longest, isOn] = [cpu(), 0, true];
  const look = () => {
    const now = cpu();
    longest = Math.max(longest, now - last);
    last = now;
    if (isOn) setImmediate(look);
  };
  setImmediate(look);
  return {
    begin() {
      last = cpu();
      longest = 0;
    },
    longest: () => Math.max(longest, cpu() - last),
    stop() {
      isOn = false;
    },
  };
}

export const linePicture: Trial = {
  name: 'What a line’s calls show, in 1,000,000 calls',
  repeats: 1,
  note: 'milliseconds in the engine: the calls read once after an import, then the picture of the busiest number and of 50 others; under 2,000 ms together, and no block over 100 ms. Every finding in all calls.',
  prepare: (context) => prepareWorkspace(context, 0.025),
  async subject(context) {
    const { session, engine } = await openNamed(context, 'calls');
    const moment = momentOf(session);
    const figures: Figures = {};
    const blocks = watchBlocks();
    const timed = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
      blocks.begin();
      const [started, spent] = [performance.now(), cpu()];
      const result = await work();
      figures[`${name}, ms`] = performance.now() - started;
      figures[`${name}, ms of CPU`] = cpu() - spent;
      figures[`${name}, longest block in ms of CPU`] = blocks.longest();
      return result;
    };
    const table = await timed('calls read once', () => readCalls(session.reader));
    const busiest = table.phones.reduce((most, phone, place) =>
      table.rowsOf(place).length > table.rowsOf(table.placeOf.get(most.id) ?? 0).length ? phone : most,
    );
    const first = await timed('first picture', () => drawPicture(session, moment, `PHN-${busiest.id}`));
    figures['events of the busiest number'] = first.events;
    const times: number[] = [];
    for (const phone of table.phones.slice(0, visits)) {
      const started = performance.now();
      await drawPicture(session, moment, `PHN-${phone.id}`);
      times.push(performance.now() - started);
    }
    figures['picture p50, ms'] = percentile(times, 0.5);
    figures['picture p95, ms'] = percentile(times, 0.95);
    const { total } = await timed('findings in all calls', () => reportFindings(session, moment, {}));
    figures.findings = total;
    await timed('findings again', () => reportFindings(session, moment, {}));
    blocks.stop();
    await engine.close();
    return figures;
  },
};
