/** What stands behind the links of two records of a chart: rows of sheets, calls, records of the plan. */
import type { ChartFilter, LinkRows } from '../../../../shared/contract/areas/chart.ts';
import { makeRef, parseRef } from '../../../../shared/grid/grids.ts';
import { readPlace } from '../../database/queries/evidence.ts';
import { readLabels } from '../../database/queries/rows.ts';
import type { Session } from '../../session.ts';
import type { Work } from '../calls/callStudy.ts';
import type { CallTable } from '../calls/callTable.ts';
import { readCalls } from '../calls/readCalls.ts';
import { isoOf } from '../calls/study.ts';
import { readEvidenceFacts } from './evidenceFacts.ts';
import { readTies, type Tie } from './ties.ts';

/** Rows of one link that are shown; how many there are is said beside them. */
const mostRows = 200;

type Row = LinkRows['ties'][number]['rows'][number];

/** Every link of two records that the filter lets through, either way, with its newest rows. */
export async function readLinkRows(
  session: Session,
  request: { a: string; b: string; filter?: ChartFilter | undefined },
  work: Work = {},
): Promise<LinkRows> {
  const { reader } = session;
  const calls = await readCalls(reader, { signal: work.signal });
  return reader.transaction(() => {
    const ties = readTies(reader, calls, [request.a], request.filter).filter(
      (tie) => tie.inside > 0 && (tie.from === request.b || tie.to === request.b),
    );
    const shown = ties.map((tie) => ({
      from: tie.from,
      to: tie.to,
      kind: tie.kind,
      relation: tie.relation,
      total: tie.inside,
      rows:
        tie.kind === 'calls'
          ? callRows(session, calls, tie, request.filter ?? {})
          : evidenceRows(session, tie),
      records: tie.records,
    }));
    return {
      ties: shown,
      labels: readLabels(reader, [request.a, request.b, ...shown.flatMap(({ records }) => records)]),
    };
  })();
}

function placed(session: Session, evidence: number, at: string | null, grade: string | null): Row[] {
  const place = readPlace(session.reader, evidence);
  return place
    ? [
        {
          source: makeRef('sources', place.sheetId),
          file: place.file,
          sheet: place.sheet,
          row: place.row,
          at,
          grade,
        },
      ]
    : [];
}

function evidenceRows(session: Session, tie: Tie): Row[] {
  const some = tie.evidence.slice(-mostRows);
  const facts = readEvidenceFacts(session.reader, some);
  return some.flatMap((evidence) => {
    const { at, grade } = facts.get(evidence) ?? { at: null, grade: null };
    return placed(session, evidence, at, grade);
  });
}

/** Calls of the link, the newest first. */
function callRows(session: Session, calls: CallTable, tie: Tie, filter: ChartFilter): Row[] {
  const placeOf = (ref: string) => calls.placeOf.get(parseRef(ref)?.id ?? 0) ?? -1;
  const [from, to] = [placeOf(tie.from), placeOf(tie.to)];
  const rows: number[] = [];
  const all = calls.rowsOf(from);
  for (let index = all.length - 1; index >= 0 && rows.length < mostRows; index -= 1) {
    const row = all[index] ?? 0;
    if (calls.from[row] !== from || calls.to[row] !== to) continue;
    const start = calls.start[row] ?? Number.NaN;
    const day = Number.isNaN(start) ? null : isoOf(start).slice(0, 10);
    if (day !== null && filter.from !== undefined && day < filter.from) continue;
    if (day !== null && filter.to !== undefined && day > filter.to) continue;
    rows.push(row);
  }
  return rows
    .sort((x, y) => (calls.evidence[x] ?? 0) - (calls.evidence[y] ?? 0))
    .flatMap((row) => {
      const start = calls.start[row] ?? Number.NaN;
      return placed(session, calls.evidence[row] ?? 0, Number.isNaN(start) ? null : isoOf(start), null);
    });
}
