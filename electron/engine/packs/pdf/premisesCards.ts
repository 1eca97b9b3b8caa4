import { saysPresent } from '../../../../shared/domain/readiness/facts.ts';
import type { PackData, PremisesRow, TargetRow } from '../../../../shared/packs/packData.ts';
import {
  altOf,
  type CardAlert,
  type CardFact,
  dropEmpty,
  intelligenceAbout,
  isHidden,
  joinWith,
  type ProfileCard,
  shownFacts,
  takenWords,
  teamAt,
  warrantWords,
} from './cards.ts';

const mostPictures = 2;

/** One card for each premises, with who is expected there, the warrants and the safeguarding plans. */
export function layoutPremises(data: PackData, pictures: ReadonlyMap<string, string>): ProfileCard[] {
  return data.premises.map((premises) => layoutOne(data, premises, pictures));
}

function layoutOne(
  data: PackData,
  premises: PremisesRow,
  pictures: ReadonlyMap<string, string>,
): ProfileCard {
  const taken = new Map(data.photographs.map(({ id, takenOn }) => [id, takenOn]));
  return {
    key: `premises ${premises.ref}`,
    ref: premises.ref,
    name: premises.address,
    subtitle: joinWith('  ·  ', [
      isHidden(data, 'premises', 'postcode') ? '' : (premises.postcode ?? ''),
      isHidden(data, 'premises', 'kind') ? '' : (premises.kind ?? ''),
    ]),
    photographs: isHidden(data, 'premises', 'photographs')
      ? []
      : premises.photographs
          .filter((id) => pictures.has(id))
          .slice(0, mostPictures)
          .map((id) => ({
            file: pictures.get(id) ?? '',
            alt: altOf(data, id, premises.address),
            caption: takenWords(taken.get(id) ?? null),
          })),
    photographPlace: 'above',
    withoutPhotograph: '',
    alerts: alertsOf(data, premises),
    groups: dropEmpty([
      { title: 'Who is here', width: 'whole', facts: peopleHere(data, premises) },
      {
        title: 'Entry',
        width: 'half',
        facts: shownFacts(data, 'premises', [
          ['entryMethod', 'Method of entry', premises.entryMethod ?? ''],
          ['access', 'Access', premises.access ?? ''],
          ['building', 'Building', premises.building ?? ''],
          ['escapeRoutes', 'Escape routes', premises.escapeRoutes ?? ''],
          ['firearms', 'Firearms check', premises.firearms ?? ''],
          ['hazards', 'Hazards', saysPresent(premises.hazards ?? '') ? '' : (premises.hazards ?? '')],
          ['dogs', 'Dogs', saysPresent(premises.dogs ?? '') ? '' : (premises.dogs ?? '')],
          ['cuckooed', 'Cuckooed', premises.cuckooed ?? 'Not known'],
          ['what3words', 'what3words', premises.what3words ?? ''],
          ['uprn', 'UPRN', premises.uprn ?? ''],
          ['gridReference', 'Grid reference', premises.gridReference ?? ''],
        ]),
      },
      { title: 'Warrant and team', width: 'half', facts: orderOf(data, premises) },
      ...placeTargets(data, premises).map((target) => ({
        title: `Target ${target.ref}`,
        width: 'whole' as const,
        facts: planOf(data, target),
      })),
      { title: 'Safeguarding', width: 'whole', facts: plansFor(data, premises) },
      {
        title: 'Risk and notes',
        width: 'whole',
        facts: shownFacts(data, 'premises', [
          ['riskAssessment', 'Risk assessment', premises.riskAssessment ?? ''],
          ['previousVisits', 'Previous visits', premises.previousVisits ?? ''],
          ['notes', 'Notes', premises.notes ?? ''],
        ]),
      },
      { title: 'Intelligence', width: 'whole', facts: intelligenceAbout(data, [premises.ref]) },
    ]),
  };
}

/** Children before anything else, then adults at risk, then what may hurt those who enter. */
function alertsOf(data: PackData, premises: PremisesRow): CardAlert[] {
  const known = (
    [
      ['protect', 'children', 'CHILDREN', premises.children],
      ['protect', 'vulnerableAdults', 'Adults at risk', premises.vulnerableAdults],
      ['danger', 'hazards', 'Hazards', premises.hazards],
      ['danger', 'dogs', 'Dogs', premises.dogs],
    ] as const
  ).flatMap(([tone, field, title, text]): CardAlert[] =>
    text === null || !saysPresent(text) || isHidden(data, 'premises', field) ? [] : [{ tone, title, text }],
  );
  if (isHidden(data, 'targets', 'warnings') || isHidden(data, 'people', 'warnings')) return known;
  const warned = targetsAt(data, premises).flatMap(({ name, warnings }) =>
    warnings.length === 0 ? [] : [`${name}: ${warnings.join(', ')}`],
  );
  return warned.length === 0
    ? known
    : [...known, { tone: 'danger', title: 'Warnings', text: warned.join('. ') }];
}

