import { Button, Icon, PopoverNext } from '@blueprintjs/core';
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
    // biome-ignore lint/a11y/noStaticElementInteractions: the button in it and Alt+Down do the same
    <div
      className="heading"
      onContextMenu={(event) => {
        event.preventDefault();
        setOpen(true);
      }}
    >
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
              onClose={() => {
                setOpen(false);
                const focused = props.api.getFocusedCell();
                if (focused) props.api.setFocusedCell(focused.rowIndex, focused.column);
              }}
            >
              <ColumnActions {...props} field={column} onDone={() => setOpen(false)} />
            </FilterPanel>
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

/** Sort, freeze, hide and group, for the column of this heading. */
function ColumnActions(
  props: Params & { column: IHeaderParams['column']; field: Column; onDone: () => void },
) {
  const { api, context, field } = props;
  const pinned = props.column.isPinned();
  const act = (run: () => void) => () => {
    run();
    props.onDone();
  };
  return (
    <div className="heading-actions" role="toolbar" aria-label={`Column ${field.title}`}>
      <Button
        size="small"
        variant="minimal"
        icon="sort-asc"
        text="Ascending"
        onClick={act(() => props.setSort('asc'))}
      />
      <Button
        size="small"
        variant="minimal"
        icon="sort-desc"
        text="Descending"
        onClick={act(() => props.setSort('desc'))}
      />
      <Button
        size="small"
        variant="minimal"
        icon={pinned ? 'unpin' : 'pin'}
        text={pinned ? 'Unfreeze' : 'Freeze'}
        title={pinned ? 'Let it scroll with the others' : 'Keep it at the left while the others scroll'}
        onClick={act(() => api.setColumnsPinned([field.field], pinned ? null : 'left'))}
      />
      {field.type !== 'longText' && (
        <Button
          size="small"
          variant="minimal"
          icon="group-objects"
          text="Group"
          onClick={act(() => context.groupBy(field.field))}
        />
      )}
      <Button
        size="small"
        variant="minimal"
        icon="eye-off"
        text="Hide"
        onClick={act(() => api.setColumnsVisible([field.field], false))}
      />
    </div>
  );
}
