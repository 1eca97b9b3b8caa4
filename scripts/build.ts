import { existsSync, globSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { build } from 'vite';
import { nodeBundleConfig, preloadConfig } from './bundles.ts';

/**
 * Builds dist/: the page, the two scripts that run before it, and the bundles of Electron's main and engine
 * processes. `--page` builds the page and its scripts alone, which is all that the Chromium host needs.
 */
async function buildAll(pageAlone: boolean): Promise<void> {
  rmSync('dist/preload', { recursive: true, force: true });
  await build({ configFile: 'vite.renderer.config.ts', logLevel: 'warn' });
  await build(preloadConfig('chromium'));
  if (existsSync('electron/preload/index.ts')) await build(preloadConfig('index'));
  if (pageAlone) return;
  await build(nodeBundleConfig({ folder: 'main', entries: { index: 'electron/main/index.ts' } }));
  // Workers of the engine are files of their own, beside the engine that starts them.
  const workers = globSync('electron/engine/**/*.worker.ts').map((path) => [basename(path, '.ts'), path]);
  const entries = { utility: 'electron/hosts/utility.ts', ...Object.fromEntries(workers) };
  await build(nodeBundleConfig({ folder: 'engine', entries }));
}

await buildAll(process.argv.includes('--page'));
process.stdout.write('built dist/\n');
