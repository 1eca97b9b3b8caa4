/** The mend of a finding as something to click: a plan to add, or the field to open. Pure. */
import type { GridName } from '../../grid/types.ts';
import type { ReadinessFinding } from './facts.ts';

export interface MendAction {
  kind: 'open' | 'set' | 'add';
  ref?: string;
  grid?: GridName;
  field?: string;
  values?: Record<string, string>;
}

/** Rules that are mended by a safeguarding plan for the first record they name. */
const missingPlans: Readonly<Record<string, 'child' | 'adult'>> = {
  'premises.child-without-plan': 'child',
  'premises.vulnerable-without-plan': 'adult',
  'person.child-without-referral': 'child',
  'target.child-without-appropriate-adult': 'child',
};

/** Whom a plan is for: a person or a place among the records of the finding. */
const subjectOf = (refs: readonly string[]) => refs.find((ref) => /^(NOM|PRM)-/.test(ref));

/** What to offer for a finding; undefined when it names no record. A plan that is there already is opened. */
export function mendAction(finding: ReadinessFinding): MendAction | undefined {
  const [ref] = finding.refs;
  if (ref === undefined) return undefined;
  const kind = missingPlans[finding.rule];
  const subject = subjectOf(finding.refs);
  if (kind && subject && !finding.refs.some((each) => each.startsWith('SAF-')))
    return { kind: 'add', grid: 'safeguarding', values: { subject, kind } };
  const plan = finding.refs.find((each) => each.startsWith('SAF-'));
  if (finding.rule === 'person.child-without-referral' && plan)
    return { kind: 'open', ref: plan, field: 'referral' };
  return { kind: 'open', ref, ...(finding.field ? { field: finding.field } : {}) };
}
