/** Which sheets of imports that stand a sheet looks like a later issue of. */
import type { EarlierIssue, ImportKind, SheetGuess } from '../../../../shared/contract/schemas.ts';
import { makeRef } from '../../../../shared/grid/grids.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { all } from '../../database/sql.ts';
import { normaliseHeading } from '../guess.ts';

/** What tells the rows of a kind apart, best first. A row of them is a key of several fields. */
const keyFields: Partial<Record<ImportKind, readonly (readonly string[])[]>> = {
  person: [
    ['pncId'],
    ['localRef'],
    ['croNumber'],
    ['name', 'dob'],
    ['surname', 'forenames', 'dob'],
    ['name'],
  ],
  phone: [['number'], ['imei'], ['iccid']],
  premises: [['uprn'], ['address', 'postcode'], ['address']],
  vehicle: [['vrm']],
  intelligence: [['urn'], ['sourceRef']],
  warrant: [['number']],
  officer: [['collar'], ['name']],
  crime: [['crimeId']],
  custody: [['custodyNumber'], ['name', 'arrestedAt'], ['pncId', 'arrestedAt']],
  referral: [['reference'], ['name', 'dob', 'date'], ['name', 'dob']],
};

interface StoredSheet {
  id: number;
  file: string;
  sheet: string;
  headers: string;
  mapping: string;
  at: string;
}

const headingSet = (headings: readonly string[]) =>
  new Set(headings.map(normaliseHeading).filter((heading) => heading !== ''));

/** Share of filled and of distinct keys among the first rows. */
function qualityOf(guess: SheetGuess, columns: readonly number[]): number {
  const rows = guess.sample.filter(
    (row) => row.row > guess.headerRow && row.cells.some((cell) => cell.trim() !== ''),
  );
  if (rows.length === 0) return 0;
  const keys = rows.map((row) => columns.map((column) => (row.cells[column] ?? '').trim().toLowerCase()));
  const filled = keys.filter((key) => key.every((part) => part !== ''));
  const distinct = new Set(filled.map((key) => key.join('|'))).size;
  return (filled.length / rows.length) * (filled.length === 0 ? 0 : distinct / filled.length);
}

/** The columns that best tell the rows apart and that the earlier issue has too; none where nothing does. */
function proposeKey(
  guess: SheetGuess,
  kind: ImportKind,
  columnsBefore: readonly (string | null)[],
): number[] {
  let best: { columns: number[]; quality: number } = { columns: [], quality: 0 };
  for (const fields of keyFields[kind] ?? []) {
    if (!fields.every((field) => columnsBefore.includes(field))) continue;
    const columns = guess.columns.filter((column) => column.field !== null && fields.includes(column.field));
    if (!fields.every((field) => columns.some((column) => column.field === field))) continue;
    const indexes = columns.map((column) => column.index);
    const quality = qualityOf(guess, indexes);
    // A better identifier with a few blanks is worth more than a weaker one without.
    if (quality >= 0.9) return indexes;
    if (quality > best.quality) best = { columns: indexes, quality };
  }
  return best.columns;
}

/**
 * Sheets of the same kind whose headings are mostly the same, newest first. A sheet that has a later issue already is
 * not among them; call data never is, nor a sheet whose rows do not stand for one thing each.
 */
export function offerEarlier(database: ReadDatabase, guess: SheetGuess): EarlierIssue[] {
  const { kind } = guess;
  if (kind === null || kind === 'communication' || guess.layout === 'matrix' || guess.sameWhile) return [];
  const headings = headingSet(guess.columns.map((column) => column.header));
  if (headings.size === 0) return [];
  return all<StoredSheet>(
    database,
    `SELECT s.id, s.file, s.sheet, s.headers, s.mapping, i.at
     FROM source_sheet s JOIN import i ON i.id = s.import
     WHERE s.kind = ? AND i.state = 'standing' AND s.imported + s.updated + s.unchanged > 0
       AND NOT EXISTS (SELECT 1 FROM refresh f WHERE f.against = s.id)
     ORDER BY s.id DESC LIMIT 100`,
    kind,
  )
    .flatMap((sheet) => {
      const before = headingSet(JSON.parse(sheet.headers) as string[]);
      const shared = [...headings].filter((heading) => before.has(heading)).length;
      if (shared * 2 < new Set([...headings, ...before]).size) return [];
      return [
        {
          ref: makeRef('sources', sheet.id),
          file: sheet.file,
          sheet: sheet.sheet,
          at: sheet.at,
          reason:
            shared === headings.size && shared === before.size
              ? 'The headings are the same.'
              : `${shared} of ${headings.size} headings are the same.`,
          key: proposeKey(guess, kind, JSON.parse(sheet.mapping) as (string | null)[]),
        },
      ];
    })
    .slice(0, 10);
}
