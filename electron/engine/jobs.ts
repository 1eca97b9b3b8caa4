/** Long work as events of the contract: progress as it comes, at most some times a second, then `done`. */
import { setTimeout } from 'node:timers/promises';
import type { Progress } from '../../shared/contract/schemas.ts';

const milliseconds = 100;

export async function* asEvents<Report>(
  signal: AbortSignal | undefined,
  work: (progress: (progress: Progress) => void, signal: AbortSignal) => Promise<Report>,
): AsyncGenerator<Progress | { type: 'done'; report: Report }> {
  const abort = new AbortController();
  const stop = () => abort.abort();
  signal?.addEventListener('abort', stop, { once: true });
  // Aborted before anybody listened.
  if (signal?.aborted) stop();
  let latest: Progress | null = null;
  let wake: () => void = () => undefined;
  let ended = false;
  const finished = work((progress) => {
    latest = progress;
    wake();
  }, abort.signal).finally(() => {
    ended = true;
    wake();
  });
  // The rejection is delivered by the await below; this keeps it from counting as unhandled before.
  const settled = finished.then(
    () => undefined,
    () => undefined,
  );
  try {
    while (!ended) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (ended) resolve();
      });
      if (latest) {
        const progress: Progress = latest;
        latest = null;
        yield progress;
        // The end is never kept waiting.
        if (!ended) await Promise.race([setTimeout(milliseconds), settled]);
      }
    }
    yield { type: 'done', report: await finished };
  } finally {
    // The page stopped listening: the work stops too.
    if (!ended) abort.abort();
    signal?.removeEventListener('abort', stop);
  }
}
