import type { Migration } from './migration.ts';

/** Who may open the workspace, as leads have said it: signed statements, of which 'user' is what they come to. */
export const users: Migration = {
  number: 2,
  name: 'users',
  sql: `
CREATE TABLE roster (
  number INTEGER PRIMARY KEY,
  -- The entry of the journal that this came with; it counts for the entries after that. 0 before the first.
  seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  user_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('lead', 'analyst', 'reader')),
  removed INTEGER NOT NULL,
  slot_id TEXT NOT NULL,
  signing_key TEXT NOT NULL,
  sealing_key TEXT NOT NULL,
  signed_by INTEGER NOT NULL,
  signature TEXT NOT NULL
) STRICT;
CREATE INDEX roster_user ON roster (user_id, number);
CREATE TRIGGER roster_never_changes BEFORE UPDATE ON roster
  BEGIN SELECT RAISE(ABORT, 'the roster is append-only'); END;
CREATE TRIGGER roster_never_shrinks BEFORE DELETE ON roster
  BEGIN SELECT RAISE(ABORT, 'the roster is append-only'); END;

-- The header as it should stand in workspace.json.
CREATE TABLE header_copy (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  workspace_id TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
`,
};
