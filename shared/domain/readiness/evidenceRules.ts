import { addCalendarMonths } from '../calendar.ts';
import type { PlanFacts, ReadinessRule, Row } from './facts.ts';
import { refsOf, textOf } from './facts.ts';
import { activeTargets, remember, rowOf, strikeDay, withPerson } from './planIndex.ts';

/** Names that stand among the subjects of an item: separated by semicolons, line breaks or commas. */
const subjectsOf = (item: Row) =>
  textOf(item, 'subjects')
    .toLowerCase()
    .split(/[;\n,]/)
    .map((subject) => subject.trim())
    .filter((subject) => subject !== '');

const itemsAbout = remember(
  (
    intelligence: readonly Row[],
    targets: readonly Row[],
    people: readonly Row[],
  ): ReadonlyMap<string, readonly Row[]> => {
    const byName = new Map<string, string>();
    // Names are only looked for where an item names anybody.
    const named = intelligence.some((item) => textOf(item, 'subjects') !== '');
    for (const { person } of named ? withPerson(targets, people) : []) {
      byName.set(person.ref.toLowerCase(), person.ref);
      const name = textOf(person, 'name').toLowerCase();
      if (name.length > 3) byName.set(name, person.ref);
    }
    const about = new Map<string, Row[]>();
    for (const item of intelligence) {
      const refs = new Set(refsOf(item, 'about'));
      for (const subject of subjectsOf(item)) {
        const ref = byName.get(subject);
        if (ref !== undefined) refs.add(ref);
      }
      for (const ref of refs) {
        const items = about.get(ref);
        if (items) items.push(item);
        else about.set(ref, [item]);
      }
    }
    return about;
  },
);

/** Intelligence by the record that it is about: by link, or by reference or name among its subjects. */
const intelligenceAbout = (plan: PlanFacts) => itemsAbout(plan.intelligence, plan.targets, plan.people);

/** Source not reliable or untested, or an assessment of E; in the old scheme, source D or E or information 5. */
function isWeak(item: Row): boolean {
  const grade = textOf(item, 'grade').toUpperCase();
  if (grade !== '') return /^[23]|^.E/.test(grade);
  return /^[DE]|^.5/.test(
    textOf(item, 'originalGrade')
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, ''),
  );
}

const isSuspectedFalse = (item: Row) =>
  /^[1-3]E/.test(textOf(item, 'grade').toUpperCase()) ||
  /^[A-E]5/.test(
    textOf(item, 'originalGrade')
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, ''),
  );

const dateOf = (item: Row) => textOf(item, 'infoTo') || textOf(item, 'reportDate');

/** Rules about the intelligence that the plan rests on. */
export const evidenceRules: readonly ReadinessRule[] = [
  {
    rule: 'intelligence.ungraded',
    severity: 'warning',
    why: 'Without a grade nobody knows how far to trust it, and it cannot be released.',
    source: 'domain-facts 1 (3x5x2)',
    check: (plan) =>
      plan.intelligence
        .filter((item) => textOf(item, 'grade') === '')
        .map((item) => ({
          refs: [item.ref],
          field: 'grade',
          message:
            textOf(item, 'originalScheme') === '5x5x5'
              ? `The item has an old 5x5x5 grade (${textOf(item, 'originalGrade')}) and has to be graded again.`
              : 'The item has no grade.',
          mend: 'Grade it in 3x5x2. An item without a grade is left out of every pack.',
        })),
  },
  {
    rule: 'intelligence.handling-without-conditions',
    severity: 'warning',
    why: 'Handling code C means conditions apply; without them nobody can meet them.',
    source: 'domain-facts 1.3 (a design rule)',
    check: (plan) =>
      plan.intelligence
        .filter((item) => /C$/.test(textOf(item, 'grade')) && textOf(item, 'conditions') === '')
        .map((item) => ({
          refs: [item.ref],
          field: 'conditions',
          message: 'The handling code is C and no condition is written.',
          mend: 'Write the handling conditions, or ask the originator.',
        })),
  },
  {
    rule: 'target.single-weak-source',
    severity: 'warning',
    why: 'One untested source, or intelligence suspected to be false, is thin ground for a door.',
    source: 'domain-facts 1.1 (source 2 and 3: seek corroboration) and 1.2 (E)',
    check: (plan) => {
      const about = intelligenceAbout(plan);
      return activeTargets(plan).flatMap((target) => {
        const subject = textOf(target, 'subject');
        const items = about.get(subject) ?? [];
        const sources = new Set(items.map((item) => textOf(item, 'sourceRef') || item.ref));
        const isThin = sources.size === 1 && items.every(isWeak);
        if (items.length === 0 || !(isThin || items.every(isSuspectedFalse))) return [];
        return [
          {
            refs: [target.ref, ...items.slice(0, 10).map((item) => item.ref)],
            field: 'grounds',
            message: isThin
              ? `The target ${textOf(rowOf(plan, subject), 'name') || subject} rests on one source that is untested, not reliable or suspected to be false.`
              : `All intelligence about ${textOf(rowOf(plan, subject), 'name') || subject} is suspected to be false.`,
            mend: 'Seek corroboration, or write in the grounds why this is enough.',
          },
        ];
      });
    },
  },
  {
    rule: 'intelligence.old',
    severity: 'warning',
    why: 'What was true a year ago may put a team at the wrong door.',
    source: 'Limit set by the operation (months); domain-facts 1.7 (data quality: timely)',
    check: (plan) => {
      const months = Number(plan.operation.intelligenceMonths ?? 0) || 0;
      if (months <= 0) return [];
      const limit = addCalendarMonths(strikeDay(plan), -Math.round(months));
      const isOld = (item: Row) => dateOf(item) !== '' && dateOf(item).slice(0, 10) < limit;
      const old = plan.intelligence.filter(isOld);
      const subjects = new Set(plan.targets.map((target) => textOf(target, 'subject')));
      const named = new Set(
        [...intelligenceAbout(plan)].flatMap(([ref, items]) => (subjects.has(ref) ? items : [])),
      );
      const finding = (items: readonly Row[], message: string) => ({
        refs: items.slice(0, 20).map((item) => item.ref),
        field: 'reportDate',
        message,
        mend: 'Look for something newer, or note that it still holds. The limit is a field of the operation.',
      });
      const others = old.filter((item) => !named.has(item));
      return [
        ...old
          .filter((item) => named.has(item))
          .map((item) =>
            finding([item], `The item about a target is older than the ${months} months of this operation.`),
          ),
        ...(others.length > 0
          ? [
              finding(
                others,
                `${others.length} ${others.length === 1 ? 'item is' : 'items are'} older than the ${months} months of this operation.`,
              ),
            ]
          : []),
      ];
    },
  },
];
