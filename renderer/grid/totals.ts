import type { Column, Grid } from '../../shared/grid/types.ts';

/** Amounts that add up. A latitude, an age or a score summed over rows says nothing. */
const amounts = new Set([
  'durationS',
  'events',
  'rows',
  'imported',
  'updated',
  'unchanged',
  'skipped',
  'rejected',
  'arrests',
  'safeguarded',
  'childrenSafeguarded',
  'adultsSafeguarded',
  'cash',
  'weightG',
  'value',
  'sentenceMonths',
]);

/** The columns of a grid that are summed. */
export function summedColumns(grid: Grid): readonly Column[] {
  return grid.columns.filter((column) => column.type === 'number' && amounts.has(column.field));
}

/** A sum as people write it: thousands apart, at most two decimals. */
export function formatSum(sum: number): string {
  return sum.toLocaleString('en-GB', { maximumFractionDigits: 2 });
}

/** What a spreadsheet says of chosen cells: how many are filled, and of numbers their sum and average. */
export function describeCells(values: readonly unknown[]): string {
  const filled = values.filter((value) => value !== null && value !== undefined && value !== '');
  const numbers = filled.filter((value) => typeof value === 'number');
  const count = `${filled.length.toLocaleString('en-GB')} filled`;
  if (numbers.length === 0) return count;
  const sum = numbers.reduce((total, value) => total + value, 0);
  return `${count}, sum ${formatSum(sum)}, average ${formatSum(sum / numbers.length)}`;
}
