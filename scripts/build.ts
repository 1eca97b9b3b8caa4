import { existsSync, globSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { build } from 'vite';
import { nodeBundleConfig, preloadConfig } from './bundles.ts';

/** The file of dist/ whose time says when its build began. */
const builtMark = 'preload/chromium.js';

/**
 * Builds dist/: the page, the two scripts that run before it, and the bundles of Electron's main and engine
 * processes. `pageAlone` builds the page and its script for the Chromium host, which runs the engine's sources.
 * What was in dist/ stays in use until all of it has been built.
 */
export async function buildAll(pageAlone = false): Promise<void> {
  const fresh = resolve('out', `build-${process.pid}`);
  // A test runner sets another value, and the page would be built with its developer's messages and paths.
  const startedAt = new Date();
  const environment = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await buildParts(fresh, pageAlone);
    // A source that changed while this ran makes dist/ stale again.
    utimesSync(join(fresh, builtMark), startedAt, startedAt);
    rmSync('dist', { recursive: true, force: true });
    renameSync(fresh, 'dist');
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    if (environment === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = environment;
  }
}

async function buildParts(out: string, pageAlone: boolean): Promise<void> {
  await build({
    configFile: 'vite.renderer.config.ts',
    logLevel: 'warn',
    build: { outDir: join(out, 'renderer'), emptyOutDir: true },
  });
  await build(preloadConfig('chromium', join(out, 'preload')));
  if (pageAlone) return;
  await build(preloadConfig('index', join(out, 'preload')));
  const main = { index: 'electron/main/index.ts' };
  await build(nodeBundleConfig({ outDir: join(out, 'main'), entries: main }));
  // Workers of the engine are files of their own, beside the engine that starts them.
  const workers = globSync('electron/engine/**/*.worker.ts').map((path) => [basename(path, '.ts'), path]);
  const engine = { utility: 'electron/hosts/utility.ts', ...Object.fromEntries(workers) };
  await build(nodeBundleConfig({ outDir: join(out, 'engine'), entries: engine }));
}

/** Builds dist/ where it is missing or older than a source that it is built from. */
export async function buildWhenStale(pageAlone = false): Promise<void> {
  const builtAt = statSync(join('dist', builtMark), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const missing = !pageAlone && !existsSync('dist/engine/utility.js');
  const sources = globSync([
    'renderer/**/*',
    'shared/**/*.ts',
    'electron/**/*.ts',
    'vite.renderer.config.ts',
  ]);
  const newer = sources.some((path) => statSync(path).mtimeMs > builtAt);
  if (missing || newer) await buildAll(pageAlone);
}

if (process.argv[1] === import.meta.filename) {
  await buildAll(process.argv.includes('--page'));
  process.stdout.write('built dist/\n');
}
