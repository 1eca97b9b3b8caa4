/** Who says what a factor or a concern rests on: rows of sheets with their place, and analysts. */
import type {
  EnforcementPriority,
  PrioritySource,
  SafeguardingPriority,
} from '../../../../shared/contract/areas/priorities.ts';
import type { Enforcement } from '../../../../shared/domain/priorities/enforcement.ts';
import type { Origin } from '../../../../shared/domain/priorities/facts.ts';
import type { Safeguarding } from '../../../../shared/domain/priorities/safeguarding.ts';
import { makeRef, parseRef } from '../../../../shared/grid/grids.ts';
import type { Moment } from '../../database/queries/expressions.ts';
import { readRow } from '../../database/queries/rows.ts';
import { get } from '../../database/sql.ts';
import { readValues } from '../../entities/show.ts';
import type { Session } from '../../session.ts';

export type ReadSources = (origins: readonly Origin[], most: number) => PrioritySource[];

/** Who says the fields of records, each record read once. */
export function readSources(session: Session, moment: Moment): ReadSources {
  const known = new Map<string, ReturnType<typeof readValues>>();
  const valuesOf = (ref: string) => {
    const parsed = parseRef(ref);
    if (!parsed) return {};
    const values =
      known.get(ref) ??
      readValues(
        session.reader,
        parsed.grid.name,
        parsed.id,
        readRow(session.reader, parsed.grid.name, parsed.id, moment),
      );
    known.set(ref, values);
    return values;
  };
  return (origins, most) =>
    origins
      .slice(0, most)
      .flatMap(({ ref, field }) =>
        (valuesOf(ref)[field] ?? []).flatMap((said, which) =>
          said.superseded || said.withdrawn
            ? []
            : [
                {
                  ref,
                  field,
                  value: String(said.value ?? '').slice(0, 2000),
                  file: said.file,
                  sheet: said.sheet,
                  row: said.row,
                  grade: said.grade,
                  by: said.by ?? null,
                  at: said.at ?? null,
                  sheetRef: said.evidence ? sheetOf(session, said.evidence.id) : null,
                  which,
                },
              ],
        ),
      )
      .slice(0, most);
}

/** The sheet of a row of evidence. */
function sheetOf(session: Session, evidence: number): string | null {
  const sheet = get<{ id: number }>(
    session.reader,
    'SELECT id FROM source_sheet WHERE first_evidence <= ? ORDER BY first_evidence DESC LIMIT 1',
    evidence,
  );
  return sheet ? makeRef('sources', sheet.id) : null;
}

export const withSourcesOfCare = (
  each: Safeguarding,
  read: ReadSources,
  most: number,
): SafeguardingPriority => ({
  ...each,
  concerns: each.concerns.map((concern) => ({ ...concern, sources: read(concern.origins, most) })),
});

export const withSourcesOfForce = (
  each: Enforcement,
  read: ReadSources,
  most: number,
): EnforcementPriority => ({
  ...each,
  factors: each.factors.map((factor) => ({ ...factor, sources: read(factor.origins, most) })),
});
