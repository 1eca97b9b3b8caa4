/**
 * Priorities of the open workspace, worked out once for each state of it: for safeguarding and for enforcement, each
 * in its order (`shared/domain/priorities` says how).
 */
import { setImmediate } from 'node:timers/promises';
import type { PriorityDetail, PriorityReport } from '../../../../shared/contract/areas/priorities.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { Progress } from '../../../../shared/contract/schemas.ts';
import type { FindingKind } from '../../../../shared/domain/calls/findingKinds.ts';
import { foldText } from '../../../../shared/domain/names.ts';
import {
  type Enforcement,
  enforcementOf,
  inOrder,
} from '../../../../shared/domain/priorities/enforcement.ts';
import type { CallFact, Frame, SubjectFacts } from '../../../../shared/domain/priorities/facts.ts';
import type { ConcernName, GapName } from '../../../../shared/domain/priorities/kinds.ts';
import {
  bySafeguarding,
  concernsOf,
  type Safeguarding,
  safeguardingOf,
} from '../../../../shared/domain/priorities/safeguarding.ts';
import { grids, makeRef } from '../../../../shared/grid/grids.ts';
import { defaultWeights, weightNames } from '../../../../shared/reference/priorityWeights.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import type { Moment } from '../../database/queries/expressions.ts';
import { recordsPart } from '../../database/queries/narrow.ts';
import { readLabels } from '../../database/queries/rows.ts';
import { all, get, identifier } from '../../database/sql.ts';
import { resolveRef } from '../../entities/groups.ts';
import { findingsAbout } from '../../plan/readiness.ts';
import type { Session } from '../../session.ts';
import { findInStudy, openStudy, type Work } from '../calls/callStudy.ts';
import { readSubjects, withCalls } from './readSubjects.ts';
import { readSources, withSourcesOfCare, withSourcesOfForce } from './sources.ts';
import { readWeights } from './weights.ts';

interface Found {
  frame: Frame;
  safeguarding: readonly Safeguarding[];
  enforcement: readonly Enforcement[];
  neither: number;
}

const stopped = () =>
  new AppError('cancelled', 'Working out the priorities was stopped. Nothing was changed.');

const steps = ['Reading people and premises', 'Looking at the calls', 'Putting in order'] as const;

/** Answers others while the steps are done. @throws AppError `cancelled`. */
async function inTurn<Result>(work: Generator<undefined, Result>, signal?: AbortSignal): Promise<Result> {
  let began = performance.now();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() - began < 20) continue;
    await setImmediate();
    if (signal?.aborted) throw stopped();
    began = performance.now();
  }
}

function frameOf(session: Session, moment: Moment): Frame {
  const matrix = get<{
    riskScale: number | null;
    riskHighFrom: number | null;
    riskMediumFrom: number | null;
  }>(
    session.reader,
    `SELECT risk_scale AS riskScale, risk_high_from AS riskHighFrom, risk_medium_from AS riskMediumFrom
     FROM operation WHERE id = 1`,
  ) ?? { riskScale: null, riskHighFrom: null, riskMediumFrom: null };
  return {
    day: (moment.strike ?? moment.today).slice(0, 10),
    isStrike: moment.strike !== null,
    today: moment.today,
    weights: readWeights(session.reader),
    matrix,
  };
}

/** Findings that say something of how a number is used. Attribution says whose it may be, a silence when it was not. */
const countedKinds: ReadonlySet<FindingKind> = new Set<FindingKind>([
  'broadcast',
  'customers',
  'rebranded',
  'handset-change',
  'sim-change',
  'common-numbers',
  'courier',
  'co-location',
]);

/** By phone the findings that are chiefly about it. Nothing where there are no calls. */
async function readCallFacts(
  session: Session,
  moment: Moment,
  work: Work,
): Promise<ReadonlyMap<string, readonly CallFact[]>> {
  const facts = new Map<string, CallFact[]>();
  if (!get(session.reader, 'SELECT 1 FROM communication LIMIT 1')) return facts;
  const study = await openStudy(session, moment, work);
  const { findings } = await findInStudy(study, work);
  for (const { kind, score, phones } of findings) {
    if (!countedKinds.has(kind)) continue;
    for (const place of new Set(phones.slice(0, 2))) {
      const phone = makeRef('phones', study.table.phones[place]?.id ?? 0);
      const own = facts.get(phone);
      const fact: CallFact = { kind, score, phone };
      if (own) own.push(fact);
      else facts.set(phone, [fact]);
    }
  }
  return facts;
}

