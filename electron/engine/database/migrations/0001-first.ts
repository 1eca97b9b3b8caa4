import type { Migration } from './migration.ts';

/**
 * The four layers: evidence (files, sheets, blocks of raw rows, the records read from them), entities and
 * plan (one table per grid, worked out from records and manual values), packs; and the journal over them.
 *
 * A row of an entity or plan table is derived: `materialise` computes it from `record` and `manual_value`,
 * so provenance, undo and re-import need no second truth.
 */
export const first: Migration = {
  number: 1,
  name: 'first',
  sql: `
CREATE TABLE user (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('lead', 'analyst', 'reader')),
  public_key TEXT NOT NULL,
  added_at TEXT NOT NULL
) STRICT;

CREATE TABLE counter (name TEXT PRIMARY KEY, next INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Journal -------------------------------------------------------------------------------------

CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  user_id INTEGER NOT NULL REFERENCES user (id),
  user TEXT NOT NULL,
  device TEXT NOT NULL,
  operation TEXT NOT NULL CHECK (operation IN
    ('collection', 'alteration', 'consultation', 'disclosure', 'combination', 'erasure', 'session')),
  method TEXT NOT NULL,
  target TEXT,
  summary TEXT NOT NULL,
  before TEXT,
  after TEXT,
  reason TEXT,
  recipients TEXT,
  undoable INTEGER NOT NULL,
  undoes INTEGER REFERENCES journal (seq),
  redoes INTEGER REFERENCES journal (seq),
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  signature TEXT NOT NULL
) STRICT;
CREATE INDEX journal_undoes ON journal (undoes) WHERE undoes IS NOT NULL;
CREATE INDEX journal_redoes ON journal (redoes) WHERE redoes IS NOT NULL;
CREATE INDEX journal_undoable ON journal (seq) WHERE undoable = 1;
CREATE TRIGGER journal_never_changes BEFORE UPDATE ON journal
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_never_shrinks BEFORE DELETE ON journal
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TABLE journal_ref (
  grid TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  seq INTEGER NOT NULL REFERENCES journal (seq),
  PRIMARY KEY (grid, row_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_ref_seq ON journal_ref (seq);

-- Evidence ------------------------------------------------------------------------------------

CREATE TABLE source_file (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  size INTEGER NOT NULL
) STRICT;

CREATE TABLE source_file_chunk (
  file_id INTEGER NOT NULL REFERENCES source_file (id),
  part INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (file_id, part)
) STRICT;

CREATE TABLE import (
  id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  summary TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('standing', 'undone')),
  rows INTEGER NOT NULL,
  imported INTEGER NOT NULL,
  skipped INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  report TEXT NOT NULL,
  specification TEXT NOT NULL
) STRICT;

CREATE TABLE source_sheet (
  id INTEGER PRIMARY KEY,
  import INTEGER NOT NULL REFERENCES import (id),
  file_id INTEGER NOT NULL REFERENCES source_file (id),
  file TEXT NOT NULL,
  sheet TEXT NOT NULL,
  kind TEXT,
  header_row INTEGER NOT NULL,
  headers TEXT NOT NULL,
  mapping TEXT NOT NULL,
  date_order TEXT,
  rows INTEGER NOT NULL,
  imported INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  skipped INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  first_evidence INTEGER NOT NULL,
  last_evidence INTEGER NOT NULL
) STRICT;
CREATE INDEX source_sheet_import ON source_sheet (import);
CREATE INDEX source_sheet_evidence ON source_sheet (first_evidence);

-- Raw rows, exactly as they stood, some hundreds to a block: compressed, or for text files the place in the kept
-- original where they stand. Evidence id = first_id + place in block.
CREATE TABLE evidence_block (
  first_id INTEGER PRIMARY KEY,
  sheet_id INTEGER NOT NULL,
  count INTEGER NOT NULL,
  content BLOB,
  span TEXT,
  CHECK ((content IS NULL) <> (span IS NULL))
) STRICT;

-- Only rows that were not imported, and rows with something to say about them.
CREATE TABLE evidence_issue (
  id INTEGER PRIMARY KEY,
  evidence_id INTEGER NOT NULL,
  sheet_id INTEGER NOT NULL,
  row INTEGER NOT NULL,
  column TEXT,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  raw TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('kept', 'skipped', 'rejected'))
) STRICT;
CREATE INDEX evidence_issue_sheet ON evidence_issue (sheet_id);

-- What hung on cells of a sheet beside their values: comments and the targets of links, which are never followed.
-- Row from 1, column from 0, as in the sheet.
CREATE TABLE cell_annotation (
  id INTEGER PRIMARY KEY,
  sheet_id INTEGER NOT NULL,
  row INTEGER NOT NULL,
  column INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('comment', 'link')),
  text TEXT NOT NULL
) STRICT;
CREATE INDEX cell_annotation_place ON cell_annotation (sheet_id, row);

-- What one row says about one person, phone, premises, ...: cleaned values, before any choice between sources.
CREATE TABLE record (
  id INTEGER PRIMARY KEY,
  evidence_id INTEGER NOT NULL,
  grid TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  prefix TEXT NOT NULL,
  part INTEGER NOT NULL,
  fields TEXT NOT NULL,
  repairs TEXT,
  grade TEXT,
  basis TEXT NOT NULL
) STRICT;
CREATE INDEX record_row ON record (grid, row_id);
CREATE INDEX record_evidence ON record (evidence_id);

-- What an analyst entered: evidence too, with who and when (the journal entry).
CREATE TABLE manual_value (
  seq INTEGER NOT NULL REFERENCES journal (seq),
  grid TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  field TEXT NOT NULL,
  value ANY,
  PRIMARY KEY (grid, row_id, field, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX manual_value_seq ON manual_value (seq);
CREATE INDEX manual_value_value ON manual_value (value);

-- Certain identifiers, by which rows of different sheets are about the same thing.
CREATE TABLE entity_key (
  grid TEXT NOT NULL,
  key TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  PRIMARY KEY (grid, key, row_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_key_row ON entity_key (grid, row_id);

CREATE TABLE link (
  id INTEGER PRIMARY KEY,
  a_grid TEXT NOT NULL,
  a_id INTEGER NOT NULL,
  b_grid TEXT NOT NULL,
  b_id INTEGER NOT NULL,
  relation TEXT NOT NULL,
  evidence_id INTEGER NOT NULL
) STRICT;
CREATE INDEX link_a ON link (a_grid, a_id, b_grid);
CREATE INDEX link_b ON link (b_grid, b_id, a_grid);
CREATE INDEX link_evidence ON link (evidence_id);

-- How a sheet was read, kept by name for the next file like it.
CREATE TABLE saved_mapping (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  saved_at TEXT NOT NULL,
  saved_by TEXT NOT NULL,
  headings TEXT NOT NULL,
  mapping TEXT NOT NULL
) STRICT;

-- A sheet that was taken as a later issue of an earlier one. No sheet has two later issues.
CREATE TABLE refresh (
  sheet_id INTEGER PRIMARY KEY,
  against INTEGER NOT NULL UNIQUE,
  import INTEGER NOT NULL
) STRICT;
CREATE INDEX refresh_import ON refresh (import);

-- Records of an earlier issue that no longer count: the later row says it anew (field by field), or the row was
-- withdrawn. The record itself is never touched. 'by_evidence' is the row of the later issue.
CREATE TABLE refreshed_record (
  evidence_id INTEGER NOT NULL,
  prefix TEXT NOT NULL,
  part INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('superseded', 'withdrawn')),
  by_evidence INTEGER,
  import INTEGER NOT NULL,
  PRIMARY KEY (evidence_id, prefix, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX refreshed_record_import ON refreshed_record (import);
CREATE INDEX refreshed_record_by ON refreshed_record (by_evidence) WHERE by_evidence IS NOT NULL;

-- Links of such records, kept for the undo of the refresh that set them aside.
CREATE TABLE refreshed_link (
  id INTEGER PRIMARY KEY,
  link_id INTEGER NOT NULL,
  a_grid TEXT NOT NULL,
  a_id INTEGER NOT NULL,
  b_grid TEXT NOT NULL,
  b_id INTEGER NOT NULL,
  relation TEXT NOT NULL,
  evidence_id INTEGER NOT NULL,
  import INTEGER NOT NULL
) STRICT;
CREATE INDEX refreshed_link_import ON refreshed_link (import);

-- Manual values that an analyst gave up for the later issue's. They stay where they are and no longer count.
CREATE TABLE overruled_value (
  grid TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  field TEXT NOT NULL,
  seq INTEGER NOT NULL,
  import INTEGER NOT NULL,
  PRIMARY KEY (grid, row_id, field, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX overruled_value_import ON overruled_value (import);

CREATE TABLE photograph (
  id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL REFERENCES journal (seq),
  grid TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes BLOB NOT NULL,
  taken_on TEXT,
  caption TEXT,
  standing INTEGER NOT NULL
) STRICT;
CREATE INDEX photograph_row ON photograph (grid, row_id) WHERE standing = 1;
CREATE INDEX photograph_seq ON photograph (seq);

CREATE TABLE intelligence (
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sources INTEGER NOT NULL, conflicts TEXT,
  urn TEXT, report_date TEXT, text TEXT, grade TEXT, conditions TEXT, original_grade TEXT, original_scheme TEXT,
  proposed_grade TEXT, needs_regrade TEXT, subjects TEXT, area TEXT, info_from TEXT, info_to TEXT, marking TEXT,
  officer TEXT, source_ref TEXT, provenance TEXT
) STRICT;
CREATE INDEX intelligence_report_date ON intelligence (report_date);

-- Texts that repeat through call data (kinds of call, cells), once each; calls name them by number.
CREATE TABLE call_text (id INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE communication (
  id INTEGER PRIMARY KEY,
  evidence_id INTEGER NOT NULL,
  -- Seconds since 1970 of the local time (no zone): small and quick to sort.
  start INTEGER,
  a_phone INTEGER,
  b_phone INTEGER,
  -- Type, direction and cells are numbers of call_text; an IMEI or IMSI of fifteen digits is kept as a number.
  type INTEGER, direction INTEGER, duration_s INTEGER, imei ANY, imsi ANY,
  cell_start INTEGER, cell_end INTEGER, cell_name INTEGER, text TEXT
) STRICT;
CREATE INDEX communication_start ON communication (start);
CREATE INDEX communication_a ON communication (a_phone, start);
CREATE INDEX communication_b ON communication (b_phone, start);

CREATE TABLE crime (
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sources INTEGER NOT NULL, conflicts TEXT,
  crime_id TEXT, date TEXT, month TEXT, type TEXT, location TEXT, area TEXT, outcome TEXT, reported_by TEXT,
  latitude REAL, longitude REAL, text TEXT
) STRICT;

CREATE TABLE custody (
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sources INTEGER NOT NULL, conflicts TEXT,
  custody_number TEXT, name TEXT, person TEXT, dob TEXT, pnc_id TEXT, arrested_at TEXT, offence TEXT, station TEXT,
  disposal TEXT, released_at TEXT, note TEXT
) STRICT;

CREATE TABLE referral (
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sources INTEGER NOT NULL, conflicts TEXT,
  reference TEXT, name TEXT, person TEXT, dob TEXT, category TEXT, concern TEXT, agency TEXT, referrer TEXT,
  date TEXT, nrm TEXT, consent TEXT, status TEXT
) STRICT;

-- Entities ------------------------------------------------------------------------------------

CREATE TABLE person (
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sources INTEGER NOT NULL, conflicts TEXT,
  name TEXT, surname TEXT, forenames TEXT, title TEXT, aliases TEXT, dob TEXT, sex TEXT, category TEXT,
  victim_status TEXT, role TEXT, markers TEXT, pnc_id TEXT, cro_number TEXT, nino TEXT, local_ref TEXT, status TEXT,
  description TEXT, note TEXT,
  adult_at_risk TEXT, vulnerability TEXT, wanted TEXT, text_basis TEXT, dob_text TEXT
) STRICT;
CREATE INDEX person_name ON person (name COLLATE NOCASE);
CREATE INDEX person_dob ON person (dob);

CREATE TABLE phone (
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sources INTEGER NOT NULL, conflicts TEXT,
  number TEXT, subscriber TEXT, attribution TEXT, network TEXT, status TEXT, imei TEXT, imsi TEXT, iccid TEXT, note TEXT,
  events INTEGER NOT NULL DEFAULT 0, first_seen INTEGER, last_seen INTEGER
) STRICT;
CREATE INDEX phone_number ON phone (number COLLATE NOCASE);
CREATE INDEX phone_events ON phone (events);

CREATE TABLE premises (
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sources INTEGER NOT NULL, conflicts TEXT,
  address TEXT, postcode TEXT, uprn TEXT, type TEXT, occupants TEXT, children TEXT, vulnerable_adults TEXT,
  cuckooed TEXT, dogs TEXT, hazards TEXT, access TEXT, risk_assessment TEXT, grid_reference TEXT, latitude REAL,
  longitude REAL, note TEXT,
  entry_method TEXT, doors TEXT, locks TEXT, floors TEXT, cctv TEXT, utilities TEXT, tenancy TEXT, escape_routes
  TEXT, previous_visits TEXT, firearms TEXT, what3words TEXT, closure_notice_at TEXT, closure_notice_by TEXT,
  closure_order_until TEXT, tenant_plan TEXT, text_basis TEXT
) STRICT;
CREATE INDEX premises_address ON premises (address COLLATE NOCASE);

CREATE TABLE vehicle (
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sources INTEGER NOT NULL, conflicts TEXT,
  vrm TEXT, make TEXT, model TEXT, colour TEXT, keeper TEXT, markers TEXT, note TEXT
) STRICT;

CREATE TABLE deal_line (
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sources INTEGER NOT NULL, conflicts TEXT,
  name TEXT, phone TEXT, holder TEXT, exporting_area TEXT, importing_area TEXT, status TEXT, drugs TEXT, note TEXT,
  aliases TEXT, holders TEXT, crime_group TEXT, vehicles TEXT, cuckooed_premises TEXT, children TEXT, hours TEXT,
  broadcasts TEXT, first_active TEXT, last_active TEXT, turnover TEXT, violence TEXT, attribution TEXT, closed_on
  TEXT, holder_charged_on TEXT, ddtro_applied_on TEXT, ddtro_made_on TEXT, confirmed_dead_on TEXT, check_back_on
  TEXT, text_basis TEXT
) STRICT;

CREATE TABLE crime_group (
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sources INTEGER NOT NULL, conflicts TEXT,
  name TEXT, urn TEXT, members TEXT, lead TEXT, note TEXT,
  crime_types TEXT, area TEXT, intent TEXT, disruption TEXT, review_on TEXT, text_basis TEXT
) STRICT;

-- Plan ----------------------------------------------------------------------------------------

CREATE TABLE operation (
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sources INTEGER NOT NULL, conflicts TEXT,
  name TEXT, marking TEXT, strike TEXT, force TEXT, lead TEXT, information TEXT, intention TEXT, method TEXT,
  administration TEXT, risk_assessment TEXT, communications TEXT, human_rights TEXT, intelligence_months REAL,
  photograph_months REAL,
  community_impact TEXT, tension TEXT, key_individuals TEXT, media_lines TEXT, medical TEXT, contingency TEXT,
  debrief TEXT, briefing_model TEXT, situation TEXT, aim TEXT, factors TEXT, choices TEXT, option TEXT, monitoring
  TEXT, section_markings TEXT, risk_scale REAL, risk_high_from REAL, risk_medium_from REAL, text_basis TEXT
) STRICT;

CREATE TABLE target (
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sources INTEGER NOT NULL, conflicts TEXT,
  subject TEXT, objective TEXT, priority TEXT, role TEXT, premises TEXT, warrant TEXT, team TEXT, status TEXT,
  grounds TEXT, risk TEXT, note TEXT,
  harm REAL, likelihood REAL, risk_confidence TEXT, necessity TEXT, search_plan TEXT, custody_suite TEXT,
  text_basis TEXT
) STRICT;

CREATE TABLE warrant (
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sources INTEGER NOT NULL, conflicts TEXT,
  number TEXT, power TEXT, premises TEXT, person TEXT, issued TEXT, expires TEXT, strike TEXT, entries TEXT,
  entry_number REAL, entry_authority TEXT, status TEXT, court TEXT, authority TEXT, executed_at TEXT,
  endorsed_at TEXT, returned_at TEXT, premises_text TEXT, person_text TEXT, note TEXT,
  applicant TEXT, found_sought TEXT, seized_other TEXT, copy_left TEXT, text_basis TEXT
) STRICT;

CREATE TABLE officer (
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sources INTEGER NOT NULL, conflicts TEXT,
  collar TEXT, rank TEXT, name TEXT, team TEXT, role TEXT, call_sign TEXT, skills TEXT, duty TEXT, phone TEXT,
  note TEXT,
  vehicle_grade TEXT
) STRICT;

CREATE TABLE team (
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sources INTEGER NOT NULL, conflicts TEXT,
  name TEXT, call_sign TEXT, leader TEXT, members TEXT, premises TEXT, vehicle TEXT, rendezvous TEXT,
  brief_at TEXT, strike_at TEXT, method_of_entry TEXT, note TEXT,
  finish_at TEXT, channel TEXT, contact TEXT, risk_assessment TEXT
) STRICT;

CREATE TABLE safeguarding (
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sources INTEGER NOT NULL, conflicts TEXT,
  subject TEXT, kind TEXT, concern TEXT, plan TEXT, lead TEXT, agency TEXT, appropriate_adult TEXT, referral TEXT,
  note TEXT,
  risk TEXT, status TEXT, consent TEXT, first_responder TEXT, nrm_reference TEXT, referred_on TEXT, notified_on
  TEXT, reasonable_grounds_on TEXT, conclusive_grounds_on TEXT, local_authority_ref TEXT, social_worker TEXT,
  support_provider TEXT, s45_raised TEXT, text_basis TEXT
) STRICT;

CREATE TABLE action (
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sources INTEGER NOT NULL, conflicts TEXT,
  title TEXT, strand TEXT, owner TEXT, partner TEXT, due TEXT, status TEXT, about TEXT, note TEXT,
  type TEXT, outcome TEXT, text_basis TEXT
) STRICT;

CREATE TABLE result (
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sources INTEGER NOT NULL, conflicts TEXT,
  warrant TEXT, premises TEXT, team TEXT, entered_at TEXT, found TEXT, arrests REAL, safeguarded REAL, damage TEXT,
  note TEXT,
  entry_method TEXT, left_at TEXT, nobody_in TEXT, children_safeguarded REAL, adults_safeguarded REAL,
  cuckooed_visit TEXT, repaired_by TEXT, record TEXT, text_basis TEXT, closed_at TEXT
) STRICT;

CREATE TABLE seizure (
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sources INTEGER NOT NULL, conflicts TEXT,
  exhibit TEXT, what TEXT, quantity TEXT, cash REAL, seized_at TEXT, premises TEXT, person TEXT, result TEXT,
  note TEXT,
  category TEXT, drug TEXT, weight_g REAL, value REAL, seal_number TEXT, counted_by TEXT, cash_hearing_on TEXT,
  forensic TEXT
) STRICT;

CREATE TABLE decision (
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sources INTEGER NOT NULL, conflicts TEXT,
  title TEXT, decided_at TEXT, decided_by TEXT, options TEXT, decision TEXT, rationale TEXT, about TEXT, review_on
  TEXT, text_basis TEXT
) STRICT;

CREATE TABLE commander (
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sources INTEGER NOT NULL, conflicts TEXT,
  role TEXT, area TEXT, officer TEXT, name TEXT, call_sign TEXT, contact TEXT, note TEXT
) STRICT;

CREATE TABLE line_number (
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sources INTEGER NOT NULL, conflicts TEXT,
  line TEXT, phone TEXT, used_from TEXT, used_to TEXT, imei TEXT, iccid TEXT, network TEXT, note TEXT
) STRICT;

CREATE TABLE arrest (
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sources INTEGER NOT NULL, conflicts TEXT,
  person TEXT, offence TEXT, arrested_at TEXT, premises TEXT, team TEXT, result TEXT, custody_suite TEXT,
  custody_number TEXT, detention_from TEXT, line_holder TEXT, disposal TEXT, charges TEXT, charged_at TEXT, note
  TEXT
) STRICT;

CREATE TABLE court_outcome (
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sources INTEGER NOT NULL, conflicts TEXT,
  person TEXT, offence TEXT, court TEXT, hearing_on TEXT, stage TEXT, plea TEXT, verdict TEXT, sentence TEXT,
  sentence_months REAL, orders TEXT, note TEXT
) STRICT;

-- Findings set aside with a reason, as long as they say the same.
CREATE TABLE acceptance (
  id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  rule TEXT NOT NULL,
  refs TEXT NOT NULL,
  message TEXT NOT NULL,
  reason TEXT NOT NULL,
  by TEXT NOT NULL,
  at TEXT NOT NULL,
  standing INTEGER NOT NULL
) STRICT;

-- Packs ---------------------------------------------------------------------------------------

CREATE TABLE pack (
  id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  pack TEXT NOT NULL,
  title TEXT NOT NULL,
  -- Reference of the team whose pack it is, or ''.
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
  -- As used: a spec that is edited later changes nothing that was issued.
  spec TEXT NOT NULL,
  decisions TEXT NOT NULL,
  -- Deflated JSON of what the pack prints.
  data BLOB NOT NULL,
  state TEXT NOT NULL DEFAULT 'held' CHECK (state IN ('held', 'recalled', 'returned', 'destroyed', 'lost')),
  state_at TEXT,
  state_note TEXT,
  UNIQUE (pack, team, version, copy)
) STRICT;

CREATE TABLE pack_file (
  pack_id INTEGER NOT NULL REFERENCES pack (id),
  name TEXT NOT NULL,
  format TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (pack_id, name)
) STRICT;
`,
};
