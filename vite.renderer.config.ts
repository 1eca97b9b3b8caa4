import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The page: hashed files, no inline script (the content security policy refuses them) and nothing inlined
// as a data URL, so that what is shipped can be seen and checked file by file.
export default defineConfig({
  root: 'renderer',
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    chunkSizeWarningLimit: 4000,
    reportCompressedSize: false,
  },
});
