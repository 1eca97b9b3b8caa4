import type { PlanFacts, ReadinessFinding, ReadinessRule, Row } from './facts.ts';
import { textOf } from './facts.ts';

const refsOf = (row: Row) => [...new Set([row.ref, textOf(row, 'record')])];

function findings(
  plan: PlanFacts,
  withdrawn: 'yes' | 'no',
  words: (row: Row) => Pick<ReadinessFinding, 'message' | 'mend'>,
) {
  return (plan.refreshed ?? [])
    .filter((row) => textOf(row, 'withdrawn') === withdrawn)
    .map((row) => ({ refs: refsOf(row), ...words(row) }));
}

/** Rules about what a later issue of a sheet changed under the plan. */
export const refreshRules: readonly ReadinessRule[] = [
  {
    rule: 'refresh.changed-under-plan',
    severity: 'note',
    why: 'What was planned on the earlier issue of a sheet may not hold on the later one.',
    source: 'Design of this product',
    check: (plan) =>
      findings(plan, 'no', (row) => ({
        message: `${textOf(row, 'record')} was changed by ${textOf(row, 'sheet')}, a later issue of its sheet, after ${row.ref} was last edited.`,
        mend: 'Look at what changed, and edit the plan or accept it as it is.',
      })),
  },
  {
    rule: 'refresh.withdrawn-under-plan',
    severity: 'warning',
    why: 'The plan rests on a record that no source speaks of any more.',
    source: 'Design of this product',
    check: (plan) =>
      findings(plan, 'yes', (row) => ({
        message: `${textOf(row, 'record')} is no longer in ${textOf(row, 'sheet')}, the later issue of its sheet, and no other source speaks of it; ${row.ref} rests on it.`,
        mend: 'Find out why it was taken out, and change the plan or note why it stands.',
      })),
  },
];
