/** Most characters of a frame that a page may send; the contract's largest input is far below. */
export const longestFrame = 64_000_000;

/**
 * One end of a duplex channel of text frames between the page and the engine. Frames arrive whole and
 * in order. A port that has closed never opens again: whoever wants to go on asks its host for a new one.
 */
export interface StringPort {
  postMessage(text: string): void;
  onMessage(listener: (text: string) => void): void;
  /** Called once when either end has closed. */
  onClose(listener: () => void): void;
  close(): void;
}

/** What a MessagePort of the page offers, as far as a StringPort needs it. */
interface PageMessagePort {
  postMessage(data: unknown): void;
  addEventListener(event: 'message' | 'close', listener: (event: { data?: unknown }) => void): void;
  start(): void;
  close(): void;
}

/** What Electron's MessagePortMain and Node's MessagePort offer, as far as a StringPort needs it. */
interface EmittingMessagePort {
  postMessage(data: unknown): void;
  on(event: 'message' | 'close', listener: (message?: unknown) => void): unknown;
  start(): void;
  close(): void;
}

/** A StringPort over a MessagePort of a page or a preload. */
export function fromPagePort(port: PageMessagePort): StringPort {
  return {
    postMessage: (text) => port.postMessage(text),
    onMessage: (listener) => {
      port.addEventListener('message', ({ data }) => {
        if (typeof data === 'string') listener(data);
      });
      port.start();
    },
    onClose: (listener) => port.addEventListener('close', () => listener()),
    close: () => port.close(),
  };
}

/** A StringPort over Electron's MessagePortMain (events carry `{ data }`) or Node's MessagePort (bare data). */
export function fromEmittingPort(port: EmittingMessagePort): StringPort {
  return {
    postMessage: (text) => port.postMessage(text),
    onMessage: (listener) => {
      port.on('message', (message) => {
        const data = typeof message === 'object' ? (message as { data?: unknown } | null)?.data : message;
        if (typeof data === 'string') listener(data);
      });
      port.start();
    },
    onClose: (listener) => {
      port.on('close', () => listener());
    },
    close: () => port.close(),
  };
}

/** A port whose frames travel inside other messages. `deliver` and `end` are its far end. */
export interface CarriedPort {
  port: StringPort;
  deliver(text: string): void;
  end(): void;
}

/** `onClosedHere` is called when this end closes, not when `end` does. */
export function makeCarriedPort(post: (text: string) => void, onClosedHere: () => void): CarriedPort {
  const messageListeners: ((text: string) => void)[] = [];
  const closeListeners: (() => void)[] = [];
  let open = true;

  function end(): void {
    if (!open) return;
    open = false;
    for (const listener of closeListeners) listener();
  }

  return {
    port: {
      postMessage: (text) => {
        if (open) post(text);
      },
      onMessage: (listener) => messageListeners.push(listener),
      onClose: (listener) => closeListeners.push(listener),
      close: () => {
        if (!open) return;
        end();
        onClosedHere();
      },
    },
    deliver: (text) => {
      if (open) for (const listener of messageListeners) listener(text);
    },
    end,
  };
}

const bytesMark = '#';

/** What both browsers and Node have, and the language's own library does not yet. */
const { atob, btoa } = globalThis as unknown as Record<'atob' | 'btoa', (text: string) => string>;

/**
 * An encoded message of oRPC as a text frame. Messages are JSON text; bytes, which the contract does not
 * use, become `#` and base64, since every port here carries text alone.
 */
export function toFrame(message: string | ArrayBufferLike | Uint8Array): string {
  if (typeof message === 'string') return message;
  const bytes = message instanceof Uint8Array ? message : new Uint8Array(message);
  let binary = '';
  for (let start = 0; start < bytes.length; start += 8192) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 8192));
  }
  return bytesMark + btoa(binary);
}

/** The inverse of `toFrame`. */
export function fromFrame(frame: string): string | Uint8Array {
  if (!frame.startsWith(bytesMark)) return frame;
  return Uint8Array.from(atob(frame.slice(1)), (character) => character.charCodeAt(0));
}
