/** What a command gets and answers; apart from `main.ts`, which knows the commands. */
import { createRouterClient } from '@orpc/server';
import type { Engine } from '../../engine/createEngine.ts';
import type { Arguments } from './arguments.ts';

/** The contract, called directly. */
export function makeClient(engine: Engine) {
  return createRouterClient(engine.router, { context: engine.context });
}

/** What a command works with. */
export interface Run {
  args: Arguments;
  engine: Engine;
  client: ReturnType<typeof makeClient>;
  signal: AbortSignal;
  /** Opens the workspace of the n-th word. */
  open(index?: number): Promise<void>;
}

/** Exit status: 0 done, 1 done with problems reported, 2 not done. */
export type Status = 0 | 1 | 2;
