/** Calls, thresholds and knowledge of an open workspace, put together for the analyses; and what they found, kept. */
import { setImmediate } from 'node:timers/promises';
import type { CallFinding, CallFindings } from '../../../../shared/contract/areas/calls.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { Progress } from '../../../../shared/contract/schemas.ts';
import type { FindingKind } from '../../../../shared/domain/calls/findingKinds.ts';
import { makeRef, parseRef } from '../../../../shared/grid/grids.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { readPlace } from '../../database/queries/evidence.ts';
import type { Moment } from '../../database/queries/expressions.ts';
import { readLabels } from '../../database/queries/rows.ts';
import type { Session } from '../../session.ts';
import type { CallTable } from './callTable.ts';
import type { FoundAll } from './findAll.ts';
import { findAll, stepNames } from './findAll.ts';
import { readCalls } from './readCalls.ts';
import { readFacts } from './readFacts.ts';
import { inSlices, stopIfAsked } from './slices.ts';
import type { Found, Study } from './study.ts';
import { isoOf, numberOf } from './study.ts';
import { readThresholds } from './thresholds.ts';

export interface Work {
  signal?: AbortSignal | undefined;
  progress?: (progress: Progress) => void;
}

/** Everything that the analyses need, as the workspace stands. @throws AppError `cancelled` by the signal. */
export async function openStudy(session: Session, moment: Moment, work: Work = {}): Promise<Study> {
  const table = await readCalls(session.reader, {
    signal: work.signal,
    progress: (share) =>
      work.progress?.({
        type: 'progress',
        stage: 'Reading the calls',
        done: Math.round(share * 100),
        total: 100,
        unit: 'steps',
      }),
  });
  const day = (moment.strike ?? moment.today).slice(0, 10);
  return session.reader.transaction(() => ({
    table,
    thresholds: readThresholds(session.reader),
    facts: readFacts(session.reader, day),
  }))();
}

/** What was found last in a table, and on what it rested. */
const kept = new WeakMap<CallTable, { key: string; found: FoundAll }>();

/** Everything that the calls show; once as long as calls, thresholds and knowledge are the same. */
export async function findInStudy(study: Study, { signal, progress }: Work = {}): Promise<FoundAll> {
  const key = JSON.stringify([
    study.thresholds,
    [...study.facts.phones],
    study.facts.lines,
    [...study.facts.people],
    study.facts.events,
    study.facts.seizures,
  ]);
  const known = kept.get(study.table);
  if (known?.key === key) return known.found;
  const found = await inSlices(findAll(study), signal, (stage) => {
    const done = (stepNames as readonly string[]).indexOf(stage);
    progress?.({ type: 'progress', stage, done, total: stepNames.length, unit: 'steps' });
  });
  kept.set(study.table, { key, found });
  return found;
}

/** Stands for a finding as long as what it rests on is the same. */
export function idOf(table: CallTable, found: Found): string {
  const phones = found.phones.slice(0, 2).map((phone) => makeRef('phones', table.phones[phone]?.id ?? 0));
  return [found.kind, phones.join('+'), isoOf(found.from), isoOf(found.to), found.refs[0] ?? '']
    .join(' ')
    .slice(0, 200);
}

/** Finds a finding again by its id. @throws AppError `not-found` where calls or thresholds have changed. */
export async function findingById(
  session: Session,
  moment: Moment,
  id: string,
  work: Work = {},
): Promise<{ study: Study; found: Found }> {
  const study = await openStudy(session, moment, work);
  const { findings } = await findInStudy(study, work);
  const found = findings.find((each) => idOf(study.table, each) === id);
  if (!found)
    throw new AppError(
      'not-found',
      'The calls or the thresholds have changed and this is found no more. Look at the findings again.',
    );
  return { study, found };
}

export interface FindingsRequest {
  kind?: FindingKind | undefined;
  /** A phone or line. */
  ref?: string | undefined;
  sources?: number | undefined;
  limit?: number | undefined;
}

/** The findings in the shape of the contract. */
export async function reportFindings(
  session: Session,
  moment: Moment,
  request: FindingsRequest,
  work: Work = {},
): Promise<CallFindings> {
  const study = await openStudy(session, moment, work);
  const { findings, leftOut, cut } = await findInStudy(study, work);
  const about = request.ref === undefined ? null : new Set(phonesOfRef(study, request.ref));
  const wanted = findings.filter(
    (found) =>
      (request.kind === undefined || found.kind === request.kind) &&
      (about === null || found.phones.slice(0, 2).some((phone) => about.has(phone))),
  );
  const shown = wanted.slice(0, request.limit ?? 1000);
  const report: CallFinding[] = [];
  for (const found of shown) {
    report.push(toReport(session.reader, study.table, found, request.sources ?? 0));
    if (request.sources) {
      await setImmediate();
      stopIfAsked(work.signal);
    }
  }
  return {
    findings: report,
    total: wanted.length,
    leftOut: leftOut as Record<string, number>,
    cut,
    thresholds: study.thresholds,
    labels: readLabels(
      session.reader,
      new Set(
        report.flatMap(({ refs, phoneRefs, safeguarding }) => [
          ...refs,
          ...safeguarding,
          ...phoneRefs.slice(0, 6),
        ]),
      ),
    ),
  };
}

function toReport(database: ReadDatabase, table: CallTable, found: Found, sources: number): CallFinding {
  const rows = new Set(found.rows);
  return {
    id: idOf(table, found),
    kind: found.kind,
    phones: found.phones.map((phone) => numberOf(table, phone)),
    phoneRefs: found.phones.map((phone) => makeRef('phones', table.phones[phone]?.id ?? 0)),
    refs: [...new Set(found.refs)],
    from: isoOf(found.from),
    to: isoOf(found.to),
    score: found.score,
    reasons: found.reasons,
    against: found.against,
    safeguarding: found.safeguarding ?? [],
    rule: found.rule,
    rows: rows.size,
    sources: sources > 0 ? sourcesOf(database, table, [...rows].slice(0, sources)) : [],
  };
}

export interface RowPlace {
  ref: string;
  file: string;
  sheet: string;
  row: number;
}

/** Where rows of the table stood in their sheets, in the order of the evidence. */
export function sourcesOf(database: ReadDatabase, table: CallTable, rows: readonly number[]): RowPlace[] {
  const evidence = rows.map((row) => table.evidence[row] ?? 0).sort((x, y) => x - y);
  return evidence.flatMap((id) => {
    const place = readPlace(database, id);
    return place
      ? [{ ref: makeRef('sources', place.sheetId), file: place.file, sheet: place.sheet, row: place.row }]
      : [];
  });
}

/**
 * Places of the phones of a reference: of a phone itself, of a line every number that it has or had.
 * @throws AppError `invalid` for a reference to anything else.
 */
export function phonesOfRef({ table, facts }: Study, ref: string): number[] {
  const parsed = parseRef(ref);
  const place = (id: number) => {
    const found = table.placeOf.get(id);
    return found === undefined ? [] : [found];
  };
  if (parsed?.grid.name === 'phones') return place(parsed.id);
  if (parsed?.grid.name === 'lines')
    return facts.lines.find((line) => line.ref === makeRef('lines', parsed.id))?.phones.flatMap(place) ?? [];
  throw new AppError(
    'invalid',
    `${ref} is neither a phone nor a deal line. Choose one such as PHN-3 or LINE-1.`,
  );
}
