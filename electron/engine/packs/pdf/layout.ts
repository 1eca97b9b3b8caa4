import type { PackSection } from '../../../../shared/packs/columns.ts';
import { countFindings, coverFacts } from '../../../../shared/packs/cover.ts';
import { cleanText, formatMarking, formatMoment, formatValue } from '../../../../shared/packs/format.ts';
import type { PackData } from '../../../../shared/packs/packData.ts';
import { listSections, rowsOfSection } from '../../../../shared/packs/sections.ts';
import { layoutPremises, layoutTargets, type ProfileCard } from './profiles.ts';

/** What the Typst templates read: strings that are printed as they stand, and nothing to work out. */
export interface PdfDocument {
  readonly marking: string;
  readonly operation: string;
  readonly title: string;
  readonly force: string;
  readonly issue: string;
  readonly copyLine: string;
  readonly dataAsAt: string;
  /** Year, month, day, hour, minute, second of the document's date, UTC. */
  readonly date: readonly number[];
  readonly facts: readonly (readonly string[])[];
  readonly contentsDepth: number;
  readonly readiness: string;
  readonly findings: readonly (readonly string[])[];
  readonly withheld: readonly (readonly string[])[];
  readonly sections: readonly PdfSection[];
  readonly profiles: readonly {
    readonly title: string;
    readonly cards: readonly (ProfileCard & { readonly number: number })[];
  }[];
}

export interface PdfSection {
  readonly title: string;
  readonly explanation: string;
  readonly whenEmpty: string;
  /** True when the section has rows, and all of them stand on profile pages instead. */
  readonly allOnCards: boolean;
  readonly columns: readonly { readonly heading: string; readonly share: number; readonly kind: string }[];
  readonly rows: readonly (readonly string[])[];
  /** For each row the number of its profile card, counted through the document; -1 for none. */
  readonly cards: readonly number[];
  /** Long text is printed as blocks across the page: `text` under headings, `items` with a line of facts. */
  readonly look: 'table' | 'text' | 'items';
}

const severityWords = { blocker: 'BLOCKER', warning: 'Warning', note: 'Note' } as const;

/** More cards than this stay out of the contents; the bookmarks and the tables lead to them. */
const mostInContents = 40;

/**
 * Lays a pack out for paper. `pictures` gives the file name of each photograph that can be printed.
 */
export function layoutDocument(
  data: PackData,
  pictures: ReadonlyMap<string, string>,
  issued: boolean,
): PdfDocument {
  const { header, spec } = data;
  const profiles = layoutProfiles(data, pictures);
  const cardNumbers = numberCards(profiles);
  const cardCount = profiles.reduce((sum, { cards }) => sum + cards.length, 0);
  const made = new Date(header.preparedAt);
  const day = Number.isNaN(made.getTime()) ? new Date(0) : made;
  const document: PdfDocument = {
    marking: formatMarking(header.marking),
    operation: header.operation,
    title: header.team === null ? spec.title : `${spec.title}: ${header.team}`,
    force: header.force ?? '',
    issue: `${shorten(header.operation, 60)}, ${issued ? `version ${header.version}` : 'not issued'}`,
    copyLine: issued ? `Copy ${header.copy}: ${shorten(header.recipient, 90)}` : 'NOT ISSUED: preview',
    dataAsAt: formatMoment(header.dataAsAt),
    date: [
      day.getUTCFullYear(),
      day.getUTCMonth() + 1,
      day.getUTCDate(),
      day.getUTCHours(),
      day.getUTCMinutes(),
      day.getUTCSeconds(),
    ],
    facts: issued ? coverFacts(data) : coverFacts(data).map(unnumbered),
    contentsDepth: cardCount > 0 && cardCount <= mostInContents ? 2 : 1,
    readiness: countFindings(data.findings),
    findings: data.findings.map(({ severity, message, mend, refs }) => [
      severityWords[severity],
      message,
      mend,
      refs.join(', '),
    ]),
    withheld: data.withheld.map(({ reason, count }) => [String(count), reason]),
    sections: listSections(data)
      .map((section) => layoutSection(data, section, cardNumbers, pictures))
      // With everybody on a profile page, a page that says so is a page for nothing.
      .filter(({ rows, allOnCards }) => rows.length > 0 || !allOnCards),
    profiles,
  };
  return cleanAll(document) as PdfDocument;
}

/** Before the issue there is no number to print. */
function unnumbered([label, value]: [string, string]): [string, string] {
  return [label, label === 'Version' || label === 'Copy number' ? 'Not issued' : value];
}

function layoutProfiles(data: PackData, pictures: ReadonlyMap<string, string>): PdfDocument['profiles'] {
  let number = -1;
  return data.spec.profiles.flatMap((kind) => {
    const cards = kind === 'targets' ? layoutTargets(data, pictures) : layoutPremises(data, pictures);
    if (cards.length === 0) return [];
    const numbered = cards.map((card) => {
      number += 1;
      return { ...card, number };
    });
    return [{ title: kind === 'targets' ? 'Target profiles' : 'Premises cards', cards: numbered }];
  });
}

function numberCards(profiles: PdfDocument['profiles']): ReadonlyMap<string, number> {
  return new Map(profiles.flatMap(({ cards }) => cards.map(({ key, number }) => [key, number] as const)));
}

function layoutSection(
  data: PackData,
  section: PackSection,
  cardNumbers: ReadonlyMap<string, number>,
  pictures: ReadonlyMap<string, string>,
): PdfSection {
  const columns = section.columns.filter(({ share }) => share > 0);
  const onCards = section.id === 'people' && data.spec.profiles.includes('targets');
  const withCard = new Set(onCards ? data.targets.map(({ personRef }) => personRef) : []);
  const rows = rowsOfSection(data, section.id).filter(({ ref }) => !withCard.has(String(ref)));
  return {
    title: section.title,
    // On paper a target's person stands on the profile alone: the same facts twice are pages to carry.
    explanation: onCards
      ? `People who are targets have profiles. ${section.explanation}`
      : section.explanation,
    whenEmpty: section.whenEmpty,
    allOnCards: rows.length === 0 && withCard.size > 0,
    columns: columns.map(({ heading, share, kind }) => ({ heading, share, kind })),
    rows: rows.map((row) =>
      columns.map(({ field, kind }) => {
        const value = row[field];
        if (kind !== 'photograph') return formatValue(value, kind);
        return typeof value === 'string' ? (pictures.get(value) ?? '') : '';
      }),
    ),
    cards: rows.map((row) => cardNumbers.get(`${section.id} ${row.ref}`) ?? -1),
    look: lookOf(section.id),
  };
}

function lookOf(id: PackSection['id']): PdfSection['look'] {
  if (id === 'briefing') return 'text';
  return id === 'intelligence' ? 'items' : 'table';
}

/** Text for the foot of the page, where there is one line for it; the cover has it whole. */
function shorten(text: string, most: number): string {
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text;
}

/** Every string of the document, cleaned, with places to break in words too long for a line. */
function cleanAll(value: unknown): unknown {
  if (typeof value === 'string') return breakLongWords(cleanText(value));
  if (Array.isArray(value)) return value.map(cleanAll);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, cleanAll(entry)]));
  }
  return value;
}

function breakLongWords(text: string): string {
  return text.replace(/[^\s\u200b]{25,}/gu, (word) => word.replace(/(.{12})(?=.)/gu, '$1\u200b'));
}
