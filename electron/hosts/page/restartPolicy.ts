const allowedRestarts = 5;
const withinMilliseconds = 60_000;

/**
 * Says whether an engine that has just stopped is started again: yes, unless it has stopped more than five
 * times within a minute, since then it would stop again and the page would flicker for ever.
 */
export function makeRestartPolicy(now: () => number = Date.now): () => boolean {
  let stops: number[] = [];
  return () => {
    const time = now();
    stops = [...stops.filter((stop) => time - stop < withinMilliseconds), time];
    return stops.length <= allowedRestarts;
  };
}
