import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { ShimMessage } from '../../shared/contract/chromiumLink.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { LockReason } from '../../shared/contract/lockReason.ts';
import type { Locked } from '../../shared/contract/native.ts';
import { makeAssembler, makeSplitter, type Piece } from '../../shared/contract/pieces.ts';
import { longestFrame } from '../../shared/contract/port.ts';
import { makeClipboardKeeper } from './chromium/clipboard.ts';
import { type EngineProcess, startEngineProcess } from './chromium/engineProcess.ts';
import { findBrowser } from './chromium/findBrowser.ts';
import { guardPage } from './chromium/guardPage.ts';
import { launchBrowser, pageOrigin } from './chromium/launch.ts';
import { openPageLink, type PageLink } from './chromium/pageLink.ts';
import { answerShimCall, type DialogAnswers } from './chromium/shimCalls.ts';
import { millisecondsToKeep } from './lockTimes.ts';
import { makeRestartPolicy } from './page/restartPolicy.ts';

export interface ChromiumHostOptions {
  headless?: boolean;
  /** The folder that `npm run build` fills; the checkout's own where none is named. */
  dist?: string;
  /** Answers in place of a person. Where one is missing the page shows a chooser. */
  dialogs?: DialogAnswers;
  /** Path of the browser; the first installed one where none is named. */
  browser?: string;
  /** Source of the engine's process; tests put a small one here. */
  engineEntry?: string;
  /** Variables for the engine's process beside those of this one. */
  environment?: Record<string, string>;
}

