import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { pageOrigin } from './launch.ts';

export interface ClipboardKeeper {
  /** Text was copied in the page: takes it off the clipboard after so many seconds. */
  noteCopied(seconds: number): void;
  /** Takes it off now. Never throws, and never takes longer than a moment. */
  clear(): Promise<void>;
  stop(): void;
}

// These run in the page.
declare const navigator: {
  clipboard: { readText(): Promise<string>; writeText(text: string): Promise<void> };
};

const secondsBetweenTries = 2;
const millisecondsToClear = 150;

const digest = (text: string) => createHash('sha256').update(text).digest('base64');

/**
 * Takes what was copied in the page off the clipboard again, where the clipboard still holds it. The page itself may
 * not read the clipboard; this process asks the browser for leave for the length of one look. A browser lets nobody
 * at the clipboard while its window is behind another one: then it is tried again until the window is in front.
 */
export async function makeClipboardKeeper(page: Page): Promise<ClipboardKeeper> {
  const session = await page.context().newCDPSession(page);
  let copied: string | null = null;
  let timer: NodeJS.Timeout | undefined;

  /** Runs a look at the clipboard with leave for it; null where the browser refuses. */
  async function withLeave<T>(look: () => Promise<T>): Promise<T | null> {
    try {
      await session.send('Browser.grantPermissions', {
        origin: pageOrigin,
        permissions: ['clipboardReadWrite', 'clipboardSanitizedWrite'],
      });
      return await look();
    } catch {
      return null;
    } finally {
      // No permission is left standing: not this one, nor any other.
      await session.send('Browser.grantPermissions', { origin: pageOrigin, permissions: [] }).catch(() => {});
    }
  }

  const read = () => page.evaluate(() => navigator.clipboard.readText());

  async function clearNow(): Promise<void> {
    const wanted = copied;
    if (wanted === null) return;
    const done = await withLeave(async () => {
      if (digest(await read()) === wanted) await page.evaluate(() => navigator.clipboard.writeText(''));
      return true;
    });
    if (done === null) schedule(secondsBetweenTries);
    else if (copied === wanted) copied = null;
  }

  function schedule(seconds: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void clearNow(), seconds * 1000);
  }

  return {
    noteCopied: (seconds) => {
      void withLeave(read).then((text) => {
        if (text === null) return;
        copied = digest(text);
        schedule(Math.min(Math.max(seconds, 1), 600));
      });
    },
    clear: async () => {
      if (copied === null) return;
      clearTimeout(timer);
      await Promise.race([clearNow(), wait(millisecondsToClear)]);
    },
    stop: () => clearTimeout(timer),
  };
}
