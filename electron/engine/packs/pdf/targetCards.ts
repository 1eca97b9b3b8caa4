import { formatValue } from '../../../../shared/packs/format.ts';
import type { PackData, PersonRow, TargetRow } from '../../../../shared/packs/packData.ts';
import {
  altOf,
  bornAndAge,
  type CardAlert,
  type CardFact,
  dropEmpty,
  intelligenceAbout,
  isHidden,
  joinWith,
  list,
  type ProfileCard,
  shownFacts,
  takenWords,
  warrantWords,
} from './cards.ts';

/**
 * One card for each target, in the order of the targets. Hidden fields of the audience stay out. A target
 * that is an address stands on the card of the premises, or in the table alone for readers who have no
 * premises in their pack (a custody sergeant has no page for a flat).
 */
export function layoutTargets(data: PackData, pictures: ReadonlyMap<string, string>): ProfileCard[] {
  const people = new Map(data.people.map((person) => [person.ref, person]));
  const { profiles, sections } = data.spec;
  const placesNeedCards = !profiles.includes('premises') && sections.some(({ id }) => id === 'premises');
  const places = new Set(data.premises.map(({ ref }) => ref));
  const own = data.targets.filter(
    ({ personRef, premisesRef }) =>
      personRef !== null ||
      premisesRef === null ||
      placesNeedCards ||
      (profiles.includes('premises') && !places.has(premisesRef)),
  );
  return own.map((target) => {
    const person = target.personRef === null ? undefined : people.get(target.personRef);
    return layoutTarget(data, target, person, pictures);
  });
}

function layoutTarget(
  data: PackData,
  target: TargetRow,
  person: PersonRow | undefined,
  pictures: ReadonlyMap<string, string>,
): ProfileCard {
  const photograph = target.photograph ?? person?.photograph ?? null;
  const taken = target.photographDate ?? person?.photographDate ?? null;
  const isPerson = target.personRef !== null;
  return {
    key: `targets ${target.ref}`,
    ref: target.ref,
    name: target.name,
    subtitle: joinWith('  ·  ', [
      isHidden(data, 'targets', 'role') ? '' : (target.role ?? ''),
      target.priority === null || isHidden(data, 'targets', 'priority') ? '' : `Priority ${target.priority}`,
      isHidden(data, 'targets', 'status') ? '' : (target.status ?? ''),
    ]),
    photographs:
      photograph !== null && pictures.has(photograph) && !isHidden(data, 'people', 'photograph')
        ? [
            {
              file: pictures.get(photograph) ?? '',
              alt: altOf(data, photograph, target.name),
              caption: takenWords(taken),
            },
          ]
        : [],
    photographPlace: 'beside',
    // An address or a line has no face: only a person's card shows that the photograph is missing.
    withoutPhotograph: isPerson && !isHidden(data, 'people', 'photograph') ? 'No photograph' : '',
    alerts: alertsOf(data, target, person),
    groups: dropEmpty([
      { title: 'Identity', width: 'whole', facts: isPerson ? identityOf(data, target, person) : [] },
      { title: 'The strike', width: 'half', facts: strikeOf(data, target) },
      {
        title: 'Where and with what',
        width: 'half',
        facts: shownFacts(data, 'people', [
          ['addresses', 'Addresses', list(person?.addresses, '\n')],
          ['phones', 'Phones', formatValue(person?.phones ?? [], 'phones')],
          ['vehicles', 'Vehicles', list(person?.vehicles, ', ')],
          ['associates', 'Associates', list(person?.associates, ', ')],
        ]),
      },
      {
        title: 'Why',
        width: 'whole',
        facts: shownFacts(data, 'targets', [
          ['grounds', 'Grounds', target.grounds ?? ''],
          ['necessity', 'Necessity of arrest', target.necessity ?? ''],
          ['riskBand', 'Risk band', target.riskBand ?? ''],
          ['risk', 'Risk', target.risk ?? ''],
        ]),
      },
      {
        title: 'Notes',
        width: 'whole',
        facts: [
          ...shownFacts(data, 'targets', [['notes', 'On the plan', target.notes ?? '']]),
          ...shownFacts(data, 'people', [['notes', 'On the person', person?.notes ?? '']]),
        ],
      },
      {
        title: 'Intelligence',
        width: 'whole',
        facts: intelligenceAbout(data, [target.ref, target.personRef ?? '']),
      },
      { title: 'Sources', width: 'whole', facts: sourcesOf(data, target, person) },
    ]),
  };
}

