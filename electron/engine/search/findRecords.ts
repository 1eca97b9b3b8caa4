/** Short matches over every grid: for the command palette and for choosing a reference while typing. */
import { gridList, grids as gridsByName, makeRef } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { ReadDatabase } from '../database/connection.ts';
import type { Moment } from '../database/queries/expressions.ts';
import { readLabels, rowExists } from '../database/queries/rows.ts';
import { all, columnName, identifier } from '../database/sql.ts';
import { resolveRef } from '../entities/groups.ts';
import { answerSearch } from './answer.ts';
import { searchedGrids } from './places.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface Match {
  ref: string;
  grid: GridName;
  label: string;
}

/** Where the palette looks: what an analyst opens, not what came in. */
const opened = searchedGrids.filter(
  (grid) => !['sources', 'communications', 'packs', 'operation'].includes(grid),
);

/**
 * At most `limit` records; a reference is found by itself, that of a merged record by the one that stands for it.
 * Blank text gives the first rows of the grids asked for.
 */
export function findRecords(
  database: ReadDatabase,
  vocabulary: Vocabulary,
  asked: { text: string; grids?: readonly GridName[] | undefined; limit: number },
  moment: Moment,
): Match[] {
  const text = asked.text.trim();
  if (text === '') return asked.grids ? firstRows(database, asked.grids, asked.limit) : [];
  const grids = asked.grids ?? opened;
  const matches: Match[] = [];
  const named = resolveRef(database, text);
  if (named && grids.includes(named.grid.name) && rowExists(database, named.grid.name, named.id)) {
    const ref = makeRef(named.grid.name, named.id);
    matches.push({ ref, grid: named.grid.name, label: readLabels(database, [ref])[ref] ?? ref });
  }
  const add = (more: readonly Match[]) => {
    for (const match of more) if (!matches.some(({ ref }) => ref === match.ref)) matches.push(match);
  };
  const search = (within: readonly GridName[]): Match[] =>
    answerSearch(database, vocabulary, { text, in: [...within], limit: asked.limit }, moment).hits.flatMap(
      ({ ref, grid, label, row }) => (row === undefined ? [{ ref, grid, label }] : []),
    );
  add(search(grids));
  if (asked.grids && matches.length < asked.limit)
    add(namedByOthers(database, asked.grids, asked.limit, search));
  const prefix = asked.grids?.filter((name) => isPrefix(text, gridsByName[name].prefix)) ?? [];
  if (matches.length < asked.limit) add(firstRows(database, prefix, asked.limit));
  return matches.slice(0, asked.limit);
}

/** `TGT` or `TGT-` asks for what such references stand for. */
const isPrefix = (text: string, prefix: string) => text.toUpperCase().replace(/-$/, '') === prefix;

/** Rows that are called by another record, as a target by its subject, where that record is found. */
function namedByOthers(
  database: ReadDatabase,
  grids: readonly GridName[],
  limit: number,
  search: (within: readonly GridName[]) => Match[],
): Match[] {
  const rows = grids.flatMap((name) => {
    const grid = gridsByName[name];
    return grid.columns
      .filter(
        ({ field, type, to, derived }) => grid.label.includes(field) && type === 'ref' && to && !derived,
      )
      .flatMap((column) =>
        search(column.to ?? []).flatMap(({ ref, label }) =>
          all<{ id: number }>(
            database,
            `SELECT id FROM ${identifier(grid.table)} WHERE ${identifier(columnName(column.field))} = ? ORDER BY id LIMIT ?`,
            ref,
            limit,
          ).map(({ id }) => ({ ref: makeRef(name, id), grid: name, label })),
        ),
      );
  });
  const labels = readLabels(
    database,
    rows.map(({ ref }) => ref),
  );
  return rows.map((row) => ({ ...row, label: labels[row.ref] ?? row.label }));
}

function firstRows(database: ReadDatabase, grids: readonly GridName[], limit: number): Match[] {
  const refs = gridList
    .filter(({ name }) => grids.includes(name))
    .flatMap(({ name }) =>
      all<{ id: number }>(
        database,
        `SELECT id FROM ${identifier(gridsByName[name].table)} ORDER BY id LIMIT ?`,
        limit,
      ).map(({ id }) => ({ grid: name, ref: makeRef(name, id) })),
    )
    .slice(0, limit);
  const labels = readLabels(
    database,
    refs.map(({ ref }) => ref),
  );
  return refs.map(({ grid, ref }) => ({ ref, grid, label: labels[ref] ?? ref }));
}
