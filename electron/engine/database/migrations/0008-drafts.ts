import type { Migration } from './migration.ts';

/** What each user has written and not yet saved. No row of the plan: nothing refers to it. */
export const drafts: Migration = {
  number: 8,
  name: 'drafts',
  sql: `
CREATE TABLE draft (
  user_id INTEGER NOT NULL REFERENCES user (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  PRIMARY KEY (user_id, key)
) STRICT, WITHOUT ROWID;
`,
};
