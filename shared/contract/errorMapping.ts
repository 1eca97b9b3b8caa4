import { ORPCError } from '@orpc/client';
import { AppError, type ErrorCode, errorCodes } from './errors.ts';

const knownCodes: ReadonlySet<string> = new Set(errorCodes);

/** Paths and messages of what a schema refused. Never the refused values: they may be personal data. */
function describeRefusal(data: unknown): string {
  const issues = (data as { issues?: unknown } | undefined)?.issues;
  if (!Array.isArray(issues)) return '';
  return issues
    .slice(0, 5)
    .map((issue: { path?: unknown[]; message?: unknown }) => {
      const path = (issue.path ?? [])
        .map((part) => String(typeof part === 'object' && part !== null && 'key' in part ? part.key : part))
        .join('.');
      return path === '' ? String(issue.message) : `${path}: ${String(issue.message)}`;
    })
    .join('; ');
}

/**
 * The engine's side: whatever a handler threw, as the error that may cross the port. `AppError` keeps its
 * code, words and details. Input that the contract refuses becomes `invalid`. Everything else becomes
 * `internal` with the reference that `keepInternal` returns after it has kept the error in memory.
 */
export function toWireError(
  error: unknown,
  keepInternal: (error: unknown) => string,
): ORPCError<string, unknown> {
  if (error instanceof AppError) {
    return new ORPCError(error.code, { status: 500, message: error.message, data: error.details });
  }
  if (error instanceof ORPCError) {
    if (knownCodes.has(error.code)) return error;
    if (error.code === 'BAD_REQUEST') {
      const refusal = describeRefusal(error.data);
      const message =
        refusal === '' ? 'The request was not understood.' : `The request was refused: ${refusal}`;
      return new ORPCError('invalid', { status: 500, message });
    }
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return new ORPCError('cancelled', { status: 500, message: 'Cancelled.' });
  }
  const message = `Something went wrong inside Fellside. Reference ${keepInternal(error)}.`;
  return new ORPCError('internal', { status: 500, message });
}

/** The page's side: what came over the port, or failed on the way, as an AppError. */
export function toAppError(error: unknown, state: { gone: boolean; aborted: boolean }): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof ORPCError && knownCodes.has(error.code)) {
    const details = error.data as Record<string, unknown> | undefined;
    return new AppError(error.code as ErrorCode, error.message, details ?? undefined);
  }
  if (state.aborted) return new AppError('cancelled', 'Cancelled.');
  if (state.gone) return makeEngineGone();
  return new AppError('internal', 'The engine and the page did not understand each other. Restart Fellside.');
}

/** The error of every call that was waiting, or is made, when there is no engine behind the port. */
export function makeEngineGone(): AppError {
  return new AppError('engine.gone', 'The engine has stopped. Unlock the workspace again to go on.');
}

/** The same values from an iterator whose errors pass through `mapError`. Ending it early ends the source. */
export function mapIteratorErrors<T>(
  source: AsyncIterator<T, unknown, unknown>,
  mapError: (error: unknown) => Error,
): AsyncIterableIterator<T, unknown, unknown> {
  // An object and not a generator: a generator's `return` waits for a pending `next`, so a page that stops
  // listening to rare events would never be heard.
  const iterator: AsyncIterableIterator<T, unknown, unknown> = {
    next: async () => {
      try {
        return await source.next();
      } catch (error) {
        throw mapError(error);
      }
    },
    return: async (value) => {
      try {
        return (await source.return?.(value)) ?? { done: true, value };
      } catch (error) {
        throw mapError(error);
      }
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

/** True for the event iterators that long work answers with. */
export function isEventIterator(value: unknown): value is AsyncIterableIterator<unknown, unknown, unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'next' in value;
}
