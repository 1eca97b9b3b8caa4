/** The thread of `measureApart.ts`: one network, its measures, then it ends. It knows numbers alone, no names. */
import { parentPort, workerData } from 'node:worker_threads';
import { type MeasureTask, measure } from './measure.ts';

let lastTold = 0;
const answer = measure(workerData as MeasureTask, (share) => {
  const time = performance.now();
  if (time - lastTold < 100) return;
  lastTold = time;
  parentPort?.postMessage({ type: 'progress', share });
});
parentPort?.postMessage({ type: 'done', answer });
