import type { Migration } from './migration.ts';

export const calls: Migration = {
  number: 8,
  name: 'calls',
  sql: `
`,
};
