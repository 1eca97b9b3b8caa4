import type { Migration } from './migration.ts';

export const matching: Migration = {
  number: 6,
  name: 'matching',
  sql: `
`,
};
