import { setImmediate } from 'node:timers/promises';
import type { AnyRouter } from '@orpc/server';
import { StandardRPCHandler } from '@orpc/server/standard';
import { createServerPeerHandleRequestFn } from '@orpc/server/standard-peer';
import { ServerPeer } from '@orpc/standard-server-peer';
import { isEventIterator, mapIteratorErrors, toWireError } from '../../shared/contract/errorMapping.ts';
import { fromFrame, longestFrame, type StringPort, toFrame } from '../../shared/contract/port.ts';

/** The parts of an engine that a port needs. `keepInternal` keeps an unexpected error and returns its reference. */
export interface ServedEngine {
  router: AnyRouter;
  /** What every handler of the router gets. */
  context?: object;
  keepInternal?: (error: unknown) => string;
}

let internalErrors = 0;

/** A reference for an engine that keeps no errors: it says how many there have been. */
function countInternal(): string {
  internalErrors += 1;
  return `E${internalErrors}`;
}

/**
 * The same events, with a turn of the event loop before each. Without it, work that computes from event
 * to event keeps every other call waiting, and the message that would cancel it too.
 */
async function* letOthersIn<T>(events: AsyncIterableIterator<T>): AsyncGenerator<T> {
  for await (const event of events) {
    await setImmediate();
    yield event;
  }
}

/**
 * Answers the calls that arrive over a port until it closes. Calls of a port that has closed are aborted
 * through their signal. A frame that is not a call is kept as an internal error and answered by nothing.
 */
export function serveEngine(engine: ServedEngine, port: StringPort): void {
  const keepInternal = engine.keepInternal ?? countInternal;
  const mapError = (error: unknown) => toWireError(error, keepInternal);
  const handler = new StandardRPCHandler(engine.router, {
    clientInterceptors: [
      async ({ next }) => {
        try {
          const output = await next();
          return isEventIterator(output) ? mapIteratorErrors(letOthersIn(output), mapError) : output;
        } catch (error) {
          throw mapError(error);
        }
      },
    ],
  });
  const handle = createServerPeerHandleRequestFn(handler, { context: engine.context ?? {} });
  const peer = new ServerPeer((message) => port.postMessage(toFrame(message)));
  port.onMessage((frame) => {
    if (frame.length > longestFrame) {
      keepInternal(new Error('a frame is longer than any may be'));
      return;
    }
    // Here and not in oRPC's own port adapter, which lets a frame that is no call end the process.
    try {
      peer.message(fromFrame(frame), handle).catch(keepInternal);
    } catch (error) {
      keepInternal(error);
    }
  });
  port.onClose(() => peer.close());
}
