import type { Migration } from './migration.ts';

export const audit: Migration = {
  number: 3,
  name: 'audit',
  sql: `
`,
};
