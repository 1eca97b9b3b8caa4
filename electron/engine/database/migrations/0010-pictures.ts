import type { Migration } from './migration.ts';

/** Pictures that were kept for packs: what they show, as an image and as a table. */
export const pictures: Migration = {
  number: 10,
  name: 'pictures',
  sql: `
CREATE TABLE picture (
  id INTEGER PRIMARY KEY,
  -- Entry of the journal whose state it shows, and a fingerprint of what stood there of the records shown.
  state INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  note TEXT NOT NULL,
  by TEXT NOT NULL,
  at TEXT NOT NULL,
  -- PNG, decoded and encoded by the engine.
  png BLOB NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  -- JSON: { headings, rows }.
  table_rows TEXT NOT NULL,
  -- JSON: [[reference, label as it was then]].
  shown TEXT NOT NULL,
  -- 0 where it was taken out, or its keeping was undone.
  standing INTEGER NOT NULL
) STRICT;
`,
};
