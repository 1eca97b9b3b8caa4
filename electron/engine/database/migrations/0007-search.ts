import type { Migration } from './migration.ts';

export const search: Migration = {
  number: 7,
  name: 'search',
  sql: `
`,
};
