import type { Migration } from './migration.ts';

export const closing: Migration = {
  number: 5,
  name: 'closing',
  sql: `
`,
};
