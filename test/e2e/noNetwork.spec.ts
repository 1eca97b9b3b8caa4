import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { type Browser, chromium, expect, type Page, test as plain } from '@playwright/test';
import { findBrowser } from '../../electron/hosts/chromium/findBrowser.ts';
import { test } from './host.ts';
import { createWorkspace } from './steps.ts';

/** A TCP and a UDP socket on this machine that note whatever comes, and by which way it was asked for. */
async function listen() {
  const seen: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    seen.push('connection');
    socket.on('error', () => {});
    socket.on('data', (data) => {
      const text = data.toString('latin1');
      seen.push(/^\w+ \/(\S*) HTTP/.exec(text)?.[1] ?? 'bytes');
      const isPage = text.startsWith('GET /page ');
      const body = isPage ? '<!doctype html><title>Probe</title><body>' : 'body{background:red}';
      // A right answer, so that one request leads to those that depend on it.
      socket.end(
        `HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Type: ${isPage ? 'text/html' : 'text/css'}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
      );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const datagrams = createSocket('udp4');
  datagrams.on('message', () => seen.push('datagram'));
  datagrams.bind(0, '127.0.0.1');
  await once(datagrams, 'listening');
  return {
    seen,
    tcp: (server.address() as AddressInfo).port,
    udp: datagrams.address().port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      datagrams.close();
    },
  };
}

/** A function that tries every way out of a page that a script has, as text: it runs in the page. */
const tryEverything = readFileSync(join(import.meta.dirname, 'fixtures/waysOut.js'), 'utf8').replace(
  'export ',
  '',
);

const everything = ({ tcp, udp }: { tcp: number; udp: number }) =>
  `(${tryEverything.slice(tryEverything.indexOf('async function')).trimEnd()})({ tcp: ${tcp}, udp: ${udp} })`;

/** Ways that leave the page itself: each from a page that is whole. */
const waysToLeave: readonly [string, string][] = [
  ['location', 'location.assign(at)'],
  [
    'form',
    "const form = document.createElement('form'); form.method = 'post'; form.action = at; document.body.append(form); form.submit()",
  ],
  [
    'refresh',
    "const meta = document.createElement('meta'); meta.httpEquiv = 'refresh'; meta.content = '0;url=' + at; document.head.append(meta)",
  ],
];

const leaving = ([name, code]: readonly [string, string], tcp: number) =>
  `{ const at = 'http://127.0.0.1:${tcp}/${name}'; ${code}; }`;

async function leave(page: Page, tcp: number): Promise<void> {
  for (const [name, go] of waysToLeave) {
    await page
      .evaluate(`(${String(go)})(${JSON.stringify(`http://127.0.0.1:${tcp}/${name}`)})`)
      .catch(() => {});
    await page.waitForTimeout(800);
  }
}

plain.describe('the probe itself', () => {
  plain('is seen by the listener from a page without the policy', async () => {
    const executablePath = findBrowser();
    plain.skip(executablePath === null, 'there is no browser here');
    const wire = await listen();
    let browser: Browser | null = null;
    try {
      browser = await chromium.launch({ executablePath: executablePath as string, args: ['--no-sandbox'] });
      const page = await browser.newPage();
      const address = `http://127.0.0.1:${wire.tcp}/page`;
      await page.goto(address);
      // The last of them leads a plain page away.
      await page.evaluate(everything(wire)).catch(() => {});
      for (const way of waysToLeave) {
        await page.waitForTimeout(500);
        await page.goto(address);
        await page.evaluate(leaving(way, wire.tcp)).catch(() => {});
        await page.waitForTimeout(800);
      }
    } finally {
      await browser?.close();
      wire.close();
    }
    // The ways that a plain browser takes without asking anybody: were they not seen, a silent run would say nothing.
    for (const name of 'fetch fetch-no-cors xhr websocket eventsource beacon datagram img srcset link-prefetch link-stylesheet link-modulepreload link-preload font iframe srcdoc object embed video poster script module import style-import style-attribute constructed cssom worker worker-fetch import-scripts shared-worker service-worker svg-image open ping target-blank download location form refresh'.split(
      ' ',
    ))
      expect.soft(wire.seen, name).toContain(name);
  });
});

test('nothing leaves the window, whichever way a page tries', async ({ workbench }) => {
  const { page } = workbench;
  await createWorkspace(workbench);
  const wire = await listen();
  try {
    await page.evaluate(everything(wire));
    await leave(page, wire.tcp);
    // What is asked for late is late.
    await page.waitForTimeout(2000);
    expect(wire.seen).toEqual([]);
    expect(page.context().pages()).toHaveLength(1);
    expect(page.url()).toMatch(/^(https:\/\/fellside\.invalid|fellside:\/\/app)\//);
    // The engine is where it was: the page was not led away from it.
    await page.reload();
    await expect(page.locator('.workbench')).toBeVisible();
  } finally {
    wire.close();
  }
});
