/**
 * A finding made part of the operation: an intelligence record, or evidence in the grounds of a target. The words say
 * what the data shows and by which thresholds, never who is guilty, and the rows stand beside them as provenance. The
 * record is not graded: an analyst does that.
 */
import { AppError } from '../../../../shared/contract/errors.ts';
import { findingTitles } from '../../../../shared/domain/calls/findingKinds.ts';
import { parseRef } from '../../../../shared/grid/grids.ts';
import type { Moment } from '../../database/queries/expressions.ts';
import { readRow } from '../../database/queries/rows.ts';
import type { Changed } from '../../plan/edit.ts';
import { addRow, editRows, locate } from '../../plan/edit.ts';
import type { Session } from '../../session.ts';
import { findingById, type RowPlace, sourcesOf } from './callStudy.ts';
import type { Found, Study } from './study.ts';
import { isoOf, shownDay, shownNumber } from './study.ts';

/** Rows that a provenance names; all of them would be longer than what they prove. */
const mostRowsNamed = 400;

/** SRC-2 (calls.csv) rows 3–17, 22. */
export function nameRows(places: readonly RowPlace[], total: number): string {
  const bySheet = new Map<string, { title: string; rows: number[] }>();
  for (const { ref, file, sheet, row } of places) {
    const own = bySheet.get(ref) ?? {
      title: `${ref} (${[file, sheet].filter((part) => part !== '').join(', ')})`,
      rows: [],
    };
    own.rows.push(row);
    bySheet.set(ref, own);
  }
  const named = [...bySheet.values()].map(({ title, rows }) => {
    const runs: [number, number][] = [];
    for (const row of [...new Set(rows)].sort((x, y) => x - y)) {
      const last = runs.at(-1);
      if (last && row === last[1] + 1) last[1] = row;
      else runs.push([row, row]);
    }
    const words = runs.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`));
    return `${title} ${rows.length === 1 ? 'row' : 'rows'} ${words.join(', ')}`;
  });
  const rest = total - places.length;
  return `${named.join('; ')}${rest > 0 ? `; and ${rest} rows more` : ''}`;
}

/** What the data shows, in words that stand on their own. */
export function tellFinding({ table }: Study, found: Found): string {
  const phones = found.phones.slice(0, 8).map((phone) => shownNumber(table, phone));
  const more = found.phones.length - phones.length;
  const lines = [
    `Call data, ${findingTitles[found.kind].toLowerCase()}: ${phones.join(', ')}${more > 0 ? ` and ${more} more` : ''}, ${shownDay(found.from)} to ${shownDay(found.to)}.`,
    ...found.reasons,
    ...(found.against.length > 0 ? [`Against it: ${found.against.join(' ')}`] : []),
    ...((found.safeguarding ?? []).length > 0
      ? [
          `Safeguarding first: ${found.safeguarding?.join(', ')}, linked with the number, is or may be under 18, a victim or at risk.`,
        ]
      : []),
    `Worked out by the threshold: ${found.rule}. The data shows phones, not who used them.`,
  ];
  return lines.join('\n');
}

async function openFinding(session: Session, moment: Moment, id: string) {
  const { study, found } = await findingById(session, moment, id);
  const rows = [...new Set(found.rows)];
  const places = sourcesOf(session.reader, study.table, rows.slice(0, mostRowsNamed));
  return {
    study,
    found,
    text: tellFinding(study, found),
    provenance: `Call data: ${nameRows(places, rows.length)}.`,
  };
}

/** An ungraded intelligence record. @throws AppError `not-found` where it is found no more. */
export async function makeIntelligence(session: Session, moment: Moment, id: string): Promise<Changed> {
  const { study, found, text, provenance } = await openFinding(session, moment, id);
  return session.exclusively(() =>
    addRow(
      session,
      'intelligence',
      {
        text,
        reportDate: moment.today,
        infoFrom: isoOf(found.from).slice(0, 10),
        infoTo: isoOf(found.to).slice(0, 10),
        subjects: found.phones
          .slice(0, 8)
          .map((phone) => shownNumber(study.table, phone))
          .join(', '),
        provenance,
      },
      'Made from what the call data shows',
    ),
  );
}

/** The words and rows at the end of a target's grounds. @throws AppError `not-found`, `invalid` for what is no target. */
export async function addToTarget(
  session: Session,
  moment: Moment,
  id: string,
  target: string,
): Promise<Changed | null> {
  if (parseRef(target)?.grid.name !== 'targets')
    throw new AppError('invalid', `${target} is no target. Choose one such as TGT-3.`);
  const { text, provenance } = await openFinding(session, moment, id);
  return session.exclusively(() => {
    const { grid, id: row } = locate(session, target);
    const before = readRow(session.writer, grid.name, row).grounds;
    const grounds = [typeof before === 'string' ? before.trim() : '', `${text}\n${provenance}`]
      .filter((part) => part !== '')
      .join('\n\n');
    return editRows(
      session,
      [{ ref: target, values: { grounds } }],
      'Evidence from what the call data shows',
      {
        method: 'records.set',
        summary: `Added what the call data shows to the grounds of ${target}`,
      },
    );
  });
}
