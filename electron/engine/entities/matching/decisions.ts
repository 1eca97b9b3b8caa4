/**
 * What people have said of pairs: different, or not sure. It stands as a manual value `$not:<other>` on the lower number
 * of the two, with prints of the evidence on both sides: the same evidence under other numbers (an import undone and made
 * again, a later issue of the sheet) is the same pair, and is not proposed anew.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { foldText } from '../../../../shared/domain/names.ts';
import { makeRef } from '../../../../shared/grid/grids.ts';
import type { CellValue } from '../../../../shared/grid/query.ts';
import type { Grid, GridName } from '../../../../shared/grid/types.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { readPlace, shownText } from '../../database/queries/evidence.ts';
import { all, get } from '../../database/sql.ts';
import type { RowChange } from '../../plan/edit.ts';
import { membersOf, mergeableGrids, recordIdsOf, rootOf } from '../groups.ts';

const notPrefix = '$not:';
export const notField = (other: number) => `${notPrefix}${other}`;
/** Whether a manual field says that a row is another or may be. */
export const isDecisionField = (field: string) => field.startsWith(notPrefix);

/** More prints of one side are not kept: the first ones tell the pair. */
const mostPrints = 40;

const Stored = z.object({
  said: z.enum(['different', 'unsure']),
  a: z.array(z.string()).max(mostPrints),
  b: z.array(z.string()).max(mostPrints),
});

export interface Decision {
  grid: GridName;
  /** Rows as they were numbered when it was said. */
  a: number;
  b: number;
  said: 'different' | 'unsure';
  aPrints: ReadonlySet<string>;
  bPrints: ReadonlySet<string>;
  seq: number;
}

/** Fields by which a row of a grid is known. */
const knownBy: Partial<Record<GridName, readonly string[]>> = {
  people: ['name', 'aliases', 'dob', 'dobText', 'pncId', 'croNumber', 'nino', 'localRef'],
  premises: ['address', 'postcode', 'uprn'],
  vehicles: ['vrm', 'make', 'model', 'colour'],
  phones: ['number', 'imei', 'imsi', 'iccid'],
  lines: ['name'],
  groups: ['name', 'urn'],
};

const digest = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 16);

/** Print of what a record says of who or what it is about. */
export function printOf(grid: GridName, fields: Readonly<Record<string, CellValue | undefined>>): string {
  const said = (knownBy[grid] ?? []).map((field) => foldText(String(fields[field] ?? '')).trim());
  return digest(`${grid}\n${said.join('\n')}`);
}

/** Print of a whole row as it stood in its sheet: tells two rows apart that name the same person. */
export const printOfRow = (cells: readonly string[]): string =>
  `r${digest(
    cells
      .map((cell) => cell.trim())
      .join('\n')
      .replace(/\n+$/, ''),
  )}`;

/** Of records by their ids. */
function printsOf(
  database: ReadDatabase,
  grid: GridName,
  ids: readonly number[],
): { short: string[]; whole: string[] } {
  const records = all<{ evidence: number; fields: string }>(
    database,
    `SELECT evidence_id AS evidence, fields FROM record WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT ${mostPrints}`,
    JSON.stringify(ids),
  );
  const short = records.map(({ fields }) => printOf(grid, JSON.parse(fields) as Record<string, CellValue>));
  const whole = records.flatMap(({ evidence }) => {
    const place = readPlace(database, evidence);
    return place ? [printOfRow(place.cells.map((_, column) => shownText(place.cells, column)))] : [];
  });
  return { short: [...new Set(short)].sort(), whole: [...new Set(whole)].sort() };
}

/**
 * Prints that tell the two apart: of the names where these differ, else of the whole rows. For a doubt always of the whole
 * rows: every new one may settle it.
 */
function printsOfPair(
  database: ReadDatabase,
  grid: GridName,
  a: readonly number[],
  b: readonly number[],
  said: Decision['said'],
): { a: string[]; b: string[] } {
  const one = printsOf(database, grid, a);
  const other = printsOf(database, grid, b);
  const isAlike = one.short.some((print) => other.short.includes(print));
  const kinds = said === 'unsure' || isAlike ? 'whole' : 'short';
  const only = (own: readonly string[], others: readonly string[]) =>
    own.filter((print) => !others.includes(print)).slice(0, mostPrints);
  return { a: only(one[kinds], other[kinds]), b: only(other[kinds], one[kinds]) };
}

