import { createORPCClient } from '@orpc/client';
import { StandardRPCLink } from '@orpc/client/standard';
import type { AnyContractRouter, ContractRouterClient } from '@orpc/contract';
import { ClientPeer } from '@orpc/standard-server-peer';
import type { contract } from './contract.ts';
import { isEventIterator, makeEngineGone, mapIteratorErrors, toAppError } from './errorMapping.ts';
import { AppError } from './errors.ts';
import { fromFrame, type StringPort, toFrame } from './port.ts';

/** The engine as the page calls it: every method of the contract, typed. */
export type EngineClient = ContractRouterClient<typeof contract>;

/**
 * The engine behind a port. Every rejection is an AppError: the engine's own code and words; `cancelled`
 * where the call's signal was aborted; `engine.gone` for every call that is waiting when the port closes
 * and for every call after that.
 */
export function connect(port: StringPort, askAgain?: AskAgain): EngineClient {
  return connectTo<typeof contract>(port, askAgain);
}

/** What to do about a refusal: true when the call is worth making once more. */
export type AskAgain = (refusal: AppError) => Promise<boolean>;

/** `connect` for any contract. */
export function connectTo<Contract extends AnyContractRouter>(
  port: StringPort,
  askAgain: AskAgain = async () => false,
): ContractRouterClient<Contract> {
  let gone = false;
  const peer = new ClientPeer((message) => port.postMessage(toFrame(message)));
  port.onMessage((frame) => {
    // A frame that is not an answer has no call to reject; the engine's own calls go on.
    peer.message(fromFrame(frame)).catch(() => {});
  });
  port.onClose(() => {
    gone = true;
    peer.close();
  });
  const sender = {
    call: async (request: Parameters<typeof peer.request>[0]) => {
      const response = await peer.request(request);
      return { ...response, body: async () => response.body };
    },
  };
  const link = new StandardRPCLink(sender, {
    url: 'http://orpc',
    interceptors: [
      async ({ next, signal }) => {
        if (gone) throw makeEngineGone();
        const mapError = (error: unknown) => toAppError(error, { gone, aborted: signal?.aborted ?? false });
        const call = async () => {
          try {
            const output = await next();
            return isEventIterator(output) ? mapIteratorErrors(output, mapError) : output;
          } catch (error) {
            throw mapError(error);
          }
        };
        try {
          return await call();
        } catch (error) {
          if (error instanceof AppError && (await askAgain(error))) return call();
          throw error;
        }
      },
    ],
  });
  return createORPCClient(link) as ContractRouterClient<Contract>;
}
