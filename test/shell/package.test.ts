import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createPackage, extractFile, listPackage } from '@electron/asar';
import { FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWhenStale } from '../../scripts/build.ts';

// Packages the product around a stand-in for Electron, whose binary is large and not always there. The
// stand-in has what the packager touches: an executable with the mark of the fuses, and a default app.
const checkout = resolve(import.meta.dirname, '../..');
const fuseMark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuseCount = 9;
let scratch = '';
let unpacked = '';
let files: string[] = [];

async function makeStandIn(): Promise<string> {
  const folder = join(scratch, 'electron');
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'));
  const wire = Buffer.concat([
    Buffer.from(fuseMark),
    Buffer.from([1, fuseCount]),
    Buffer.alloc(fuseCount, '1'),
  ]);
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.from('\x7fELF stand-in '), wire]), {
    mode: 0o755,
  });
  writeFileSync(join(folder, 'version'), '45.4.1');
  const application = join(scratch, 'default');
  mkdirSync(application);
  writeFileSync(join(application, 'package.json'), '{"name":"default","main":"main.js"}');
  writeFileSync(join(application, 'main.js'), '');
  await createPackage(application, join(folder, 'resources/default_app.asar'));
  return folder;
}

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'fellside-package-'));
  await buildWhenStale();
  const builder = createRequire(import.meta.url).resolve('electron-builder/cli.js');
  const output = join(scratch, 'release');
  const run = spawnSync(
    process.execPath,
    [
      builder,
      '--dir',
      '--linux',
      '--x64',
      '--publish',
      'never',
      `-c.directories.output=${output}`,
      `-c.electronDist=${await makeStandIn()}`,
    ],
    { cwd: checkout, encoding: 'utf8' },
  );
  if (run.status !== 0) throw new Error(`electron-builder failed:\n${run.stdout}\n${run.stderr}`);
  unpacked = join(output, 'linux-unpacked');
  files = listPackage(join(unpacked, 'resources/app.asar'), { isPack: false });
}, 300_000);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const under = (folder: string) => files.filter((path) => path.startsWith(`${folder}/`));

describe.skipIf(process.platform !== 'linux')('the installed product', () => {
  test('has the built page, the processes, the data files and the packages that they need', () => {
    for (const path of [
      '/package.json',
      '/LICENSE',
      '/dist/main/index.js',
      '/dist/preload/index.cjs',
      '/dist/engine/utility.js',
      '/dist/renderer/index.html',
      '/node_modules/better-sqlite3/package.json',
      '/node_modules/@orpc/server/package.json',
      '/node_modules/zod/package.json',
    ]) {
      expect(files).toContain(path);
    }
    for (const folder of ['/resources/fonts', '/resources/packs', '/dist/renderer/assets']) {
      expect(under(folder).length).toBeGreaterThan(0);
    }
  });

  test('has no sources, tests, demonstration truth or tools of development', () => {
    const own = files.filter((path) => !path.startsWith('/node_modules/'));
    const tops = [...new Set(own.map((path) => path.split('/')[1]))].sort();
    expect(tops).toEqual(['LICENSE', 'dist', 'node_modules', 'package.json', 'resources']);
    expect(files.filter((path) => /\.(ts|tsx|map)$/.test(path))).toEqual([]);
    expect(own.filter((path) => /test|spec|truth|demo|fixture/i.test(path))).toEqual([]);
    for (const name of [
      'electron',
      'playwright-core',
      'vitest',
      'react',
      'typescript',
      'node',
      '@swc/core',
      'vite',
    ]) {
      expect(under(`/node_modules/${name}`)).toEqual([]);
    }
  });

  test('has one native build of the database, outside the archive, where it can be loaded', () => {
    const native = files.filter((path) => path.endsWith('.node'));
    expect(native.filter((path) => path.includes('better-sqlite3'))).toEqual([
      '/node_modules/better-sqlite3/prebuilds/linux-x64.node',
    ]);
    const folder = join(unpacked, 'resources/app.asar.unpacked/node_modules/better-sqlite3/prebuilds');
    expect(readdirSync(folder)).toEqual(['linux-x64.node']);
  });

  test('has its fuses set: no Node mode, no debugger, nothing but the checked archive', async () => {
    const executable = readdirSync(unpacked).find((name) => name === 'fellside') as string;
    const wire = await getCurrentFuseWire(join(unpacked, executable));
    const on = '1'.charCodeAt(0);
    const off = '0'.charCodeAt(0);
    expect(wire.version).toBe(FuseVersion.V1);
    expect(wire[FuseV1Options.RunAsNode]).toBe(off);
    expect(wire[FuseV1Options.EnableCookieEncryption]).toBe(on);
    expect(wire[FuseV1Options.EnableNodeOptionsEnvironmentVariable]).toBe(off);
    expect(wire[FuseV1Options.EnableNodeCliInspectArguments]).toBe(off);
    expect(wire[FuseV1Options.EnableEmbeddedAsarIntegrityValidation]).toBe(on);
    expect(wire[FuseV1Options.OnlyLoadAppFromAsar]).toBe(on);
    expect(wire[FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]).toBe(off);
    expect(wire[FuseV1Options.GrantFileProtocolExtraPrivileges]).toBe(off);
  });

  test('has nothing that looks for updates', () => {
    expect(readdirSync(join(unpacked, 'resources'))).not.toContain('app-update.yml');
  });

  test('has a page without inline scripts, whose files are all there', () => {
    const archive = join(unpacked, 'resources/app.asar');
    const page = extractFile(archive, 'dist/renderer/index.html').toString();
    const scripts = [...page.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)];
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter(([, , inline]) => inline?.trim() !== '')).toEqual([]);
    const named = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path as string);
    expect(named.filter((path) => !files.includes(`/dist/renderer${path}`))).toEqual([]);
    expect(page).not.toMatch(/\son[a-z]+=|https?:/i);
  });

  test('names no registry and no folder of the machine that built it', () => {
    const archive = readFileSync(join(unpacked, 'resources/app.asar'));
    expect(archive.includes(checkout)).toBe(false);
  });
});
