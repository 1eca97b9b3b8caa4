/**
 * In which order people, premises and lines are looked at for enforcement, from evidence and judgement. A score is an
 * order for reading: it is no probability and proves nothing.
 *
 * What raises a safeguarding concern never adds to a score: a report that speaks of a child, or of somebody missing or
 * exploited, counts for nobody; being a child, a victim, missing or cuckooed takes points away or leaves them. Pure.
 */

import { labelOf } from '../../reference/codeLists.ts';
import { roleWeights } from '../../reference/priorityWeights.ts';
import { formatDate } from '../calendar.ts';
import { findingTitles } from '../calls/findingKinds.ts';
import { refsOf, textOf } from '../readiness/facts.ts';
import { riskBandOf } from '../riskMatrix.ts';
import { isExploited, isProtectedPerson } from './exploited.ts';
import type { Frame, Origin, PersonFacts, Report, Saying, SubjectFacts } from './facts.ts';
import type { ConcernName, EvidenceConfidence, FactorName, LackName } from './kinds.ts';
import { type Concern, concernsOf } from './safeguarding.ts';
import { markersOf, sameWords } from './words.ts';
import { type GradeClass, gradeClassOf, worthOfAge, worthOfClass } from './worth.ts';

export interface Factor {
  factor: FactorName;
  /** Tenths at most. */
  points: number;
  /** The most that this factor could give. */
  most: number;
  /** What it says, in a few words. */
  value: string;
  reasons: string[];
  origins: Origin[];
  /** Of a judgement: who and when. */
  by?: string;
  at?: string;
}

export interface Enforcement {
  ref: string;
  kind: SubjectFacts['kind'];
  label: string;
  /** Sum of the factors, in tenths of a point. */
  points: number;
  factors: Factor[];
  /** By the bands of the operation's matrix; null where no analyst has scored it. */
  band: 'high' | 'medium' | 'low' | null;
  confidence: EvidenceConfidence;
  /** A person who is also exploited, or may be. */
  isExploited: boolean;
  isChild: boolean;
  target: string | null;
  /** Why it stands on the list of safeguarding too; an age that nobody knows is told among what is missing. */
  concerns: ConcernName[];
  lacks: LackName[];
}

/** What counted, for how far the evidence carries. */
interface Counted {
  grade: GradeClass;
  sheet: number | null;
}

const tenths = (points: number) => Math.round(points * 10) / 10;
const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/**
 * Null for somebody who is only known as a victim or witness, and for what nothing speaks about.
 * @param concerns what `concernsOf` says, for a caller that has asked already; told, and never counted.
 */
export function enforcementOf(
  subject: SubjectFacts,
  frame: Frame,
  concerns: readonly Concern[] = concernsOf(subject, frame),
): Enforcement | null {
  if (subject.kind === 'people' && !isSuspected(subject, frame)) return null;
  const counted: Counted[] = [];
  const factors = [
    judgementFactor(subject, frame),
    subject.kind === 'people' ? roleFactor(subject, frame, counted) : peopleFactor(subject, frame, counted),
    markerFactor(subject, 'violence', frame, counted),
    markerFactor(subject, 'weapons', frame, counted),
    reportFactor(subject, frame, counted),
    callFactor(subject, frame, counted),
  ].flatMap((factor) => factor ?? []);
  const points = tenths(factors.reduce((sum, factor) => sum + factor.points, 0));
  if (points === 0 && subject.targets.length === 0) return null;
  const { judgement } = subject;
  return {
    ref: subject.ref,
    kind: subject.kind,
    label: subject.label,
    points,
    factors,
    band: judgement ? riskBandOf(judgement.harm * judgement.likelihood, frame.matrix) : null,
    confidence: confidenceOf(counted),
    isExploited: subject.kind === 'people' && isExploited(subject, frame),
    isChild: subject.kind === 'people' && (subject.age === 'child' || subject.age === 'may-be-child'),
    target: subject.targets[0]?.ref ?? null,
    concerns: concerns.map(({ concern }) => concern).filter((concern) => concern !== 'age-not-known'),
    lacks: lacksOf(subject, counted),
  };
}

/**
 * Whether anything makes a person a matter of enforcement. Nobody is by default (DPA 2018 s.38(3)); who is known as a
 * victim or a witness alone, or is exploited and nothing else, is not put in this order at all.
 */
