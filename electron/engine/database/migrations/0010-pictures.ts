import type { Migration } from './migration.ts';

/** Pictures that were kept for packs: what they show, as an image and as a table. */
export const pictures: Migration = {
  number: 10,
  name: 'pictures',
  sql: `
`,
};
