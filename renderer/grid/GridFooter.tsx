import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Where } from '../../shared/grid/query.ts';
import type { GridContext } from './gridContext.ts';
import { formatSum, summedColumns } from './totals.ts';

/** Summing more rows than this at every change would make the engine wait. */
const mostSummed = 100_000;

/** The totals of the rows that are shown, and what the chosen cells hold. Nothing where there is neither. */
export function GridFooter(props: {
  context: GridContext;
  where: Where;
  count: number | null;
  /** What a spreadsheet says of the chosen cells; null when one cell is chosen. */
  chosen: string | null;
}) {
  const { grid, client } = props.context;
  const summed = summedColumns(grid);
  const some = summed.length > 0 && props.count !== null && props.count > 0 && props.count <= mostSummed;
  const totals = useQuery({
    enabled: some,
    queryKey: ['totals', grid.name, props.where],
    queryFn: () =>
      client.grids.groups({
        grid: grid.name,
        field: summed[0]?.field ?? '',
        where: props.where,
        totals: summed.map(({ field }) => field),
      }),
    placeholderData: keepPreviousData,
  });
  const sums = totals.data?.all.totals;
  if (!(some && sums) && props.chosen === null) return null;
  return (
    <div className="grid-footer">
      {some && sums && (
        <span className="grid-totals">
          {summed.map(({ field, title }) => (
            <span key={field}>
              {title} <strong>{formatSum(sums[field] ?? 0)}</strong>
            </span>
          ))}
        </span>
      )}
      <span className="status-gap" />
      {props.chosen !== null && <span aria-live="polite">{props.chosen}</span>}
    </div>
  );
}
