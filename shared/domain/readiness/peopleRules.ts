import { ageOn } from '../calendar.ts';
import type { PlanFacts, ReadinessRule } from './facts.ts';
import { refsOf, saysPresent, textOf } from './facts.ts';
import {
  isChild,
  personTargets,
  plannedPremises,
  rowOf,
  safeguardingFor,
  strikeDay,
  targetsFor,
} from './planIndex.ts';
import { exploitedRoles } from './protection.ts';

const monthsBefore = (day: string, months: number) => {
  const index = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - months;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}-${day.slice(8, 10)}`;
};

const declinedMessage = {
  message: 'The adult declined the NRM and no Duty to Notify is recorded.',
  mend: 'Send the Duty to Notify report (without details if the adult does not agree) and record it.',
};

/** True where a safeguarding plan of the person tells of a Duty to Notify. */
function isNotified(plan: PlanFacts, person: string): boolean {
  return safeguardingFor(plan, person).some(
    (row) => textOf(row, 'referral') === 'duty-to-notify' || textOf(row, 'notifiedOn') !== '',
  );
}

function declinedReferrals(plan: PlanFacts) {
  return plan.referrals
    .filter(
      (referral) =>
        /declin|refus|no consent|withheld/i.test(
          `${textOf(referral, 'nrm')} ${textOf(referral, 'consent')}`,
        ) || /^no?$/i.test(textOf(referral, 'consent')),
    )
    .filter((referral) => {
      const person = rowOf(plan, textOf(referral, 'person'));
      const dob = textOf(referral, 'dob') || textOf(person, 'dob');
      const age = dob ? ageOn(dob, strikeDay(plan)) : null;
      return age === null ? /adult/i.test(textOf(referral, 'category')) : age >= 18;
    })
    .filter(
      (referral) => !/duty to notify|dtn/i.test(`${textOf(referral, 'nrm')} ${textOf(referral, 'status')}`),
    )
    .filter((referral) => !isNotified(plan, textOf(referral, 'person')))
    .map((referral) => ({
      refs: [referral.ref, ...(textOf(referral, 'person') ? [textOf(referral, 'person')] : [])],
      field: 'nrm',
      ...declinedMessage,
    }));
}

function declinedPlans(plan: PlanFacts) {
  return plan.safeguarding
    .filter((row) => textOf(row, 'referral') === 'declined' || textOf(row, 'consent') === 'declined')
    .filter((row) => {
      const person = rowOf(plan, textOf(row, 'subject'));
      return textOf(row, 'kind') === 'child' ? false : !isChild(plan, person);
    })
    .filter((row) => !isNotified(plan, textOf(row, 'subject')))
    .map((row) => ({ refs: [row.ref, textOf(row, 'subject')], field: 'notifiedOn', ...declinedMessage }));
}

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
            saysPresent(textOf(premises, 'children')) && safeguardingFor(plan, premises.ref).length === 0,
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
            safeguardingFor(plan, premises.ref).length === 0,
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
            (textOf(person, 'role') !== '' || targetsFor(plan, person.ref).length > 0),
        )
        .filter(
          (person) =>
            !referred.has(person.ref) &&
            safeguardingFor(plan, person.ref).every(
              (row) =>
                ['', 'to-be-assessed', 'not-indicated', 'consent-awaited', 'declined'].includes(
                  textOf(row, 'referral'),
                ) && textOf(row, 'referredOn') === '',
            ),
        )
        .map((person) => ({
          refs: [person.ref, ...safeguardingFor(plan, person.ref).map((row) => row.ref)],
          message: `${textOf(person, 'name') || 'This person'} is, or may be, under 18 and involved with the line, and there is no referral.`,
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
            safeguardingFor(plan, person.ref).every((row) => textOf(row, 'appropriateAdult') === ''),
        )
        .map(({ target, person }) => ({
          refs: [target.ref, person.ref],
          message: `${textOf(person, 'name')} is, or may be, under 18 and no appropriate adult is planned.`,
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
          const person = rowOf(plan, textOf(referral, 'person'));
          const dob = textOf(referral, 'dob') || textOf(person, 'dob');
          const age = dob ? ageOn(dob, strikeDay(plan)) : null;
          return age === null ? /child|young/i.test(textOf(referral, 'category')) : age < 18;
        })
        .filter((referral) => safeguardingFor(plan, textOf(referral, 'person')).length === 0)
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
    check: (plan) => [...declinedReferrals(plan), ...declinedPlans(plan)],
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
    rule: 'target.conflicting-addresses',
    severity: 'warning',
    why: 'A target with several addresses may be at the other one.',
    source: 'Design of this product',
    check: (plan) =>
      personTargets(plan).flatMap(({ target, person }) => {
        const name = textOf(person, 'name');
        const chosen = textOf(target, 'premises');
        const known = refsOf(person, 'premises');
        const twins = targetsFor(plan, person.ref)
          .filter((each) => !['dropped', 'deferred'].includes(textOf(each, 'status')))
          .map((each) => textOf(each, 'premises'))
          .filter((premises) => premises !== '');
        if (new Set(twins).size > 1) {
          return chosen === ''
            ? []
            : [
                {
                  refs: [target.ref, ...new Set(twins)],
                  field: 'premises',
                  message: `${name} is a target at ${new Set(twins).size} different premises.`,
                  mend: 'Settle where the person is to be found, or say in the note why both are planned.',
                },
              ];
        }
        if (chosen === '' && known.length > 1) {
          return [
            {
              refs: [target.ref, ...known],
              field: 'premises',
              message: `${name} has ${known.length} addresses and none is chosen for the day.`,
              mend: 'Choose the premises of the target.',
            },
          ];
        }
        return chosen !== '' && known.length > 0 && !known.includes(chosen)
          ? [
              {
                refs: [target.ref, chosen, ...known],
                field: 'premises',
                message: `The premises chosen for ${name} are none of the addresses known for this person.`,
                mend: 'Correct the premises of the target, or record how the person is tied to them.',
              },
            ]
          : [];
      }),
  },
  {
    rule: 'target.victim-to-be-arrested',
    severity: 'warning',
    why: 'A cuckooed tenant or an exploited child is a victim first; a defence under MSA 2015 s.45 may stand.',
    source: 'domain-facts 5.2 (victim by default) and 5.5 (Modern Slavery Act 2015 s.45)',
    check: (plan) =>
      personTargets(plan)
        .filter(({ target }) => textOf(target, 'objective') === 'arrest')
        .filter(
          ({ target, person }) =>
            [textOf(target, 'role'), textOf(person, 'role')].some((role) => exploitedRoles.includes(role)) ||
            ['potential-victim', 'reasonable-grounds', 'confirmed-victim'].includes(
              textOf(person, 'victimStatus'),
            ),
        )
        .map(({ target, person }) => ({
          refs: [target.ref, person.ref],
          field: 'objective',
          message: `${textOf(person, 'name')} is recorded as a victim and the objective is arrest.`,
          mend: 'Consider safeguarding as the objective, or record the rationale for arrest as a decision.',
        })),
  },
];
