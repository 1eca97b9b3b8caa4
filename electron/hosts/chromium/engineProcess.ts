import { fork } from 'node:child_process';
import type { LockReason } from '../../../shared/contract/lockReason.ts';
import type { GrantKind } from '../../../shared/contract/native.ts';
import { engineFlags } from '../engineFlags.ts';
import { millisecondsToLock } from '../lockTimes.ts';
import type { EngineMessage, HostMessage } from '../messages.ts';

export interface EngineProcess {
  readonly pid: number | undefined;
  openPort(port: number): void;
  frame(port: number, text: string): void;
  closePort(port: number): void;
  /** The grant for a path, or null where the engine stops before it answers. */
  grant(path: string, use: GrantKind): Promise<string | null>;
  /** The path behind a grant, or null. */
  locate(grant: string): Promise<string | null>;
  /** Lets the engine close its workspace, then ends it. */
  close(): Promise<void>;
  /**
   * As `close`, in the moment that a lock may take: what runs is ended, and rolled back when the workspace is
   * opened next. Settles when the process is gone, with the folder that was open.
   */
  lock(reason: LockReason): Promise<string | null>;
}

export interface EngineProcessOptions {
  /** The source that the process runs. */
  entry: string;
  /** Variables beside those of this process. */
  environment: Record<string, string>;
  onFrame(port: number, text: string): void;
  onClosePort(port: number): void;
  /** Called once, when the process has ended without being asked to. */
  onGone(): void;
}

const secondsToLeave = 5;

/** Starts an engine in a process of its own: its memory is apart, and it can be ended at any time. */
export function startEngineProcess(options: EngineProcessOptions): EngineProcess {
  const environment = { ...process.env, ...options.environment } as NodeJS.ProcessEnv;
  // What a debugger or a test runner asks of this process is not meant for the engine.
  delete environment.NODE_OPTIONS;
  const child = fork(options.entry, [], {
    execArgv: engineFlags,
    env: environment,
    // Node's other way of passing messages writes every frame as JSON a second time.
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, (value: string | null) => void>();
  let lastCall = 0;
  let leaving = false;
  let ended = false;
  let folder: string | null = null;

  child.on('message', (received) => {
    const message = received as EngineMessage;
    if (message.kind === 'frame') options.onFrame(message.port, message.text);
    if (message.kind === 'workspace') folder = message.folder;
    if (message.kind === 'closePort') options.onClosePort(message.port);
    if (message.kind === 'answer') {
      waiting.get(message.call)?.(message.value);
      waiting.delete(message.call);
    }
  });
  const finish = () => {
    if (ended) return;
    ended = true;
    for (const answer of waiting.values()) answer(null);
    waiting.clear();
    if (!leaving) options.onGone();
  };
  child.on('exit', finish);
  child.on('error', finish);

  const send = (message: HostMessage) => {
    if (child.connected) child.send(message, () => {});
  };
  const ask = (make: (call: number) => HostMessage) =>
    new Promise<string | null>((resolve) => {
      if (!child.connected) return resolve(null);
      lastCall += 1;
      waiting.set(lastCall, resolve);
      send(make(lastCall));
    });

  /** Asks the engine to leave, and ends it where it has not left in time. */
  async function end(message: HostMessage, milliseconds: number): Promise<void> {
    leaving = true;
    if (ended) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    send(message);
    const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
    await gone;
    clearTimeout(timer);
  }

  return {
    pid: child.pid,
    openPort: (port) => send({ kind: 'openPort', port }),
    frame: (port, text) => send({ kind: 'frame', port, text }),
    closePort: (port) => send({ kind: 'closePort', port }),
    grant: (path, use) => ask((call) => ({ kind: 'grant', call, path, use })),
    locate: (grant) => ask((call) => ({ kind: 'locate', call, grant })),
    close: () => end({ kind: 'close' }, secondsToLeave * 1000),
    lock: async (reason) => {
      // Before it closes: then there is none.
      const locked = folder;
      await end({ kind: 'lock', reason }, millisecondsToLock);
      return locked;
    },
  };
}
