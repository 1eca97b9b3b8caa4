import { saysPresent } from '../../../../shared/domain/readiness/facts.ts';
import { formatDate, formatValue } from '../../../../shared/packs/format.ts';
import type { PackData, PersonRow, PremisesRow, TargetRow } from '../../../../shared/packs/packData.ts';
import type { SectionId } from '../../../../shared/packs/packSpec.ts';

/** One page about one target or one address. */
export interface ProfileCard {
  /** Section and reference, for links; not printed. */
  readonly key: string;
  readonly ref: string;
  readonly name: string;
  readonly subtitle: string;
  /** `file` is the name under `photographs/` of the compiler's virtual files. */
  readonly photographs: readonly { readonly file: string; readonly alt: string; readonly caption: string }[];
  /** Printed in the photograph's place when there is none; empty when the card needs no photograph. */
  readonly withoutPhotograph: string;
  /** What must be seen first, label and text. */
  readonly alerts: readonly (readonly [string, string])[];
  readonly groups: readonly {
    readonly title: string;
    readonly facts: readonly (readonly [string, string])[];
  }[];
}

type Fact = readonly [field: string, label: string, value: string];

const mostIntelligence = 8;

/** One card for each target, in the order of the targets. Hidden fields of the audience stay out. */
export function layoutTargets(data: PackData, pictures: ReadonlyMap<string, string>): ProfileCard[] {
  const people = new Map(data.people.map((person) => [person.ref, person]));
  return data.targets.map((target) => {
    const person = target.personRef === null ? undefined : people.get(target.personRef);
    return layoutTarget(data, target, person, pictures);
  });
}

/** One card for each premises, with who is expected there, the warrants and the safeguarding plans. */
export function layoutPremises(data: PackData, pictures: ReadonlyMap<string, string>): ProfileCard[] {
  return data.premises.map((premises) => layoutOnePremises(data, premises, pictures));
}

function layoutTarget(
  data: PackData,
  target: TargetRow,
  person: PersonRow | undefined,
  pictures: ReadonlyMap<string, string>,
): ProfileCard {
  const shown = visibleIn(data);
  const photograph = target.photograph ?? person?.photograph ?? null;
  const taken = target.photographDate ?? person?.photographDate ?? null;
  const warnings = [...new Set([...target.warnings, ...(person?.warnings ?? [])])];
  const identity = shown('people', [
    ['dateOfBirth', 'Date of birth', bornAndAge(target)],
    ['role', 'Role', target.role ?? ''],
    ['victimStatus', 'Victim status', target.victimStatus ?? 'None recorded'],
    ['categories', 'Data subject', list(person?.categories, ', ')],
    ['aliases', 'Also known as', list(person?.aliases, ', ')],
    ['description', 'Description', person?.description ?? ''],
    ['pncId', 'PNC ID', person?.pncId ?? ''],
    ['cro', 'CRO number', person?.cro ?? ''],
  ]);
  return {
    key: `targets ${target.ref}`,
    ref: target.ref,
    name: target.name,
    subtitle: joinWith(', ', [
      target.priority === null ? '' : `Priority: ${target.priority}`,
      target.team ?? '',
      target.status ?? '',
    ]),
    photographs:
      photograph !== null && pictures.has(photograph) && !isHidden(data, 'people', 'photograph')
        ? [
            {
              file: pictures.get(photograph) ?? '',
              alt: altOf(data, photograph, target.name),
              caption: taken === null ? 'Date of photograph not known' : `Taken ${formatDate(taken)}`,
            },
          ]
        : [],
    // An address or a line has no face: only a person's card shows that the photograph is missing.
    withoutPhotograph: target.personRef === null ? '' : 'No photograph',
    alerts: warnings.length === 0 ? [] : [['Warnings', warnings.join('. ')]],
    groups: dropEmpty([
      { title: 'Identity', facts: target.personRef === null ? [] : identity },
      {
        title: 'Where and how',
        facts: shown('people', [
          ['address', 'Strike address', joinWith(' ', [target.premisesRef ?? '', target.address ?? ''])],
          ['addresses', 'Addresses', list(person?.addresses, '\n')],
          ['phones', 'Phones', formatValue(person?.phones ?? [], 'phones')],
          ['vehicles', 'Vehicles', list(person?.vehicles, ', ')],
          ['associates', 'Associates', list(person?.associates, ', ')],
        ]),
      },
      {
        title: 'Plan',
        facts: shown('targets', [
          ['objective', 'Objective', target.objective ?? ''],
          ['grounds', 'Grounds', target.grounds ?? ''],
          ['risk', 'Risk', target.risk ?? ''],
          ['notes', 'Notes', joinWith('\n', [target.notes ?? '', person?.notes ?? ''])],
        ]),
      },
      { title: 'Intelligence', facts: intelligenceAbout(data, [target.ref, target.personRef ?? '']) },
      { title: 'Sources', facts: sourcesOf(data, target, person) },
    ]),
  };
}

