import type { Migration } from './migration.ts';

/** Where postcodes are, from a file that the user loads, and outlines to draw behind them. */
export const places: Migration = {
  number: 9,
  name: 'places',
  sql: `
-- What was loaded last of each kind: the file, and its counts as JSON.
CREATE TABLE place_file (
  kind TEXT PRIMARY KEY CHECK (kind IN ('postcodes', 'outline')),
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  loaded_at TEXT NOT NULL,
  loaded_by TEXT NOT NULL,
  report TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Postcodes without a blank, in metres of the National Grid. ended: month as 199706, 0 where only that it ended is known.
CREATE TABLE postcode (
  postcode TEXT PRIMARY KEY,
  easting INTEGER NOT NULL,
  northing INTEGER NOT NULL,
  ended INTEGER
) STRICT, WITHOUT ROWID;

-- Worked out while loading: the box around each district ('CA1') and sector ('CA1 1'), and where its postcodes lie on average.
CREATE TABLE postcode_area (
  area TEXT PRIMARY KEY,
  postcodes INTEGER NOT NULL,
  easting INTEGER NOT NULL, northing INTEGER NOT NULL,
  west INTEGER NOT NULL, south INTEGER NOT NULL, east INTEGER NOT NULL, north INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Worked out while loading: how many postcodes lie in each square of a kilometre, by its south-west corner in km.
CREATE TABLE postcode_square (
  north INTEGER NOT NULL,
  east INTEGER NOT NULL,
  postcodes INTEGER NOT NULL,
  PRIMARY KEY (north, east)
) STRICT, WITHOUT ROWID;

-- Rows of the file that gave no place, the first of them, each with the reason.
CREATE TABLE postcode_refused (
  row INTEGER PRIMARY KEY,
  reason TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;

-- Outlines as they are drawn: rings of whole metres, one after another, as JSON.
CREATE TABLE outline (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  rings TEXT NOT NULL
) STRICT;
`,
};
