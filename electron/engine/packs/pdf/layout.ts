import type { PackColumn, PackSection } from '../../../../shared/packs/columns.ts';
import { countFindings, coverFacts } from '../../../../shared/packs/cover.ts';
import { formatMarking, formatMoment, formatStrike, formatValue } from '../../../../shared/packs/format.ts';
import type { PackChanges, PackData, PictureRow, WithheldReason } from '../../../../shared/packs/packData.ts';
import type { SectionId } from '../../../../shared/packs/packSpec.ts';
import { pictureFacts } from '../../../../shared/packs/pictures.ts';
import { findSection, listSections, rowsOfSection } from '../../../../shared/packs/sections.ts';
import type { ProfileCard } from './cards.ts';
import { cleanAll, fitTable, type PdfColumn, widthOfPage } from './fitText.ts';
import { layoutPremises } from './premisesCards.ts';
import { layoutTargets } from './targetCards.ts';
import { layoutTeams } from './teamCards.ts';

/** What the Typst template reads: strings that are printed as they stand, and nothing to work out. */
export interface PdfDocument {
  readonly marking: string;
  readonly operation: string;
  readonly title: string;
  readonly issue: string;
  readonly copyLine: string;
  /** Across every page, faintly. */
  readonly watermark: string;
  readonly dataAsAt: string;
  /** Year, month, day, hour, minute, second of the document's date, UTC. */
  readonly date: readonly number[];
  /** What a commander looks for first: strike, version, copy; large on the cover. */
  readonly headline: readonly (readonly string[])[];
  readonly facts: readonly (readonly string[])[];
  readonly contentsDepth: number;
  /** Titles of the sections without rows, in one line. */
  readonly leftOut: string;
  readonly changes: PdfChanges | null;
  /** Null when the audience has no business with the checks. */
  readonly readiness: {
    readonly summary: string;
    readonly findings: readonly (readonly string[])[];
  } | null;
  readonly withheld: readonly (readonly string[])[];
  /** Sections of one page orientation that follow each other. */
  readonly runs: readonly { readonly landscape: boolean; readonly sections: readonly PdfSection[] }[];
  readonly profiles: readonly { readonly title: string; readonly cards: readonly PdfCard[] }[];
}

interface PdfChanges {
  readonly title: string;
  readonly summary: string;
  readonly columns: readonly PdfColumn[];
  readonly rows: readonly (readonly string[])[];
}

/** A card with links resolved: `about` is the number of another card, -1 for none. */
interface PdfCard extends Omit<ProfileCard, 'groups'> {
  readonly number: number;
  readonly groups: readonly {
    readonly title: string;
    readonly width: 'half' | 'whole';
    readonly facts: readonly { readonly label: string; readonly value: string; readonly about: number }[];
    readonly columns: readonly PdfColumn[];
    readonly rows: readonly (readonly string[])[];
    readonly cards: readonly number[];
  }[];
}

export interface PdfSection {
  readonly title: string;
  readonly explanation: string;
  readonly whenEmpty: string;
  readonly columns: readonly PdfColumn[];
  readonly rows: readonly (readonly string[])[];
  /** For each row the number of its profile card, counted through the document; -1 for none. */
  readonly cards: readonly number[];
  /** Long text is printed as blocks across the page: `text` under headings, `items` with a line of facts. */
  readonly look: 'table' | 'text' | 'items' | 'pictures';
  /** Of the look `pictures`, instead of rows. */
  readonly pictures: readonly PdfPicture[];
}

/** A kept picture over the width of the page, and its table. */
interface PdfPicture {
  readonly title: string;
  readonly facts: string;
  /** Why the picture is not there; '' where it is. */
  readonly note: string;
  /** Name of its file; '' where it is not there. */
  readonly file: string;
  readonly alt: string;
  readonly columns: readonly PdfColumn[];
  readonly rows: readonly (readonly string[])[];
}

const severityWords = { blocker: 'BLOCKER', warning: 'Warning', note: 'Note' } as const;

