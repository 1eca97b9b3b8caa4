import { fromEmittingPort } from '../../shared/contract/port.ts';
import type { HostMessage } from './messages.ts';
import { startHostedEngine } from './startHostedEngine.ts';

/** The part of Electron's parent port that is used here; the engine's side does not import Electron. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(
    event: 'message',
    listener: (event: { data: HostMessage; ports: Parameters<typeof fromEmittingPort>[0][] }) => void,
  ): void;
}

// The engine as Electron's utility process. Messages that arrive while it starts wait for it, in order.
const { parentPort } = process as unknown as { parentPort: ParentPort };
const host = startHostedEngine((message) => parentPort.postMessage(message));
parentPort.on('message', async ({ data, ports }) => {
  const { handle, takePort } = await host;
  const [port] = ports;
  if (data.kind === 'port' && port !== undefined) takePort(fromEmittingPort(port));
  else handle(data);
});
