import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../electron/hosts/chromium/findBrowser.ts';
import { type ChromiumHost, openChromiumHost } from '../../electron/hosts/chromium.ts';
import { preloadConfig } from '../../scripts/bundles.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const engineEntry = join(fixtures, 'echoEngine.ts');

interface Trial {
  client: Record<string, (input?: unknown, options?: unknown) => Promise<never>>;
  ports: number;
  losses: number;
  checksum(text: string): number;
  codeOf(call: Promise<unknown>): Promise<string>;
}
declare const trial: Trial;
declare const fellside: {
  lock(reason: string): void;
  takeLocked(): Promise<{ reason: string; workspace: { grant: string; name: string } | null } | null>;
  noteCopied(seconds: number): void;
  pickFiles(options?: unknown): Promise<{ grant: string; name: string }[]>;
  pickFolder(options: unknown): Promise<{ grant: string; name: string } | null>;
  grantDroppedFiles(files: unknown[]): Promise<{ grant: string; name: string }[]>;
};
// The functions given to `evaluate` run in the page.
declare const document: { createElement(name: string): never; body: { append(node: unknown): void } };
declare const window: Record<string, unknown> & { open(url: string): unknown };
declare const location: { href: string; reload(): void };

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Locks, and waits for the fresh page. */
async function lockAgain(page: ChromiumHost['page']): Promise<void> {
  await page.evaluate(() => {
    window.old = true;
    fellside.lock('asked');
  });
  await page.waitForFunction(() => typeof trial === 'object' && trial.client !== null && !window.old);
}

let dist = '';
let host: ChromiumHost | null = null;

async function open(options: Parameters<typeof openChromiumHost>[0] = {}): Promise<ChromiumHost> {
  host = await openChromiumHost({ headless: true, dist, engineEntry, ...options });
  await host.page.waitForFunction(() => trial.client !== null);
  return host;
}

beforeAll(async () => {
  dist = mkdtempSync(join(tmpdir(), 'fellside-dist-'));
  await build(preloadConfig('chromium', join(dist, 'preload')));
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir: join(dist, 'renderer'),
      emptyOutDir: false,
      lib: { entry: join(fixtures, 'hostPage.ts'), formats: ['es'], fileName: () => 'page.js' },
    },
  });
  const page = '<!doctype html><title>Trial</title><body><script type="module" src="/page.js"></script>';
  writeFileSync(join(dist, 'renderer/index.html'), page);
});

afterEach(async () => {
  await host?.close();
  host = null;
});

afterAll(() => rmSync(dist, { recursive: true, force: true }));

