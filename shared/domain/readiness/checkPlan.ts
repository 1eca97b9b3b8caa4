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

/** Every finding, blockers first. */
export function checkPlan(plan: PlanFacts): ReadinessFinding[] {
  const findings: ReadinessFinding[] = [
    ...warrantFindings(plan),
    ...rulesOfThePlan.flatMap((rule) =>
      rule.check(plan).map((finding) => ({ rule: rule.rule, severity: rule.severity, ...finding })),
    ),
  ];
  // Rule names are plain ASCII: no collation is needed, and it would take longer than the rules.
  return findings.sort(
    (a, b) => order[a.severity] - order[b.severity] || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
  );
}
