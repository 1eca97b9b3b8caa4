/** The engine and the command line open no socket and ask no name: by their imports, and while they work. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'fellside-sockets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What Node reaches a network with, as a module or as a global. */
const networkModules =
  /(?:from|import\(|require\()\s*['"](?:node:)?(?:net|tls|http|https|http2|dns|dns\/promises|dgram|undici|inspector|cluster|quic)['"]/;
const networkGlobals =
  /(?<![.\w'"`-])(?:fetch|WebSocket|EventSource|XMLHttpRequest|RTCPeerConnection|WebTransport)\s*\(/;

describe('what is shipped', () => {
  it('names nothing that reaches a network, in no layer', () => {
    const files = ['electron', 'renderer', 'shared', 'bin'].flatMap((layer) =>
      readdirSync(join(root, layer), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(ts|tsx|js)$/.test(name))
        .map((name) => join(layer, name)),
    );
    expect(files.length).toBeGreaterThan(300);
    const found = files.filter((file) => {
      const text = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      return networkModules.test(text) || networkGlobals.test(text);
    });
    expect(found).toEqual([]);
  });
});

/** Loaded before everything: whoever opens a socket, listens, or asks for a name is written down. */
const tripwire = `
import { appendFileSync } from 'node:fs';
import net from 'node:net';
import dns from 'node:dns';
import dgram from 'node:dgram';
const note = (what) => appendFileSync(process.env.FELLSIDE_TRIPWIRE, what + '\\n' + new Error().stack + '\\n');
const watch = (holder, name, what) => {
  const real = holder[name];
  holder[name] = function (...parameters) {
    // Pipes between processes of this machine are sockets to Node too, and no network.
    const [first] = parameters;
    const isPath = typeof first === 'string' || (typeof first === 'object' && first !== null && (first.path !== undefined || (Array.isArray(first) && first[0]?.path !== undefined)));
    if (!isPath || what.startsWith('dns')) note(what);
    return real.apply(this, parameters);
  };
};
watch(net.Socket.prototype, 'connect', 'tcp connect');
watch(net.Server.prototype, 'listen', 'tcp listen');
watch(dgram.Socket.prototype, 'bind', 'udp bind');
watch(dgram.Socket.prototype, 'send', 'udp send');
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveAny']) watch(dns, name, 'dns ' + name);
const realFetch = globalThis.fetch;
globalThis.fetch = (...parameters) => { note('fetch'); return realFetch(...parameters); };
`;

describe('the engine at work', () => {
  const preload = join(folder, 'tripwire.mjs');
  const log = join(folder, 'log.txt');
  const run = (code: string[], environment: Record<string, string> = {}) =>
    spawnSync(process.execPath, ['--import', preload, ...code], {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        FELLSIDE_TRIPWIRE: log,
        FELLSIDE_SETTINGS: join(folder, 'settings'),
        FELLSIDE_PASSPHRASE: 'correct horse battery',
        ...environment,
      },
    });

  it('makes the demonstration, checks it and writes a pack of it without a socket or a name', {
    timeout: 300_000,
  }, () => {
    writeFileSync(preload, tripwire);
    writeFileSync(log, '');
    // The tripwire is proved: it sees a name that is asked for.
    run([
      '-e',
      "require('node:dns').lookup('localhost', () => {}); require('node:net').connect(9, '127.0.0.1').on('error', () => {})",
    ]);
    expect(readFileSync(log, 'utf8')).toMatch(/dns lookup[\s\S]*tcp connect/);
    writeFileSync(log, '');
    const demo = run(['bin/fellside.js', 'demo', '--out', join(folder, 'demo')]);
    expect([demo.status, demo.stderr.slice(-2000)]).toEqual([0, expect.any(String)]);
    const workspace = readdirSync(join(folder, 'demo')).find((name) => name.endsWith('.fellside'));
    expect(workspace).toBeDefined();
    const check = run(['bin/fellside.js', 'check', join(folder, 'demo', workspace ?? '')], {
      FELLSIDE_PASSPHRASE: 'fellside demonstration',
    });
    expect(check.stdout.length).toBeGreaterThan(100);
    expect(readFileSync(log, 'utf8')).toBe('');
  });
});
