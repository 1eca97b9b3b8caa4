/**
 * Who and where is seen to first because of a child, a missing episode, exploitation or risk; and what is missing for
 * them. A fact more never puts anybody further down. Suspicion plays no part. Pure.
 */
import { labelOf } from '../../reference/codeLists.ts';
import { formatDate } from '../calendar.ts';
import { type Row, refsOf, saysPresent, textOf } from '../readiness/facts.ts';
import { exploitedRoles } from '../readiness/protection.ts';
import { yearsOn } from './age.ts';
import { isProtectedPerson } from './exploited.ts';
import type { Frame, LineFacts, Origin, PersonFacts, PlaceFacts, Report, SubjectFacts } from './facts.ts';
import { type Gap, gapsOfPerson, gapsOfPlace } from './gaps.ts';
import { type ConcernName, type Urgency, urgencyNames, urgencyOf } from './kinds.ts';
import { careMarkersOf, speaksOf } from './words.ts';

export interface Concern {
  concern: ConcernName;
  /** What is known, in a sentence. */
  words: string;
  origins: Origin[];
}

export interface Safeguarding {
  ref: string;
  kind: SubjectFacts['kind'];
  label: string;
  urgency: Urgency;
  concerns: Concern[];
  gaps: Gap[];
  /** Safeguarding plans that are there. */
  plans: string[];
  /** What a new plan would begin with; null where a plan cannot be for it. */
  newPlan: { subject: string; kind: 'child' | 'adult' } | null;
}

/** Null where nothing gives cause. */
export function safeguardingOf(
  subject: SubjectFacts,
  frame: Frame,
  concerns: Concern[] = concernsOf(subject, frame),
): Safeguarding | null {
  if (concerns.length === 0) return null;
  const isOf = (name: ConcernName) => concerns.some(({ concern }) => concern === name);
  const isOfChild =
    isOf('under-18') ||
    isOf('may-be-under-18') ||
    (subject.kind === 'premises' && (isOf('children-there') || isOf('child-at-warrant')));
  return {
    ref: subject.ref,
    kind: subject.kind,
    label: subject.label,
    urgency:
      urgencyNames.find((each) => concerns.some(({ concern }) => urgencyOf[concern] === each)) ?? 'check',
    concerns,
    gaps: subject.kind === 'people' ? gapsOfPerson(subject, concerns) : gapsOfPlace(subject, concerns),
    plans: subject.plans.map(({ ref }) => ref),
    newPlan: subject.kind === 'lines' ? null : { subject: subject.ref, kind: isOfChild ? 'child' : 'adult' },
  };
}

/** What gives cause, the most urgent not always first. */
export function concernsOf(subject: SubjectFacts, frame: Frame): Concern[] {
  if (subject.kind === 'people') return concernsOfPerson(subject, frame);
  return subject.kind === 'premises' ? concernsOfPlace(subject, frame) : concernsOfLine(subject);
}

/** Roles of those who direct others; a report of somebody missing or exploited that names such an adult is about the others. */
const directing: ReadonlySet<string> = new Set(['LINE_HOLDER', 'OWNER', 'TOP_UP', 'ENFORCER']);

function ageConcern(person: PersonFacts, frame: Frame): Concern[] {
  const day = `on ${formatDate(frame.day)}${frame.isStrike ? ', the day of the strike' : ''}`;
  if (person.age === 'child') {
    const years = yearsOn(person.row, frame.day);
    return [
      { concern: 'under-18', words: `Aged ${years} ${day}.`, origins: [{ ref: person.ref, field: 'dob' }] },
    ];
  }
  if (person.age === 'may-be-child')
    return [
      {
        concern: 'may-be-under-18',
        words:
          textOf(person.row, 'dob') === ''
            ? `Nothing shows that this person is 18 or over ${day}, and something speaks of a child.`
            : `Sources differ on the date of birth: by one of them this person is under 18 ${day}.`,
        origins: originsOfAge(person),
      },
    ];
  if (person.age === 'not-known')
    return [
      {
        concern: 'age-not-known',
        words: 'The date of birth is not known. Do not take this person for an adult.',
        origins: [],
      },
    ];
  return [];
}

function originsOfAge({ ref, row, referrals }: PersonFacts): Origin[] {
  const own = ['dob', 'dobText', 'role', 'markers'].filter((field) => {
    const text = textOf(row, field);
    if (field === 'role') return text === 'EXPLOITED_CHILD';
    return field === 'markers' ? careMarkersOf(text, 'child').length > 0 : text !== '';
  });
  return [
    ...own.map((field) => ({ ref, field })),
    ...referrals.filter(isOfChild).map((referral) => ({ ref: referral.ref, field: 'category' })),
  ];
}

export const isOfChild = (referral: Row): boolean =>
  /child|young|juvenile/i.test(textOf(referral, 'category'));