/** A row with the records that count in it. */
export interface Side {
  id: number;
  records: readonly number[];
}

/** The change that says of two rows that they are different or that nobody knows; null takes it back. */
export function decisionChanges(
  database: ReadDatabase,
  grid: Grid,
  one: Side,
  other: Side,
  said: Decision['said'] | null,
): RowChange[] {
  const [low, high] = one.id < other.id ? [one, other] : [other, one];
  const [a, b] = [low.id, high.id];
  const value =
    said === null
      ? null
      : JSON.stringify({ said, ...printsOfPair(database, grid.name, low.records, high.records, said) });
  const before =
    get<{ value: CellValue }>(
      database,
      'SELECT value FROM manual_value WHERE grid = ? AND row_id = ? AND field = ? ORDER BY seq DESC LIMIT 1',
      grid.name,
      a,
      notField(b),
    )?.value ?? null;
  return [
    { grid, id: a, before: { [notField(b)]: before }, after: { [notField(b)]: value } },
    { grid, id: b, before: {}, after: {} },
  ];
}

/** Everything that was said and still holds, of one grid or of all. */
export function readDecisions(database: ReadDatabase, grid?: GridName): Decision[] {
  const newest = new Map<
    string,
    { grid: GridName; row_id: number; field: string; value: CellValue; seq: number }
  >();
  for (const row of all<{ grid: GridName; row_id: number; field: string; value: CellValue; seq: number }>(
    database,
    `SELECT grid, row_id, field, value, seq FROM manual_value
     WHERE substr(field, 1, 1) = '$' AND field >= '$not:' AND field < '$not;' ORDER BY seq`,
  ))
    newest.set(`${row.grid} ${row.row_id} ${row.field}`, row);
  return [...newest.values()].flatMap((row): Decision[] => {
    const other = Number(row.field.slice(notPrefix.length));
    if (row.value === null || !Number.isSafeInteger(other) || (grid && row.grid !== grid)) return [];
    const stored = Stored.safeParse(parseJson(String(row.value)));
    if (!stored.success) return [];
    return [
      {
        grid: row.grid,
        a: row.row_id,
        b: other,
        said: stored.data.said,
        aPrints: new Set(stored.data.a),
        bPrints: new Set(stored.data.b),
        seq: row.seq,
      },
    ];
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What was said of pairs of rows, under whatever numbers they have now. */
export class Decided {
  private readonly database: ReadDatabase;
  private readonly grid: GridName;
  private readonly decisions: readonly Decision[];
  private readonly byRows = new Map<string, Decision>();
  private readonly prints = new Map<number, ReadonlySet<string>>();

  constructor(database: ReadDatabase, grid: GridName) {
    this.database = database;
    this.grid = grid;
    this.decisions = readDecisions(database, grid);
    for (const decision of this.decisions) {
      const pair = [rootOf(database, grid, decision.a), rootOf(database, grid, decision.b)];
      this.byRows.set(pair.sort((x, y) => x - y).join(), decision);
    }
  }

  private printsOf(root: number): ReadonlySet<string> {
    let known = this.prints.get(root);
    if (!known) {
      const ids = recordIdsOf(this.database, this.grid, root);
      const { short, whole } = printsOf(this.database, this.grid, ids);
      known = new Set([...short, ...whole]);
      this.prints.set(root, known);
    }
    return known;
  }

  /** What holds of two rows; a doubt lapses when either of them has new evidence. */
  of(one: number, other: number): Decision | null {
    if (this.decisions.length === 0) return null;
    const found =
      this.byRows.get([one, other].sort((x, y) => x - y).join()) ??
      this.decisions.find((decision) => this.isSamePair(decision, one, other));
    if (!found) return null;
    return found.said === 'unsure' && !this.isUnchanged(found, one, other) ? null : found;
  }

  private isSamePair({ aPrints, bPrints }: Decision, one: number, other: number): boolean {
    if (aPrints.size === 0 || bPrints.size === 0) return false;
    const left = this.printsOf(one);
    if (![...left].some((print) => aPrints.has(print) || bPrints.has(print))) return false;
    const right = this.printsOf(other);
    const meets = (prints: ReadonlySet<string>, own: ReadonlySet<string>) =>
      [...own].some((print) => prints.has(print));
    return (meets(aPrints, left) && meets(bPrints, right)) || (meets(aPrints, right) && meets(bPrints, left));
  }

  private isUnchanged(decision: Decision, one: number, other: number): boolean {
    const [a, b] = one < other ? [one, other] : [other, one];
    const records = (id: number) => recordIdsOf(this.database, this.grid, id);
    const now = printsOfPair(this.database, this.grid, records(a), records(b), decision.said);
    const same = (stored: ReadonlySet<string>, own: readonly string[]) =>
      own.length === stored.size && own.every((print) => stored.has(print));
    return (
      (same(decision.aPrints, now.a) && same(decision.bPrints, now.b)) ||
      (same(decision.aPrints, now.b) && same(decision.bPrints, now.a))
    );
  }

  /** Decisions whose rows are both there still, with their references. */
  listed(): { a: string; b: string; said: Decision['said']; seq: number }[] {
    return this.decisions.map(({ a, b, said, seq }) => ({
      a: makeRef(this.grid, rootOf(this.database, this.grid, a)),
      b: makeRef(this.grid, rootOf(this.database, this.grid, b)),
      said,
      seq,
    }));
  }
}

/** Changes that take back what was said of rows that are now to be one. */
export function withdrawnDecisions(
  database: ReadDatabase,
  grid: Grid,
  roots: readonly number[],
): RowChange[] {
  const among = new Set(roots.flatMap((root) => membersOf(database, grid.name, root)));
  return readDecisions(database, grid.name)
    .filter(({ a, b }) => among.has(a) && among.has(b))
    .flatMap(({ a, b }) =>
      decisionChanges(database, grid, { id: a, records: [] }, { id: b, records: [] }, null),
    );
}

const pairKey = (grid: GridName, one: number, other: number) =>
  `${grid} ${Math.min(one, other)} ${Math.max(one, other)}`;

/**
 * What the import asks before it joins a record to a row by a certain key: two that somebody took apart are not put
 * together again by the very key that was wrong. Nothing is asked while nobody has said anything.
 */
export class ToldApart {
  private readonly byGrid = new Map<GridName, Decision[]>();
  private readonly pairs = new Set<string>();
  private readonly sides = new Set<string>();
  private readonly known = new Set<string>();

  constructor(database: ReadDatabase) {
    const decisions = readDecisions(database).filter(({ said }) => said === 'different');
    for (const grid of mergeableGrids) {
      const different = decisions.filter((decision) => decision.grid === grid);
      if (different.length > 0) this.byGrid.set(grid, different);
      for (const { a, b, aPrints, bPrints } of different) {
        const [one, other] = [rootOf(database, grid, a), rootOf(database, grid, b)];
        this.pairs.add(pairKey(grid, one, other));
        for (const root of [one, other]) this.sides.add(`${grid} ${root}`);
        for (const print of [...aPrints, ...bPrints]) this.known.add(`${grid} ${print}`);
      }
    }
  }

  /** Whether two rows, by their roots, were said to be different. */
  areApart = (grid: GridName, one: number, other: number): boolean =>
    this.pairs.has(pairKey(grid, one, other));

  /** Whether a row, by its root, is one side of a pair told apart. */
  isSide = (grid: GridName, root: number): boolean => this.sides.has(`${grid} ${root}`);

  /** Whether one of these prints is of a pair told apart. */
  knows = (grid: GridName, prints: readonly string[]): boolean =>
    prints.some((print) => this.known.has(`${grid} ${print}`));

  concerns = (grid: GridName): boolean => this.byGrid.has(grid);

  /** Whether a record with these prints is one side of a pair told apart, and a row with those is the other. */
  refuses(grid: GridName, record: readonly string[], row: ReadonlySet<string>): boolean {
    return (this.byGrid.get(grid) ?? []).some(({ aPrints, bPrints }) => {
      const isOn = (side: ReadonlySet<string>) => record.some((print) => side.has(print));
      const has = (side: ReadonlySet<string>) => [...row].some((print) => side.has(print));
      return (
        (isOn(aPrints) && has(bPrints) && !has(aPrints)) || (isOn(bPrints) && has(aPrints) && !has(bPrints))
      );
    });
  }
}

/** Prints of everything that counts in a row now, for `ToldApart`. */
export function allPrints(database: ReadDatabase, grid: GridName, atom: number): ReadonlySet<string> {
  const { short, whole } = printsOf(
    database,
    grid,
    recordIdsOf(database, grid, rootOf(database, grid, atom)),
  );
  return new Set([...short, ...whole]);
}
