import { defineConfig } from '@playwright/test';

const jsonReport = process.env.PLAYWRIGHT_JSON_OUTPUT_FILE;

// Journeys through the real product: built page, real engine, real workspaces on disk. Each window has a folder, an
// engine and settings of its own.
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './test/e2e/globalSetup.ts',
  workers: 2,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  forbidOnly: process.env.CI === 'true',
  reporter: [['list'], ['./test/e2e/hostReporter.ts'], ...(jsonReport ? ([['json']] as const) : [])],
  outputDir: 'test-results',
});