export interface ChromiumHost {
  page: Page;
  /** Process id of the engine that runs now. */
  enginePid(): number | undefined;
  /** Locks as the host of its own accord: the page has a moment to keep what is written. */
  lock(reason: LockReason): Promise<void>;
  /** Settles when the window has closed, by a person or by `close`. */
  closed: Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the built workbench in an installed Chromium, Chrome or Edge. The engine runs in a child process;
 * page and engine talk through this process over the browser's pipe. An engine that stops is replaced, and
 * the page is told. Throws AppError `file.missing` without a browser or without a built page.
 */
export async function openChromiumHost(options: ChromiumHostOptions = {}): Promise<ChromiumHost> {
  const dist = resolve(options.dist ?? join(import.meta.dirname, '../../dist'));
  const shimPath = join(dist, 'preload/chromium.js');
  if (!existsSync(shimPath) || !existsSync(join(dist, 'renderer/index.html'))) {
    throw new AppError('file.missing', 'The page has not been built: run `npm run build` first.');
  }
  const browserPath = options.browser ?? findBrowser();
  if (browserPath === null) {
    throw new AppError('file.missing', 'There is no Chromium, Chrome or Edge here. Install one of them.');
  }

  const browser = await launchBrowser(browserPath, options.headless ?? false);
  const channels = makeChannels(options);
  try {
    await guardPage(browser.context, browser.page, join(dist, 'renderer'));
    const shim = readFileSync(shimPath, 'utf8');
    const { page } = browser;
    const link = await openPageLink(page, shim, (message) => channels.take(message));
    channels.attach(link, await makeClipboardKeeper(page), makeWindow(page));
    await browser.page.goto(`${pageOrigin}/`);
  } catch (error) {
    await channels.close();
    await browser.context.close();
    await browser.removeProfile();
    throw error;
  }

  const closed = new Promise<void>((done) => {
    browser.context.on('close', async () => {
      await channels.close();
      await browser.removeProfile();
      done();
    });
  });
  // The window is the application: closing it ends everything.
  browser.page.on('close', () => void browser.context.close().catch(() => {}));
  return {
    page: browser.page,
    enginePid: channels.enginePid,
    lock: channels.wantLock,
    closed,
    close: async () => {
      await browser.context.close();
      await closed;
    },
  };
}

/** A document that holds nothing, in a process of its own: the one before it ends with what it held. */
const emptyPage = 'data:text/html,<meta name="color-scheme" content="light dark"><title>Fellside</title>';

/** Takes the document out of the window, and puts a fresh one in. Neither throws: the window may be closing. */
function makeWindow(page: Page) {
  const go = async (url: string) => void (await page.goto(url, { timeout: 10_000 }).catch(() => null));
  return { clear: () => go(emptyPage), fill: () => go(`${pageOrigin}/`) };
}

/** The current document's port, the engine behind it, and what carries frames between the two. */
function makeChannels(options: ChromiumHostOptions) {
  const mayRestart = makeRestartPolicy();
  const entry = options.engineEntry ?? join(import.meta.dirname, 'chromium/engineEntry.ts');
  let link: PageLink | null = null;
  let engine: EngineProcess | null = startEngine();
  let port = 0;
  let split = makeSplitter();
  let assemble: ReturnType<typeof makeAssembler> | null = null;
  let closing = false;
  let clipboard: Awaited<ReturnType<typeof makeClipboardKeeper>> | null = null;
  let window: ReturnType<typeof makeWindow> | null = null;
  let locking: Promise<void> | null = null;
  let locked: { reason: LockReason; folder: string | null } | null = null;

  function startEngine(): EngineProcess {
    return startEngineProcess({
      entry,
      environment: options.environment ?? {},
      onFrame: (from, frame) => {
        if (from !== port) return;
        for (const piece of split(frame)) link?.order({ kind: 'piece', port, piece });
      },
      onClosePort: (from) => link?.order({ kind: 'closePort', port: from }),
      onGone: replaceEngine,
    });
  }

  function replaceEngine(): void {
    if (closing) return;
    engine = null;
    link?.order({ kind: 'closePort', port });
    link?.order({ kind: 'gone' });
    if (!mayRestart()) {
      process.stderr.write('fellside: the engine keeps stopping; close the window and start again\n');
      return;
    }
    engine = startEngine();
    if (assemble !== null) openPort();
  }

  /** A fresh port between the document that is loaded now and the engine that runs now. */
  function openPort(): void {
    if (engine === null) return;
    port += 1;
    const current = port;
    const target = engine;
    split = makeSplitter();
    assemble = makeAssembler((frame) => target.frame(current, frame), longestFrame);
    target.openPort(current);
    link?.order({ kind: 'port', port: current });
  }

  /** Both processes that hold the operation end: the engine's at once, and that of the page. */
  function lock(reason: LockReason): Promise<void> {
    locking ??= lockNow(reason).finally(() => {
      locking = null;
    });
    return locking;
  }

  async function lockNow(reason: LockReason): Promise<void> {
    const last = engine;
    engine = null;
    assemble = null;
    await clipboard?.clear();
    const [folder] = await Promise.all([last?.lock(reason), window?.clear()]);
    if (closing) return;
    locked = { reason, folder: folder ?? null };
    engine = startEngine();
    await window?.fill();
  }

  async function wantLock(reason: LockReason): Promise<void> {
    link?.order({ kind: 'lockWanted', reason });
    const waited = Date.now() + millisecondsToKeep;
    while (locking === null && Date.now() < waited) await setTimeout(10);
    await lock(reason);
  }

  /** What was locked, once. */
  async function takeLocked(): Promise<Locked | null> {
    const last = locked;
    locked = null;
    if (last === null) return null;
    const { reason, folder } = last;
    const grant = folder === null ? null : await engine?.grant(folder, 'open-workspace');
    return { reason, workspace: folder && grant ? { grant, name: basename(folder) } : null };
  }

  function takePiece(piece: Piece): void {
    try {
      assemble?.(piece);
    } catch {
      // A page that sends without end is not ours: its port is closed, and nothing of it reaches the engine.
      assemble = null;
      engine?.closePort(port);
      link?.order({ kind: 'closePort', port });
    }
  }

  function take(message: ShimMessage): void {
    switch (message.kind) {
      case 'hello':
        // A new document: the port of the one before it went with it.
        if (assemble !== null) engine?.closePort(port);
        openPort();
        break;
      case 'piece':
        if (message.port === port) takePiece(message.piece);
        break;
      case 'closePort':
        engine?.closePort(message.port);
        break;
      case 'lock':
        void lock(message.reason);
        break;
      case 'copied':
        clipboard?.noteCopied(message.seconds);
        break;
      case 'call': {
        const { call } = message;
        const answer = answerShimCall(message, {
          dialogs: options.dialogs ?? {},
          grant: async (path, use) => (await engine?.grant(path, use)) ?? null,
          locate: async (grant) => (await engine?.locate(grant)) ?? null,
          takeLocked,
          filePath: async (key, index) => (await link?.filePath(key, index)) ?? null,
        });
        void answer.catch(() => null).then((value) => link?.order({ kind: 'answer', call, value }));
        break;
      }
    }
  }

  return {
    attach: (
      opened: PageLink,
      keeper: Awaited<ReturnType<typeof makeClipboardKeeper>>,
      shown: ReturnType<typeof makeWindow>,
    ) => {
      link = opened;
      clipboard = keeper;
      window = shown;
    },
    take,
    wantLock,
    enginePid: () => engine?.pid,
    close: async () => {
      closing = true;
      clipboard?.stop();
      await engine?.close();
      engine = null;
    },
  };
}
