import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { channels } from '../../shared/contract/electronLink.ts';
import type { LockReason } from '../../shared/contract/lockReason.ts';
import type { Granted, Locked, NativeBridge } from '../../shared/contract/native.ts';
import type { NativeCall } from '../../shared/contract/nativeCall.ts';
import { fromPagePort } from '../../shared/contract/port.ts';
import { makePortAnnouncer } from './nativeBridge.ts';

const announcer = makePortAnnouncer();
const call = (request: NativeCall): Promise<unknown> => ipcRenderer.invoke(channels.call, request);

const bridge: NativeBridge = {
  host: 'electron',
  onPort: announcer.onPort,
  onEngineGone: announcer.onEngineGone,
  pickFiles: async (options = {}) => (await call({ name: 'pickFiles', options })) as Granted[],
  pickFolder: async (options) => (await call({ name: 'pickFolder', options })) as Granted | null,
  grantDroppedFiles: async (files) => {
    // Empty for a File that the page made itself: it stands for nothing on this machine.
    const paths = files.map((file) => webUtils.getPathForFile(file as File)).filter((path) => path !== '');
    return (await call({ name: 'grantDroppedFiles', paths })) as Granted[];
  },
  reveal: async (grant) => (await call({ name: 'reveal', grant })) === true,
  confirmClose: (message) => void call({ name: 'confirmClose', message }),
  lock: (reason) => void call({ name: 'lock', reason }),
  onLockWanted: announcer.onLockWanted,
  takeLocked: async () => (await call({ name: 'takeLocked' })) as Locked | null,
  noteCopied: (seconds) => void call({ name: 'noteCopied', seconds }),
  protectScreen: (on) => void call({ name: 'protectScreen', on }),
};

ipcRenderer.on(channels.port, (event) => {
  const [port] = event.ports;
  if (port !== undefined) announcer.announce(fromPagePort(port));
});
ipcRenderer.on(channels.lockWanted, (_event, reason: LockReason) => announcer.wantLock(reason));
ipcRenderer.on(channels.gone, () => announcer.lose());
contextBridge.exposeInMainWorld('fellside', Object.freeze(bridge));
ipcRenderer.send(channels.hello);
