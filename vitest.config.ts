import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    setupFiles: ['test/seed.ts'],
    exclude: ['node_modules/**', 'test/e2e/**'],
    // The encrypted SQLite build is a native module: processes, not threads, keep one crash to one file.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
