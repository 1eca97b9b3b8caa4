import type { Migration } from './migration.ts';

/**
 * The index of the search over everything (decision 0015). It holds words, never texts: what was found is read
 * from the rows themselves. Everything in it can be built again from them, and is when it does not fit.
 */
export const search: Migration = {
  number: 7,
  name: 'search',
  sql: `
-- Folded words of a row. rowid = row * 64 + number of the grid.
CREATE VIRTUAL TABLE search_word USING fts5 (
  name, body, content='', contentless_delete=1, tokenize='ascii'
);
-- Identifiers of a row, each as '^identifier$', so that any part of three characters is found.
CREATE VIRTUAL TABLE search_part USING fts5 (
  parts, content='', contentless_delete=1, tokenize='trigram'
);
-- Words of the original cells of a row of evidence. rowid = evidence id.
CREATE VIRTUAL TABLE search_cell USING fts5 (
  cells, content='', contentless_delete=1, tokenize='ascii'
);
-- What a row of search_word can be narrowed by: its day, its grade, the sheets that say it (',3,12,').
CREATE TABLE search_doc (id INTEGER PRIMARY KEY, day TEXT, grade TEXT, sheets TEXT) STRICT;
-- Every word of letters, for what was typed wrongly; of a word of a name how it sounds.
CREATE TABLE search_term (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE, sound TEXT) STRICT;
CREATE INDEX search_term_sound ON search_term (sound) WHERE sound IS NOT NULL;
-- What changed and is not yet in the index: rows of a grid from first to last, a sheet that came, or the evidence
-- of a sheet that went.
CREATE TABLE search_queue (
  id INTEGER PRIMARY KEY, what TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL
) STRICT;
CREATE TABLE search_state (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TRIGGER search_sheet_came AFTER INSERT ON source_sheet BEGIN
  INSERT INTO search_queue (what, first, last) VALUES ('sheet', new.id, new.id);
END;
CREATE TRIGGER search_sheet_went AFTER DELETE ON source_sheet BEGIN
  INSERT INTO search_queue (what, first, last) VALUES ('sources', old.id, old.id);
  INSERT INTO search_queue (what, first, last) VALUES ('gone', old.first_evidence, old.last_evidence);
END;
CREATE TRIGGER search_pack_came AFTER INSERT ON pack BEGIN
  INSERT INTO search_queue (what, first, last) VALUES ('packs', new.id, new.id);
END;
CREATE TRIGGER search_pack_went AFTER DELETE ON pack BEGIN
  INSERT INTO search_queue (what, first, last) VALUES ('packs', old.id, old.id);
END;
`,
};