const changeWords = { added: 'Added', removed: 'Removed', changed: 'Changed' } as const;

const changeColumns: readonly PdfColumn[] = (
  [
    ['Section', 1.1],
    ['Record', 1.5],
    ['What', 1.2],
    ['Before', 1.5],
    ['Now', 1.5],
  ] as const
).map(([heading, share]) => ({ heading, share, kind: 'text' }));

const profileTitles = {
  teams: 'Team sheets',
  targets: 'Target profiles',
  premises: 'Premises cards',
} as const;

const withheldWords: Readonly<Record<WithheldReason, string>> = {
  'handling conditions': 'Intelligence with handling conditions that nobody has released into this pack',
  'not graded': 'Intelligence without a grade',
  'needs regrading': 'Intelligence that waits for a grade of the present scheme',
  restricted: 'Restricted by the originator',
  marking: 'Marked above what the readers may hold',
  child: 'Names of people under 18, printed as initials or not at all',
  victim: 'Names of victims, printed as initials or not at all',
  'other team': 'Addresses and people of other teams',
  'picture left out': 'Pictures that show what the readers may not have: their tables stand alone',
  'row of a picture': 'Rows of the tables of pictures that rest on withheld intelligence',
};

/** Sections that say something by being empty: nobody should have to wonder whether anybody looked. */
const saidWhenEmpty: ReadonlySet<SectionId> = new Set(['targets', 'warrants', 'premises', 'safeguarding']);

/** With more lines than one page holds, cards stay out of the contents; bookmarks and tables lead to them. */
const mostInContents = 40;

/** Tables with more columns than this need the long side of the page. */
const mostInPortrait = 4;

/**
 * Lays a pack out for paper. `pictures` gives the file name of each photograph that can be printed.
 * Not issued: a look before the issue, without numbers.
 */
export function layoutDocument(
  data: PackData,
  pictures: ReadonlyMap<string, string>,
  issued: boolean,
): PdfDocument {
  const { header, spec } = data;
  const profiles = layoutProfiles(data, pictures);
  const cardNumbers = numberCards(data, profiles);
  const cardCount = profiles.reduce((sum, { cards }) => sum + cards.length, 0);
  const made = new Date(header.preparedAt);
  const day = Number.isNaN(made.getTime()) ? new Date(0) : made;
  const copyLine = issued ? `Copy ${header.copy}: ${shorten(header.recipient, 90)}` : 'Not issued: preview';
  const { printed, leftOut } = chooseSections(data);
  const document: PdfDocument = {
    marking: formatMarking(header.marking),
    operation: header.operation,
    title: header.team === null ? spec.title : `${spec.title}: ${header.team}`,
    issue: `${shorten(header.operation, 60)}, ${issued ? `version ${header.version}` : 'not issued'}`,
    copyLine,
    watermark: issued ? copyLine : 'NOT ISSUED',
    dataAsAt: formatMoment(header.dataAsAt),
    date: [
      day.getUTCFullYear(),
      day.getUTCMonth() + 1,
      day.getUTCDate(),
      day.getUTCHours(),
      day.getUTCMinutes(),
      day.getUTCSeconds(),
    ],
    headline: [
      ['Strike', formatStrike(header)],
      ['Version', issued ? String(header.version) : 'Not issued'],
      ['Copy', issued ? String(header.copy) : 'Not issued'],
    ],
    facts: coverFacts(data).filter(([label]) => !headlineLabels.has(label)),
    contentsDepth:
      cardCount > 0 && cardCount + printed.length + data.briefing.length <= mostInContents ? 2 : 1,
    leftOut: leftOut.join(', '),
    changes: data.changes === null ? null : layoutChanges(data.changes),
    readiness: spec.findings
      ? {
          summary: countFindings(data.findings),
          findings: data.findings.map(({ severity, message, mend, refs }) => [
            severityWords[severity],
            message,
            mend,
            refs.join(', '),
          ]),
        }
      : null,
    withheld: data.withheld.map(({ reason, count }) => [String(count), withheldWords[reason]]),
    runs: groupRuns(printed.map((section) => layoutSection(data, section, cardNumbers, pictures))),
    profiles: profiles.map(({ title, cards }) => ({
      title,
      cards: cards.map((card) => resolveLinks(card, cardNumbers)),
    })),
  };
  return cleanAll(document) as PdfDocument;
}

