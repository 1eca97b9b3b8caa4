/** Short matches over every grid: for the command palette and for choosing a reference while typing. */
import { gridList, grids as gridsByName, makeRef } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { ReadDatabase } from '../database/connection.ts';
import type { Moment } from '../database/queries/expressions.ts';
import { readLabels, rowExists } from '../database/queries/rows.ts';
import { all, identifier } from '../database/sql.ts';
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
  const { hits } = answerSearch(database, vocabulary, { text, in: [...grids], limit: asked.limit }, moment);
  for (const { ref, grid, label, row } of hits)
    if (row === undefined && !matches.some((match) => match.ref === ref)) matches.push({ ref, grid, label });
  return matches.slice(0, asked.limit);
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
