import { useRef, useState } from 'react';
import type { Progress } from '../../shared/contract/schemas.ts';
import { describeError } from './reportError.ts';

type Events<Report> = AsyncIterable<Progress | { type: 'done'; report: Report }>;

/** One piece of long work: how far it is, how it failed, and a way to stop it. */
export function useJob() {
  const [progress, setProgress] = useState<Progress | null>(null);
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const abort = useRef<AbortController | null>(null);

  /** The report, or null where it failed or was stopped. */
  async function run<Report>(
    start: (signal: AbortSignal) => Promise<Events<Report>>,
  ): Promise<Report | null> {
    abort.current = new AbortController();
    setRunning(true);
    setError(null);
    setProgress(null);
    try {
      for await (const event of await start(abort.current.signal)) {
        if (event.type === 'done') return event.report;
        setProgress(event);
      }
    } catch (caught) {
      const { code, words } = describeError(caught);
      if (code !== 'cancelled') setError(words);
    } finally {
      setRunning(false);
    }
    return null;
  }

  return { progress, running, error, run, stop: () => abort.current?.abort(), clear: () => setError(null) };
}
