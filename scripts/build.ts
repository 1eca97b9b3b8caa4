import { existsSync, globSync, rmSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { build } from 'vite';
import { nodeBundleConfig, preloadConfig } from './bundles.ts';

/**
 * Builds dist/: the page, the two scripts that run before it, and the bundles of Electron's main and engine
 * processes. `pageAlone` builds the page and its script for the Chromium host, which runs the engine's sources.
 */
export async function buildAll(pageAlone = false): Promise<void> {
  rmSync('dist', { recursive: true, force: true });
  // A test runner sets another value, and the page would be built with its developer's messages and paths.
  const environment = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await buildParts(pageAlone);
  } finally {
    if (environment === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = environment;
  }
}

async function buildParts(pageAlone: boolean): Promise<void> {
  await build({ configFile: 'vite.renderer.config.ts', logLevel: 'warn' });
  if (!pageAlone) {
    await build(preloadConfig('index'));
    await build(nodeBundleConfig({ folder: 'main', entries: { index: 'electron/main/index.ts' } }));
    // Workers of the engine are files of their own, beside the engine that starts them.
    const workers = globSync('electron/engine/**/*.worker.ts').map((path) => [basename(path, '.ts'), path]);
    const entries = { utility: 'electron/hosts/utility.ts', ...Object.fromEntries(workers) };
    await build(nodeBundleConfig({ folder: 'engine', entries }));
  }
  // Last: its time tells whether dist/ is up to date.
  await build(preloadConfig('chromium'));
}

/** Builds dist/ where it is missing or older than a source that it is built from. */
export async function buildWhenStale(pageAlone = false): Promise<void> {
  const last = 'dist/preload/chromium.js';
  const builtAt = statSync(last, { throwIfNoEntry: false })?.mtimeMs ?? 0;
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
  const pageAlone = process.argv.includes('--page') || !existsSync('electron/main/index.ts');
  await buildAll(pageAlone);
  process.stdout.write('built dist/\n');
}
