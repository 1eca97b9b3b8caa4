import type { Tally } from '../../../shared/contract/planSchemas.ts';
import { formatDateTime } from '../../../shared/domain/dates.ts';
import { writeTabSeparated } from '../../grid/tabSeparated.ts';

type Line = Tally['lines'][number];

/** A figure as it is read: `£1,200.30`, `5.3 g`, `12`. */
export function formatFigure({ value, unit }: Pick<Line, 'value' | 'unit'>): string {
  if (unit === 'GBP') {
    return `£${value.toLocaleString('en-GB', { minimumFractionDigits: Number.isInteger(value) ? 0 : 2, maximumFractionDigits: 2 })}`;
  }
  const shown = value.toLocaleString('en-GB', { maximumFractionDigits: 2 });
  return unit === 'grams' ? `${shown} g` : shown;
}

/** The tally as lines of text, with the moment that it was taken; figures of nil are left out. */
export function tallyAsText(lines: readonly Line[], at: string): string {
  const counted = lines.filter(({ value }) => value !== 0);
  return [
    `Tally at ${formatDateTime(at)}. Weights, values and cash are provisional.`,
    ...counted.map((line) => `${line.title}: ${formatFigure(line)}`),
  ].join('\n');
}

/** The whole tally as a table that a spreadsheet takes: the figures bare, their units beside them. */
export function tallyAsTable(lines: readonly Line[]): string {
  const units = { count: '', GBP: 'GBP', grams: 'g' } as const;
  return writeTabSeparated([
    ['Figure', 'Value', 'Unit'],
    ...lines.map(({ title, value, unit }) => [title, String(value), units[unit]]),
  ]);
}
