import { formatDate, formatDateTime } from '../../shared/domain/dates.ts';
import { formatPhone } from '../../shared/domain/phone.ts';
import type { CellValue } from '../../shared/grid/query.ts';
import type { Column } from '../../shared/grid/types.ts';
import { labelOf } from './codes.ts';

export type Labels = Readonly<Record<string, string>>;

/** The label of a reference as people read it; a phone's label is its number. */
export function showLabel(ref: string, labels: Labels): string {
  const label = labels[ref];
  if (label === undefined || label === '') return ref;
  return label.startsWith('+') ? formatPhone(label) : label;
}

/** References of a `ref` or `refs` value. */
export function splitRefs(value: unknown): string[] {
  if (typeof value !== 'string') return [];
  return value
    .split(',')
    .map((ref) => ref.trim())
    .filter((ref) => ref !== '');
}

/** A value as people read it: dates DD/MM/YYYY, phones as written, codes and references by their labels. */
export function formatValue(column: Column, value: unknown, labels: Labels = {}): string {
  if (value === null || value === undefined || value === '') return '';
  const text = String(value);
  switch (column.type) {
    case 'date':
      return formatDate(text);
    case 'datetime':
      return formatDateTime(text);
    case 'phone':
      return formatPhone(text);
    case 'code':
      return labelOf(column.codes, text);
    case 'codes':
      return splitRefs(text)
        .map((code) => labelOf(column.codes, code))
        .join(', ');
    case 'yesNo':
      return text === 'yes' || text === '1' ? 'Yes' : text === 'no' || text === '0' ? 'No' : text;
    case 'ref':
    case 'refs':
      return splitRefs(text)
        .map((ref) => showLabel(ref, labels))
        .join(', ');
    default:
      return text;
  }
}

/** A value as it is put on the clipboard: one line, no tabs. */
export function formatForCopy(column: Column, value: unknown, labels: Labels): string {
  return formatValue(column, value, labels).replace(/[\t\r\n]+/g, ' ');
}

export function asCellValue(value: unknown): CellValue {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}
