/**
 * Which findings may be set aside with a reason. Never one that concerns a child or a person at risk: it stays until it
 * is mended (design rule of this product; Children Act 2004 s.11 is the duty behind it).
 */
import type { PlanFacts, ReadinessFinding } from './facts.ts';
import { textOf } from './facts.ts';
import { isChild, mapOf } from './planIndex.ts';
import { isAtRisk, isProtectedPlace } from './protection.ts';

/** Rules that are about safeguarding whatever they name. */
const protective =
  /(child|vulnerable|safeguard|appropriate-adult|declined|duty-to-notify|cuckoo|victim|tenant)/;

/** A test for the findings of one plan: false where a child or a person at risk is concerned. Pure. */
export function acceptanceTest(
  plan: PlanFacts,
): (finding: Pick<ReadinessFinding, 'rule' | 'refs'>) => boolean {
  const people = mapOf(plan.people);
  const premises = mapOf(plan.premises);
  const targets = mapOf(plan.targets);
  const concerns = (ref: string): boolean => {
    if (ref.startsWith('NOM-')) {
      const person = people.get(ref);
      return person !== undefined && (isChild(plan, person) || isAtRisk(person));
    }
    if (ref.startsWith('PRM-')) {
      const place = premises.get(ref);
      return place !== undefined && isProtectedPlace(place);
    }
    if (ref.startsWith('SAF-') || ref.startsWith('RFL-')) return true;
    const row = ref.startsWith('TGT-') ? targets.get(ref) : undefined;
    if (row)
      return [textOf(row, 'subject'), textOf(row, 'premises')].some((each) => each !== ref && concerns(each));
    return false;
  };
  return (finding) => !protective.test(finding.rule) && !finding.refs.some(concerns);
}
