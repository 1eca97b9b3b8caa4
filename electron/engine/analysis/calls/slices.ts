/**
 * Long work as steps. Each yields often, after a few milliseconds of work; whoever runs it answers others as often as
 * it takes, whatever the machine and the data.
 */
import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../../../shared/contract/errors.ts';

/** Work that stops often. What it yields is the name of what it does, where that has one. */
export type Steps<Result> = Generator<string | undefined, Result>;

/** So long others wait. */
const sliceMs = 20;

/** Rows, or as little work, between two stops: some milliseconds. */
export const rowsAtOnce = 8192;

/** @throws AppError `cancelled` where the signal has come. */
export function stopIfAsked(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new AppError('cancelled', 'Looking at the calls was stopped. Nothing was changed.');
}

/** Does all steps, answering others in between. @throws AppError `cancelled` where the signal comes. */
export async function inSlices<Result>(
  steps: Steps<Result>,
  signal?: AbortSignal,
  tell?: (name: string) => void,
): Promise<Result> {
  let began = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - began < sliceMs) continue;
    if (step.value !== undefined) tell?.(step.value);
    await setImmediate();
    stopIfAsked(signal);
    began = performance.now();
  }
}

/** Does all steps at once. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
