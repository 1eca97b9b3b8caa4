import type { EngineMessage, HostMessage } from '../messages.ts';
import { startHostedEngine } from '../startHostedEngine.ts';

// The engine as a child process of the Chromium host. It leaves when the host does. Messages that arrive
// while the engine starts wait for it, in order.
const host = startHostedEngine((message: EngineMessage) => process.send?.(message));
process.on('message', async (message: HostMessage) => (await host).handle(message));
process.on('disconnect', async () => (await host).leave());
