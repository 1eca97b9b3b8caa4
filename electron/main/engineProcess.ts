import { type MessagePortMain, utilityProcess } from 'electron';
import type { LockReason } from '../../shared/contract/lockReason.ts';
import type { GrantKind } from '../../shared/contract/native.ts';
import { millisecondsToLock } from '../hosts/lockTimes.ts';
import type { EngineMessage, HostMessage } from '../hosts/messages.ts';
import { makeRestartPolicy } from '../hosts/page/restartPolicy.ts';

export interface EngineKeeper {
  /** Hands the engine its end of a fresh channel to the page. */
  takePort(port: MessagePortMain): void;
  /** The grant for a path, or null where there is no engine to give one. */
  grant(path: string, use: GrantKind): Promise<string | null>;
  /** The path behind a grant, or null. */
  locate(grant: string): Promise<string | null>;
  /** Lets the engine close its workspace, then ends it. */
  close(): Promise<void>;
  /**
   * As `close`, in the moment that a lock may take, and starts a fresh engine. Answers with the folder that was open
   * when the old process is gone.
   */
  lock(reason: LockReason): Promise<string | null>;
}

const millisecondsToLeave = 5000;

/**
 * Keeps one engine running in a utility process. When it stops without being asked to, `onGone` is called
 * and a fresh one is started, after which `onFresh` is called; after too many stops it stays away.
 */
export function keepEngine(entry: string, onGone: () => void, onFresh: () => void): EngineKeeper {
  const mayRestart = makeRestartPolicy();
  const waiting = new Map<number, (value: string | null) => void>();
  let lastCall = 0;
  let leaving = false;
  let folder: string | null = null;
  let child: Electron.UtilityProcess | null = start();

  function start(): Electron.UtilityProcess {
    const started = utilityProcess.fork(entry, [], { serviceName: 'Fellside engine', stdio: 'inherit' });
    started.on('message', (message: EngineMessage) => {
      if (message.kind === 'workspace') folder = message.folder;
      if (message.kind !== 'answer') return;
      waiting.get(message.call)?.(message.value);
      waiting.delete(message.call);
    });
    started.once('exit', () => {
      if (child === started) child = null;
      for (const answer of waiting.values()) answer(null);
      waiting.clear();
      if (leaving) return;
      onGone();
      if (!mayRestart()) return;
      child = start();
      onFresh();
    });
    return started;
  }

  function send(message: HostMessage, ports: MessagePortMain[] = []): void {
    child?.postMessage(message, ports);
  }

  function ask(make: (call: number) => HostMessage): Promise<string | null> {
    if (child === null) return Promise.resolve(null);
    lastCall += 1;
    const call = lastCall;
    return new Promise((resolve) => {
      waiting.set(call, resolve);
      send(make(call));
    });
  }

  /** Asks the engine to leave, and ends it where it has not left in time. */
  async function end(message: HostMessage, milliseconds: number): Promise<void> {
    const last = child;
    if (last === null) return;
    const gone = new Promise<void>((resolve) => last.once('exit', () => resolve()));
    send(message);
    const timer = setTimeout(() => last.kill(), milliseconds);
    await gone;
    clearTimeout(timer);
  }

  return {
    takePort: (port) => send({ kind: 'port' }, [port]),
    grant: (path, use) => ask((call) => ({ kind: 'grant', call, path, use })),
    locate: (grant) => ask((call) => ({ kind: 'locate', call, grant })),
    close: () => {
      leaving = true;
      return end({ kind: 'close' }, millisecondsToLeave);
    },
    lock: async (reason) => {
      if (leaving) return null;
      leaving = true;
      // Before it closes: then there is none.
      const locked = folder;
      folder = null;
      await end({ kind: 'lock', reason }, millisecondsToLock);
      leaving = false;
      child = start();
      return locked;
    },
  };
}
