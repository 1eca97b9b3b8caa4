import type { Migration } from './migration.ts';

export const users: Migration = {
  number: 2,
  name: 'users',
  sql: `
`,
};
