import { expiryConvention } from '../../shared/domain/warrants.ts';
import type { Column, GridName } from '../../shared/grid/types.ts';

/** What a column means, for its heading. How the last day of a warrant is counted is always said with it. */
export function hintOf(grid: GridName, column: Column): string {
  const words = column.hint ?? column.title;
  const isLastDay = grid === 'warrants' && (column.field === 'expires' || column.field === 'validUntil');
  return isLastDay ? `${words}. ${expiryConvention}` : words;
}
