/** Which sheet of a file is meant, how it is read, and by which columns it is compared: for refresh and saved mappings. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import { MappingToKeep } from '../../../shared/contract/intakeSchemas.ts';
import type { InspectedFile, SheetGuess } from '../../../shared/contract/schemas.ts';
import { DateOrder, SheetMapping } from '../../../shared/contract/schemas.ts';
import type { Arguments } from './arguments.ts';
import { userPath } from './arguments.ts';
import { readFilePassword } from './passphrase.ts';
import type { Run } from './run.ts';

/** What a mapping file holds: mappings for sheets by name, or mappings with headings, which fit any sheet that has them. */
export interface MappingFile {
  sheets: SheetMapping[];
  kept: MappingToKeep[];
}

const Kept = z.object({
  name: MappingToKeep.shape.name.optional(),
  headings: MappingToKeep.shape.headings,
  mapping: SheetMapping,
});

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** @throws AppError `usage` for a file that is no mapping. */
export function readMappingFile(path: string): MappingFile {
  try {
    const content = JSON.parse(readFileSync(userPath(path), 'utf8')) as unknown;
    const inner = z.object({ sheets: z.array(z.unknown()) }).safeParse(content);
    const file: MappingFile = { sheets: [], kept: [] };
    for (const each of asList(inner.success ? inner.data.sheets : content)) {
      const kept = Kept.safeParse(each);
      if (kept.success) file.kept.push({ ...kept.data, name: kept.data.name ?? path.slice(-100) });
      else file.sheets.push(SheetMapping.parse(each));
    }
    return file;
  } catch {
    throw new AppError(
      'usage',
      'The mapping file is not a mapping: a JSON list of { sheet, kind, headerRow, columns }, or { name, headings, mapping } as "mappings WORKSPACE export NAME" prints it. "inspect --json" shows the parts.',
    );
  }
}

/** The mapping of a guess. A date order that was asked for goes before. */
function guessedMapping(guess: SheetGuess, dateOrder: DateOrder | undefined): SheetMapping {
  const width = Math.max(0, ...guess.columns.map((column) => column.index + 1));
  const columns = new Array<string | null>(width).fill(null);
  for (const column of guess.columns) columns[column.index] = column.field;
  return {
    sheet: guess.sheet,
    ...(guess.table ? { table: guess.table } : {}),
    ...(guess.layout === 'matrix' ? { layout: guess.layout } : {}),
    ...(guess.sameWhile ? { sameWhile: guess.sameWhile } : {}),
    ...(guess.timeZone ? { timeZone: guess.timeZone } : {}),
    ...(dateOrder ? { dateOrder } : {}),
    kind: guess.kind,
    headerRow: guess.headerRow,
    headerRows: guess.headerRows,
    columns,
  };
}

/** A mapping with headings for each sheet that it fits. @throws AppError `mapping.misfit` when it fits none. */
export function placeMappings(found: InspectedFile, kept: readonly MappingToKeep[]): SheetMapping[] {
  const placed: SheetMapping[] = [];
  for (const { name, mapping } of kept) {
    const offers = found.sheets.flatMap((sheet) =>
      sheet.offers.filter((offer) => offer.id === 0 && offer.name === name),
    );
    const fitting = offers.flatMap((offer) => (offer.mapping ? [offer.mapping] : []));
    const free = fitting.filter((each) => !placed.some((other) => other.sheet === each.sheet));
    const chosen = free.find((each) => each.sheet === mapping.sheet) ?? free[0];
    if (!chosen)
      throw new AppError(
        'mapping.misfit',
        `The mapping "${name}" does not fit ${found.file}. ${offers[0]?.reason ?? 'The file has no sheet with rows.'}`,
      );
    placed.push(chosen);
  }
  return placed;
}

export interface ChosenSheet {
  guess: SheetGuess;
  mapping: SheetMapping;
}

/** Opens a file as the page would and looks at its sheets. `kept` are offered under the id 0. */
export function inspectGrant(
  run: Run,
  grant: string,
  kept: readonly MappingToKeep[],
): Promise<InspectedFile> {
  const password = readFilePassword(run.args);
  return run.client.imports.inspect({
    grant,
    ...(password === undefined ? {} : { password }),
    ...(kept.length > 0 ? { mappings: [...kept] } : {}),
  });
}

/**
 * The one sheet that is meant: the one that --sheet names, the one that the mapping file is for, or the only one with
 * a kind. @throws AppError `usage` when that leaves several or none.
 */
export function chooseSheet(
  args: Arguments,
  found: InspectedFile,
  file: MappingFile | undefined,
): ChosenSheet {
  const named = args.options.get('sheet');
  const order = args.options.get('date-order');
  const dateOrder = order === undefined ? undefined : DateOrder.safeParse(order).data;
  if (order !== undefined && !dateOrder)
    throw new AppError('usage', '--date-order is one of: dmy, mdy, ymd.');
  const given = file ? [...file.sheets, ...placeMappings(found, file.kept)] : undefined;
  const choices = found.sheets.flatMap((guess): ChosenSheet[] => {
    if (named !== undefined && guess.sheet !== named) return [];
    if (!given) return guess.kind === null ? [] : [{ guess, mapping: guessedMapping(guess, dateOrder) }];
    const mapping = given.find((each) => each.sheet === guess.sheet && each.kind !== null);
    return mapping ? [{ guess, mapping: dateOrder ? { ...mapping, dateOrder } : mapping }] : [];
  });
  const [only] = choices;
  if (!only)
    throw new AppError(
      'usage',
      named === undefined
        ? `No sheet of ${found.file} looks like a kind that can be imported. Give a mapping with --mapping.`
        : `${found.file} has no sheet "${named}" that can be read so. Its sheets: ${found.sheets.map((sheet) => sheet.sheet).join(', ')}.`,
    );
  if (choices.length > 1)
    throw new AppError(
      'usage',
      `${found.file} has several sheets. Name one with --sheet: ${choices.map((each) => each.guess.sheet).join(', ')}.`,
    );
  return only;
}

const plainHeading = (text: string) => text.trim().toLowerCase();

/**
 * The columns (0-based) that --key names by heading or letter, separated by commas; else those that were proposed.
 * @throws AppError `usage` for a column that is not there, or when nothing was proposed.
 */
export function chooseKey(args: Arguments, guess: SheetGuess, against: string): number[] {
  const text = args.options.get('key');
  if (text === undefined) {
    const proposed = guess.earlier.find((issue) => issue.ref === against)?.key ?? [];
    if (proposed.length > 0) return proposed;
    throw new AppError(
      'usage',
      'Nothing tells the rows apart by itself. Name the columns with --key, for instance --key "Ref".',
    );
  }
  return text.split(',').map((part) => {
    const wanted = plainHeading(part);
    const column =
      guess.columns.find((each) => plainHeading(each.header) === wanted) ??
      guess.columns.find((each) => each.letter.toLowerCase() === wanted);
    if (!column)
      throw new AppError(
        'usage',
        `There is no column "${part.trim()}". Columns: ${guess.columns.map((each) => each.header || each.letter).join(', ')}.`,
      );
    return column.index;
  });
}

/** The earlier issue that an option names, else the newest that was found. @throws AppError `usage` when there is none. */
export function chooseEarlier(guess: SheetGuess, wanted: string | undefined): string {
  const against = wanted?.toUpperCase() ?? guess.earlier[0]?.ref;
  if (against === undefined)
    throw new AppError(
      'usage',
      'No import in the workspace looks like an earlier issue of this sheet. Name one with --against SRC-n; "list WORKSPACE sources" shows them.',
    );
  return against;
}
