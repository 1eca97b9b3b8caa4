import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

/** The page's address under this host. `.invalid` never resolves (RFC 2606), and nothing tries to. */
export const pageOrigin = 'https://fellside.invalid';

/**
 * Switches that keep the browser to itself: no lookups, no updates, no reports, no extensions, no prompts.
 * The resolver rule is the last line: even what asks past all the others finds no host, by name or number.
 */
export const quietSwitches: readonly string[] = [
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--disable-background-networking',
  '--disable-breakpad',
  '--disable-client-side-phishing-detection',
  '--disable-component-extensions-with-background-pages',
  '--disable-component-update',
  '--disable-crash-reporter',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-sync',
  '--dns-prefetch-disable',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
  '--no-service-autorun',
  // WebRTC asks no resolver and no policy of content: it may use UDP through a proxy alone, and TCP goes to the
  // proxy as well, which is a name that is never found.
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--proxy-server=socks5://nowhere.invalid:1',
  '--proxy-bypass-list=<-loopback>',
  '--disable-features=AutofillServerCommunication,CertificateTransparencyComponentUpdater,DialMediaRouteProvider,InterestFeedContentSuggestions,MediaRouter,NetworkTimeServiceQuerying,OptimizationHints,SafeBrowsing,Translate,WebOTP',
];

const profilePrefix = 'fellside-window-';

export interface LaunchedBrowser {
  context: BrowserContext;
  page: Page;
  /** Removes what the browser kept on disk; for after it has closed. */
  removeProfile(): Promise<void>;
}

/**
 * Opens an installed browser as one window without an address bar, over a pipe: no port is opened. The
 * profile is new, private to this run, and to be removed by the caller when the window has closed.
 */
export async function launchBrowser(executablePath: string, headless: boolean): Promise<LaunchedBrowser> {
  removeAbandonedProfiles();
  const profile = mkdtempSync(join(tmpdir(), `${profilePrefix}${process.pid}-`));
  const removeProfile = () => removeFolder(profile);
  // Chromium refuses its own sandbox to root.
  const isRoot = process.getuid?.() === 0;
  try {
    const context = await chromium.launchPersistentContext(profile, {
      executablePath,
      headless,
      chromiumSandbox: !isRoot,
      viewport: headless ? { width: 1440, height: 900 } : null,
      locale: 'en-GB',
      acceptDownloads: false,
      serviceWorkers: 'block',
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      // Without --test-type a headed window warns of the resolver rule, and of the missing sandbox to root.
      args: [
        '--test-type',
        '--app=data:text/html,<title>Fellside</title>',
        '--window-size=1440,900',
        ...quietSwitches,
      ],
      ignoreDefaultArgs: ['--enable-automation'],
    });
    const page = context.pages()[0] ?? (await context.newPage());
    return { context, page, removeProfile };
  } catch (error) {
    await removeProfile();
    throw error;
  }
}

/** Removes a folder that a process which is just ending may still write into. */
async function removeFolder(folder: string): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Written to meanwhile: the next attempt finds it.
    }
    await setTimeout(100);
    if (!existsSync(folder)) return;
  }
}

/** Removes profiles of windows whose process was ended before it could do so itself. */
function removeAbandonedProfiles(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${profilePrefix}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Another user's: not ours to remove.
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