function* putInOrder(subjects: readonly SubjectFacts[], frame: Frame): Generator<undefined, Found> {
  const safeguarding: Safeguarding[] = [];
  const enforcement: Enforcement[] = [];
  let neither = 0;
  for (const [at, subject] of subjects.entries()) {
    if (at % 500 === 0) yield;
    const concerns = concernsOf(subject, frame);
    const care = safeguardingOf(subject, frame, concerns);
    const force = enforcementOf(subject, frame, concerns);
    if (care) safeguarding.push(care);
    if (force) enforcement.push(force);
    if (!care && !force && subject.kind === 'people') neither += 1;
  }
  yield;
  safeguarding.sort(bySafeguarding);
  enforcement.sort(inOrder);
  return { frame, safeguarding, enforcement, neither };
}

/** So often the work is begun anew because something changed meanwhile; then what was found is told as it is. */
const mostAttempts = 3;

/** Both lists in whole. Kept until something changes. @throws AppError `cancelled`. */
async function findPriorities(session: Session, moment: Moment, work: Work = {}): Promise<Found> {
  const key = `priorities ${moment.today} ${moment.strike}`;
  for (let attempt = 1; ; attempt += 1) {
    const known = session.caches.get(key) as Found | undefined;
    if (known) return known;
    // A change empties the caches: what was begun before it may be of two minds.
    const mark = session.caches.get(`${key} begun`) ?? {};
    session.caches.set(`${key} begun`, mark);
    const found = await workOut(session, moment, work);
    if (session.caches.get(`${key} begun`) === mark) session.caches.set(key, found);
    else if (attempt < mostAttempts) continue;
    return found;
  }
}

async function workOut(session: Session, moment: Moment, work: Work): Promise<Found> {
  const tell = (step: number, progress?: Progress) => {
    if (work.signal?.aborted) throw stopped();
    work.progress?.(
      progress ?? {
        type: 'progress',
        stage: steps[step] ?? '',
        done: step,
        total: steps.length,
        unit: 'steps',
      },
    );
  };
  tell(0);
  const frame = frameOf(session, moment);
  const subjects = await inTurn(readSubjects(session.reader, frame), work.signal);
  tell(1);
  const calls = await readCallFacts(session, moment, {
    signal: work.signal,
    progress: (progress) => tell(1, progress),
  });
  tell(2);
  const { people, premises, lines } = withCalls(subjects, calls);
  return inTurn(putInOrder([...people, ...premises, ...lines], frame), work.signal);
}

export interface PriorityRequest {
  kind?: 'people' | 'premises' | 'lines' | undefined;
  text?: string | undefined;
  concern?: ConcernName | undefined;
  gaps?: boolean | undefined;
  refs?: readonly string[] | undefined;
  limit?: number | undefined;
  sources?: number | undefined;
}

