import { grids, makeRef, parseRef } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import { labelOf as labelOfCode } from '../../../shared/reference/codeLists.ts';
import type { ReadDatabase } from '../database/connection.ts';
import type { Moment } from '../database/queries/expressions.ts';
import { labelOf, selectList, toGridRow } from '../database/queries/rows.ts';
import { all, identifier } from '../database/sql.ts';

export type SnapshotRow = Readonly<Record<string, unknown>> & { readonly ref: string };

export interface SnapshotLink {
  readonly from: string;
  readonly to: string;
  /** What the source calls it: `address`, `associate`. */
  readonly relation: string;
  readonly evidenceId: number;
}

/** The rows that packs are made of, as they stand in one read of the database. */
export interface Snapshot {
  readonly database: ReadDatabase;
  /** The moment for which ages and states were worked out. */
  readonly moment: Moment;
  readonly rows: ReadonlyMap<GridName, readonly SnapshotRow[]>;
  readonly byRef: ReadonlyMap<string, SnapshotRow>;
  /** Links by the reference at either end. */
  readonly links: ReadonlyMap<string, readonly SnapshotLink[]>;
  /** References of records that may not be named, not even by reference: those of other teams. */
  readonly foreign: ReadonlySet<string>;
}

/** Grids of which a workspace may hold far more than the plan touches: read row by row when needed. */
export const large: ReadonlySet<GridName> = new Set(['phones', 'people', 'premises', 'vehicles']);

/** Reads these grids, but of people, phones, premises and vehicles only those that `listWanted` names. */
export function readSnapshot(
  database: ReadDatabase,
  moment: Moment,
  names: ReadonlySet<GridName>,
  listWanted: (plan: ReadonlyMap<GridName, readonly SnapshotRow[]>) => ReadonlySet<string>,
): Snapshot {
  const rows = new Map<GridName, readonly SnapshotRow[]>();
  for (const grid of names) if (!large.has(grid)) rows.set(grid, readGrid(database, grid, moment, null));
  const links = new Map<string, SnapshotLink[]>();
  for (const link of readLinks(database)) {
    for (const end of [link.from, link.to]) {
      const known = links.get(end);
      if (known === undefined) links.set(end, [link]);
      else known.push(link);
    }
  }
  const wanted = new Set(listWanted(rows));
  // People found at the premises of the plan belong to it, and so do the premises, phones and vehicles of people.
  extend(wanted, links, 'PRM-', ['NOM-', 'VEH-']);
  // Associates last: they are named, not followed further.
  extend(wanted, links, 'NOM-', ['PRM-', 'PHN-', 'VEH-', 'NOM-']);
  for (const grid of large) {
    if (!names.has(grid)) continue;
    const ids = [...wanted].flatMap((ref) => {
      const parsed = parseRef(ref);
      return parsed?.grid.name === grid ? [parsed.id] : [];
    });
    rows.set(grid, readGrid(database, grid, moment, ids));
  }
  const byRef = new Map([...rows.values()].flat().map((row) => [row.ref, row] as const));
  return { database, moment, rows, byRef, links, foreign: new Set() };
}

/** Text of a field; null for a blank. */
export function text(row: SnapshotRow | undefined, field: string): string | null {
  const value = row?.[field];
  if (value === null || value === undefined) return null;
  const words = String(value).trim();
  return words === '' ? null : words;
}

/** Label of a code of the list, or null. */
export function label(row: SnapshotRow | undefined, field: string, list: string): string | null {
  const code = text(row, field);
  return code === null ? null : labelOfCode(list, code);
}

/** Entries of a field in which several values stand, parted by `;` or, for references and codes, `,`. */
export function entries(row: SnapshotRow | undefined, field: string, separator: ';' | ','): string[] {
  return (text(row, field) ?? '')
    .split(separator)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** What a referenced record is called; the reference itself when it was not read; null when it may not be named. */
export function nameOf(snapshot: Snapshot, ref: string | null): string | null {
  if (ref === null) return null;
  const row = snapshot.byRef.get(ref);
  if (snapshot.foreign.has(ref)) return null;
  const grid = parseRef(ref)?.grid;
  if (row === undefined || grid === undefined) return ref;
  const name = labelOf(grid, { ...row });
  // A target is called as its subject, a result as its warrant.
  return name !== ref && parseRef(name) !== null ? nameOf(snapshot, name) : name;
}

/** References of one kind that are linked to the record, each once, in order. */
export function linked(snapshot: Snapshot, ref: string, prefix: string): string[] {
  const found = (snapshot.links.get(ref) ?? [])
    .map(({ from, to }) => (from === ref ? to : from))
    .filter((other) => other.startsWith(prefix));
  return [...new Set(found)].sort((first, second) => numberOf(first) - numberOf(second));
}

function extend(
  wanted: Set<string>,
  links: ReadonlyMap<string, readonly SnapshotLink[]>,
  from: string,
  to: readonly string[],
): void {
  for (const ref of [...wanted]) {
    if (!ref.startsWith(from)) continue;
    for (const link of links.get(ref) ?? []) {
      const other = link.from === ref ? link.to : link.from;
      if (to.some((prefix) => other.startsWith(prefix))) wanted.add(other);
    }
  }
}

function readGrid(
  database: ReadDatabase,
  name: GridName,
  moment: Moment,
  ids: readonly number[] | null,
): SnapshotRow[] {
  const grid = grids[name];
  const where = ids === null ? '' : 'WHERE t.id IN (SELECT value FROM json_each(?))';
  const statement = `SELECT ${selectList(grid, moment)} FROM ${identifier(grid.table)} AS t ${where} ORDER BY t.id`;
  const parameters = ids === null ? [] : [JSON.stringify(ids)];
  return all<Record<string, never>>(database, statement, ...parameters).map(
    (row) => toGridRow(grid, row) as SnapshotRow,
  );
}

function readLinks(database: ReadDatabase): SnapshotLink[] {
  const found = all<{
    a_grid: GridName;
    a_id: number;
    b_grid: GridName;
    b_id: number;
    relation: string;
    evidence_id: number;
  }>(
    database,
    `SELECT a_grid, a_id, b_grid, b_id, relation, evidence_id FROM link
     WHERE a_grid <> 'communications' AND b_grid <> 'communications' ORDER BY id`,
  );
  return found.map((link) => ({
    from: makeRef(link.a_grid, link.a_id),
    to: makeRef(link.b_grid, link.b_id),
    relation: link.relation,
    evidenceId: link.evidence_id,
  }));
}

function numberOf(ref: string): number {
  return Number(ref.slice(ref.lastIndexOf('-') + 1));
}
