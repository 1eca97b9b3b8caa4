import { Icon, PopoverNext } from '@blueprintjs/core';
import type { IHeaderParams } from 'ag-grid-community';
import { useEffect, useState } from 'react';
import type { Column } from '../../shared/grid/types.ts';
import { setFilters, useFilters } from '../app/navigation.ts';
import { FilterPanel } from './FilterPanel.tsx';
import type { GridContext } from './gridContext.ts';
import { hintOf } from './hints.ts';

type Params = IHeaderParams<unknown, GridContext> & { column: unknown };

/** Fired on a heading to open its filter from the keyboard. */
export const openFilterEvent = 'fellside-open-filter';

/** Heading of a column: sorts on click, filters by its button or Alt+Down. */
export function HeaderCell(props: Params & { column: IHeaderParams['column'] }) {
  const { context, displayName } = props;
  const column = (props.column.getColDef().headerComponentParams as { column: Column }).column;
  const where = useFilters(context.grid.name);
  const [open, setOpen] = useState(false);
  const [sort, setSort] = useState(() => props.column.getSort());
  const filtered = where[column.field] !== undefined;

  useEffect(() => {
    const update = () => setSort(props.column.getSort());
    const show = () => setOpen(true);
    props.column.addEventListener('sortChanged', update);
    const header = props.eGridHeader;
    header.addEventListener(openFilterEvent, show);
    return () => {
      props.column.removeEventListener('sortChanged', update);
      header.removeEventListener(openFilterEvent, show);
    };
  }, [props.column, props.eGridHeader]);

  function change(condition: (typeof where)[string] | undefined): void {
    const { [column.field]: _, ...rest } = where;
    setFilters(context.grid.name, condition === undefined ? rest : { ...rest, [column.field]: condition });
    setOpen(false);
  }

  // A popover for each heading would be mounted at once and never seen: there is one when it is open.
  const button = (
    <button
      type="button"
      tabIndex={-1}
      className={`heading-filter ${filtered ? 'is-filtered' : ''}`}
      aria-label={`Filter ${column.title}`}
      aria-pressed={filtered}
      onClick={() => setOpen(!open)}
    >
      <Icon icon={filtered ? 'filter-keep' : 'filter'} size={11} />
    </button>
  );

  return (
    <div className="heading">
      <button
        type="button"
        tabIndex={-1}
        className="heading-title"
        title={hintOf(context.grid.name, column)}
        onClick={(event) => props.progressSort(event.shiftKey || event.ctrlKey)}
      >
        <span className="heading-text">{displayName}</span>
        {sort && <Icon icon={sort === 'asc' ? 'caret-up' : 'caret-down'} size={12} />}
      </button>
      {open ? (
        <PopoverNext
          isOpen
          onInteraction={(next) => setOpen(next)}
          placement="bottom-start"
          arrow={false}
          animation="minimal"
          inheritDarkTheme={false}
          content={
            <FilterPanel
              context={context}
              column={column}
              where={where}
              onChange={change}
              onClose={() => setOpen(false)}
            />
          }
        >
          {button}
        </PopoverNext>
      ) : (
        button
      )}
    </div>
  );
}
