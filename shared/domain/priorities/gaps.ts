/** What is not there and should be, for somebody or some place that gives cause. Pure. */
import { type Row, textOf } from '../readiness/facts.ts';
import type { LineFacts, PersonFacts, PlaceFacts } from './facts.ts';
import type { ConcernName, GapName } from './kinds.ts';

export interface Gap {
  gap: GapName;
  words: string;
}

interface Named {
  concern: ConcernName;
}

export function gapsOfPerson(person: PersonFacts, concerns: readonly Named[]): Gap[] {
  const gaps: Gap[] = [];
  const isChild = person.age === 'child' || person.age === 'may-be-child';
  const isOf = (...names: ConcernName[]) => concerns.some(({ concern }) => names.includes(concern));
  if (person.age === 'not-known' || person.age === 'may-be-child')
    gaps.push({ gap: 'date-of-birth', words: 'Find out the date of birth.' });
  // Of somebody of whom nothing but the age is open, nothing else is asked.
  if (concerns.every(({ concern }) => concern === 'age-not-known')) return gaps;
  if (person.plans.length === 0)
    gaps.push({
      gap: 'plan',
      words: 'Add a safeguarding plan: who is told, who attends, what happens on the day.',
    });
  if (isBlank(person.plans)) gaps.push(blankPlan);
  if (!isReferred(person) && (isChild || isOf('victim', 'exploited', 'missing')))
    gaps.push({
      gap: 'referral',
      words: isChild
        ? 'No referral is recorded. A child who may be exploited is always referred; consent is not needed. The local authority is told first.'
        : 'No referral is recorded. An adult enters the NRM with informed consent; without it a Duty to Notify is made.',
    });
  const open = openNrm(person);
  if (open !== null && (isChild || isOf('victim', 'exploited', 'missing')))
    gaps.push({ gap: 'nrm', words: open });
  if (
    person.targets.length > 0 &&
    (isChild || isOf('adult-at-risk', 'vulnerable')) &&
    person.plans.every((plan) => textOf(plan, 'appropriateAdult') === '')
  )
    gaps.push({ gap: 'appropriate-adult', words: 'A target, and no appropriate adult is named.' });
  if (
    person.plans.every((plan) => textOf(plan, 'agency') === '') &&
    person.referrals.every((referral) => textOf(referral, 'agency') === '')
  )
    gaps.push({ gap: 'agency', words: 'No agency is named in a plan or a referral.' });
  return gaps;
}

const blankPlan: Gap = {
  gap: 'plan-blank',
  words: 'There is a safeguarding plan, and it does not say what happens on the day.',
};

const isBlank = (plans: readonly Row[]) =>
  plans.length > 0 && plans.every((plan) => textOf(plan, 'plan') === '');

/** A referral of a partner, or a plan that tells of one that was made. */
function isReferred({ referrals, plans }: Pick<PersonFacts, 'referrals' | 'plans'>): boolean {
  return (
    referrals.length > 0 ||
    plans.some(
      (plan) =>
        textOf(plan, 'referredOn') !== '' ||
        textOf(plan, 'notifiedOn') !== '' ||
        !['', 'to-be-assessed', 'not-indicated', 'consent-awaited', 'declined'].includes(
          textOf(plan, 'referral'),
        ),
    )
  );
}

/** Words of referrals that say of the NRM that it has still to come. */
const toCome = /^(?:not\b|no\b|none|nil|to be|tbc|being|await|pending|visit|consider|capacity|assess)/i;

/** What the referrals say, where none of them and no plan shows that the NRM or a Duty to Notify was made. */
function openNrm({ referrals, plans }: PersonFacts): string | null {
  if (referrals.length === 0 || isReferred({ referrals: [], plans })) return null;
  const said = referrals.map((referral) => textOf(referral, 'nrm'));
  if (said.some((text) => text !== '' && !toCome.test(text))) return null;
  const words = said.filter((text) => text !== '');
  return words.length === 0
    ? 'The referral says nothing of the NRM.'
    : `The referral says of the NRM: ${words.join('; ')}.`;
}

export function gapsOfPlace(subject: PlaceFacts | LineFacts, concerns: readonly Named[]): Gap[] {
  if (subject.kind === 'lines') return [];
  const gaps: Gap[] = [];
  if (subject.plans.length === 0)
    gaps.push({
      gap: 'plan',
      words: 'Add a safeguarding plan: who looks after whoever is there, and where they go.',
    });
  else if (subject.plans.every((plan) => textOf(plan, 'agency') === ''))
    gaps.push({ gap: 'agency', words: 'No agency is named in the plan.' });
  if (isBlank(subject.plans)) gaps.push(blankPlan);
  if (concerns.some(({ concern }) => concern === 'cuckooed') && textOf(subject.row, 'tenantPlan') === '')
    gaps.push({ gap: 'tenant-plan', words: 'Write the plan for the tenant, who is a victim first.' });
  return gaps;
}