function isSuspected(person: PersonFacts, frame: Frame): boolean {
  const categories = refsOf(person.row, 'category');
  const isSign =
    roleWeights[textOf(person.row, 'role')] !== undefined ||
    person.holderOf.length > 0 ||
    categories.some((category) => category === 'suspect' || category === 'convicted') ||
    person.targets.some((target) => textOf(target, 'objective') !== 'safeguard') ||
    markersOf(textOf(person.row, 'markers'), 'violence').length > 0 ||
    markersOf(textOf(person.row, 'markers'), 'weapons').length > 0;
  if (isSign) return true;
  const isOther =
    categories.length > 0 && categories.every((each) => each === 'victim' || each === 'witness');
  return !isOther && !isProtectedPerson(person, frame);
}

function judgementFactor({ judgement }: SubjectFacts, { weights }: Frame): Factor | null {
  if (!judgement) return null;
  const { harm, likelihood, share, by, at, confidence, target } = judgement;
  return {
    factor: 'judgement',
    points: tenths(weights.judgement * share),
    most: weights.judgement,
    value: `Harm ${harm} × likelihood ${likelihood}`,
    reasons: [
      ...(by === null ? [] : [`Scored by ${by}${at ? ` on ${formatDate(at)}` : ''}.`]),
      confidence === null
        ? 'The analyst gave no confidence.'
        : `Confidence of the analyst: ${labelOf('priority', confidence).toLowerCase()}.`,
    ],
    origins: [
      { ref: target, field: 'harm' },
      { ref: target, field: 'likelihood' },
    ],
    ...(by === null ? {} : { by }),
    ...(at === null ? {} : { at }),
  };
}

interface Backing {
  worth: number;
  counted: Counted[];
  words: string;
}

const classWords: Readonly<Record<GradeClass, string>> = {
  analyst: 'Entered by an analyst: counts in full.',
  strong: 'Reliable source, known directly or corroborated',
  middle: 'Graded neither strongly nor low',
  weak: 'Low graded',
  none: 'No grade',
  false: 'Suspected to be false: counts nothing.',
};

function wordsOfClass(grade: GradeClass, frame: Frame): string {
  if (grade === 'analyst' || grade === 'false') return classWords[grade];
  return `${classWords[grade]}: counts ${Math.round(worthOfClass(grade, frame.weights) * 100)} %.`;
}

/** The best of those who say it. Said twice it counts once. */
function backingOf(sayings: readonly Saying[], frame: Frame): Backing {
  const classes = sayings.map(
    ({ sheet, grade }): Counted => ({ sheet, grade: sheet === null ? 'analyst' : gradeClassOf(grade) }),
  );
  const known: Counted[] = classes.length > 0 ? classes : [{ grade: 'none', sheet: null }];
  const best = known.reduce((one, two) =>
    worthOfClass(two.grade, frame.weights) > worthOfClass(one.grade, frame.weights) ? two : one,
  );
  return {
    worth: worthOfClass(best.grade, frame.weights),
    counted: classes,
    words: wordsOfClass(best.grade, frame),
  };
}

/** The role that counts most: of the person, of a target of a person without one, of a line that names its holder. */
function roleFactor(person: PersonFacts, frame: Frame, counted: Counted[]): Factor | null {
  const role = textOf(person.row, 'role');
  const said = (person.sayings.get('role') ?? []).filter(({ value }) => value === role);
  const backing = backingOf(said, frame);
  const entered: Backing = {
    worth: 1,
    counted: [{ grade: 'analyst', sheet: null }],
    words: wordsOfClass('analyst', frame),
  };
  const claims = [
    { role, backing, value: labelOf('role', role), origins: [{ ref: person.ref, field: 'role' }] },
    ...person.targets
      .filter((target) => role === '' && textOf(target, 'role') !== '')
      .map((target) => ({
        role: textOf(target, 'role'),
        backing: entered,
        value: `${labelOf('role', textOf(target, 'role'))}, of the target`,
        origins: [{ ref: target.ref, field: 'role' }],
      })),
    ...person.holderOf.map((line) => ({
      role: 'LINE_HOLDER',
      backing: entered,
      value: 'Named as a holder of a line',
      origins: [{ ref: line, field: 'holder' }],
    })),
  ].flatMap((claim) => {
    const weight = roleWeights[claim.role];
    const points = weight === undefined ? 0 : tenths(frame.weights[weight] * claim.backing.worth);
    return points === 0 ? [] : [{ ...claim, points }];
  });
  const [first] = claims;
  if (!first) return null;
  const best = claims.reduce((one, two) => (two.points > one.points ? two : one), first);
  counted.push(...best.backing.counted);
  return {
    factor: 'role',
    points: best.points,
    most: Math.max(...mostOfRoles.map((name) => frame.weights[name])),
    value: best.value,
    reasons: [best.backing.words],
    origins: claims.flatMap(({ origins }) => origins),
  };
}