/** Victim first (domain facts 4): exploitation is looked at before anything that the person did. */
function alertsOf(data: PackData, target: TargetRow, person: PersonRow | undefined): CardAlert[] {
  const alerts: CardAlert[] = [];
  const victim = target.victimStatus ?? person?.victimStatus ?? null;
  if (
    victim !== null &&
    !/^not?\b/i.test(victim) &&
    !isHidden(data, 'people', 'victimStatus') &&
    !isHidden(data, 'targets', 'victimStatus')
  ) {
    alerts.push({ tone: 'protect', title: 'Victim first', text: victim });
  }
  const age = target.age ?? person?.age ?? null;
  if (age !== null && age < 18 && !isHidden(data, 'people', 'age') && !isHidden(data, 'targets', 'age')) {
    alerts.push({
      tone: 'protect',
      title: 'Child',
      text: `Aged ${age} on the day. An appropriate adult is needed.`,
    });
  }
  const atRisk = person?.adultAtRisk ?? '';
  if (/^(yes|suspected)/i.test(atRisk) && !isHidden(data, 'people', 'adultAtRisk')) {
    alerts.push({
      tone: 'protect',
      title: 'Adult at risk',
      text: joinWith('. ', [
        atRisk,
        isHidden(data, 'people', 'vulnerability') ? '' : (person?.vulnerability ?? ''),
      ]),
    });
  }
  const wanted = person?.wanted ?? null;
  if (wanted !== null && !isHidden(data, 'people', 'wanted')) {
    alerts.push({ tone: 'danger', title: 'Wanted', text: wanted });
  }
  const warnings = [...new Set([...target.warnings, ...(person?.warnings ?? [])])];
  if (
    warnings.length > 0 &&
    !isHidden(data, 'people', 'warnings') &&
    !isHidden(data, 'targets', 'warnings')
  ) {
    alerts.push({ tone: 'danger', title: 'Warnings', text: warnings.join('. ') });
  }
  return alerts;
}

function identityOf(data: PackData, target: TargetRow, person: PersonRow | undefined): CardFact[] {
  return shownFacts(
    data,
    'people',
    (
      [
        ['victimStatus', 'Victim status', target.victimStatus ?? 'None recorded'],
        ['dateOfBirth', 'Date of birth', bornAndAge(target.dateOfBirth, target.age)],
        ['aliases', 'Also known as', list(person?.aliases, ', ')],
        ['categories', 'Data subject', list(person?.categories, ', ')],
        ['description', 'Description', person?.description ?? ''],
        ['vulnerability', 'Vulnerability', person?.vulnerability ?? ''],
        ['pncId', 'PNC ID', person?.pncId ?? ''],
        ['cro', 'CRO number', person?.cro ?? ''],
      ] as const
    ).filter(([field]) => !(data.spec.redactions.targets ?? []).includes(field)),
  );
}

function strikeOf(data: PackData, target: TargetRow): CardFact[] {
  const warrants = data.warrants.filter(
    ({ premisesRef, subject }) =>
      subject === target.name || (premisesRef !== null && premisesRef === target.premisesRef),
  );
  const team = data.teams.find(({ name }) => name === target.team);
  return [
    ...shownFacts(data, 'targets', [
      ['objective', 'Objective', target.objective ?? ''],
      [
        'team',
        'Team',
        joinWith(', ', [target.team ?? '', team?.callSign ?? '']),
        team === undefined ? '' : `teams ${team.ref}`,
      ],
      [
        'address',
        'Premises',
        joinWith('  ', [
          isHidden(data, 'targets', 'premisesRef') ? '' : (target.premisesRef ?? ''),
          target.address ?? '',
        ]),
        target.premisesRef === null ? '' : `premises ${target.premisesRef}`,
      ],
    ]),
    ...(isHidden(data, 'targets', 'address')
      ? []
      : warrants.map((warrant) => ({
          label: `Warrant ${warrant.ref}`,
          value: warrantWords(data, warrant),
          about: '',
        }))),
  ];
}

/** The files and rows behind a card, in one short line. */
function sourcesOf(data: PackData, target: TargetRow, person: PersonRow | undefined): CardFact[] {
  if (!data.spec.sourceIndex) return [];
  const places = new Set<string>();
  for (const { section, file, sheet, row } of sourcesByRef(data).get(target.ref) ?? []) {
    if (section === 'targets') places.add(placeWords(file, sheet, row));
  }
  for (const { section, file, sheet, row } of sourcesByRef(data).get(person?.ref ?? '') ?? []) {
    if (section === 'people') places.add(placeWords(file, sheet, row));
  }
  return places.size === 0 ? [] : [{ label: 'From', value: [...places].slice(0, 6).join('; '), about: '' }];
}

const sourceTables = new WeakMap<PackData, Map<string, PackData['sources'][number][]>>();

function sourcesByRef(data: PackData): ReadonlyMap<string, readonly PackData['sources'][number][]> {
  const known = sourceTables.get(data);
  if (known !== undefined) return known;
  const table = new Map<string, PackData['sources'][number][]>();
  for (const entry of data.sources) {
    const entries = table.get(entry.ref);
    if (entries === undefined) table.set(entry.ref, [entry]);
    else entries.push(entry);
  }
  sourceTables.set(data, table);
  return table;
}

function placeWords(file: string, sheet: string | null, row: number | null): string {
  return joinWith(', ', [file, sheet ?? '', row === null ? '' : `row ${row}`]);
}