function concernsOfPerson(person: PersonFacts, frame: Frame): Concern[] {
  const { ref, row } = person;
  const concerns = ageConcern(person, frame);
  const isNamedOnly =
    person.age === 'adult' && directing.has(textOf(row, 'role')) && !isProtectedPerson(person, frame);
  const fields = ['markers', 'status', 'vulnerability', 'note'] as const;
  const spoken = (group: 'missing' | 'exploited' | 'vulnerable') =>
    fields.filter((field) =>
      field === 'markers' || field === 'status'
        ? careMarkersOf(textOf(row, field), group).length > 0
        : speaksOf(textOf(row, field), group),
    );
  if (person.atWarrants.length > 0 && (person.age === 'child' || person.age === 'may-be-child'))
    concerns.push({
      concern: 'child-at-warrant',
      words: `Linked with premises for which there is a warrant: ${[...new Set(person.atWarrants.map(({ premises }) => premises))].join('; ')}.`,
      origins: person.atWarrants.map(({ warrant }) => ({ ref: warrant, field: 'premises' })),
    });
  for (const concern of ['missing', 'exploited'] as const) {
    const own = spoken(concern);
    const referrals = person.referrals.filter((referral) => {
      const text = textOf(referral, 'concern');
      return speaksOf(text, concern) || (concern === 'missing' && /^missing\b/i.test(text));
    });
    const reports = isNamedOnly ? [] : person.reports.filter((report) => isAbout(report, concern));
    if (own.length + referrals.length + reports.length === 0) continue;
    concerns.push({
      concern,
      words: [
        ...(own.length > 0 ? ['Said in the record of the person.'] : []),
        ...(referrals.length > 0 ? ['Said in a referral.'] : []),
        ...(reports.length > 0
          ? [
              `Said in ${count(reports.length, 'report')} that ${reports.length === 1 ? 'names' : 'name'} this person: read who is meant.`,
            ]
          : []),
      ].join(' '),
      origins: [
        ...own.map((field) => ({ ref, field })),
        ...referrals.map((referral) => ({ ref: referral.ref, field: 'concern' })),
        ...originsOfReports(reports),
      ],
    });
  }
  const victim = victimOrigins(person);
  if (victim.length > 0) concerns.push({ concern: 'victim', words: victimWords(person), origins: victim });
  if (['yes', 'suspected'].includes(textOf(row, 'adultAtRisk')))
    concerns.push({
      concern: 'adult-at-risk',
      words:
        textOf(row, 'adultAtRisk') === 'yes'
          ? 'Recorded as an adult at risk.'
          : 'Suspected to be an adult at risk.',
      origins: [{ ref, field: 'adultAtRisk' }],
    });
  const vulnerable = fields.filter((field) =>
    field === 'vulnerability' ? saysPresent(textOf(row, field)) : spoken('vulnerable').includes(field),
  );
  if (vulnerable.length > 0)
    concerns.push({
      concern: 'vulnerable',
      words: 'A marker or a note speaks of vulnerability.',
      origins: vulnerable.map((field) => ({ ref, field })),
    });
  for (const referral of person.referrals)
    concerns.push({
      concern: 'referral',
      words: referralWords(referral),
      origins: [{ ref: referral.ref, field: 'nrm' }],
    });
  return concerns;
}

const isAbout = (report: Report, concern: 'missing' | 'exploited') =>
  concern === 'missing' ? report.isOfMissing : report.isOfExploitation;

const originsOfReports = (reports: readonly Report[]): Origin[] =>
  reports.flatMap(({ refs }) => refs.map((ref) => ({ ref, field: 'text' })));

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;

const victimStatuses = ['potential-victim', 'reasonable-grounds', 'confirmed-victim'];

function victimOrigins({ ref, row }: PersonFacts): Origin[] {
  return [
    ...(victimStatuses.includes(textOf(row, 'victimStatus')) ? [{ ref, field: 'victimStatus' }] : []),
    ...(refsOf(row, 'category').includes('victim') ? [{ ref, field: 'category' }] : []),
    ...(exploitedRoles.includes(textOf(row, 'role')) ? [{ ref, field: 'role' }] : []),
  ];
}

function victimWords({ row }: PersonFacts): string {
  const status = textOf(row, 'victimStatus');
  const role = textOf(row, 'role');
  const parts = [
    ...(victimStatuses.includes(status) ? [labelOf('victimStatus', status)] : []),
    ...(exploitedRoles.includes(role) ? [labelOf('role', role)] : []),
    ...(refsOf(row, 'category').includes('victim') ? ['Data-subject category: victim'] : []),
  ];
  return `${parts.join('. ')}.`;
}

function referralWords(referral: Row): string {
  const said = (field: string, title: string) => {
    const text = textOf(referral, field);
    return text === '' ? [] : [`${title} ${text}`];
  };
  const nrm = said('nrm', 'NRM:');
  return `${[
    `Referral ${textOf(referral, 'reference') || referral.ref}`,
    ...said('status', 'status:'),
    ...(nrm.length > 0 ? nrm : ['no word of the NRM']),
    ...said('agency', 'agency:'),
  ].join(', ')}.`;
}

