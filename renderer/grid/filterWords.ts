import { findColumn } from '../../shared/grid/grids.ts';
import type { Condition, Where } from '../../shared/grid/query.ts';
import type { Column, Grid } from '../../shared/grid/types.ts';
import { formatValue, type Labels } from './format.ts';

function shorten(list: readonly string[]): string {
  if (list.length <= 3) return list.join(', ');
  return `${list.slice(0, 3).join(', ')} and ${list.length - 3} more`;
}

/** One condition in words, without the column's name: `contains "smith"`, `before 03/12/2008`, `is blank`. */
export function describeCondition(column: Column, condition: Condition, labels: Labels = {}): string {
  const show = (value: unknown) => (value === null ? 'blank' : formatValue(column, value, labels));
  if (condition === null) return 'is blank';
  if (typeof condition !== 'object') return `is ${show(condition)}`;
  const time = column.type === 'date' || column.type === 'datetime';
  const parts: string[] = [];
  if (condition.blank !== undefined) parts.push(condition.blank ? 'is blank' : 'is not blank');
  if (condition.eq !== undefined) parts.push(`is ${show(condition.eq)}`);
  if (condition.ne !== undefined) parts.push(`is not ${show(condition.ne)}`);
  if (condition.in) parts.push(`is ${shorten(condition.in.map(show))}`);
  if (condition.has) parts.push(`includes ${shorten(condition.has.map(show))}`);
  if (condition.contains !== undefined) {
    parts.push(column.codes ? `includes ${show(condition.contains)}` : `contains "${condition.contains}"`);
  }
  if (condition.startsWith !== undefined) parts.push(`starts with "${condition.startsWith}"`);
  if (condition.gte !== undefined) parts.push(`${time ? 'from' : 'at least'} ${show(condition.gte)}`);
  if (condition.gt !== undefined) parts.push(`${time ? 'after' : 'more than'} ${show(condition.gt)}`);
  if (condition.lte !== undefined) parts.push(`${time ? 'to' : 'at most'} ${show(condition.lte)}`);
  if (condition.lt !== undefined) parts.push(`${time ? 'before' : 'less than'} ${show(condition.lt)}`);
  return parts.join(', ');
}

/** Every active filter of a grid as a chip: field and words. The quick find (`*`) is not a chip. */
export function describeFilters(
  grid: Grid,
  where: Where,
  labels: Labels = {},
): { field: string; words: string }[] {
  return Object.entries(where)
    .filter(([field]) => field !== '*')
    .map(([field, condition]) => {
      const column = findColumn(grid, field);
      return {
        field,
        words: column ? `${column.title} ${describeCondition(column, condition, labels)}` : field,
      };
    });
}
