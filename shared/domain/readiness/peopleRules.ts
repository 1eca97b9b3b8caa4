import { ageOn } from '../calendar.ts';
import type { PlanFacts, ReadinessRule, Row } from './facts.ts';
import { refsOf, saysPresent, textOf } from './facts.ts';

const strikeDay = (plan: PlanFacts) => textOf(plan.operation, 'strike').slice(0, 10) || plan.today;

/** Age on the strike date, or null where the date of birth is not known. */
function ageAtStrike(plan: PlanFacts, person: Row | undefined): number | null {
  const dob = textOf(person, 'dob');
  return dob ? ageOn(dob, strikeDay(plan)) : null;
}

const isChild = (plan: PlanFacts, person: Row | undefined) => {
  const age = ageAtStrike(plan, person);
  return age !== null && age < 18;
};

const find = (rows: readonly Row[], ref: string) => rows.find((row) => row.ref === ref);
const plansFor = (plan: PlanFacts, ref: string) =>
  plan.safeguarding.filter((row) => textOf(row, 'subject') === ref);

/** Targets that stand for a person, with the person. */
function personTargets(plan: PlanFacts): { target: Row; person: Row }[] {
  return plan.targets.flatMap((target) => {
    const person = find(plan.people, textOf(target, 'subject'));
    return person && textOf(target, 'status') !== 'dropped' ? [{ target, person }] : [];
  });
}

/** Premises where the day takes a team: named by a target, a team or a warrant. */
function plannedPremises(plan: PlanFacts): Row[] {
  const refs = new Set<string>();
  for (const target of plan.targets) {
    refs.add(textOf(target, 'premises'));
    refs.add(textOf(target, 'subject'));
  }
  for (const team of plan.teams) refs.add(textOf(team, 'premises'));
  for (const warrant of plan.warrants) refs.add(textOf(warrant, 'premises'));
  return plan.premises.filter((premises) => refs.has(premises.ref));
}

