import { createHash } from 'node:crypto';
import type { Clipboard, PowerMonitor } from 'electron';
import type { LockReason } from '../../shared/contract/lockReason.ts';
import type { Locked } from '../../shared/contract/native.ts';
import { millisecondsToKeep } from '../hosts/lockTimes.ts';

/** What a lock does to the window and to the engine; Electron's own calls, so that the order can be tested. */
export interface LockedParts {
  /** Tells the page that the host wants to lock. */
  want(reason: LockReason): void;
  /** Ends the engine's process and starts a fresh one. Answers with the folder that was open. */
  endEngine(reason: LockReason): Promise<string | null>;
  /** Ends the page's process with all that it holds. */
  endPage(): void;
  /** Loads the page afresh, into a process of its own. */
  loadPage(): void;
  clearClipboard(): Promise<void>;
  /** A grant of the fresh engine for a folder. */
  grant(folder: string): Promise<Locked['workspace']>;
}

export interface Locker {
  /** Locks now. One lock at a time: a second wish is the same lock. */
  lock(reason: LockReason): Promise<void>;
  /** Locks after the page has had a moment to keep what is written; without its answer too. */
  want(reason: LockReason): Promise<void>;
  /** What was locked, once; null where nothing was. */
  takeLocked(): Promise<Locked | null>;
}

/** Locks the window: the page's process and the engine's both end, and fresh ones show the unlock screen. */
export function makeLocker(parts: LockedParts): Locker {
  let running: Promise<void> | null = null;
  let locks = 0;
  let locked: { reason: LockReason; folder: string | null } | null = null;

  async function lockNow(reason: LockReason): Promise<void> {
    locks += 1;
    void parts.clearClipboard();
    parts.endPage();
    locked = { reason, folder: await parts.endEngine(reason) };
    parts.loadPage();
  }

  function lock(reason: LockReason): Promise<void> {
    running ??= lockNow(reason).finally(() => {
      running = null;
    });
    return running;
  }

  return {
    lock,
    want: async (reason) => {
      const before = locks;
      parts.want(reason);
      await new Promise((resolve) => setTimeout(resolve, millisecondsToKeep));
      // Where the page has asked for it meanwhile this is a second lock of nothing, so it is left.
      if (locks === before && locked === null) await lock(reason);
    },
    takeLocked: async () => {
      const last = locked;
      locked = null;
      if (last === null) return null;
      const { reason, folder } = last;
      return { reason, workspace: folder === null ? null : await parts.grant(folder) };
    },
  };
}

const secondsBetweenLooks = 5;

/**
 * Locks when the machine sleeps, when its screen is locked, and when another user is switched to. Where the system
 * sends no event for a locked screen (Linux) its state is looked at every five seconds.
 */
export function watchPower(
  power: Pick<PowerMonitor, 'on' | 'getSystemIdleState'>,
  platform: NodeJS.Platform,
  want: (reason: LockReason) => void,
): () => void {
  power.on('suspend', () => want('sleep'));
  if (platform !== 'linux') power.on('lock-screen', () => want('screen'));
  if (platform === 'darwin') power.on('user-did-resign-active', () => want('user-switched'));
  if (platform !== 'linux') return () => {};
  let wasLocked = false;
  const timer = setInterval(() => {
    const isLocked = power.getSystemIdleState(60) === 'locked';
    if (isLocked && !wasLocked) want('screen');
    wasLocked = isLocked;
  }, secondsBetweenLooks * 1000);
  return () => clearInterval(timer);
}

export interface ClipboardGuard {
  /** The page has copied: what the clipboard holds now goes after so many seconds. */
  noteCopied(seconds: number): void;
  /** Takes it off now, where the clipboard still holds it. Never throws. */
  clear(): Promise<void>;
}

/** Takes what was copied in the window off the clipboard again; what somebody copied elsewhere since stays. */
export function makeClipboardGuard(clipboard: Pick<Clipboard, 'readText' | 'clear'>): ClipboardGuard {
  // A digest: main keeps no text of the operation.
  const digest = async () =>
    createHash('sha256')
      .update(await clipboard.readText())
      .digest('base64');
  let copied: Promise<string | null> | null = null;
  let timer: NodeJS.Timeout | undefined;

  async function clear(): Promise<void> {
    clearTimeout(timer);
    const last = copied;
    copied = null;
    if (last === null) return;
    try {
      const was = await last;
      if (was !== null && (await digest()) === was) clipboard.clear();
    } catch {
      // A clipboard that cannot be read cannot be known to hold it still.
    }
  }

  return {
    noteCopied: (seconds) => {
      copied = digest().catch(() => null);
      clearTimeout(timer);
      timer = setTimeout(() => void clear(), seconds * 1000);
    },
    clear,
  };
}
