/**
 * The network of an open workspace with its measures: worked out once for each state of the journal and each choice of
 * links, and shared by all who ask meanwhile.
 */
import type { Progress } from '../../../../shared/contract/schemas.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import type { Moment } from '../../database/queries/expressions.ts';
import type { Session } from '../../session.ts';
import type { ChosenOptions, Network } from './buildNetwork.ts';
import type { Measured, MeasureTask } from './measure.ts';
import { measureApart, stopped } from './measureApart.ts';
import { newestChange, readNetwork } from './readNetwork.ts';

export interface MeasuredNetwork {
  network: Network;
  measured: Measured;
}

export interface Work {
  signal?: AbortSignal | undefined;
  progress?: ((progress: Progress) => void) | undefined;
}

/** A view, a chart and the priorities ask for a few choices at a time. */
const mostKept = 4;

/** Work that several wait for: it stops when the last of them has stopped waiting. */
interface Job {
  done: Promise<MeasuredNetwork>;
  waiting: number;
  abort: AbortController;
  told: Set<(progress: Progress) => void>;
}

const jobs = new WeakMap<ReadDatabase, Map<string, Job>>();

/** ISO date on which ages count. */
export const dayOf = (moment: Moment): string => (moment.strike ?? moment.today).slice(0, 10);

/** @throws AppError `cancelled` by the signal, `invalid` where there is more than can be measured together. */
export async function networkOf(
  session: Pick<Session, 'reader'>,
  moment: Moment,
  options: ChosenOptions,
  { signal, progress }: Work = {},
): Promise<MeasuredNetwork> {
  if (signal?.aborted) throw stopped();
  const kept = jobs.get(session.reader) ?? new Map<string, Job>();
  jobs.set(session.reader, kept);
  const key = JSON.stringify([newestChange(session.reader), dayOf(moment), options]);
  const job = kept.get(key) ?? startJob(session, moment, options);
  // The one that was asked for last is the last to be forgotten.
  kept.delete(key);
  kept.set(key, job);
  job.waiting += 1;
  for (const [old, { waiting }] of kept) if (kept.size > mostKept && waiting === 0) kept.delete(old);
  if (progress) job.told.add(progress);
  let isDone = false;
  try {
    const result = await untilStopped(job.done, signal);
    isDone = true;
    return result;
  } finally {
    if (progress) job.told.delete(progress);
    job.waiting -= 1;
    // What failed or was stopped is begun anew when it is asked for again.
    if (!isDone && job.waiting === 0) {
      job.abort.abort();
      if (kept.get(key) === job) kept.delete(key);
    }
  }
}

function startJob(session: Pick<Session, 'reader'>, moment: Moment, options: ChosenOptions): Job {
  const abort = new AbortController();
  const told: Job['told'] = new Set();
  const tell = (stage: string) => (share: number) => {
    for (const each of told)
      each({ type: 'progress', stage, done: Math.round(share * 100), total: 100, unit: 'steps' });
  };
  const done = (async () => {
    const network = await readNetwork(session, dayOf(moment), options, {
      signal: abort.signal,
      progress: tell('Reading the links'),
    });
    const measured = await measureApart(taskOf(network), {
      signal: abort.signal,
      progress: tell('Measuring the network'),
    });
    return { network, measured };
  })();
  // Whoever waits gets the error; where nobody does any more it is nobody's.
  done.catch(() => undefined);
  return { done, waiting: 0, abort, told };
}

/** People and lines are those whom the network is about; a key player is a person who is not protected. */
export function taskOf(network: Network, without: ReadonlySet<number> = new Set()): MeasureTask {
  const stays = (pair: number) =>
    !without.has(network.pairs.from[pair] ?? -1) && !without.has(network.pairs.to[pair] ?? -1);
  const kept = [...network.pairs.from.keys()].filter(stays);
  const of = (column: Int32Array) => Int32Array.from(kept, (pair) => column[pair] ?? 0);
  return {
    size: network.refs.length,
    pairs: {
      from: of(network.pairs.from),
      to: of(network.pairs.to),
      weight: Float64Array.from(kept, (pair) => network.pairs.weight[pair] ?? 1),
    },
    counts: Uint8Array.from(network.kinds, (kind, node) =>
      (kind === 'people' || kind === 'lines') && !without.has(node) ? 1 : 0,
    ),
    candidates: Uint8Array.from(network.kinds, (kind, node) =>
      kind === 'people' && !network.protection.has(node) && !without.has(node) ? 1 : 0,
    ),
  };
}

/** @throws AppError `cancelled` when the signal comes first. */
async function untilStopped<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  let stop: () => void = () => undefined;
  const early = new Promise<never>((_, reject) => {
    stop = () => reject(stopped());
  });
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, early]);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}