function targetsAt(data: PackData, premises: PremisesRow): PackData['targets'] {
  return data.targets.filter(({ premisesRef }) => premisesRef === premises.ref);
}

/** Targets that are the address itself: they have no card of their own. */
function placeTargets(data: PackData, premises: PremisesRow): TargetRow[] {
  return targetsAt(data, premises).filter(({ personRef }) => personRef === null);
}

function planOf(data: PackData, target: TargetRow): CardFact[] {
  return shownFacts(data, 'targets', [
    ['objective', 'Objective', target.objective ?? ''],
    ['priority', 'Priority', target.priority ?? ''],
    ['status', 'Status', target.status ?? ''],
    ['grounds', 'Grounds', target.grounds ?? ''],
    ['riskBand', 'Risk band', target.riskBand ?? ''],
    ['risk', 'Risk', target.risk ?? ''],
    ['notes', 'Notes', target.notes ?? ''],
  ]);
}

/** Children and adults at risk first, said even when none are recorded; then targets, then the others. */
function peopleHere(data: PackData, premises: PremisesRow): CardFact[] {
  const people = targetsAt(data, premises).filter(({ personRef }) => personRef !== null);
  const targets = people.map(({ ref, name, age, role, victimStatus }) => ({
    label: `Target ${ref}`,
    value: joinWith(', ', [
      name,
      age === null || isHidden(data, 'targets', 'age') ? '' : age < 18 ? `CHILD, aged ${age}` : `aged ${age}`,
      isHidden(data, 'targets', 'role') ? '' : (role ?? ''),
      isHidden(data, 'targets', 'victimStatus') ? '' : (victimStatus ?? ''),
    ]),
    about: `targets ${ref}`,
  }));
  return [
    ...shownFacts(data, 'premises', [
      ['children', 'Children', premises.children ?? 'None recorded'],
      ['vulnerableAdults', 'Adults at risk', premises.vulnerableAdults ?? 'None recorded'],
      ['occupants', 'Occupants', childrenFirst(premises.occupants ?? '')],
    ]),
    ...targets,
  ];
}

/** Lines such as `Wren Holme (9)`: those under 18 come first and say so. */
function childrenFirst(occupants: string): string {
  const isChild = (line: string) => /\((?:\d|1[0-7])\)\s*$/.test(line);
  const lines = occupants.split('\n').filter((line) => line.trim() !== '');
  return [
    ...lines.filter(isChild).map((line) => `▲ CHILD: ${line}`),
    ...lines.filter((line) => !isChild(line)),
  ].join('\n');
}

function orderOf(data: PackData, premises: PremisesRow): CardFact[] {
  const warrants = data.warrants.filter(({ premisesRef }) => premisesRef === premises.ref);
  const team = teamAt(data, premises);
  const hasWarrants = data.spec.sections.some(({ id }) => id === 'warrants');
  return [
    ...warrants.map((warrant) => ({
      label: `Warrant ${warrant.ref}`,
      value: warrantWords(data, warrant),
      about: '',
    })),
    ...(warrants.length === 0 && hasWarrants
      ? [{ label: 'Warrant', value: 'NONE RECORDED for this address', about: '' }]
      : []),
    ...shownFacts(data, 'premises', [
      [
        'team',
        'Team',
        joinWith(', ', [premises.team ?? team?.name ?? '', team?.callSign ?? '']),
        team === undefined ? '' : `teams ${team.ref}`,
      ],
      ['team', 'Leader', team?.leader ?? ''],
      ['team', 'Strike', team?.strike ?? ''],
      ['rendezvous', 'Rendezvous', premises.rendezvous ?? team?.rendezvous ?? ''],
    ]),
  ];
}

/** Each plan with who leads it and what is missing, then what is arranged for the tenant. */
function plansFor(data: PackData, premises: PremisesRow): CardFact[] {
  const part = (field: string, words: string) => (isHidden(data, 'safeguarding', field) ? '' : words);
  const tenant = shownFacts(data, 'premises', [['tenantPlan', 'For the tenant', premises.tenantPlan ?? '']]);
  const plans = data.safeguarding
    .filter(({ premisesRef }) => premisesRef === premises.ref)
    .map(({ ref, name, kind, plan, lead, appropriateAdult, gaps }) => ({
      label: ref,
      value: joinWith('\n', [
        `${name} (${kind})`,
        part('plan', plan ?? 'NO PLAN'),
        part('lead', lead === null ? 'NO LEAD NAMED' : `Lead: ${lead}`),
        part('appropriateAdult', appropriateAdult === null ? '' : `Appropriate adult: ${appropriateAdult}`),
        ...gaps.map((gap) => part('gaps', `▲ Gap: ${gap}`)),
      ]),
      about: '',
    }));
  return [...plans, ...tenant];
}
