/** Who and what is linked with whom, as rows of evidence and calls say it: the one source of tables, charts and measures. */
import { makeRef, parseRef } from '../../../../shared/grid/grids.ts';
import type { GridName } from '../../../../shared/grid/types.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { all, get } from '../../database/sql.ts';
import { addRow, type Support } from './support.ts';

/** One link that rows of evidence hold: each pair and relation once. */
export interface EvidenceLink {
  from: string;
  to: string;
  /** As the sheet or the manual entry calls it; empty where it says no more than that both stand in one row. */
  relation: string;
  support: Support;
  /** Rows of evidence, in the order in which they came. */
  evidence: number[];
}

/** Calls and messages from one number to another. Times are ISO on the UK clock, null where no row has one. */
export interface CallLink {
  from: string;
  to: string;
  count: number;
  first: string | null;
  last: string | null;
}

/**
 * Links between entities and records, without the rows that may not be told. Calls are read by `readCallLinks`.
 * @param about only links that have one of these references at an end.
 */
export function readEvidenceLinks(
  database: ReadDatabase,
  isWithheld: (evidence: number) => boolean = () => false,
  about?: readonly string[],
): EvidenceLink[] {
  const found = new Map<string, EvidenceLink>();
  const links = all<{
    a: GridName;
    aId: number;
    b: GridName;
    bId: number;
    relation: string;
    evidence: number;
    grade: string | null;
  }>(
    database,
    `SELECT l.a_grid AS a, l.a_id AS aId, l.b_grid AS b, l.b_id AS bId, l.relation, l.evidence_id AS evidence,
       (SELECT grade FROM record r WHERE r.evidence_id = l.evidence_id AND r.grade IS NOT NULL LIMIT 1) AS grade
     FROM link l WHERE ${about === undefined ? '1' : hasEndIn}
       AND l.a_grid <> 'communications' AND l.b_grid <> 'communications' ORDER BY l.id`,
    ...(about === undefined ? [] : [endsOf(about)]),
  );
  for (const link of links) {
    if (isWithheld(link.evidence)) continue;
    const from = makeRef(link.a, link.aId);
    const to = makeRef(link.b, link.bId);
    if (from === to) continue;
    const key = `${from} ${to} ${link.relation}`;
    const known = found.get(key);
    const support = addRow(known?.support, link.grade);
    if (known) known.evidence.push(link.evidence);
    else found.set(key, { from, to, relation: link.relation, support, evidence: [link.evidence] });
  }
  return [...found.values()];
}

/** Numbers of the links with an end among pairs of grid and row, found by the indexes of both ends. */
const hasEndIn = `l.id IN (
  WITH wanted AS MATERIALIZED (SELECT value ->> 0 AS grid, value ->> 1 AS id FROM json_each(?))
  SELECT link.id FROM wanted CROSS JOIN link ON link.a_grid = wanted.grid AND link.a_id = wanted.id
  UNION SELECT link.id FROM wanted CROSS JOIN link ON link.b_grid = wanted.grid AND link.b_id = wanted.id)`;

const endsOf = (refs: readonly string[]): string =>
  JSON.stringify(
    refs.flatMap((ref) => {
      const found = parseRef(ref);
      return found ? [[found.grid.name, found.id]] : [];
    }),
  );

const rowsPerPiece = 50_000;

/** Calls and messages between two numbers: one link a direction. */
export function readCallLinks(database: ReadDatabase): CallLink[] {
  const pieces = readCallLinksInPieces(database);
  for (;;) {
    const piece = pieces.next();
    if (piece.done) return piece.value;
  }
}

/**
 * The same, with a pause after every so many rows of call data (it gives the share that is read, 0 to 1), so that
 * others are answered meanwhile. Whoever pauses looks afterwards whether the journal has gone on.
 */
export function* readCallLinksInPieces(
  database: ReadDatabase,
  rows = rowsPerPiece,
): Generator<number, CallLink[]> {
  const last = get<{ last: number | null }>(database, 'SELECT max(id) AS last FROM communication')?.last ?? 0;
  const found = new Map<number, Map<number, CallSpan>>();
  for (let after = -1; after < last; ) {
    const upTo =
      get<{ id: number }>(
        database,
        `SELECT id FROM communication WHERE id > ? ORDER BY id LIMIT 1 OFFSET ?`,
        after,
        rows - 1,
      )?.id ?? last;
    const links = all<{ a: number; b: number; count: number; first: number | null; last: number | null }>(
      database,
      `SELECT a_phone AS a, b_phone AS b, count(*) AS count, min(start) AS first, max(start) AS last
       FROM communication NOT INDEXED
       WHERE id > ? AND id <= ? AND a_phone IS NOT NULL AND b_phone IS NOT NULL GROUP BY a_phone, b_phone`,
      after,
      upTo,
    );
    for (const { a, b, ...row } of links) {
      const own = found.get(a) ?? new Map<number, CallSpan>();
      const known = own.get(b);
      own.set(b, known === undefined ? row : together(known, row));
      found.set(a, own);
    }
    after = upTo;
    yield Math.min(1, after / Math.max(1, last));
  }
  const byNumber = <Value>(map: ReadonlyMap<number, Value>) => [...map].sort(([x], [y]) => x - y);
  return byNumber(found).flatMap(([a, own]) =>
    byNumber(own).map(([b, { count, first, last: newest }]) => ({
      from: makeRef('phones', a),
      to: makeRef('phones', b),
      count,
      first: isoOf(first),
      last: isoOf(newest),
    })),
  );
}

interface CallSpan {
  count: number;
  first: number | null;
  last: number | null;
}

function together(one: CallSpan, two: CallSpan): CallSpan {
  const firsts = [one.first, two.first].filter((time) => time !== null);
  const lasts = [one.last, two.last].filter((time) => time !== null);
  return {
    count: one.count + two.count,
    first: firsts.length > 0 ? Math.min(...firsts) : null,
    last: lasts.length > 0 ? Math.max(...lasts) : null,
  };
}

/** Seconds of the UK clock as ISO without zone. */
const isoOf = (seconds: number | null): string | null =>
  seconds === null ? null : new Date(seconds * 1000).toISOString().slice(0, 19);
