/**
 * Looks through a whole workspace for what was erased: every column of every table, inflated where it is packed, and the
 * names of its files. What is found is named by its place, never by what stands there.
 */
import { setImmediate } from 'node:timers/promises';
import type { LeftOver } from '../../../../shared/contract/closingSchemas.ts';
import { findColumn, gridList, grids, makeRef } from '../../../../shared/grid/grids.ts';
import type { Grid, GridName } from '../../../../shared/grid/types.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { readBlock } from '../../database/queries/evidence.ts';
import { all, columnName, identifier, prepare } from '../../database/sql.ts';
import { packDataText } from '../../packs/storedPacks.ts';
import type { Step } from './eraseEvidence.ts';
import { readTexts } from './fileTexts.ts';
import type { Marks } from './marks.ts';

/** Places that are named one by one, sure ones apart from the others; the rest of each are counted. */
const mostPlaces = 500;
/**
 * The index holds folded words apart from each other: it is built anew after an erasure, and holds no text. Where every
 * postcode of the country is tells of nobody.
 */
const skipped = /^(sqlite_|search_|postcode(_area|_square)?$)/;

/** Places that tell of the person, those that do so for certain first. */
export async function scanWorkspace(database: ReadDatabase, marks: Marks, step: Step): Promise<LeftOver[]> {
  const certain = new Map<string, LeftOver>();
  const perhaps = new Map<string, LeftOver>();
  const add = (ref: string | null, where: string, sure = true) => {
    const places = sure ? certain : perhaps;
    const keyOf = (each: string | null, place: string) => `${each ?? ''} ${place}`;
    const named = places.has(keyOf(ref, where)) || places.size < mostPlaces;
    const [at, what] = named ? [ref, where] : [null, 'further places'];
    const known = places.get(keyOf(at, what));
    if (known) {
      known.count += 1;
      return;
    }
    const place = sure ? what : `${what}: a surname or an alias, perhaps of somebody else`;
    places.set(keyOf(at, what), { ref: at, place, sure, count: 1 });
  };
  const tables = all<{ name: string }>(
    database,
    "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
  ).filter(({ name }) => !skipped.test(name));
  for (const [index, { name }] of tables.entries()) {
    step('Looking for what is left', index, tables.length);
    if (name === 'evidence_block') await scanEvidence(database, marks, add);
    else if (name === 'source_file_chunk') await scanFiles(database, marks, add);
    else await scanTable(database, name, marks, add);
  }
  return [...certain.values(), ...perhaps.values()];
}

const onceOnly = new Set(['pack', 'record', 'manual_value']);

type Add = (ref: string | null, place: string, sure?: boolean) => void;

/** The grid whose rows stand in a table of their own. */
const gridOfTable = new Map<string, Grid>(gridList.map((grid) => [grid.table, grid]));

async function scanTable(database: ReadDatabase, table: string, marks: Marks, add: Add): Promise<void> {
  const columns = all<{ name: string }>(database, 'SELECT name FROM pragma_table_info(?)', table).map(
    ({ name }) => name,
  );
  const grid = gridOfTable.get(table);
  let row = 0;
  for (const each of prepare(database, `SELECT * FROM ${identifierOf(table)}`).iterate()) {
    const values = each as Record<string, unknown>;
    for (const column of columns) {
      const text = textOf(table, column, values[column]);
      if (text === null) continue;
      const sure = marks.tells(text);
      // What a row shows is what its sources say: an alias is named once.
      if (sure || (!onceOnly.has(table) && marks.mayTell(text)))
        add(...placeOf(table, grid, column, values), sure);
    }
    row += 1;
  }
  // Between two tables others are answered; within one the statement is open.
  if (row > 0) await setImmediate();
}

const identifierOf = (name: string) =>
  /^[a-z_0-9]+$/.test(name) ? identifier(name) : `"${name.replaceAll('"', '""')}"`;

function textOf(table: string, column: string, value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (!Buffer.isBuffer(value) || value.length === 0) return null;
  if (table === 'pack' && column === 'data') return packDataText(value);
  return value.toString('latin1');
}

function placeOf(
  table: string,
  grid: Grid | undefined,
  column: string,
  values: Record<string, unknown>,
): [string | null, string] {
  if (grid) {
    const field = grid.columns.find((each) => columnName(each.field) === column);
    return [makeRef(grid.name, Number(values.id)), field?.title ?? column];
  }
  if (typeof values.grid === 'string' && typeof values.row_id === 'number' && values.grid in grids) {
    const name = values.grid as GridName;
    const field = typeof values.field === 'string' ? findColumn(grids[name], values.field) : undefined;
    return [makeRef(name, values.row_id), field?.title ?? 'what sources say'];
  }
  if (table === 'journal') return [`#${String(values.seq)}`, 'the record'];
  if (table === 'pack_file') return [makeRef('packs', Number(values.pack_id)), 'a file as it was issued'];
  if (table === 'source_sheet') return [makeRef('sources', Number(values.id)), column];
  return [null, `${table.replaceAll('_', ' ')}, ${column.replaceAll('_', ' ')}`];
}

async function scanEvidence(database: ReadDatabase, marks: Marks, add: Add): Promise<void> {
  const blocks = all<{ first_id: number; sheet_id: number }>(
    database,
    'SELECT first_id, sheet_id FROM evidence_block ORDER BY first_id',
  );
  for (const block of blocks) {
    for (const [row, cells] of readBlock(database, block.first_id)?.rows ?? [])
      for (const cell of cells)
        if (marks.tells(typeof cell === 'string' ? cell : `${cell[0]} | ${String(cell[2])}`))
          add(makeRef('sources', block.sheet_id), `row ${row} as it stood`);
    await setImmediate();
  }
}

async function scanFiles(database: ReadDatabase, marks: Marks, add: Add): Promise<void> {
  const files = all<{ id: number; sheet: number | null }>(
    database,
    `SELECT f.id, (SELECT min(s.id) FROM source_sheet s WHERE s.file_id = f.id) AS sheet
     FROM source_file f WHERE f.erased IS NULL ORDER BY f.id`,
  );
  for (const file of files)
    for await (const text of readTexts(database, file.id)) {
      await setImmediate();
      if (!marks.tells(text)) continue;
      add(file.sheet === null ? null : makeRef('sources', file.sheet), 'the original file');
      break;
    }
}
