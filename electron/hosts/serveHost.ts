import type { LockReason } from '../../shared/contract/lockReason.ts';
import type { GrantKind } from '../../shared/contract/native.ts';
import { type CarriedPort, makeCarriedPort, type StringPort } from '../../shared/contract/port.ts';
import { type ServedEngine, serveEngine } from '../engine/serve.ts';
import type { EngineMessage, HostMessage } from './messages.ts';

/** The parts of an engine that a host process needs. */
export interface HostedEngine extends ServedEngine {
  grants: {
    /** Keeps a path that a person chose and returns the opaque id for it. */
    add(path: string, use: GrantKind): string;
    /** The path behind a grant of one of these kinds. Throws where there is none. */
    resolve(grant: string, ...kinds: GrantKind[]): string;
  };
  close(): Promise<void> | void;
  /** Closes the workspace and says why in its journal. */
  lock(reason: LockReason): Promise<void> | void;
}

/**
 * The engine's end of the talk with its host: grants, ports, and leaving. `handle` takes each message of the
 * host in order; `takePort` serves a port that came by another way.
 */
export function serveHost(engine: HostedEngine, send: (message: EngineMessage) => void) {
  const ports = new Map<number, CarriedPort>();

  function handle(message: HostMessage): void {
    switch (message.kind) {
      case 'grant':
        send({ kind: 'answer', call: message.call, value: engine.grants.add(message.path, message.use) });
        break;
      case 'locate':
        send({ kind: 'answer', call: message.call, value: locate(message.grant) });
        break;
      case 'openPort': {
        const { port } = message;
        const carried = makeCarriedPort(
          (text) => send({ kind: 'frame', port, text }),
          () => {
            ports.delete(port);
            send({ kind: 'closePort', port });
          },
        );
        ports.set(port, carried);
        serveEngine(engine, carried.port);
        break;
      }
      case 'frame':
        ports.get(message.port)?.deliver(message.text);
        break;
      case 'closePort':
        ports.get(message.port)?.end();
        ports.delete(message.port);
        break;
      case 'lock': {
        const { reason } = message;
        void leave(() => engine.lock(reason));
        break;
      }
      case 'close':
        void leave();
        break;
      case 'port':
        break;
    }
  }

  function locate(grant: string): string | null {
    try {
      return engine.grants.resolve(grant, 'file', 'new-workspace', 'open-workspace', 'export', 'import');
    } catch {
      return null;
    }
  }

  /** Ends every call that runs, lets the engine close, and ends the process: nothing of it stays in memory. */
  async function leave(close: () => Promise<void> | void = () => engine.close()): Promise<void> {
    for (const carried of ports.values()) carried.end();
    ports.clear();
    try {
      await close();
    } finally {
      process.exit(0);
    }
  }

  return { handle, leave, takePort: (port: StringPort) => serveEngine(engine, port) };
}
