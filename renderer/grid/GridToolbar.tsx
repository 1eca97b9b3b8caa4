import { Button, InputGroup, PopoverNext, Tag } from '@blueprintjs/core';
import type { GridApi } from 'ag-grid-community';
import { type RefObject, useEffect, useState } from 'react';
import { canChart } from '../../shared/contract/areas/chart.ts';
import type { SavedView } from '../../shared/contract/planSchemas.ts';
import { canNarrowByRecords } from '../../shared/grid/narrowing.ts';
import type { GridRow, Where } from '../../shared/grid/query.ts';
import type { Grid } from '../../shared/grid/types.ts';
import { makeTargets } from '../app/actions.ts';
import { goTo, setFilters } from '../app/navigation.ts';
import { chartCopy } from '../copy/chart.ts';
import { narrowingCopy } from '../copy/narrowing.ts';
import { NarrowedChip } from '../features/pictures/NarrowedChip.tsx';
import { AddRecordDialog } from '../features/record/AddRecordDialog.tsx';
import { ColumnPanel } from './ColumnPanel.tsx';
import { describeFilters } from './filterWords.ts';
import type { Labels } from './format.ts';
import { type ViewNow, ViewsMenu } from './ViewsMenu.tsx';

/** What is open over the grid. */
export type GridPanel = 'columns' | 'views' | 'add';

/** Title, counts, quick find, columns, and the active filters in words. */
export function GridToolbar(props: {
  grid: Grid;
  where: Where;
  /** Narrowed by what was chosen elsewhere. */
  narrowed: boolean;
  labels: Labels;
  count: number | null;
  total: number | null;
  selected: readonly string[];
  canTarget: boolean;
  api: RefObject<GridApi<GridRow> | null>;
  quickFind: RefObject<HTMLInputElement | null>;
  panel: GridPanel | null;
  onPanel: (panel: GridPanel | null) => void;
  groupBy: string | null;
  onToggleGroups: () => void;
  readView: () => ViewNow;
  onChooseView: (view: SavedView) => void;
  onCopy: () => void;
  /** Narrows everything by the selected rows. */
  onNarrow: () => void;
  /** Moves the keyboard from the quick find into the rows. */
  onEnterGrid: () => void;
}) {
  const { grid, where } = props;
  const chips = describeFilters(grid, where, props.labels);
  return (
    <>
      <div className="grid-toolbar">
        <h2 className="grid-title">{grid.title}</h2>
        <span className="grid-count" aria-live="polite">
          {describeCount(props.count, props.total, props.narrowed || Object.keys(where).length > 0)}
        </span>
        {props.selected.length > 1 && <Tag minimal>{props.selected.length} selected</Tag>}
        <span className="status-gap" />
        {props.selected.length > 0 && props.canTarget && (
          <Button
            size="small"
            icon="locate"
            text={props.selected.length === 1 ? 'Make target' : `Make ${props.selected.length} targets`}
            onClick={() => void makeTargets(props.selected)}
          />
        )}
        {props.selected.length > 0 && canChart(grid.name) && (
          <Button
            size="small"
            icon="graph"
            text={chartCopy.showIn}
            onClick={() => goTo({ kind: 'chart', from: [...props.selected] })}
          />
        )}
        {props.selected.length > 0 && canNarrowByRecords(grid) && (
          <Button size="small" icon="filter-keep" text={narrowingCopy.byRows} onClick={props.onNarrow} />
        )}
        {props.selected.length > 1 && (
          <Button size="small" icon="duplicate" text="Copy" onClick={props.onCopy} />
        )}
        {grid.addable && (
          <Button size="small" icon="plus" text={`Add ${grid.noun}`} onClick={() => props.onPanel('add')} />
        )}
        <Button
          size="small"
          icon="group-objects"
          text="Groups"
          title="Alt+G"
          active={props.groupBy !== null}
          aria-pressed={props.groupBy !== null}
          onClick={props.onToggleGroups}
        />
        <PopoverNext
          isOpen={props.panel === 'columns'}
          onInteraction={(open) => props.onPanel(open ? 'columns' : null)}
          placement="bottom-end"
          arrow={false}
          animation="minimal"
          inheritDarkTheme={false}
          content={<ColumnPanel grid={grid} api={props.api} />}
        >
          <Button
            size="small"
            icon="column-layout"
            text="Columns"
            onClick={() => props.onPanel(props.panel === 'columns' ? null : 'columns')}
          />
        </PopoverNext>
        <ViewsMenu
          grid={grid.name}
          isOpen={props.panel === 'views'}
          onOpen={(open) => props.onPanel(open ? 'views' : null)}
          readView={props.readView}
          onChoose={props.onChooseView}
        />
        <QuickFind grid={grid} where={where} inputRef={props.quickFind} onEnter={props.onEnterGrid} />
      </div>
      <NarrowedChip grid={grid} />
      {chips.length > 0 && (
        <div className="filter-chips">
          {chips.map(({ field, words }) => (
            <Tag
              key={field}
              minimal
              intent="primary"
              onRemove={() => {
                const { [field]: _, ...rest } = where;
                setFilters(grid.name, rest);
              }}
            >
              {words}
            </Tag>
          ))}
          <Button
            size="small"
            variant="minimal"
            icon="filter-remove"
            text="Clear filters"
            onClick={() => setFilters(grid.name, {})}
          />
        </div>
      )}
      {props.panel === 'add' && <AddRecordDialog grid={grid} onClose={() => props.onPanel(null)} />}
    </>
  );
}

function describeCount(count: number | null, total: number | null, filtered: boolean): string {
  if (count === null) return '…';
  const shown = count.toLocaleString('en-GB');
  if (!filtered) return shown;
  return total === null ? `${shown} found` : `${shown} of ${total.toLocaleString('en-GB')}`;
}

function QuickFind(props: {
  grid: Grid;
  where: Where;
  inputRef: RefObject<HTMLInputElement | null>;
  onEnter: () => void;
}) {
  const { grid, where } = props;
  const active = where['*'];
  const activeText =
    typeof active === 'object' && active !== null ? String(active.contains ?? '') : String(active ?? '');
  const [text, setText] = useState(activeText);
  useEffect(() => setText(activeText), [activeText]);
  useEffect(() => {
    if (text === activeText) return;
    const wait = setTimeout(() => {
      const { '*': _, ...rest } = where;
      setFilters(grid.name, text.trim() === '' ? rest : { ...rest, '*': { contains: text.trim() } });
    }, 220);
    return () => clearTimeout(wait);
  }, [text, activeText, where, grid.name]);
  return (
    <InputGroup
      size="small"
      className="quick-find"
      type="search"
      leftIcon="search"
      placeholder="Quick find (Ctrl+F)"
      aria-label={`Quick find in ${grid.title}`}
      inputRef={props.inputRef}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          setText('');
        } else if (event.key === 'Enter' || event.key === 'ArrowDown') {
          event.preventDefault();
          props.onEnter();
        }
      }}
    />
  );
}
