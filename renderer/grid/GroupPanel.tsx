import { Button, HTMLSelect } from '@blueprintjs/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { findColumn } from '../../shared/grid/grids.ts';
import type { CellValue, Condition, Where } from '../../shared/grid/query.ts';
import { useNarrowing } from '../app/crossFilter.ts';
import { setFilters } from '../app/navigation.ts';
import { describeError } from '../app/reportError.ts';
import { formatValue, showLabel } from './format.ts';
import type { GridContext } from './gridContext.ts';
import { formatSum, summedColumns } from './totals.ts';

/** The condition that shows the rows of one group. */
function conditionOf(value: CellValue): Condition {
  return value === null || value === '' ? { blank: true } : { eq: value };
}

/** The rows grouped by one column, with counts and sums beside the grid. A click shows the rows of a group alone. */
export function GroupPanel(props: {
  context: GridContext;
  field: string;
  where: Where;
  onField: (field: string | null) => void;
}) {
  const { context, field, where } = props;
  const { grid, client } = context;
  const column = findColumn(grid, field);
  const summed = summedColumns(grid);
  const narrowing = useNarrowing(grid);
  // The group that is shown alone must not hide the others.
  const { [field]: current, ...others } = where;
  const groups = useQuery({
    queryKey: ['groups', grid.name, field, others, narrowing],
    queryFn: () =>
      client.grids.groups({
        grid: grid.name,
        field,
        where: { ...others, ...narrowing },
        totals: summed.map((each) => each.field),
      }),
    placeholderData: keepPreviousData,
  });
  const titleOf = (value: CellValue, label: string) => {
    if (value === null || value === '') return '(blank)';
    if (column?.type === 'ref' || column?.type === 'refs') return showLabel(label, { [label]: label });
    return column ? formatValue(column, value, context.labels) : label;
  };
  return (
    <aside className="group-panel" aria-label={`Groups of ${grid.title}`}>
      <div className="group-head">
        <span className="paste-option">
          Group by{' '}
          <HTMLSelect
            aria-label="Group by"
            value={field}
            options={grid.columns
              .filter(({ type }) => type !== 'longText')
              .map((each) => ({ value: each.field, label: each.title }))}
            onChange={(event) => props.onField(event.currentTarget.value)}
          />
        </span>
        <Button
          size="small"
          variant="minimal"
          icon="cross"
          aria-label="Close the groups"
          onClick={() => props.onField(null)}
        />
      </div>
      {groups.error && (
        <p className="tone-danger" role="alert">
          {describeError(groups.error).message}
        </p>
      )}
      {groups.data && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard
        <section className="group-scroll" tabIndex={0} aria-label={`Groups by ${column?.title ?? field}`}>
          <table className="group-table">
            <thead>
              <tr>
                <th scope="col">{column?.title ?? field}</th>
                <th scope="col">Rows</th>
                {summed.map((each) => (
                  <th scope="col" key={each.field}>
                    {each.title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {groups.data.groups.map((group) => {
                const condition = conditionOf(group.value);
                const active = JSON.stringify(current) === JSON.stringify(condition);
                return (
                  <tr key={String(group.value)} className={active ? 'is-active' : ''}>
                    <td>
                      <button
                        type="button"
                        className="link"
                        aria-pressed={active}
                        onClick={() =>
                          setFilters(grid.name, active ? others : { ...others, [field]: condition })
                        }
                      >
                        {titleOf(group.value, group.label)}
                      </button>
                    </td>
                    <td>{group.count.toLocaleString('en-GB')}</td>
                    {summed.map((each) => (
                      <td key={each.field}>{formatSum(group.totals[each.field] ?? 0)}</td>
                    ))}
                  </tr>
                );
              })}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">All</th>
                <td>{groups.data.all.count.toLocaleString('en-GB')}</td>
                {summed.map((each) => (
                  <td key={each.field}>{formatSum(groups.data?.all.totals[each.field] ?? 0)}</td>
                ))}
              </tr>
            </tfoot>
          </table>
          {!groups.data.complete && <p className="muted">There are more groups than are listed.</p>}
        </section>
      )}
    </aside>
  );
}