describe.skipIf(findBrowser() === null)('the Chromium host', { timeout: 120_000 }, () => {
  test('keeps the order of small and large frames both ways', async () => {
    const { page } = await open();
    const outcome = await page.evaluate(async () => {
      const sizes = [1_000, 5_000_000, 1_000, 1_000, 5_000_000, 100_000, 1_000];
      const finished: string[] = [];
      const answers = await Promise.all(
        sizes.map(async (size, index) => {
          const text = `é"\u{1f511}`.repeat(size / 4);
          const answer = (await trial.client.fill?.({ label: `call${index}`, text, size })) as unknown as {
            received: number;
            checksum: number;
            text: string;
          };
          finished.push(`call${index}`);
          return {
            whole: answer.received === text.length && answer.checksum === trial.checksum(text),
            back: answer.text.length === size + 5 && answer.text.startsWith(`call${index}`),
          };
        }),
      );
      return { answers, finished, arrived: await trial.client.arrivals?.() };
    });
    const inOrder = outcome.answers.map((_, index) => `call${index}`);
    expect(outcome.arrived).toEqual(inOrder);
    expect(outcome.finished).toEqual(inOrder);
    expect(outcome.answers.filter(({ whole, back }) => !whole || !back)).toEqual([]);
  });

  test('replaces an engine that stops: waiting calls reject, the page is told, a fresh port works', async () => {
    const { page, enginePid } = await open();
    const before = enginePid();
    const codes = await page.evaluate(async () => {
      const calls = [trial.client.hang?.(), trial.client.hang?.(), trial.client.crash?.()];
      return Promise.all(calls.map((call) => trial.codeOf(call as Promise<unknown>)));
    });
    expect(codes).toEqual(['engine.gone', 'engine.gone', 'engine.gone']);
    await page.waitForFunction(() => trial.ports === 2 && trial.losses === 1);
    expect(await page.evaluate(() => trial.client.arrivals?.())).toEqual([]);
    expect(enginePid()).not.toBe(before);
  });

  test('locks: both processes end within the second, and fresh ones know what was locked', async () => {
    const { page, enginePid } = await open();
    // The engine is there, and has said what is open.
    await page.evaluate(() => trial.client.arrivals?.());
    const before = enginePid() as number;
    await page.evaluate(() => {
      window.secret = 'what the page held';
    });
    await page.evaluate(() => fellside.lock('idle'));
    await expect.poll(() => isRunning(before), { interval: 10, timeout: 10_000 }).toBe(false);
    await page.waitForFunction(() => typeof trial === 'object' && trial.client !== null);
    expect(enginePid()).not.toBe(before);
    expect(await page.evaluate(() => window.secret)).toBe(undefined);
    expect(await page.evaluate(() => trial.client.arrivals?.())).toEqual([]);
    const locked = await page.evaluate(() => fellside.takeLocked());
    expect(locked).toMatchObject({ reason: 'idle', workspace: { name: 'Operation Echo.fellside' } });
    const grant = locked?.workspace?.grant as string;
    expect(await page.evaluate((grant) => trial.client.pathOf?.({ grant }), grant)).toEqual({
      path: '/data/Operation Echo.fellside',
      use: 'open-workspace',
    });
    expect(await page.evaluate(() => fellside.takeLocked())).toBe(null);
  });

  test('locks an engine that does not end by itself, and a page that does not answer', async () => {
    const opened = await open();
    const before = opened.enginePid() as number;
    await opened.page.evaluate(() => void trial.client.hang?.());
    await opened.page.evaluate(() => trial.client.arrivals?.());
    // The page never hears of the wish: it has no listener for it.
    await opened.lock('sleep');
    expect(isRunning(before)).toBe(false);
    await opened.page.waitForFunction(() => typeof trial === 'object' && trial.client !== null);
    expect(await opened.page.evaluate(() => fellside.takeLocked())).toMatchObject({ reason: 'sleep' });
  });

  test('takes what was copied off the clipboard, and leaves what was copied elsewhere since', async () => {
    const { page } = await open();
    const copy = (text: string) =>
      page.evaluate((text) => {
        const { document } = window as unknown as { document: { execCommand(name: string): void } };
        const listen = (event: { clipboardData: { setData(type: string, text: string): void } }) => {
          event.clipboardData.setData('text/plain', text);
          (event as unknown as { preventDefault(): void }).preventDefault();
        };
        const target = document as unknown as Record<string, (...parameters: unknown[]) => void>;
        target.addEventListener?.('copy', listen, { once: true });
        document.execCommand('copy');
      }, text);
    // The host may take the leave to read away in between, when it looks itself: then it is asked again.
    const look = async (): Promise<string | null> => {
      const session = await page.context().newCDPSession(page);
      const origin = 'https://fellside.invalid';
      await session.send('Browser.grantPermissions', { origin, permissions: ['clipboardReadWrite'] });
      const text = await page.evaluate(() =>
        (
          window as unknown as { navigator: { clipboard: { readText(): Promise<string> } } }
        ).navigator.clipboard
          .readText()
          .then(
            (found) => found,
            () => null,
          ),
      );
      await session.send('Browser.grantPermissions', { origin, permissions: [] });
      return text;
    };
    const held = async () => {
      for (;;) {
        const text = await look();
        if (text !== null) return text;
        await wait(50);
      }
    };
    await copy('MAR-1 Maud Ellery');
    expect(await held()).toBe('MAR-1 Maud Ellery');
    await page.evaluate(() => fellside.noteCopied(1));
    await expect.poll(held, { interval: 200, timeout: 30_000 }).toBe('');
    await copy('a third');
    await page.evaluate(() => fellside.noteCopied(600));
    await wait(500);
    // The leave that the host takes for its look is gone with it.
    const read = await page.evaluate(() =>
      (window as unknown as { navigator: { clipboard: { readText(): Promise<string> } } }).navigator.clipboard
        .readText()
        .then(
          (text) => text,
          () => 'refused',
        ),
    );
    expect(read).toBe('refused');
    await copy('a name');
    await page.evaluate(() => fellside.noteCopied(600));
    await wait(500);
    await copy('something else');
    await lockAgain(page);
    expect(await held()).toBe('something else');
  });

  test('gives a reloaded page a port of its own', async () => {
    const { page, enginePid } = await open();
    const before = enginePid();
    await page.evaluate(() => void trial.client.hang?.());
    await page.reload();
    await page.waitForFunction(() => trial.client !== null);
    expect(await page.evaluate(() => trial.client.arrivals?.())).toEqual([]);
    expect(enginePid()).toBe(before);
  });

  test('turns files that a person chose into grants for their real paths', async () => {
    const folder = mkdtempSync(join(dist, 'chosen-'));
    const paths = ['Nominals.xlsx', 'Dŵr calls.csv'].map((name) => join(folder, name));
    for (const path of paths) writeFileSync(path, 'x');
    const { page } = await open();
    page.on('filechooser', (chooser) => void chooser.setFiles(paths));
    const granted = await page.evaluate(() => fellside.pickFiles({ extensions: ['xlsx', 'csv'] }));
    expect(granted.map(({ name }) => name)).toEqual(['Nominals.xlsx', 'Dŵr calls.csv']);
    expect(JSON.stringify(granted)).not.toContain(folder);
    const found = await page.evaluate(
      (grants) => Promise.all(grants.map(({ grant }) => trial.client.pathOf?.({ grant }))),
      granted,
    );
    expect(found).toEqual(paths.map((path) => ({ path, use: 'file' })));
  });

  test('gives no grant for a file that the page made up', async () => {
    const { page } = await open();
    const granted = await page.evaluate(() => {
      const { File } = window as unknown as { File: new (parts: string[], name: string) => unknown };
      return fellside.grantDroppedFiles([new File(['x'], '/etc/passwd'), { name: '/etc/passwd', size: 1 }]);
    });
    expect(granted).toEqual([]);
  });

  test('takes answers in place of a person', async () => {
    const folder = mkdtempSync(join(dist, 'answers-'));
    const file = join(folder, 'a.csv');
    writeFileSync(file, 'x');
    const { page } = await open({
      dialogs: {
        pickFiles: () => [file],
        pickFolder: ({ purpose }) => (purpose === 'export' ? folder : null),
      },
    });
    const names = await page.evaluate(async () => [
      ...(await fellside.pickFiles()).map(({ name }) => name),
      (await fellside.pickFolder({ purpose: 'export' }))?.name.slice(0, 8),
      await fellside.pickFolder({ purpose: 'open-workspace' }),
    ]);
    expect(names).toEqual(['a.csv', 'answers-', null]);
  });

  test('lets a person choose folders in the page where there is no dialog', async () => {
    const home = mkdtempSync(join(dist, 'home-'));
    mkdirSync(join(home, 'Operations', 'Old.fellside'), { recursive: true });
    const before = process.env.HOME;
    process.env.HOME = home;
    try {
      const { page } = await open();
      const pick = (options: object) => page.evaluate((given) => fellside.pickFolder(given), options);

      const created = pick({ purpose: 'new-workspace', suggestedName: 'Fellgate' });
      await page.getByRole('button', { name: 'Operations' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('Old');
      await page.getByRole('button', { name: 'Create here' }).click();
      await page.getByRole('alert').filter({ hasText: 'not taken' }).waitFor();
      await page.getByRole('textbox', { name: 'Name' }).fill('../New: one');
      await page.getByRole('button', { name: 'Create here' }).click();
      const grant = (await created)?.grant;
      expect(await page.evaluate((id) => trial.client.pathOf?.({ grant: id }), grant)).toEqual({
        path: join(home, 'Operations', 'New one.fellside'),
        use: 'new-workspace',
      });

      const opened = pick({ purpose: 'open-workspace' });
      await page.getByRole('button', { name: 'Operations' }).click();
      await page.getByRole('button', { name: 'Old.fellside (workspace)' }).click();
      await page.getByRole('button', { name: 'Open', exact: true }).click();
      expect((await opened)?.name).toBe('Old.fellside');

      const cancelled = pick({ purpose: 'export' });
      await page.getByRole('button', { name: 'Cancel' }).click();
      expect(await cancelled).toBeNull();
    } finally {
      process.env.HOME = before;
    }
  });

  test('leaves the page with its bridge and neither binding nor console errors', async () => {
    const { page } = await open();
    const left = await page.evaluate(() => ({
      binding: 'fellsideToHost' in window,
      frozen: Object.isFrozen(window.fellside),
      keys: Object.keys(window.fellside as object).sort(),
    }));
    expect(left).toEqual({
      binding: false,
      frozen: true,
      keys: [
        'confirmClose',
        'grantDroppedFiles',
        'host',
        'lock',
        'noteCopied',
        'onEngineGone',
        'onLockWanted',
        'onPort',
        'pickFiles',
        'pickFolder',
        'protectScreen',
        'reveal',
        'takeLocked',
      ],
    });
  });

  test('refuses what the page could ask of the network, of other windows and of the device', async () => {
    const { page } = await open();
    const outcome = await page.evaluate(async () => {
      const scope = window as unknown as {
        fetch(url: string, options?: unknown): Promise<{ status: number }>;
        navigator: { permissions: { query(what: unknown): Promise<{ state: string }> } };
        eval(text: string): unknown;
      };
      const refused = async (work: () => Promise<unknown>) =>
        work().then(
          () => 'done',
          () => 'refused',
        );
      return {
        elsewhere: await refused(() => scope.fetch('https://example.org/')),
        byNumber: await refused(() => scope.fetch('http://127.0.0.1:1/')),
        missing: (await scope.fetch('/../package.json')).status,
        posted: (await scope.fetch('/', { method: 'POST', body: 'x' })).status,
        evaluated: await refused(async () => scope.eval('1 + 1')),
        place: (await scope.navigator.permissions.query({ name: 'geolocation' })).state,
      };
    });
    expect(outcome).toEqual({
      elsewhere: 'refused',
      byNumber: 'refused',
      missing: 404,
      posted: 405,
      evaluated: 'refused',
      place: 'denied',
    });
    const popup = page.context().waitForEvent('page');
    await page.evaluate(() => void window.open('https://example.org/'));
    await popup;
    await expect.poll(() => page.context().pages().length, { timeout: 20_000 }).toBe(1);

    const refusal = page.waitForEvent('requestfailed', (request) => request.isNavigationRequest());
    await page.evaluate(() => {
      location.href = 'https://example.org/';
    });
    await refusal;
    expect(await page.evaluate(() => trial.client.arrivals?.())).toEqual([]);
    expect(page.url()).toBe('https://fellside.invalid/');
  });

  test.skipIf(process.platform !== 'linux')(
    'opens no TCP or UDP port, nor does its browser or engine',
    async () => {
      await open();
      const processes = descendants(process.pid);
      // The browser has several processes and the engine is one: otherwise this looked at nothing.
      expect(processes.length).toBeGreaterThan(3);
      expect(processes.flatMap(listeningSockets)).toEqual([]);
    },
  );

  test('ends its engine and removes its profile when it closes', async () => {
    const temporary = mkdtempSync(join(dist, 'temporary-'));
    const before = process.env.TMPDIR;
    process.env.TMPDIR = temporary;
    try {
      const opened = await open();
      const pid = opened.enginePid() as number;
      const profiles = () => readdirSync(temporary).filter((name) => name.startsWith('fellside-window-'));
      expect(profiles()).toHaveLength(1);
      await opened.close();
      host = null;
      expect(() => process.kill(pid, 0)).toThrow();
      expect(profiles()).toEqual([]);
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
  });
});

/** Process ids below one. */
function descendants(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // The process has ended meanwhile.
    }
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && (parent === root || isBelow(parent));
  };
  return [...parents.keys()].filter(isBelow);
}

/** Local addresses on which a process listens, or which it has bound for UDP. */
function listeningSockets(pid: number): string[] {
  const held = new Set<string>();
  try {
    for (const descriptor of readdirSync(`/proc/${pid}/fd`)) {
      try {
        const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${descriptor}`))?.[1];
        if (inode !== undefined) held.add(inode);
      } catch {
        // Closed meanwhile.
      }
    }
    return ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((protocol) =>
      readFileSync(`/proc/${pid}/net/${protocol}`, 'utf8')
        .split('\n')
        .slice(1)
        .map((line) => line.trim().split(/\s+/))
        .filter((fields) => held.has(fields[9] ?? '') && (protocol.startsWith('udp') || fields[3] === '0A'))
        .map((fields) => `${pid} ${protocol} ${fields[1]}`),
    );
  } catch {
    return [];
  }
}