function concernsOfPlace(place: PlaceFacts, frame: Frame): Concern[] {
  const { ref, row } = place;
  const concerns: Concern[] = [];
  const children = place.people.filter(({ age }) => age === 'child' || age === 'may-be-child');
  const isWritten = saysPresent(textOf(row, 'children'));
  const reports = place.reports.filter((report) => report.isOfChild);
  const origins: Origin[] = [
    ...(isWritten ? [{ ref, field: 'children' }] : []),
    ...children.map((person) => ({ ref: person.ref, field: 'dob' })),
    ...originsOfReports(reports),
  ];
  if (origins.length > 0) {
    const words = [
      ...(isWritten ? [`Children: ${textOf(row, 'children')}.`] : []),
      ...children.map((person) => {
        const years = yearsOn(person.row, frame.day);
        return `${person.label} is linked with it${years === null ? '' : `, aged ${years} on ${formatDate(frame.day)}`}.`;
      }),
      ...(reports.length > 0
        ? [`${count(reports.length, 'report')} of a child there: read who is meant.`]
        : []),
    ].join(' ');
    if (place.warrants.length > 0)
      concerns.push({
        concern: 'child-at-warrant',
        words: `${words} Warrant: ${place.warrants.map(({ label }) => label).join(', ')}.`,
        origins: [...origins, ...place.warrants.map((warrant) => ({ ref: warrant.ref, field: 'premises' }))],
      });
    concerns.push({ concern: 'children-there', words, origins });
  }
  if (saysPresent(textOf(row, 'vulnerableAdults')))
    concerns.push({
      concern: 'vulnerable-there',
      words: `Vulnerable adults: ${textOf(row, 'vulnerableAdults')}.`,
      origins: [{ ref, field: 'vulnerableAdults' }],
    });
  const cuckooed = textOf(row, 'cuckooed');
  const tenants = place.people.filter((person) => textOf(person.row, 'role') === 'CUCKOOED');
  if (['yes', 'suspected'].includes(cuckooed) || place.cuckooedBy.length + tenants.length > 0)
    concerns.push({
      concern: 'cuckooed',
      words: [
        ...(cuckooed === 'yes' ? ['Recorded as cuckooed.'] : []),
        ...(cuckooed === 'suspected' ? ['Suspected to be cuckooed.'] : []),
        ...place.cuckooedBy.map(({ label }) => `The line ${label} names it as cuckooed.`),
        ...tenants.map((person) => `${person.label} is recorded as a cuckooed tenant.`),
        'Who lives there is a victim first.',
      ].join(' '),
      origins: [
        ...(cuckooed === '' ? [] : [{ ref, field: 'cuckooed' }]),
        ...place.cuckooedBy.map((line) => ({ ref: line.ref, field: 'cuckooedPremises' })),
        ...tenants.map((person) => ({ ref: person.ref, field: 'role' })),
      ],
    });
  const exploited = place.reports.filter((report) => report.isOfExploitation || report.isOfMissing);
  if (exploited.length > 0)
    concerns.push({
      concern: 'exploited',
      words: `${count(exploited.length, 'report')} of somebody missing or exploited ${exploited.length === 1 ? 'names' : 'name'} it: read who is meant.`,
      origins: originsOfReports(exploited),
    });
  return concerns;
}

function concernsOfLine(line: LineFacts): Concern[] {
  const { ref, row } = line;
  const concerns: Concern[] = [];
  if (saysPresent(textOf(row, 'children')))
    concerns.push({
      concern: 'children-there',
      words: `Children and vulnerable adults on the line: ${textOf(row, 'children')}. Find out who they are.`,
      origins: [{ ref, field: 'children' }],
    });
  const reports = line.reports.filter(
    (report) => report.isOfChild || report.isOfMissing || report.isOfExploitation,
  );
  if (reports.length > 0)
    concerns.push({
      concern: 'exploited',
      words: `${count(reports.length, 'report')} of a child, or of somebody missing or exploited, ${reports.length === 1 ? 'names' : 'name'} the line: read who is meant.`,
      origins: originsOfReports(reports),
    });
  return concerns;
}

const rank = (urgency: Urgency) => urgencyNames.indexOf(urgency);

/** A known child weighs more than one that may be: a date of birth that is found moves nobody down. */
const weight = ({ concern }: Concern) => (concern === 'age-not-known' ? 0 : concern === 'under-18' ? 2 : 1);
const seriousness = ({ concerns }: Safeguarding) => concerns.reduce((sum, each) => sum + weight(each), 0);

/** The most urgent first, then whoever has more concerns, then whoever has more missing; among equals by name. */
export function bySafeguarding(one: Safeguarding, two: Safeguarding): number {
  return (
    rank(one.urgency) - rank(two.urgency) ||
    seriousness(two) - seriousness(one) ||
    two.gaps.length - one.gaps.length ||
    one.label.localeCompare(two.label, 'en-GB') ||
    one.ref.localeCompare(two.ref)
  );
}
