import { formatDate, formatValue } from '../../../../shared/packs/format.ts';
import type { PackData, PremisesRow, TeamRow, WarrantRow } from '../../../../shared/packs/packData.ts';
import type { SectionId } from '../../../../shared/packs/packSpec.ts';

/** One page about one team, one target or one address. */
export interface ProfileCard {
  /** Section and reference, for links; not printed. */
  readonly key: string;
  readonly ref: string;
  readonly name: string;
  readonly subtitle: string;
  /** `file` is the name under `photographs/` of the compiler's virtual files. */
  readonly photographs: readonly CardPhotograph[];
  /** `beside`: left of the first group; `above`: in a row over all groups. */
  readonly photographPlace: 'beside' | 'above';
  /** Printed in the photograph's place when there is none; empty when the card needs no photograph. */
  readonly withoutPhotograph: string;
  /** What must be seen first. `protect` is about people to be looked after, `danger` about harm to those who enter. */
  readonly alerts: readonly CardAlert[];
  readonly groups: readonly CardGroup[];
}

export interface CardPhotograph {
  readonly file: string;
  readonly alt: string;
  readonly caption: string;
}

export interface CardAlert {
  readonly tone: 'protect' | 'danger';
  readonly title: string;
  readonly text: string;
}

export interface CardGroup {
  readonly title: string;
  /** Two groups of half the width that follow each other stand side by side. */
  readonly width: 'half' | 'whole';
  readonly facts: readonly CardFact[];
  readonly table?: CardTable;
}

export interface CardFact {
  readonly label: string;
  readonly value: string;
  /** Key of the card that tells more, or empty. */
  readonly about: string;
}

export interface CardTable {
  readonly columns: readonly { readonly heading: string; readonly share: number; readonly kind: string }[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly about: string }[];
}

/** A fact that is printed when it says something and none of its sections hides the field. */
type Wanted = readonly [field: string, label: string, value: string, about?: string];

const mostIntelligence = 8;

/** Is the field kept from this audience: by a redaction, or because the section's columns are chosen without it? */
export function isHidden(data: PackData, section: SectionId, field: string): boolean {
  if ((data.spec.redactions[section] ?? []).includes(field)) return true;
  const chosen = data.spec.sections.find(({ id }) => id === section)?.columns;
  return chosen !== undefined && !chosen.includes(field);
}

/** The facts that the audience may see and that are not empty. */
export function shownFacts(data: PackData, section: SectionId, facts: readonly Wanted[]): CardFact[] {
  return facts
    .filter(([field, , value]) => value !== '' && !isHidden(data, section, field))
    .map(([, label, value, about]) => ({ label, value, about: about ?? '' }));
}

export function dropEmpty(groups: readonly CardGroup[]): CardGroup[] {
  return groups.filter(({ facts, table }) => facts.length > 0 || (table?.rows.length ?? 0) > 0);
}

/** A table that keeps the columns that the audience may see and that are not empty from top to bottom. */
export function shownTable<Row>(
  data: PackData,
  section: SectionId,
  rows: readonly Row[],
  columns: readonly (readonly [
    field: string,
    heading: string,
    share: number,
    value: (row: Row) => string,
    kind?: string,
  ])[],
  about: (row: Row) => string,
): CardTable {
  const shown = columns.filter(
    ([field, , , value]) => !isHidden(data, section, field) && rows.some((row) => value(row) !== ''),
  );
  return {
    columns: shown.map(([, heading, share, , kind]) => ({ heading, share, kind: kind ?? 'text' })),
    rows: rows.map((row) => ({ cells: shown.map(([, , , value]) => value(row)), about: about(row) })),
  };
}

/** Items that are about one of the references, each with its grade and its conditions beside it. */
export function intelligenceAbout(data: PackData, refs: readonly string[]): CardFact[] {
  if (!data.spec.sections.some(({ id }) => id === 'intelligence')) return [];
  const wanted = refs.filter((ref) => ref !== '');
  const items = data.intelligence.filter(({ about }) => about.some((ref) => wanted.includes(ref)));
  const facts = items.slice(0, mostIntelligence).map(({ ref, grade, text, conditions }) => ({
    label: `${ref}  ${formatValue(grade, 'grade')}`,
    value: conditions === null ? text : `${text}\nHandling conditions: ${conditions}`,
    about: '',
  }));
  const left = items.length - facts.length;
  return left > 0
    ? [...facts, { label: 'More', value: `${left} more in the Intelligence section.`, about: '' }]
    : facts;
}

/** The team that goes to an address: by the address, else by a target there. */
export function teamAt(data: PackData, premises: PremisesRow): TeamRow | undefined {
  const names = new Set([
    premises.team,
    ...(isHidden(data, 'targets', 'team')
      ? []
      : data.targets.filter(({ premisesRef }) => premisesRef === premises.ref).map(({ team }) => team)),
  ]);
  return data.teams.find(({ name }) => names.has(name));
}

/** A warrant in one line: power, number, when it ends, how often it lets in. */
export function warrantWords(data: PackData, warrant: WarrantRow): string {
  const part = (field: string, words: string) => (isHidden(data, 'warrants', field) ? '' : words);
  return joinWith(', ', [
    part('power', warrant.power),
    part('number', warrant.number === null ? '' : `no. ${warrant.number}`),
    part(
      'expires',
      warrant.expires === null ? 'NO EXPIRY RECORDED' : `expires ${formatDate(warrant.expires)}`,
    ),
    part('entries', warrant.entries ?? ''),
    part('status', warrant.status ?? ''),
  ]);
}

/** `14/03/2010 (16: UNDER 18)`. */
export function bornAndAge(dateOfBirth: string | null, age: number | null): string {
  const born = dateOfBirth === null ? 'Not known' : formatDate(dateOfBirth);
  if (age === null) return born;
  return age < 18 ? `${born} (${age}: UNDER 18)` : `${born} (${age})`;
}

export function altOf(data: PackData, id: string, name: string): string {
  return data.photographs.find((photograph) => photograph.id === id)?.alt ?? `Photograph: ${name}`;
}

export function takenWords(takenOn: string | null): string {
  return takenOn === null ? 'Date of photograph not known' : `Taken ${formatDate(takenOn)}`;
}

export function list(values: readonly string[] | undefined, separator: string): string {
  return (values ?? []).join(separator);
}

export function joinWith(separator: string, parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(separator);
}
