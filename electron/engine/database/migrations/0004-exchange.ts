import type { Migration } from './migration.ts';

/**
 * Work that goes from one copy of an operation to another. `exchange_document` holds the history of the merge engine;
 * everything else says who has what.
 */
export const exchange: Migration = {
  number: 4,
  name: 'exchange',
  sql: `
-- The copies of the operation that are known here; 'own' is this one. Up to 'forked_seq' the journal of a copy is that
-- of the copy it was made from. 'inventory' is what the copy said that it had, in the newest package taken from it.
CREATE TABLE exchange_copy (
  id TEXT PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE,
  name TEXT NOT NULL,
  own INTEGER NOT NULL CHECK (own IN (0, 1)),
  parent TEXT REFERENCES exchange_copy (id),
  forked_seq INTEGER NOT NULL,
  forked_hash TEXT NOT NULL,
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  inventory TEXT,
  inventory_at TEXT
) STRICT;
CREATE UNIQUE INDEX exchange_copy_own ON exchange_copy (own) WHERE own = 1;

-- Packages that were made here or taken here. 'copy' is the copy that made it, 'for_copy' whom it is meant for.
CREATE TABLE exchange_package (
  id TEXT PRIMARY KEY,
  copy TEXT NOT NULL REFERENCES exchange_copy (id),
  number INTEGER NOT NULL,
  for_copy TEXT,
  seq INTEGER NOT NULL REFERENCES journal (seq),
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  file TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  UNIQUE (copy, number)
) STRICT;

-- Keys under which packages are sealed. The newest seals; the older ones open what was sealed under them.
CREATE TABLE exchange_key (
  id TEXT PRIMARY KEY,
  key BLOB NOT NULL,
  made_at TEXT NOT NULL
) STRICT;

-- Saved form of the merge document. 'seq' is the entry up to which the conflicts were worked out. Its changes are by
-- 'actor': a document that is begun again, after an erasure, has another.
CREATE TABLE exchange_document (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  actor TEXT NOT NULL,
  bytes BLOB NOT NULL,
  seq INTEGER NOT NULL
) STRICT;

-- Who entered a manual value that came from another copy, when, and on which copy.
CREATE TABLE exchange_origin (
  grid TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  field TEXT NOT NULL,
  seq INTEGER NOT NULL,
  copy INTEGER NOT NULL,
  user TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (grid, row_id, field, seq)
) STRICT, WITHOUT ROWID;

-- What copies say differently of the same thing. Worked out from the document. 'seq' is the entry up to which it holds:
-- a newer value of the field has settled it.
CREATE TABLE exchange_conflict (
  grid TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  field TEXT NOT NULL,
  kind TEXT NOT NULL,
  options TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (grid, row_id, field)
) STRICT, WITHOUT ROWID;

-- Users of other copies, by whose keys their entries and packages are proved. A user may have had several keys.
CREATE TABLE exchange_signer (
  copy TEXT NOT NULL REFERENCES exchange_copy (id),
  user_id INTEGER NOT NULL,
  public_key TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('lead', 'analyst', 'reader')),
  PRIMARY KEY (copy, user_id, public_key)
) STRICT, WITHOUT ROWID;

-- The journals of the other copies, verified against their own chains. 'content' is the whole entry as JSON; an
-- erasure may blank it.
CREATE TABLE foreign_entry (
  copy TEXT NOT NULL REFERENCES exchange_copy (id),
  seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  user_id INTEGER NOT NULL,
  user TEXT NOT NULL,
  operation TEXT NOT NULL,
  method TEXT NOT NULL,
  content TEXT,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  signature TEXT NOT NULL,
  PRIMARY KEY (copy, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER foreign_entry_never_changes BEFORE UPDATE ON foreign_entry
  WHEN new.content IS NOT NULL OR new.copy <> old.copy OR new.seq <> old.seq OR new.at <> old.at
    OR new.user_id <> old.user_id OR new.user <> old.user OR new.operation <> old.operation OR new.method <> old.method OR new.prev_hash <> old.prev_hash
    OR new.hash <> old.hash OR new.signature <> old.signature
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER foreign_entry_never_shrinks BEFORE DELETE ON foreign_entry
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- Two copies that have not met may give one pack the same version and copy: the numbers are unique within a copy.
CREATE TABLE pack_anew (
  id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  pack TEXT NOT NULL,
  title TEXT NOT NULL,
  team TEXT NOT NULL,
  version INTEGER NOT NULL,
  copy INTEGER NOT NULL,
  recipient TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  marking TEXT NOT NULL,
  destroy_by TEXT,
  files TEXT NOT NULL,
  manifest TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  state_seq INTEGER NOT NULL,
  spec TEXT NOT NULL,
  decisions TEXT NOT NULL,
  data BLOB NOT NULL,
  state TEXT NOT NULL DEFAULT 'held' CHECK (state IN ('held', 'recalled', 'returned', 'destroyed', 'lost')),
  state_at TEXT,
  state_note TEXT
) STRICT;
CREATE TABLE pack_file_anew (
  pack_id INTEGER NOT NULL REFERENCES pack_anew (id),
  name TEXT NOT NULL,
  format TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (pack_id, name)
) STRICT;
INSERT INTO pack_anew SELECT id, seq, pack, title, team, version, copy, recipient, reason, at, user, marking, destroy_by,
  files, manifest, content_hash, state_seq, spec, decisions, data, state, state_at, state_note FROM pack;
INSERT INTO pack_file_anew SELECT pack_id, name, format, sha256, bytes FROM pack_file;
DROP TABLE pack_file;
DROP TABLE pack;
ALTER TABLE pack_anew RENAME TO pack;
ALTER TABLE pack_file_anew RENAME TO pack_file;
CREATE UNIQUE INDEX pack_number ON pack (pack, team, version, copy, id / 1000000000);
`,
};
