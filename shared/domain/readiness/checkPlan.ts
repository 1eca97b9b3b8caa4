/**
 * The plan compiles: every rule runs over the whole plan and answers with findings. Pure; the same run
 * serves the status bar, the readiness view, the command line and the pack.
 */

import type { WarrantFacts } from '../warrants.ts';
import { checkWarrant } from '../warrants.ts';
import type { PlanFacts, ReadinessFinding, Row } from './facts.ts';
import { textOf } from './facts.ts';
import { peopleRules } from './peopleRules.ts';
import { planRules } from './planRules.ts';

export const readinessRules = [...peopleRules, ...planRules];

const orNull = (row: Row, field: string) => textOf(row, field) || null;

function warrantFindings(plan: PlanFacts): ReadinessFinding[] {
  return plan.warrants
    .filter((warrant) => !['refused', 'cancelled'].includes(textOf(warrant, 'status')))
    .flatMap((warrant) => {
      const facts: WarrantFacts = {
        power: orNull(warrant, 'power'),
        authority: orNull(warrant, 'authority'),
        issued: orNull(warrant, 'issued'),
        expires: orNull(warrant, 'expires'),
        entries: orNull(warrant, 'entries'),
        entryNumber: typeof warrant.entryNumber === 'number' ? warrant.entryNumber : null,
        entryAuthority: orNull(warrant, 'entryAuthority'),
        executedAt: orNull(warrant, 'executedAt'),
        endorsedAt: orNull(warrant, 'endorsedAt'),
        returnedAt: orNull(warrant, 'returnedAt'),
        status: orNull(warrant, 'status'),
      };
      const strike = orNull(warrant, 'strike') ?? orNull(plan.operation, 'strike');
      return checkWarrant(facts, { strike, today: plan.today }).map((finding) => ({
        rule: finding.rule,
        severity: finding.severity,
        refs: [warrant.ref],
        field: finding.field,
        message: `${textOf(warrant, 'number') || warrant.ref}: ${finding.message}`,
        mend: finding.mend,
      }));
    });
}

const order = { blocker: 0, warning: 1, note: 2 } as const;

/** Every finding, blockers first. */
export function checkPlan(plan: PlanFacts): ReadinessFinding[] {
  const findings: ReadinessFinding[] = [
    ...warrantFindings(plan),
    ...readinessRules.flatMap((rule) =>
      rule.check(plan).map((finding) => ({ rule: rule.rule, severity: rule.severity, ...finding })),
    ),
  ];
  return findings.sort((a, b) => order[a.severity] - order[b.severity] || a.rule.localeCompare(b.rule));
}
