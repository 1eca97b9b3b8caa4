import { useState } from 'react';
import { refreshQueries } from '../../../app/connection.ts';
import { describeError, type ReportedError } from '../../../app/reportError.ts';

/** One call of the engine at a time, with how it failed. */
export function useAction() {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ReportedError | null>(null);

  /** The answer, or null where it failed. */
  async function run<Answer>(work: () => Promise<Answer>): Promise<Answer | null> {
    setBusy(true);
    setFailure(null);
    try {
      const answer = await work();
      refreshQueries();
      return answer;
    } catch (caught) {
      setFailure(describeError(caught));
      return null;
    } finally {
      setBusy(false);
    }
  }

  return { busy, failure, run, clear: () => setFailure(null) };
}