const headlineLabels: ReadonlySet<string> = new Set([
  'Strike',
  'Version',
  'Copy number',
  'Protective marking',
]);

type NumberedCard = ProfileCard & { readonly number: number };

function layoutProfiles(
  data: PackData,
  pictures: ReadonlyMap<string, string>,
): { title: string; cards: NumberedCard[] }[] {
  let number = -1;
  return data.spec.profiles.flatMap((kind) => {
    const cards =
      kind === 'teams'
        ? layoutTeams(data)
        : kind === 'targets'
          ? layoutTargets(data, pictures)
          : layoutPremises(data, pictures);
    if (cards.length === 0) return [];
    const numbered = cards.map((card) => {
      number += 1;
      return { ...card, number };
    });
    return [{ title: profileTitles[kind], cards: numbered }];
  });
}

/** Numbers of the cards by key; a target that is an address leads to the card of the premises. */
function numberCards(
  data: PackData,
  profiles: readonly { readonly cards: readonly NumberedCard[] }[],
): ReadonlyMap<string, number> {
  const numbers = new Map(
    profiles.flatMap(({ cards }) => cards.map(({ key, number }) => [key, number] as const)),
  );
  for (const { ref, premisesRef } of data.targets) {
    const place = numbers.get(`premises ${premisesRef}`);
    if (!numbers.has(`targets ${ref}`) && place !== undefined) numbers.set(`targets ${ref}`, place);
  }
  return numbers;
}

function resolveLinks(card: NumberedCard, numbers: ReadonlyMap<string, number>): PdfCard {
  const find = (about: string) => numbers.get(about) ?? -1;
  return {
    ...card,
    groups: card.groups.map(({ title, width, facts, table }) => ({
      title,
      width,
      facts: facts.map(({ label, value, about }) => ({ label, value, about: find(about) })),
      ...fitTable(
        { columns: table?.columns ?? [], rows: table?.rows.map(({ cells }) => cells) ?? [] },
        widthOfPage.portrait,
      ),
      cards: table?.rows.map(({ about }) => find(about)) ?? [],
    })),
  };
}

function layoutChanges({ since, sinceAt, rows }: PackChanges): PdfChanges {
  return {
    title: `What changed since version ${since}`,
    summary: `Version ${since} was issued at ${formatMoment(sinceAt)}. ${
      rows.length === 0 ? 'Nothing that this pack prints has changed.' : 'Changes in the order of the pack.'
    }`,
    ...fitTable(
      {
        columns: changeColumns,
        rows: rows.map(({ section, ref, name, kind, field, before, after }) => [
          findSection(section).title,
          name === '' || name === ref ? ref : `${ref} ${name}`,
          field === null ? changeWords[kind] : `${changeWords[kind]}: ${field}`,
          before ?? '',
          after ?? '',
        ]),
      },
      widthOfPage.portrait,
    ),
  };
}

/** What is printed, and the titles of what is only named because nothing is recorded. */
function chooseSections(data: PackData): { printed: PackSection[]; leftOut: string[] } {
  const printed: PackSection[] = [];
  const leftOut: string[] = [];
  for (const section of listSections(data)) {
    if (rowsOfSection(data, section.id).length === 0 && !saidWhenEmpty.has(section.id)) {
      leftOut.push(section.title);
    } else if (!areAllOnCards(data, section.id)) {
      printed.push(section);
    }
  }
  return { printed, leftOut };
}