function layoutOnePremises(
  data: PackData,
  premises: PremisesRow,
  pictures: ReadonlyMap<string, string>,
): ProfileCard {
  const shown = visibleIn(data);
  const targets = data.targets.filter(({ premisesRef }) => premisesRef === premises.ref);
  const warrants = data.warrants.filter(({ premisesRef }) => premisesRef === premises.ref);
  const plans = data.safeguarding.filter(({ premisesRef }) => premisesRef === premises.ref);
  const alerts = shown('premises', [
    ['children', 'Children', premises.children ?? ''],
    ['vulnerableAdults', 'Adults at risk', premises.vulnerableAdults ?? ''],
    ['hazards', 'Hazards', premises.hazards ?? ''],
    ['dogs', 'Dogs', premises.dogs ?? ''],
  ]).filter(([, text]) => saysPresent(text));
  return {
    key: `premises ${premises.ref}`,
    ref: premises.ref,
    name: premises.address,
    subtitle: joinWith(', ', [premises.postcode ?? '', premises.kind ?? '', premises.team ?? '']),
    photographs: isHidden(data, 'premises', 'photographs')
      ? []
      : premises.photographs
          .filter((id) => pictures.has(id))
          .slice(0, 2)
          .map((id) => ({
            file: pictures.get(id) ?? '',
            alt: altOf(data, id, premises.address),
            caption: '',
          })),
    withoutPhotograph: '',
    alerts,
    groups: dropEmpty([
      {
        title: 'The place',
        facts: shown('premises', [
          ['occupants', 'Occupants', premises.occupants ?? ''],
          ['children', 'Children', premises.children ?? 'None recorded'],
          ['vulnerableAdults', 'Adults at risk', premises.vulnerableAdults ?? 'None recorded'],
          ['cuckooed', 'Cuckooed', premises.cuckooed ?? 'Not known'],
          ['uprn', 'UPRN', premises.uprn ?? ''],
          ['gridReference', 'Grid reference', premises.gridReference ?? ''],
        ]),
      },
      {
        title: 'Entry',
        facts: shown('premises', [
          ['entryMethod', 'Method of entry', premises.entryMethod ?? ''],
          ['access', 'Access', premises.access ?? ''],
          ['rendezvous', 'Rendezvous', premises.rendezvous ?? ''],
          ['riskAssessment', 'Risk assessment', premises.riskAssessment ?? ''],
          ['notes', 'Notes', premises.notes ?? ''],
        ]),
      },
      {
        title: 'Warrants',
        facts: warrants.map(({ ref, power, number, expires, entries }) => [
          ref,
          joinWith(', ', [
            power,
            number ?? '',
            expires === null ? 'no expiry recorded' : `expires ${formatDate(expires)}`,
            entries ?? '',
          ]),
        ]),
      },
      {
        title: 'Expected here',
        facts: targets.map(({ ref, name, role, victimStatus, warnings }) => [
          ref,
          joinWith(', ', [name, role ?? '', victimStatus ?? '', warnings.join(', ')]),
        ]),
      },
      {
        title: 'Safeguarding',
        facts: plans.map(({ ref, name, kind, plan, lead, gaps }) => [
          ref,
          joinWith('\n', [
            `${name} (${kind})`,
            plan ?? 'No plan',
            lead === null ? 'No lead' : `Lead: ${lead}`,
            ...gaps.map((gap) => `Gap: ${gap}`),
          ]),
        ]),
      },
      { title: 'Intelligence', facts: intelligenceAbout(data, [premises.ref]) },
    ]),
  };
}

/** Items whose subjects name one of the references, each with its grade and its conditions beside it. */
function intelligenceAbout(data: PackData, refs: readonly string[]): (readonly [string, string])[] {
  if (!data.spec.sections.some(({ id }) => id === 'intelligence')) return [];
  const wanted = refs.filter((ref) => ref !== '');
  const items = data.intelligence.filter(({ about }) => about.some((ref) => wanted.includes(ref)));
  const facts = items
    .slice(0, mostIntelligence)
    .map(({ ref, grade, text, conditions }): readonly [string, string] => [
      `${ref}  ${formatValue(grade, 'grade')}`,
      conditions === null ? text : `${text}\nHandling conditions: ${conditions}`,
    ]);
  const left = items.length - facts.length;
  return left > 0 ? [...facts, ['More', `${left} more in the Intelligence section.`]] : facts;
}

/** The files and rows behind a card, in one short line. */
function sourcesOf(
  data: PackData,
  target: TargetRow,
  person: PersonRow | undefined,
): (readonly [string, string])[] {
  if (!data.spec.sourceIndex) return [];
  const places = new Set<string>();
  for (const { section, file, sheet, row } of sourcesByRef(data).get(target.ref) ?? []) {
    if (section === 'targets') places.add(placeWords(file, sheet, row));
  }
  for (const { section, file, sheet, row } of sourcesByRef(data).get(person?.ref ?? '') ?? []) {
    if (section === 'people') places.add(placeWords(file, sheet, row));
  }
  return places.size === 0 ? [] : [['From', [...places].slice(0, 6).join('; ')]];
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

function isHidden(data: PackData, section: SectionId, field: string): boolean {
  return (data.spec.redactions[section] ?? []).includes(field);
}

function visibleIn(
  data: PackData,
): (section: SectionId, facts: readonly Fact[]) => (readonly [string, string])[] {
  return (section, facts) =>
    facts
      .filter(([field, , value]) => value !== '' && !isHidden(data, section, field))
      .map(([, label, value]) => [label, value]);
}

function dropEmpty(groups: ProfileCard['groups']): ProfileCard['groups'] {
  return groups.filter(({ facts }) => facts.length > 0);
}

function bornAndAge({ dateOfBirth, age }: TargetRow): string {
  const born = dateOfBirth === null ? 'Not known' : formatDate(dateOfBirth);
  if (age === null) return born;
  return age < 18 ? `${born} (${age}: UNDER 18)` : `${born} (${age})`;
}

function altOf(data: PackData, id: string, name: string): string {
  return data.photographs.find((photograph) => photograph.id === id)?.alt ?? `Photograph: ${name}`;
}

function list(values: readonly string[] | undefined, separator: string): string {
  return (values ?? []).join(separator);
}

function joinWith(separator: string, parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(separator);
}
