import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import type { ShimMessage } from '../../shared/contract/chromiumLink.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { makeAssembler, makeSplitter } from '../../shared/contract/pieces.ts';
import { type EngineProcess, startEngineProcess } from './chromium/engineProcess.ts';
import { findBrowser } from './chromium/findBrowser.ts';
import { guardPage } from './chromium/guardPage.ts';
import { launchBrowser, pageOrigin } from './chromium/launch.ts';
import { openPageLink, type PageLink } from './chromium/pageLink.ts';
import { answerShimCall, type DialogAnswers } from './chromium/shimCalls.ts';
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
    channels.attach(await openPageLink(browser.page, shim, (message) => channels.take(message)));
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
    closed,
    close: async () => {
      await browser.context.close();
      await closed;
    },
  };
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
    assemble = makeAssembler((frame) => target.frame(current, frame));
    target.openPort(current);
    link?.order({ kind: 'port', port: current });
  }

  function take(message: ShimMessage): void {
    switch (message.kind) {
      case 'hello':
        // A new document: the port of the one before it went with it.
        if (assemble !== null) engine?.closePort(port);
        openPort();
        break;
      case 'piece':
        if (message.port === port) assemble?.(message.piece);
        break;
      case 'closePort':
        engine?.closePort(message.port);
        break;
      case 'call': {
        const { call } = message;
        const answer = answerShimCall(message, {
          dialogs: options.dialogs ?? {},
          grant: async (path, use) => (await engine?.grant(path, use)) ?? null,
          locate: async (grant) => (await engine?.locate(grant)) ?? null,
          filePath: async (key, index) => (await link?.filePath(key, index)) ?? null,
        });
        void answer.catch(() => null).then((value) => link?.order({ kind: 'answer', call, value }));
        break;
      }
    }
  }

  return {
    attach: (opened: PageLink) => {
      link = opened;
    },
    take,
    enginePid: () => engine?.pid,
    close: async () => {
      closing = true;
      await engine?.close();
      engine = null;
    },
  };
}
