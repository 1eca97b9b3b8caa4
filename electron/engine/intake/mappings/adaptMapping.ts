/**
 * A saved mapping on another sheet: its columns follow their headings. Pure; the same answer is shown as an offer in
 * the window and refuses a mapping file on the command line.
 */
import type { SavedMapping } from '../../../../shared/contract/intakeSchemas.ts';
import type { MappingOffer, SheetGuess, SheetMapping } from '../../../../shared/contract/schemas.ts';
import { findField, kinds } from '../../../../shared/intake/kinds.ts';
import { columnLetter, normaliseHeading, readHeadings } from '../guess.ts';

/** What is looked at of the other sheet: the first rows as shown, and where its table stands. */
export type SheetShown = Pick<SheetGuess, 'sheet' | 'table' | 'layout' | 'kind' | 'headerRow' | 'sample'>;

export interface Adapted extends Omit<MappingOffer, 'id' | 'name'> {
  /** Share of the headings needed that were found, 0 to 1. */
  found: number;
  /** Headings that the mapping does not know. */
  added: number;
}

/** A heading by which a column is found again: its normal form, and which of several equal ones it is. */
interface Heading {
  column: number;
  shown: string;
  key: string;
}

function headingsOf(texts: readonly string[], first = 0, last = texts.length - 1): Heading[] {
  const seen = new Map<string, number>();
  return texts.flatMap((text, column) => {
    if (column < first || column > last) return [];
    const normal = normaliseHeading(text.slice(0, 200));
    // A column without a heading is only known by its place.
    if (normal === '') return [{ column, shown: '', key: `#${column - first}` }];
    const nth = (seen.get(normal) ?? 0) + 1;
    seen.set(normal, nth);
    return [{ column, shown: text, key: `${normal} ${nth}` }];
  });
}

function quoteAll(names: readonly string[]): string {
  const some = names.slice(0, 6).map((name) => `"${name}"`);
  const rest = names.length - some.length;
  return `${some.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** The columns that the mapping cannot do without: mapped to a field, or said to hold the rows of one thing together. */
function neededColumns(mapping: SheetMapping): number[] {
  const columns = mapping.columns.flatMap((field, column) => (field === null ? [] : [column]));
  const together = mapping.sameWhile?.column;
  return together === undefined || columns.includes(together) ? columns : [...columns, together];
}

/** Words for what a mapping asks for that its kind does not know or lacks, or null. */
function brokenKind(mapping: SheetMapping): string | null {
  if (mapping.kind === null) return 'It leaves its sheet out.';
  const kind = kinds[mapping.kind];
  const fields = new Set(mapping.columns.filter((field) => field !== null));
  const unknown = [...fields].find((field) => !findField(kind, field));
  if (unknown !== undefined) return `It names a field "${unknown}", which ${kind.title} do not have.`;
  if (mapping.layout === 'matrix') return null;
  if (fields.has('start.date')) fields.add('start');
  const lost = kind.essential.find((group) => !group.some((field) => fields.has(field)));
  if (!lost) return null;
  const titles = lost.map((field) => findField(kind, field)?.title ?? field);
  return `No column gives the ${titles.join(' or ')} that ${kind.title} need.`;
}

function misfit(reason: string, found = 0, added = 0): Adapted {
  return { fits: false, reason, mapping: null, found, added };
}

/** The heading of the other sheet that holds most of what is needed; at equal terms the one that was guessed. */
function findHeadings(
  sheet: SheetShown,
  headerRows: number,
  needed: ReadonlySet<string>,
): { row: number; headings: Heading[] } {
  const { table } = sheet;
  const rows = sheet.sample.map(({ row, cells }) => ({ row, text: cells }));
  let best = { row: sheet.headerRow, headings: [] as Heading[], matched: -1 };
  for (const { row } of rows) {
    if (table && (row < table.firstRow || row > (table.lastRow ?? row))) continue;
    const texts = readHeadings(rows, row, headerRows);
    const headings = headingsOf(texts, table?.firstColumn ?? 0, table?.lastColumn ?? texts.length - 1);
    const matched = headings.filter((heading) => heading.shown !== '' && needed.has(heading.key)).length;
    if (matched > best.matched || (matched === best.matched && row === sheet.headerRow))
      best = { row, headings, matched };
  }
  return best;
}

/**
 * Puts a mapping onto a sheet by headings. Columns that moved are followed; headings that it does not know are left
 * aside and named; it does not fit when a heading that it maps is missing, or its kind would lack what it needs.
 * The name of the sheet does not matter.
 */
export function adaptMapping(saved: Pick<SavedMapping, 'headings' | 'mapping'>, sheet: SheetShown): Adapted {
  const { mapping } = saved;
  const broken = brokenKind(mapping);
  if (broken) return misfit(broken);
  const base = {
    ...mapping,
    refresh: undefined,
    sheet: sheet.sheet,
    table: sheet.table ?? undefined,
  };
  if (mapping.layout === 'matrix') {
    if (sheet.layout !== 'matrix')
      return misfit('It is for a sheet of who with whom, which this one is not.');
    return {
      fits: true,
      reason: 'Both are sheets of who with whom.',
      mapping: withoutBlanks({ ...base, headerRow: sheet.headerRow }),
      found: 1,
      added: 0,
    };
  }
  const needed = neededColumns(mapping);
  if (mapping.headerRow === 0) return byPlace(base, needed, sheet);
  const known = headingsOf(saved.headings);
  const wanted = needed.map(
    (column) =>
      known.find((heading) => heading.column === column) ?? { column, shown: '', key: `#${column}` },
  );
  const headerRows = mapping.headerRows ?? 1;
  const here = findHeadings(sheet, headerRows, new Set(wanted.map((heading) => heading.key)));
  const places = new Map(here.headings.map((heading) => [heading.key, heading.column]));
  const knownKeys = new Set(known.map((heading) => heading.key));
  const fresh = here.headings.filter((heading) => heading.shown !== '' && !knownKeys.has(heading.key));
  const missing = wanted.filter((heading) => !places.has(heading.key));
  const found = wanted.length === 0 ? 0 : 1 - missing.length / wanted.length;
  if (missing.length > 0) {
    const names = missing.map(
      (heading) => heading.shown || `column ${columnLetter(heading.column)} without a heading`,
    );
    return misfit(`The sheet has no heading ${quoteAll(names)}.`, found, fresh.length);
  }
  const placeOf = (column: number) =>
    places.get(wanted.find((heading) => heading.column === column)?.key ?? '');
  const columns = new Array<string | null>(
    Math.max(0, ...here.headings.map((heading) => heading.column + 1)),
  ).fill(null);
  let moved = 0;
  for (const { column, key } of wanted) {
    const place = places.get(key) ?? column;
    if (place !== column) moved += 1;
    columns[place] = mapping.columns[column] ?? null;
  }
  const together = mapping.sameWhile ? placeOf(mapping.sameWhile.column) : undefined;
  return {
    fits: true,
    reason: [
      `All ${wanted.length} headings that it maps are there${moved > 0 ? ', some in other columns' : ''}.`,
      ...(fresh.length > 0
        ? [`New and left aside: ${quoteAll(fresh.map((heading) => heading.shown))}.`]
        : []),
    ].join(' '),
    mapping: withoutBlanks({
      ...base,
      headerRow: here.row,
      columns,
      sameWhile:
        mapping.sameWhile && together !== undefined ? { ...mapping.sameWhile, column: together } : undefined,
    }),
    found: 1,
    added: fresh.length,
  };
}

