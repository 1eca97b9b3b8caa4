import type { Migration } from './migration.ts';

/** The end of an operation: what is kept how long, what a schedule of disclosure says of it, what was erased. */
export const closing: Migration = {
  number: 5,
  name: 'closing',
  sql: `
-- The entry of erasure under which the content went; the row, its number and its fingerprint stay.
ALTER TABLE source_file ADD COLUMN erased INTEGER REFERENCES journal (seq);
ALTER TABLE pack ADD COLUMN erased INTEGER REFERENCES journal (seq);

-- What a person decided about how long another is kept. Nothing here deletes anything.
CREATE TABLE retention (
  person_id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL REFERENCES journal (seq),
  retention_group TEXT,
  reason TEXT,
  -- The last decision to retain after a review, with the day of the next one.
  decided_at TEXT,
  decided_by TEXT,
  review_on TEXT
) STRICT;

-- What was said of an item of the workspace for the schedules of unused material. 'item' names it: INT-5, PACK-2,
-- SRC-1, PHOTO-7, IMP-3/rejected. A number on a schedule is given once and never moves to another item.
CREATE TABLE disclosure_item (
  item TEXT PRIMARY KEY,
  seq INTEGER NOT NULL REFERENCES journal (seq),
  relevant TEXT CHECK (relevant IN ('yes', 'no')),
  used TEXT CHECK (used IN ('used', 'unused')),
  sensitive TEXT CHECK (sensitive IN ('yes', 'no')),
  sensitive_reason TEXT,
  description TEXT,
  location TEXT,
  undermines TEXT CHECK (undermines IN ('yes', 'no')),
  c_number INTEGER UNIQUE,
  d_number INTEGER UNIQUE
) STRICT, WITHOUT ROWID;
`,
};
