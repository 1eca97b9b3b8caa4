import { Button, Checkbox } from '@blueprintjs/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Condition, Where } from '../../shared/grid/query.ts';
import type { Column } from '../../shared/grid/types.ts';
import { useNarrowing } from '../app/crossFilter.ts';
import { formatValue } from './format.ts';
import type { GridContext } from './gridContext.ts';

type Value = string | number | null;

/** The distinct values of a column with their counts, to choose from; nothing when there are too many. */
export function ValueList(props: {
  context: GridContext;
  column: Column;
  where: Where;
  onChange: (condition: Condition | undefined) => void;
}) {
  const { context, column } = props;
  const narrowing = useNarrowing(context.grid);
  const { [column.field]: current, ...rest } = props.where;
  const others = { ...rest, ...narrowing };
  /** Cells that hold several values are chosen by each of them. */
  const several = column.type === 'codes' || column.type === 'refs';
  const values = useQuery({
    queryKey: ['values', context.grid.name, column.field, others],
    queryFn: async () => {
      const asked = { grid: context.grid.name, field: column.field, where: others };
      if (several) {
        const { labels, ...answer } = await context.client.grids.values({ ...asked, each: true, limit: 200 });
        for (const [ref, label] of Object.entries(labels ?? {})) context.labels[ref] ??= label;
        return answer;
      }
      if (column.type !== 'ref') return context.client.grids.values({ ...asked, limit: 200 });
      // References are chosen by the names of what they lead to.
      const { groups, complete } = await context.client.grids.groups(asked);
      for (const { value, label } of groups) if (typeof value === 'string') context.labels[value] ??= label;
      return { values: groups, complete: complete && groups.length <= 200 };
    },
  });
  const [chosen, setChosen] = useState<readonly Value[]>(() =>
    typeof current === 'object' && current !== null
      ? (((several ? current.has : current.in) as Value[] | undefined) ?? [])
      : [],
  );
  const [find, setFind] = useState('');
  if (values.isPending) return <p className="muted filter-note">Counting values…</p>;
  if (!values.data?.complete || values.data.values.length === 0) return null;
  const shown = values.data.values
    .map((entry) => ({
      ...entry,
      label:
        entry.value === null || entry.value === ''
          ? '(blank)'
          : formatValue(column, entry.value, context.labels),
    }))
    .filter(({ label }) => label.toLowerCase().includes(find.trim().toLowerCase()));

  function apply(): void {
    const onlyBlank = chosen.length === 1 && chosen[0] === null;
    if (chosen.length === 0) props.onChange(undefined);
    else if (onlyBlank) props.onChange({ blank: true });
    else if (several) props.onChange({ has: chosen.map((value) => (value === null ? null : String(value))) });
    else props.onChange({ in: [...chosen] });
  }

  return (
    <div className="filter-values">
      {values.data.values.length > 8 && (
        <input
          className="value-input"
          placeholder="Find a value"
          aria-label="Find a value"
          value={find}
          onChange={(event) => setFind(event.currentTarget.value)}
        />
      )}
      <div className="filter-list">
        {shown.map(({ value, label, count }) => (
          <Checkbox
            key={String(value)}
            className="filter-check"
            checked={chosen.includes(value)}
            onChange={() =>
              setChosen(
                chosen.includes(value) ? chosen.filter((entry) => entry !== value) : [...chosen, value],
              )
            }
          >
            <span className="filter-label">{label}</span>
            <span className="filter-count">{count.toLocaleString('en-GB')}</span>
          </Checkbox>
        ))}
      </div>
      <div className="filter-buttons">
        <Button size="small" text="All" onClick={() => setChosen(shown.map(({ value }) => value))} />
        <Button size="small" text="None" onClick={() => setChosen([])} />
        <Button size="small" intent="primary" text="Show chosen" onClick={apply} />
      </div>
    </div>
  );
}
