import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import type { InlineConfig } from 'vite';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  dependencies: Record<string, string>;
};

// Packages with native code or data files beside their code stay packages; Electron brings itself.
const external = [
  'electron',
  /^node:/,
  ...builtinModules,
  ...Object.keys(manifest.dependencies).map((name) => new RegExp(`^${name}(/|$)`)),
];

/** What one bundle for Electron's processes is built from, and the folder that it goes into. */
export interface NodeBundle {
  outDir: string;
  entries: Record<string, string>;
}

/** The settings of a bundle of ES modules for Electron's main or engine process. */
export function nodeBundleConfig({ outDir, entries }: NodeBundle): InlineConfig {
  return {
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      target: 'node24',
      outDir,
      emptyOutDir: true,
      minify: false,
      sourcemap: false,
      rollupOptions: {
        input: entries,
        external,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
    ssr: { noExternal: true, external: Object.keys(manifest.dependencies) },
  };
}

/**
 * The settings of one script that runs before the page. Electron's sandboxed preload has to be CommonJS and
 * one file; the Chromium host's is a plain script.
 */
export function preloadConfig(name: 'index' | 'chromium', outDir: string): InlineConfig {
  const forElectron = name === 'index';
  return {
    configFile: false,
    logLevel: 'warn',
    build: {
      target: 'chrome140',
      outDir,
      emptyOutDir: false,
      minify: false,
      sourcemap: false,
      lib: {
        entry: `electron/preload/${name}.ts`,
        formats: [forElectron ? 'cjs' : 'iife'],
        name: 'fellsidePreload',
        fileName: () => (forElectron ? 'index.cjs' : 'chromium.js'),
      },
      rollupOptions: { external: ['electron'] },
    },
  };
}
