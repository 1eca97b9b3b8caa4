import type { Migration } from './migration.ts';

/**
 * What `$into` and `$moved` of `manual_value` come to, kept for quick lookups (`entities/groups.ts`). Worked out: it
 * can be made again from the manual values at any time.
 */
export const matching: Migration = {
  number: 6,
  name: 'matching',
  sql: `
-- Rows that are part of another, with the row that stands for all of them. 'seq' is the newest entry that says so.
CREATE TABLE merged_row (
  grid TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  root INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (grid, row_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX merged_row_root ON merged_row (grid, root);

-- Records that were taken out of the row that they came to ('home') and put into another.
CREATE TABLE moved_record (
  evidence_id INTEGER NOT NULL,
  prefix TEXT NOT NULL,
  part INTEGER NOT NULL,
  grid TEXT NOT NULL,
  home INTEGER NOT NULL,
  to_id INTEGER NOT NULL,
  PRIMARY KEY (evidence_id, prefix, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX moved_record_home ON moved_record (grid, home);
CREATE INDEX moved_record_to ON moved_record (grid, to_id);

-- Every record with the row in which it counts now. For reading many; of one row ask 'recordIdsOf'.
CREATE VIEW record_now AS
  SELECT r.id, r.evidence_id, r.prefix, r.part, r.grid, coalesce(g.root, m.to_id, r.row_id) AS row_id,
    r.fields, r.grade, r.basis
  FROM record r
    LEFT JOIN moved_record m ON m.evidence_id = r.evidence_id AND m.prefix = r.prefix AND m.part = r.part
    LEFT JOIN merged_row g ON g.grid = r.grid AND g.row_id = coalesce(m.to_id, r.row_id);

-- The ends of links, and the rows of photographs, are the rows that count now; 'home' is the one that it was at first,
-- where that is another.
ALTER TABLE link ADD COLUMN a_home INTEGER;
ALTER TABLE link ADD COLUMN b_home INTEGER;
CREATE INDEX link_a_home ON link (a_grid, a_home) WHERE a_home IS NOT NULL;
CREATE INDEX link_b_home ON link (b_grid, b_home) WHERE b_home IS NOT NULL;
ALTER TABLE photograph ADD COLUMN home INTEGER;

-- Manual values that say which rows there are and which are the same, rather than a value of one.
CREATE INDEX manual_value_about ON manual_value (field) WHERE substr(field, 1, 1) = '$';
`,
};
