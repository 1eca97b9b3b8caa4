/** What a row was merged from, and the rows of evidence on which each part rests. */
import type { MatchParts } from '../../../shared/contract/areas/matching.ts';
import { makeRef } from '../../../shared/grid/grids.ts';
import { readPlace, shownText } from '../database/queries/evidence.ts';
import { get } from '../database/sql.ts';
import { locate } from '../plan/edit.ts';
import type { Session } from '../session.ts';
import { mergedSince } from './groups.ts';
import { readParts } from './merge.ts';

const longestText = 200;

/** @throws AppError `not-found`. */
export function readMatchParts(session: Session, ref: string): MatchParts {
  const database = session.reader;
  const { grid, id } = locate(session, ref, database);
  return {
    ref: makeRef(grid.name, id),
    members: readParts(database, grid.name, id).map((part) => {
      const since = mergedSince(database, grid.name, part.atom);
      return {
        ref: makeRef(grid.name, part.atom),
        since: since?.at ?? null,
        by: since?.user ?? null,
        evidence: part.records.flatMap((record) => {
          const evidence = get<{ id: number }>(
            database,
            'SELECT evidence_id AS id FROM record WHERE id = ?',
            record,
          )?.id;
          const place = evidence === undefined ? undefined : readPlace(database, evidence);
          if (!place) return [];
          const text = place.cells
            .map((_, column) => shownText(place.cells, column).trim())
            .filter((cell) => cell !== '')
            .join(' | ');
          return [
            {
              id: record,
              file: place.file,
              sheet: place.sheet,
              row: place.row,
              source: makeRef('sources', place.sheetId),
              text: text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text,
            },
          ];
        }),
      };
    }),
  };
}