/** A sheet without a heading row: columns are only known by their place. */
function byPlace(base: Loose, needed: readonly number[], sheet: SheetShown): Adapted {
  const width = Math.max(0, ...sheet.sample.map((row) => row.cells.length));
  const last = Math.max(0, ...needed) + 1;
  if (last > width)
    return misfit(`It expects at least ${last} columns; the sheet has ${width}.`, width / last);
  return {
    fits: true,
    reason: 'It is for sheets without a heading; columns are taken by their place.',
    mapping: withoutBlanks(base),
    // What can only be counted stands behind what can be read.
    found: 1,
    added: width,
  };
}

type Loose = { [Key in keyof SheetMapping]: SheetMapping[Key] | undefined } & Pick<
  SheetMapping,
  'sheet' | 'kind' | 'headerRow' | 'columns'
>;

function withoutBlanks(mapping: Loose): SheetMapping {
  return Object.fromEntries(
    Object.entries(mapping).filter(([, value]) => value !== undefined),
  ) as unknown as SheetMapping;
}

/** What each saved mapping says to a sheet, best first: those that fit, the fewest new headings before more. */
export function offerMappings(saved: readonly SavedMapping[], sheet: SheetShown): MappingOffer[] {
  if (sheet.sample.length === 0) return [];
  return saved
    .map((each) => ({ each, adapted: adaptMapping(each, sheet) }))
    .sort(
      (a, b) =>
        Number(b.adapted.fits) - Number(a.adapted.fits) ||
        b.adapted.found - a.adapted.found ||
        a.adapted.added - b.adapted.added ||
        b.each.savedAt.localeCompare(a.each.savedAt),
    )
    .slice(0, 50)
    .map(({ each, adapted: { fits, reason, mapping } }) => ({
      id: each.id,
      name: each.name,
      fits,
      reason,
      mapping,
    }));
}
