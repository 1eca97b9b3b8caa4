/** The search for matches and the state of the review: what is left, what was done, what can be undone. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { MatchPair, MatchReport } from '../../../shared/contract/areas/matching.ts';
import { usualThreshold } from '../../../shared/contract/areas/matching.ts';
import { undo } from '../../app/actions.ts';
import { refreshQueries, useClient } from '../../app/connection.ts';
import { showMessage } from '../../app/messages.ts';
import { reportError } from '../../app/reportError.ts';
import { matchingCopy } from '../../copy/matching.ts';
import type { ProgressEvent } from '../../ui/ProgressLine.tsx';
import { afterMerge, clustersWithout, withoutPair } from './queue.ts';

export interface Left {
  pairs: readonly MatchPair[];
  clusters: readonly (readonly string[])[];
}

/** A group that was merged without a look at each. */
export interface Automatic {
  refs: readonly string[];
  seq: number;
  undone: boolean;
}

export type Matches = ReturnType<typeof useMatches>;

export function useMatches() {
  const client = useClient();
  const [report, setReport] = useState<MatchReport | null>(null);
  const [left, setLeft] = useState<Left>({ pairs: [], clusters: [] });
  const [progress, setProgress] = useState<ProgressEvent | null>(null);
  const [running, setRunning] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  const [threshold, setThreshold] = useState(usualThreshold);
  /** The one that the workspace keeps. */
  const [kept, setKept] = useState(usualThreshold);
  const [automatic, setAutomatic] = useState<readonly Automatic[]>([]);
  const abort = useRef<AbortController | null>(null);

  const look = useCallback(
    async (from?: number) => {
      abort.current?.abort();
      const own = new AbortController();
      abort.current = own;
      setRunning(true);
      setFailed(null);
      setProgress(null);
      try {
        const events = await client.matching.find(
          { kind: 'people', ...(from === undefined ? {} : { threshold: from }) },
          { signal: own.signal },
        );
        for await (const event of events) {
          if (own.signal.aborted) return;
          if (event.type === 'progress') setProgress(event);
          else {
            setReport(event.report);
            if (from === undefined) {
              setThreshold(event.report.threshold);
              setKept(event.report.threshold);
            }
            setLeft({ pairs: event.report.pairs, clusters: event.report.clusters });
          }
        }
      } catch (error) {
        if (!own.signal.aborted) setFailed(error);
      } finally {
        if (abort.current === own) setRunning(false);
      }
    },
    [client],
  );

  useEffect(() => {
    void look();
    return () => abort.current?.abort();
  }, [look]);

  /** Does one change; on failure the queue stays as it was and the error is told. */
  const decide = useCallback(
    async (work: () => Promise<{ seq: number }>, next: (now: Left) => Left, words: string) => {
      const before = left;
      try {
        const { seq } = await work();
        setLeft(next);
        showMessage({
          tone: 'done',
          text: words,
          action: {
            label: matchingCopy.undo,
            run: () => void undo(seq).then(() => setLeft(before)),
          },
        });
        refreshQueries();
        return true;
      } catch (error) {
        reportError(error);
        return false;
      }
    },
    [left],
  );

  const merge = (refs: readonly string[]) =>
    decide(
      () => client.matching.merge({ refs: [...refs] }),
      (now) => ({
        pairs: afterMerge(now.pairs, refs),
        clusters: clustersWithout(now.clusters, refs),
      }),
      matchingCopy.merged(refs),
    );

  /** Keeps what was said of two; the second leaves a group that both are in. */
  const tell = (a: string, b: string, said: 'different' | 'unsure') =>
    decide(
      () => client.matching.decide({ a, b, said }),
      (now) => ({
        pairs:
          said === 'different'
            ? withoutPair(now.pairs, a, b)
            : [
                ...withoutPair(now.pairs, a, b),
                ...now.pairs
                  .filter((pair) => withoutPair([pair], a, b).length === 0)
                  .map((pair) => ({ ...pair, decision: 'unsure' as const })),
              ],
        clusters: now.clusters.flatMap((refs) =>
          refs.includes(a) && refs.includes(b) ? clustersWithout([refs], [b]) : [refs],
        ),
      }),
      said === 'different' ? matchingCopy.saidDifferent(a, b) : matchingCopy.saidUnsure(a, b),
    );

  /** Keeps the threshold in the workspace; false where that failed, which is told. */
  const keepThreshold = async () => {
    try {
      await client.matching.keepThreshold({ threshold });
      setKept(threshold);
      refreshQueries();
      return true;
    } catch (error) {
      reportError(error);
      return false;
    }
  };

  const mergeAll = async (groups: readonly (readonly string[])[]) => {
    // Nothing is merged without a look but above a threshold that somebody set.
    if (threshold !== kept && !(await keepThreshold())) return;
    try {
      for (let at = 0; at < groups.length; at += 200) {
        const { merged } = await client.matching.mergeAll({
          groups: groups.slice(at, at + 200).map((refs) => [...refs]),
          threshold,
        });
        setAutomatic((now) => [...merged.map((each) => ({ ...each, undone: false })), ...now]);
        setLeft((now) =>
          merged.reduce<Left>(
            (rest, { refs }) => ({
              pairs: afterMerge(rest.pairs, refs),
              clusters: clustersWithout(rest.clusters, refs),
            }),
            now,
          ),
        );
      }
    } catch (error) {
      reportError(error);
    }
    refreshQueries();
  };

  const undoAutomatic = async (seq: number) => {
    try {
      await client.history.undo({ seq });
      setAutomatic((now) => now.map((each) => (each.seq === seq ? { ...each, undone: true } : each)));
    } catch (error) {
      reportError(error);
    }
    refreshQueries();
  };

  return {
    report,
    left,
    progress,
    running,
    failed,
    threshold,
    kept,
    keepThreshold,
    automatic,
    setThreshold,
    look,
    cancel: () => {
      abort.current?.abort();
      setRunning(false);
    },
    merge,
    tell,
    mergeAll,
    undoAutomatic,
  };
}