const monthsBefore = (day: string, months: number) => {
  const index = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - months;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}-${day.slice(8, 10)}`;
};

/** Rules about people: children and vulnerable adults first. They can never be silenced. */
export const peopleRules: readonly ReadinessRule[] = [
  {
    rule: 'premises.child-without-plan',
    severity: 'blocker',
    why: 'A child may be behind the door when it goes in.',
    source: 'domain-facts 3.4 (safeguarding section of the pack)',
    check: (plan) =>
      plannedPremises(plan)
        .filter(
          (premises) =>
            saysPresent(textOf(premises, 'children')) && plansFor(plan, premises.ref).length === 0,
        )
        .map((premises) => ({
          refs: [premises.ref],
          field: 'children',
          message: 'Children are at these premises and there is no safeguarding plan for them.',
          mend: 'Add a safeguarding plan for these premises: who looks after the children, and where they go.',
        })),
  },
  {
    rule: 'premises.vulnerable-without-plan',
    severity: 'warning',
    why: 'A vulnerable adult at the premises needs a plan before entry.',
    source: 'domain-facts 3.4 (adult at risk, cuckooed tenant plan)',
    check: (plan) =>
      plannedPremises(plan)
        .filter(
          (premises) =>
            (saysPresent(textOf(premises, 'vulnerableAdults')) ||
              ['yes', 'suspected'].includes(textOf(premises, 'cuckooed'))) &&
            plansFor(plan, premises.ref).length === 0,
        )
        .map((premises) => ({
          refs: [premises.ref],
          field: textOf(premises, 'cuckooed') ? 'cuckooed' : 'vulnerableAdults',
          message:
            'A vulnerable adult or a cuckooed tenant is at these premises and there is no safeguarding plan.',
          mend: 'Add a safeguarding plan for these premises. The person whose home was taken over is a victim first.',
        })),
  },
  {
    rule: 'person.child-without-referral',
    severity: 'blocker',
    why: 'A child who may be exploited is always referred; consent is not needed.',
    source: 'domain-facts 5.5 (gov.uk first responder guidance)',
    check: (plan) => {
      const referred = new Set(plan.referrals.map((referral) => textOf(referral, 'person')));
      return plan.people
        .filter(
          (person) =>
            isChild(plan, person) &&
            (textOf(person, 'role') !== '' ||
              plan.targets.some((target) => textOf(target, 'subject') === person.ref)),
        )
        .filter(
          (person) =>
            !referred.has(person.ref) &&
            plansFor(plan, person.ref).every((row) =>
              ['', 'to-be-assessed', 'not-indicated'].includes(textOf(row, 'referral')),
            ),
        )
        .map((person) => ({
          refs: [person.ref],
          message: `${textOf(person, 'name') || 'This person'} is under 18 and involved with the line, and there is no referral.`,
          mend: 'Refer the child (local authority, then NRM) and record it in a safeguarding plan.',
        }));
    },
  },
  {
    rule: 'target.child-without-appropriate-adult',
    severity: 'blocker',
    why: 'A person under 18 in custody must have an appropriate adult.',
    source: 'domain-facts 3.4 (appropriate adult: under 18 or vulnerable)',
    check: (plan) =>
      personTargets(plan)
        .filter(
          ({ person }) =>
            isChild(plan, person) &&
            plansFor(plan, person.ref).every((row) => textOf(row, 'appropriateAdult') === ''),
        )
        .map(({ target, person }) => ({
          refs: [target.ref, person.ref],
          message: `${textOf(person, 'name')} is under 18 and no appropriate adult is planned.`,
          mend: 'Name an appropriate adult in the safeguarding plan for this child, and ask whether safeguarding rather than arrest is the objective.',
        })),
  },
  {
    rule: 'referral.child-without-plan',
    severity: 'warning',
    why: 'A referred child may be met on the day; someone has to know what happens then.',
    source: 'domain-facts 3.4 (child plan)',
    check: (plan) =>
      plan.referrals
        .filter((referral) => {
          const person = plan.people.find((each) => each.ref === textOf(referral, 'person'));
          const dob = textOf(referral, 'dob') || textOf(person, 'dob');
          const age = dob ? ageOn(dob, strikeDay(plan)) : null;
          return age === null ? /child|young/i.test(textOf(referral, 'category')) : age < 18;
        })
        .filter((referral) => plansFor(plan, textOf(referral, 'person')).length === 0)
        .map((referral) => ({
          refs: [referral.ref, ...(textOf(referral, 'person') ? [textOf(referral, 'person')] : [])],
          message: `${textOf(referral, 'name') || 'A child'} was referred and has no safeguarding plan.`,
          mend: 'Add a safeguarding plan for the child: who is told, who attends, where the child goes.',
        })),
  },
  {
    rule: 'referral.declined-without-duty-to-notify',
    severity: 'warning',
    why: 'An adult who declines the NRM still triggers a Duty to Notify.',
    source: 'Modern Slavery Act 2015 s.52; domain-facts 5.5',
    check: (plan) =>
      plan.referrals
        .filter(
          (referral) =>
            /declin|refus|no consent|withheld/i.test(
              `${textOf(referral, 'nrm')} ${textOf(referral, 'consent')}`,
            ) || /^no?$/i.test(textOf(referral, 'consent')),
        )
        .filter((referral) => {
          const age = textOf(referral, 'dob') ? ageOn(textOf(referral, 'dob'), strikeDay(plan)) : null;
          return age === null ? /adult/i.test(textOf(referral, 'category')) : age >= 18;
        })
        .filter(
          (referral) =>
            !/duty to notify|dtn/i.test(`${textOf(referral, 'nrm')} ${textOf(referral, 'status')}`),
        )
        .filter((referral) =>
          plansFor(plan, textOf(referral, 'person')).every(
            (row) => textOf(row, 'referral') !== 'duty-to-notify',
          ),
        )
        .map((referral) => ({
          refs: [referral.ref, ...(textOf(referral, 'person') ? [textOf(referral, 'person')] : [])],
          field: 'nrm',
          message: 'The adult declined the NRM and no Duty to Notify is recorded.',
          mend: 'Send the Duty to Notify report (without details if the adult does not agree) and record it.',
        })),
  },
  {
    rule: 'person.category-unset',
    severity: 'warning',
    why: 'Suspects, convicted, victims and witnesses must be told apart; nobody is a suspect by default.',
    source: 'Data Protection Act 2018 s.38(3)',
    check: (plan) =>
      personTargets(plan)
        .filter(({ person }) => ['', 'to-be-assessed'].includes(textOf(person, 'category')))
        .map(({ target, person }) => ({
          refs: [person.ref, target.ref],
          field: 'category',
          message: `The data-subject category of ${textOf(person, 'name')} has not been assessed.`,
          mend: 'Set the category: suspect, convicted, victim or witness. More than one may apply.',
        })),
  },
  {
    rule: 'target.no-photograph',
    severity: 'warning',
    why: 'A team has to know whom it is looking for.',
    source: 'domain-facts 3.4 (target profile)',
    check: (plan) =>
      personTargets(plan)
        .filter(({ person }) => person.photoDate === null || person.photoDate === undefined)
        .map(({ target, person }) => ({
          refs: [target.ref, person.ref],
          message: `There is no photograph of ${textOf(person, 'name')}.`,
          mend: 'Attach a photograph with its date to the person.',
        })),
  },
  {
    rule: 'target.photograph-old',
    severity: 'warning',
    why: 'An old photograph identifies the wrong person.',
    source: 'domain-facts 3.4 (date of photograph); limit set by the operation',
    check: (plan) => {
      const months = Number(plan.operation.photographMonths ?? 24) || 24;
      return personTargets(plan)
        .filter(
          ({ person }) =>
            textOf(person, 'photoDate') !== '' &&
            textOf(person, 'photoDate') < monthsBefore(strikeDay(plan), months),
        )
        .map(({ target, person }) => ({
          refs: [target.ref, person.ref],
          message: `The newest photograph of ${textOf(person, 'name')} is older than ${months} months.`,
          mend: 'Attach a newer photograph, or tell the team at the briefing.',
        }));
    },
  },
  {
    rule: 'target.several-premises',
    severity: 'note',
    why: 'A target with several addresses may be at the other one.',
    source: 'Design of this product',
    check: (plan) =>
      personTargets(plan)
        .filter(
          ({ target, person }) => textOf(target, 'premises') === '' && refsOf(person, 'premises').length > 1,
        )
        .map(({ target, person }) => ({
          refs: [target.ref, ...refsOf(person, 'premises')],
          field: 'premises',
          message: `${textOf(person, 'name')} has ${refsOf(person, 'premises').length} addresses and none is chosen for the day.`,
          mend: 'Choose the premises of the target.',
        })),
  },
];