const mostOfRoles = [...new Set(Object.values(roleWeights))];

/** Roles that count of the people who are linked with premises or a line; nobody who is protected. */
function peopleFactor(
  subject: Exclude<SubjectFacts, PersonFacts>,
  frame: Frame,
  counted: Counted[],
): Factor | null {
  const people = subject.people.filter(
    (person) =>
      (person.holderOf.length > 0 || roleWeights[textOf(person.row, 'role')] !== undefined) &&
      !isProtectedPerson(person, frame),
  );
  if (people.length === 0 || frame.weights.linkedPeople === 0) return null;
  let sum = 0;
  for (const person of people) {
    const role = textOf(person.row, 'role');
    const backing = backingOf(
      (person.sayings.get('role') ?? []).filter(({ value }) => value === role),
      frame,
    );
    counted.push(...backing.counted);
    sum += backing.worth;
  }
  return {
    factor: 'people',
    points: tenths(frame.weights.linkedPeople * Math.min(1, sum / frame.weights.linkedFull)),
    most: frame.weights.linkedPeople,
    value: plural(people.length, 'person', 'people'),
    reasons: people
      .slice(0, 5)
      .map(
        (person) => `${person.label}: ${labelOf('role', textOf(person.row, 'role')) || 'holder of a line'}.`,
      ),
    origins: people.map(({ ref }) => ({ ref, field: 'role' })),
  };
}

const markerFields: Readonly<
  Record<SubjectFacts['kind'], Readonly<Record<'violence' | 'weapons', string[]>>>
> = {
  people: { violence: ['markers'], weapons: ['markers'] },
  premises: { violence: ['hazards'], weapons: ['hazards', 'firearms'] },
  lines: { violence: ['violence'], weapons: [] },
};

function markerFactor(
  subject: SubjectFacts,
  group: 'violence' | 'weapons',
  frame: Frame,
  counted: Counted[],
): Factor | null {
  const found = markerFields[subject.kind][group].flatMap((field) => {
    const text = textOf(subject.row, field);
    const parts =
      subject.kind === 'lines' ? (text === 'yes' ? ['Recorded of the line'] : []) : markersOf(text, group);
    if (parts.length === 0) return [];
    const own = new Set(parts.map(sameWords));
    const said = (subject.sayings.get(field) ?? []).filter(
      ({ value }) =>
        subject.kind === 'lines' || markersOf(value, group).some((part) => own.has(sameWords(part))),
    );
    return [{ field, parts, backing: backingOf(said, frame) }];
  });
  if (found.length === 0 || frame.weights[group] === 0) return null;
  const best = found.reduce((one, two) => (two.backing.worth > one.backing.worth ? two : one));
  for (const { backing } of found) counted.push(...backing.counted);
  return {
    factor: group,
    points: tenths(frame.weights[group] * best.backing.worth),
    most: frame.weights[group],
    value: found.flatMap(({ parts }) => parts).join('; '),
    reasons: [best.backing.words],
    origins: found.map(({ field }) => ({ ref: subject.ref, field })),
  };
}

/** Speaks of a child, or of somebody missing or exploited: for the list of safeguarding, and for no score. */
export const isForSafeguarding = (report: Report): boolean =>
  report.isOfChild || report.isOfMissing || report.isOfExploitation;

