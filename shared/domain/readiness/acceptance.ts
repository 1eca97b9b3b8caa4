/**
 * Which findings may be set aside with a reason. Never one that concerns a child or a person at risk: it stays until it
 * is mended (design rule of this product; Children Act 2004 s.11 is the duty behind it).
 */
import type { PlanFacts, ReadinessFinding, Row } from './facts.ts';
import { refsOf, saysPresent, textOf } from './facts.ts';
import { isChild } from './planIndex.ts';

/** Rules that are about safeguarding whatever they name. */
const protective =
  /(child|vulnerable|safeguard|appropriate-adult|declined|duty-to-notify|cuckoo|victim|tenant)/;

const isProtectedPerson = (plan: PlanFacts, person: Row | undefined): boolean =>
  person !== undefined &&
  ((typeof person.age === 'number' && person.age < 18) ||
    isChild(plan, person) ||
    ['yes', 'suspected'].includes(textOf(person, 'adultAtRisk')) ||
    ['potential-victim', 'reasonable-grounds', 'confirmed-victim'].includes(textOf(person, 'victimStatus')) ||
    refsOf(person, 'category').includes('victim'));

const isProtectedPlace = (place: Row | undefined): boolean =>
  place !== undefined &&
  (saysPresent(textOf(place, 'children')) ||
    saysPresent(textOf(place, 'vulnerableAdults')) ||
    ['yes', 'suspected'].includes(textOf(place, 'cuckooed')));

/** A test for the findings of one plan: false where a child or a person at risk is concerned. Pure. */
export function acceptanceTest(
  plan: PlanFacts,
): (finding: Pick<ReadinessFinding, 'rule' | 'refs'>) => boolean {
  const rows = new Map(
    [...plan.people, ...plan.premises, ...plan.targets, ...plan.safeguarding].map((row) => [row.ref, row]),
  );
  const concerns = (ref: string): boolean => {
    const row = rows.get(ref);
    if (ref.startsWith('NOM-')) return isProtectedPerson(plan, row);
    if (ref.startsWith('PRM-')) return isProtectedPlace(row);
    if (ref.startsWith('SAF-') || ref.startsWith('RFL-')) return true;
    if (ref.startsWith('TGT-') && row)
      return [textOf(row, 'subject'), textOf(row, 'premises')].some((each) => each !== ref && concerns(each));
    return false;
  };
  return (finding) => !protective.test(finding.rule) && !finding.refs.some(concerns);
}
