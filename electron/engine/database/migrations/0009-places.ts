import type { Migration } from './migration.ts';

/** Where postcodes are, from a file that the user loads, and outlines to draw behind them. */
export const places: Migration = {
  number: 9,
  name: 'places',
  sql: `
`,
};