function reportFactor({ reports }: SubjectFacts, frame: Frame, counted: Counted[]): Factor | null {
  if (reports.length === 0 || frame.weights.intelligence === 0) return null;
  const counting = reports.filter((report) => !isForSafeguarding(report));
  const left = reports.length - counting.length;
  const byClass = new Map<GradeClass, number>();
  let sum = 0;
  let old = 0;
  let said = 0;
  for (const report of counting) {
    const grade = gradeClassOf(report.grade);
    byClass.set(grade, (byClass.get(grade) ?? 0) + 1);
    const age = worthOfAge(report.date, frame.today, frame.weights);
    if (age < 0.5) old += 1;
    said += report.refs.length - 1;
    sum += worthOfClass(grade, frame.weights) * age;
    if (grade !== 'false') for (const sheet of report.sheets) counted.push({ grade, sheet });
  }
  const newest =
    counting
      .map(({ date }) => date ?? '')
      .sort()
      .at(-1) ?? '';
  const { intelligenceFull } = frame.weights;
  return {
    factor: 'intelligence',
    points: tenths(frame.weights.intelligence * Math.min(1, sum / intelligenceFull)),
    most: frame.weights.intelligence,
    value: `${plural(counting.length, 'report')}${newest === '' ? '' : `, the newest of ${formatDate(newest)}`}`,
    reasons: [
      ...(['strong', 'middle', 'weak', 'none', 'false'] as const).flatMap((grade) => {
        const count = byClass.get(grade);
        return count === undefined ? [] : [`${plural(count, 'report')}. ${wordsOfClass(grade, frame)}`];
      }),
      ...(old > 0 ? [`${old} older than ${frame.weights.recencyDays} days: worth less than half.`] : []),
      ...(said > 0 ? [`${said} more with the same words: counted once.`] : []),
      ...(left > 0
        ? [`${plural(left, 'report')} of a child, or of somebody missing or exploited: not counted here.`]
        : []),
      `Worth ${(Math.round(sum * 10) / 10).toFixed(1)} of the ${intelligenceFull} that give all points.`,
    ],
    origins: reports.flatMap(({ refs }) => refs.map((ref) => ({ ref, field: 'text' }))),
  };
}

function callFactor(subject: SubjectFacts, frame: Frame, counted: Counted[]): Factor | null {
  if (subject.calls.length === 0 || frame.weights.calls === 0) return null;
  if (subject.kind === 'people' && isProtectedPerson(subject, frame)) return null;
  const sum = subject.calls.reduce((all, { score }) => all + score / 100, 0);
  counted.push({ grade: 'middle', sheet: -1 });
  const kinds = [...new Set(subject.calls.map(({ kind }) => kind))];
  return {
    factor: 'calls',
    points: tenths(frame.weights.calls * Math.min(1, sum / frame.weights.callsFull)),
    most: frame.weights.calls,
    value: plural(subject.calls.length, 'finding'),
    reasons: kinds.map(
      (kind) =>
        `${findingTitles[kind]}: ${subject.calls
          .filter((each) => each.kind === kind)
          .map(({ score }) => score)
          .join(', ')} of 100.`,
    ),
    origins: [...new Set(subject.calls.map(({ phone }) => phone))].map((ref) => ({ ref, field: 'number' })),
  };
}

/** Strong evidence from two sheets is high, nothing but low or no grades is low (this product's own). */
function confidenceOf(counted: readonly Counted[]): EvidenceConfidence {
  const evidence = counted.filter(({ grade }) => grade !== 'false');
  if (evidence.length === 0) return 'none';
  const has = (...classes: GradeClass[]) => evidence.some(({ grade }) => classes.includes(grade));
  if (!has('strong', 'middle', 'analyst')) return 'low';
  return has('strong') && new Set(evidence.map(({ sheet }) => sheet)).size > 1 ? 'high' : 'medium';
}

function lacksOf(subject: SubjectFacts, counted: readonly Counted[]): LackName[] {
  const lacks: [LackName, boolean][] = [
    ['line-closed', subject.kind === 'lines' && textOf(subject.row, 'status').startsWith('closed')],
    ['target', subject.targets.length === 0],
    ['judgement', subject.judgement === null],
    [
      'category',
      subject.kind === 'people' && ['', 'to-be-assessed'].includes(textOf(subject.row, 'category')),
    ],
    ['age', subject.kind === 'people' && subject.age === 'not-known'],
    ['grade', counted.length > 0 && !counted.some(({ grade }) => grade === 'strong' || grade === 'analyst')],
    ['corroboration', new Set(counted.map(({ sheet }) => sheet)).size === 1],
    ['shared-name', subject.hasSharedName],
  ];
  return lacks.flatMap(([lack, holds]) => (holds ? [lack] : []));
}

/** Those with most points first; among equals by name. */
export function inOrder(one: Enforcement, two: Enforcement): number {
  return (
    two.points - one.points || one.label.localeCompare(two.label, 'en-GB') || one.ref.localeCompare(two.ref)
  );
}
