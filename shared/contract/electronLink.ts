import type { PickFilesOptions, PickFolderOptions } from './native.ts';

/** Channel names that Electron's preload and main process agree on. */
export const channels = {
  /** Preload → main: a document has loaded and wants a port. */
  hello: 'fellside:hello',
  /** Main → preload, with a MessagePort. */
  port: 'fellside:port',
  /** Main → preload: the engine has stopped. */
  gone: 'fellside:gone',
  /** Preload → main, answered: a `NativeCall`. */
  call: 'fellside:call',
} as const;

/** What the preload may ask of the main process. Paths travel here and never reach the page. */
export type NativeCall =
  | { name: 'pickFiles'; options: PickFilesOptions }
  | { name: 'pickFolder'; options: PickFolderOptions }
  | { name: 'grantDroppedFiles'; paths: string[] }
  | { name: 'reveal'; grant: string }
  | { name: 'confirmClose'; message: string | null };
