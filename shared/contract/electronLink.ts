/** Channel names that Electron's preload and main process agree on. */
export const channels = {
  /** Preload → main: a document has loaded and wants a port. */
  hello: 'fellside:hello',
  /** Main → preload, with a MessagePort. */
  port: 'fellside:port',
  /** Main → preload: the engine has stopped. */
  gone: 'fellside:gone',
  /** Main → preload, with a reason: the page has a moment to keep what is written, and to ask for the lock. */
  lockWanted: 'fellside:lock-wanted',
  /** Preload → main, answered: a `NativeCall`. */
  call: 'fellside:call',
} as const;