function tally<Name extends string>(names: Iterable<Name>): Partial<Record<Name, number>> {
  const counts: Partial<Record<Name, number>> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** Both lists in the shape of the contract. @throws AppError `cancelled`. */
export async function reportPriorities(
  session: Session,
  moment: Moment,
  request: PriorityRequest,
  work: Work = {},
): Promise<PriorityReport> {
  const { frame, safeguarding, enforcement, neither } = await findPriorities(session, moment, work);
  const words = foldText(request.text ?? '').trim();
  const beside = request.refs === undefined ? null : refsBeside(session.reader, request.refs);
  const fits = ({ ref, kind, label }: { ref: string; kind: string; label: string }) =>
    (request.kind === undefined || kind === request.kind) &&
    (beside === null || beside.has(ref)) &&
    (words === '' || ref.toLowerCase() === words || foldText(label).includes(words));
  const care = safeguarding.filter(
    (each) =>
      fits(each) &&
      (request.concern === undefined || each.concerns.some(({ concern }) => concern === request.concern)) &&
      (!request.gaps || each.gaps.length > 0),
  );
  const force = enforcement.filter(
    (each) => fits(each) && (request.concern === undefined || each.concerns.includes(request.concern)),
  );
  const limit = request.limit ?? 500;
  const most = request.sources ?? 0;
  const read = readSources(session, moment);
  const shownCare: PriorityReport['safeguarding'] = [];
  for (const each of care.slice(0, limit)) {
    shownCare.push(most === 0 ? each : withSourcesOfCare(each, read, most));
    if (most > 0) await pause(work.signal);
  }
  const shownForce: PriorityReport['enforcement'] = [];
  for (const each of force.slice(0, limit)) {
    shownForce.push(most === 0 ? each : withSourcesOfForce(each, read, most));
    if (most > 0) await pause(work.signal);
  }
  return {
    day: frame.day,
    isStrike: frame.isStrike,
    counts: {
      safeguarding: safeguarding.length,
      safeguardingShown: care.length,
      enforcement: enforcement.length,
      enforcementShown: force.length,
      neither,
      concerns: tally<ConcernName>(
        safeguarding.flatMap(({ concerns }) => [...new Set(concerns.map(({ concern }) => concern))]),
      ),
      withGaps: safeguarding.filter(({ gaps }) => gaps.length > 0).length,
      gaps: tally<GapName>(safeguarding.flatMap(({ gaps }) => gaps.map(({ gap }) => gap))),
    },
    safeguarding: shownCare,
    enforcement: shownForce,
    weights: frame.weights,
    isDefault: weightNames.every((name) => frame.weights[name] === defaultWeights[name]),
  };
}

/** These records, and the people, premises and lines that have to do with them, as grids are narrowed by them. */
function refsBeside(database: ReadDatabase, refs: readonly string[]): ReadonlySet<string> {
  if (refs.length === 0) return new Set();
  return new Set(
    (['people', 'premises', 'lines'] as const).flatMap((grid) => {
      const { sql, parameters } = recordsPart(grids[grid], { in: [...refs] });
      return all<{ id: number }>(
        database,
        `SELECT t.id AS id FROM ${identifier(grids[grid].table)} AS t WHERE ${sql}`,
        ...parameters,
      ).map(({ id }) => makeRef(grid, id));
    }),
  );
}

async function pause(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate();
  if (signal?.aborted) throw stopped();
}

/** All of nearly every factor: each is a row of a sheet that is looked up. */
const sourcesOfDetail = 500;

/**
 * One record on both lists, with who says what and what readiness says of it.
 * @throws AppError `invalid` for what is neither a person, premises nor a line.
 */
export async function detailOf(session: Session, moment: Moment, ref: string): Promise<PriorityDetail> {
  const found = resolveRef(session.reader, ref);
  if (!found || !['people', 'premises', 'lines'].includes(found.grid.name))
    throw new AppError('invalid', `${ref} is no person, premises or deal line. Name one such as NOM-3.`);
  const own = makeRef(found.grid.name, found.id);
  const { safeguarding, enforcement } = await findPriorities(session, moment);
  const care = safeguarding.find((each) => each.ref === own);
  const force = enforcement.find((each) => each.ref === own);
  const read = readSources(session, moment);
  const findings = findingsAbout(session, moment, new Set([own]));
  const named = [
    own,
    ...(care?.plans ?? []),
    ...(care?.concerns ?? []).flatMap(({ origins }) => origins.map((origin) => origin.ref)),
    ...(force?.factors ?? []).flatMap(({ origins }) => origins.map((origin) => origin.ref)),
    ...(force?.target ? [force.target] : []),
    ...findings.flatMap(({ refs }) => refs),
  ];
  return {
    ref: own,
    safeguarding: care ? withSourcesOfCare(care, read, sourcesOfDetail) : null,
    enforcement: force ? withSourcesOfForce(force, read, sourcesOfDetail) : null,
    findings,
    labels: readLabels(session.reader, named),
  };
}
