import {
  askInPage,
  chosenFilesFunction,
  type FolderListing,
  fromHostFunction,
  type ShimCall,
  type ShimMessage,
  type ShimOrder,
  toHostBinding,
} from '../../shared/contract/chromiumLink.ts';
import type {
  Granted,
  Locked,
  NativeBridge,
  PickFilesOptions,
  PickFolderOptions,
} from '../../shared/contract/native.ts';
import { makeAssembler, makeSplitter } from '../../shared/contract/pieces.ts';
import { type CarriedPort, makeCarriedPort } from '../../shared/contract/port.ts';
import { chooseFolderInPage } from './folderChooser.ts';
import { makePortAnnouncer } from './nativeBridge.ts';

// Runs in the page before its own scripts, in every document of the window. It takes the binding and the
// receiving function for itself; the page is left with `window.fellside`.

interface OpenPort {
  carried: CarriedPort;
  take: ReturnType<typeof makeAssembler>;
}

const scope = globalThis as unknown as Record<string, unknown>;
const binding = scope[toHostBinding] as (text: string) => void;
const announcer = makePortAnnouncer();
const ports = new Map<number, OpenPort>();
const answers = new Map<number, (value: unknown) => void>();
const chosenFiles = new Map<number, readonly unknown[]>();
let lastCall = 0;
let lastKey = 0;
let closeMessage: string | null = null;

function send(message: ShimMessage): void {
  binding(JSON.stringify(message));
}

function call(request: ShimCall): Promise<unknown> {
  lastCall += 1;
  const id = lastCall;
  return new Promise((resolve) => {
    answers.set(id, resolve);
    send({ kind: 'call', call: id, ...request });
  });
}

function openPort(port: number): void {
  const split = makeSplitter();
  const carried = makeCarriedPort(
    (frame) => {
      for (const piece of split(frame)) send({ kind: 'piece', port, piece });
    },
    () => {
      ports.delete(port);
      send({ kind: 'closePort', port });
    },
  );
  ports.set(port, { carried, take: makeAssembler(carried.deliver) });
  announcer.announce(carried.port);
}

function receive(order: ShimOrder): void {
  switch (order.kind) {
    case 'port':
      openPort(order.port);
      break;
    case 'piece':
      ports.get(order.port)?.take(order.piece);
      break;
    case 'closePort':
      ports.get(order.port)?.carried.end();
      ports.delete(order.port);
      break;
    case 'gone':
      announcer.lose();
      break;
    case 'lockWanted':
      announcer.wantLock(order.reason);
      break;
    case 'answer':
      answers.get(order.call)?.(order.value);
      answers.delete(order.call);
      break;
  }
}

async function grantFiles(files: readonly unknown[]): Promise<Granted[]> {
  if (files.length === 0) return [];
  lastKey += 1;
  const key = lastKey;
  chosenFiles.set(key, files);
  try {
    return (await call({ name: 'grantFiles', key, count: files.length })) as Granted[];
  } finally {
    chosenFiles.delete(key);
  }
}

/** The browser's own file dialog. The file input never enters the document. */
function chooseFiles(options: PickFilesOptions): Promise<readonly File[]> {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = options.multiple ?? true;
  input.accept = (options.extensions ?? []).map((extension) => `.${extension}`).join(',');
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve([...(input.files ?? [])]));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
}

async function pickFiles(options: PickFilesOptions = {}): Promise<Granted[]> {
  const answer = await call({ name: 'pickFiles', options });
  return answer === askInPage ? grantFiles(await chooseFiles(options)) : (answer as Granted[]);
}

async function pickFolder(options: PickFolderOptions): Promise<Granted | null> {
  const answer = await call({ name: 'pickFolder', options });
  if (answer !== askInPage) return answer as Granted | null;
  return chooseFolderInPage(
    options,
    async (path) => (await call({ name: 'listFolders', path })) as FolderListing | null,
    async (path, newName) =>
      (await call({ name: 'grantFolder', path, newName, use: options.purpose })) as Granted | null,
  );
}

const bridge: NativeBridge = {
  host: 'chromium',
  onPort: announcer.onPort,
  onEngineGone: announcer.onEngineGone,
  pickFiles,
  pickFolder,
  grantDroppedFiles: grantFiles,
  reveal: async (grant) => (await call({ name: 'reveal', grant })) === true,
  confirmClose: (message) => {
    closeMessage = message;
  },
  lock: (reason) => {
    closeMessage = null;
    send({ kind: 'lock', reason });
  },
  onLockWanted: announcer.onLockWanted,
  takeLocked: async () => (await call({ name: 'takeLocked' })) as Locked | null,
  noteCopied: (seconds) => send({ kind: 'copied', seconds }),
  // A browser offers no window that screenshots leave out.
  protectScreen: () => {},
};

// Only the window's own document, not one inside a frame, and only where the host has put its binding.
if (window === window.top && typeof binding === 'function' && location.protocol === 'https:') {
  Reflect.deleteProperty(scope, toHostBinding);
  Object.defineProperty(scope, fromHostFunction, { value: receive });
  Object.defineProperty(scope, chosenFilesFunction, {
    value: (key: number, index: number) => chosenFiles.get(key)?.[index],
  });
  Object.defineProperty(scope, 'fellside', { value: Object.freeze(bridge), enumerable: true });
  window.addEventListener('beforeunload', (event) => {
    if (closeMessage !== null) event.preventDefault();
  });
  // A file dropped beside a drop target would otherwise replace the page.
  for (const name of ['dragover', 'drop'] as const) {
    window.addEventListener(name, (event) => event.preventDefault());
  }
  send({ kind: 'hello' });
}
