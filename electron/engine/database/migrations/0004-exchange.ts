import type { Migration } from './migration.ts';

export const exchange: Migration = {
  number: 4,
  name: 'exchange',
  sql: `
`,
};
