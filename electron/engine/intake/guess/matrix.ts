/** Who with whom: a sheet whose first column and heading name the same people, or both name phones. */
import type { ImportKind } from '../../../../shared/contract/schemas.ts';
import { cleanPhone } from '../clean/phone.ts';
import type { SheetRow } from '../readers/types.ts';
import { filled } from './findHeader.ts';
import { normaliseHeading } from './headings.ts';

export interface FoundMatrix {
  kind: Extract<ImportKind, 'person' | 'phone'>;
  headerRow: number;
  /** Column (0-based) of the labels of the rows. */
  labels: number;
  /** Columns whose headings name the others. */
  columns: number[];
  confidence: number;
  reasons: string[];
}

const headerSearchRows = 30;

const isPhone = (text: string) => {
  const { value } = cleanPhone(text);
  return typeof value === 'string' && value.startsWith('+');
};
const isName = (text: string) => /\p{L}{2}/u.test(text) && !/\d{3}/.test(text) && text.length <= 60;

/** The matrix that a table is, or null. Pure. */
export function findMatrix(rows: readonly SheetRow[]): FoundMatrix | null {
  const solid = rows.filter((row) => filled(row).length > 0);
  if (solid.length < 3) return null;
  const labels = firstColumn(solid);
  for (const [index, header] of solid.slice(0, headerSearchRows).entries()) {
    const found = matrixUnder(header, solid.slice(index + 1), labels);
    if (found) return found;
  }
  return null;
}

function firstColumn(rows: readonly SheetRow[]): number {
  return Math.min(...rows.map((row) => row.text.findIndex((cell) => cell.trim() !== '')));
}

function matrixUnder(header: SheetRow, below: readonly SheetRow[], labels: number): FoundMatrix | null {
  const heads = header.text.flatMap((cell, column) =>
    column > labels && cell.trim() !== '' ? [{ column, text: cell.trim() }] : [],
  );
  if (heads.length < 2) return null;
  const sides = below.map((row) => (row.text[labels] ?? '').trim()).filter(Boolean);
  if (sides.length < 2) return null;
  const place = { headerRow: header.row, labels };
  const cells = below.flatMap((row) => heads.map(({ column }) => (row.text[column] ?? '').trim()));
  if (cells.some((cell) => cell.length > 120)) return null;
  const phones = heads.filter(({ text }) => isPhone(text));
  const sidePhones = phones.length >= 2 ? sides.filter(isPhone).length : 0;
  if (phones.length >= 2 && phones.length >= heads.length * 0.7 && sidePhones >= sides.length * 0.7) {
    // A list without a heading names phones in its cells too.
    if (cells.filter(isPhone).length * 3 > cells.filter(Boolean).length) return null;
    return {
      ...place,
      kind: 'phone',
      columns: phones.map(({ column }) => column),
      confidence:
        Math.round((0.5 + 0.45 * Math.min(phones.length / heads.length, sidePhones / sides.length)) * 100) /
        100,
      reasons: [
        `row ${header.row} and the first column both name phones: a filled cell links the phone of its row with that of its column`,
      ],
    };
  }
  if (heads.filter(({ text }) => isName(text)).length < 2) return null;
  const names = new Set(sides.filter(isName).map(normaliseHeading));
  const same = heads.filter(({ text }) => isName(text) && names.has(normaliseHeading(text)));
  const known = new Set(same.map(({ text }) => normaliseHeading(text)));
  const share = Math.min(same.length / heads.length, known.size / names.size);
  if (same.length < 2 || known.size < 2 || share < 0.5) return null;
  return {
    ...place,
    kind: 'person',
    columns: heads
      .filter(({ text }) => isName(text) && !/^(grand )?totals?$/i.test(text))
      .map(({ column }) => column),
    confidence: Math.round((0.4 + 0.55 * share) * 100) / 100,
    reasons: [
      `${same.length} of ${heads.length} headings of row ${header.row} stand in the first column again: a filled cell links the person of its row with that of its column`,
    ],
  };
}