/** With everybody on a profile page, a page that says so is a page for nothing. */
function areAllOnCards(data: PackData, id: SectionId): boolean {
  const onCards = peopleOnCards(data, id);
  return onCards.size > 0 && rowsOfSection(data, id).every(({ ref }) => onCards.has(String(ref)));
}

/** On paper a target's person stands on the profile alone: the same facts twice are pages to carry. */
function peopleOnCards(data: PackData, id: SectionId): ReadonlySet<string> {
  if (id !== 'people' || !data.spec.profiles.includes('targets')) return new Set();
  return new Set(data.targets.flatMap(({ personRef }) => personRef ?? []));
}

function groupRuns(sections: readonly PdfSection[]): PdfDocument['runs'] {
  const runs: { landscape: boolean; sections: PdfSection[] }[] = [];
  for (const section of sections) {
    const landscape = isLandscape(section.look, section.columns);
    const last = runs.at(-1);
    if (last !== undefined && last.landscape === landscape) last.sections.push(section);
    else runs.push({ landscape, sections: [section] });
  }
  return runs;
}

function layoutSection(
  data: PackData,
  section: PackSection,
  cardNumbers: ReadonlyMap<string, number>,
  pictures: ReadonlyMap<string, string>,
): PdfSection {
  const columns = printedColumns(data, section);
  const look = lookOf(section.id);
  const pageWidth = isLandscape(look, columns) ? widthOfPage.landscape : widthOfPage.portrait;
  const withCard = peopleOnCards(data, section.id);
  const rows = rowsOfSection(data, section.id).filter(({ ref }) => !withCard.has(String(ref)));
  return {
    title: section.title,
    explanation:
      withCard.size > 0
        ? `People who are targets have profiles. ${section.explanation}`
        : section.explanation,
    whenEmpty: section.whenEmpty,
    ...fitTable(
      {
        columns: columns.map(({ heading, share, kind }) => ({ heading, share, kind })),
        rows: rows.map((row) =>
          columns.map(({ field, kind }) => {
            const value = row[field];
            if (kind !== 'photograph') return formatValue(value, kind);
            return typeof value === 'string' ? (pictures.get(value) ?? '') : '';
          }),
        ),
      },
      look === 'table' ? pageWidth : 0,
    ),
    cards: rows.map((row) => cardNumbers.get(`${section.id} ${row.ref}`) ?? -1),
    look,
    pictures: look === 'pictures' ? data.pictures.map((row) => layoutPicture(row, pictures)) : [],
  };
}

function layoutPicture(row: PictureRow, files: ReadonlyMap<string, string>): PdfPicture {
  const file = row.image === null ? '' : (files.get(row.image) ?? '');
  return {
    title: row.title,
    facts: pictureFacts(row),
    note: file === '' ? (row.leftOut ?? 'The picture cannot be read.') : '',
    file,
    alt: `${row.kind}: ${row.title}`,
    ...fitTable(
      {
        columns: row.headings.map((heading) => ({ heading, share: 1, kind: 'text' })),
        rows: row.rows,
      },
      widthOfPage.landscape,
    ),
  };
}

/** What the paper shows; the team sheets hold the long lists that the table of teams then does without. */
function printedColumns(data: PackData, section: PackSection): PackColumn[] {
  const onSheets = section.id === 'teams' && data.spec.profiles.includes('teams');
  return section.columns.filter(
    ({ share, field }) => share > 0 && !(onSheets && ['members', 'premises', 'targets'].includes(field)),
  );
}

/** Tables with more than a few columns need the long side of the page. */
function isLandscape(look: PdfSection['look'], columns: readonly unknown[]): boolean {
  return look === 'pictures' || (look === 'table' && columns.length > mostInPortrait);
}

function lookOf(id: PackSection['id']): PdfSection['look'] {
  if (id === 'briefing') return 'text';
  if (id === 'pictures') return 'pictures';
  return id === 'intelligence' ? 'items' : 'table';
}

/** Text for the foot of the page, where there is one line for it; the cover has it whole. */
function shorten(text: string, most: number): string {
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text;
}
