/**
 * The plan compiles: every rule runs over the whole plan and answers with findings. Pure; the same run
 * serves the status bar, the readiness view, the command line and the pack.
 */

import { courseRules } from './courseRules.ts';
import { evidenceRules } from './evidenceRules.ts';
import type { PlanFacts, ReadinessFinding, ReadinessRule } from './facts.ts';
import { peopleRules } from './peopleRules.ts';
import { planRules } from './planRules.ts';
import { refreshRules } from './refreshRules.ts';
import type { ListedRule } from './warrantRules.ts';
import { warrantFindings, warrantRules } from './warrantRules.ts';
import type { Reads } from './watchedPlan.ts';
import { readsTheSame, watchReads } from './watchedPlan.ts';

const rulesOfThePlan: readonly ReadinessRule[] = [
  ...peopleRules,
  ...planRules,
  ...evidenceRules,
  ...courseRules,
  ...refreshRules,
];

/** Every rule, for people to read: what it is called, how severe it is, why it matters and where it comes from. */
export const readinessRules: readonly ListedRule[] = [
  ...rulesOfThePlan.map(({ rule, severity, why, source }) => ({ rule, severity, why, source })),
  ...warrantRules,
];

const order = { blocker: 0, warning: 1, note: 2 } as const;

/** The findings of one rule with one severity, and where they stand among all. */
interface Group {
  place: string;
  findings: readonly ReadinessFinding[];
}

// Rule names are plain ASCII: no collation is needed.
const placeOf = ({ severity, rule }: Pick<ReadinessFinding, 'severity' | 'rule'>) =>
  `${order[severity]} ${rule}`;

/** Every rule by its name; those of warrants are one, since one look at a warrant answers for all of them. */
const parts: ReadonlyMap<string, (plan: PlanFacts) => readonly Group[]> = new Map([
  [
    'warrants',
    (plan: PlanFacts) =>
      [...Map.groupBy(warrantFindings(plan), placeOf)].map(
        ([place, findings]): Group => ({ place, findings }),
      ),
  ],
  ...rulesOfThePlan.map(({ rule, severity, check }): [string, (plan: PlanFacts) => readonly Group[]] => [
    rule,
    (plan) => {
      const findings = check(plan).map((finding) => ({ rule, severity, ...finding }));
      return findings.length > 0 ? [{ place: placeOf({ rule, severity }), findings }] : [];
    },
  ]),
]);

/** What each rule found the last time, with what of the plan it read to find it. */
export type CheckMemory = Map<string, { reads: Reads; groups: readonly Group[] }>;

/**
 * Every finding, blockers first. With a memory, a rule is asked again only where something that it read has changed: the
 * lists of the plan stand for their rows, so a list that has changed has to be another list.
 */
export function checkPlan(plan: PlanFacts, memory?: CheckMemory): ReadinessFinding[] {
  return [...parts]
    .flatMap(([name, part]) => {
      if (!memory) return part(plan);
      const known = memory.get(name);
      if (known && readsTheSame(plan, known.reads)) return known.groups;
      const { answer, reads } = watchReads(plan, part);
      memory.set(name, { reads, groups: answer });
      return answer;
    })
    .sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0))
    .flatMap(({ findings }) => findings);
}
