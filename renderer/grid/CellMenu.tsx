import { ContextMenuPopover, Menu, MenuDivider, MenuItem } from '@blueprintjs/core';
import { findColumn } from '../../shared/grid/grids.ts';
import { canNarrowByRecords } from '../../shared/grid/narrowing.ts';
import type { GridRow } from '../../shared/grid/query.ts';
import type { GridName } from '../../shared/grid/types.ts';
import { makeTargets, removeRecords } from '../app/actions.ts';
import { openRecord, setFilters, showSource, useFilters } from '../app/navigation.ts';
import { narrowingCopy } from '../copy/narrowing.ts';
import { useOverlays } from '../ui/overlays.ts';
import { copyText } from './copy.ts';
import { asCellValue, formatForCopy, formatValue, showLabel, splitRefs } from './format.ts';
import type { GridContext } from './gridContext.ts';

export interface CellMenuTarget {
  row: GridRow;
  field: string;
  /** Of the pointer in the window. */
  x: number;
  y: number;
}

/** Imports and packs are made here: nothing of them stood in a sheet. */
function hasSource(grid: GridName): boolean {
  return grid !== 'imports' && grid !== 'packs' && grid !== 'operation';
}

/** The menu of a cell. */
export function CellMenu(props: {
  target: CellMenuTarget;
  context: GridContext;
  canTarget: boolean;
  selected: readonly string[];
  selectedRows: () => readonly GridRow[];
  onCopyRows: (rows: readonly GridRow[]) => void;
  onHistory: (ref: string, field: string) => void;
  onNarrow: (refs: readonly string[]) => void;
  onClose: () => void;
}) {
  const { target, context } = props;
  const overlays = useOverlays();
  const where = useFilters(context.grid.name);
  const area = overlays.getBoundingClientRect();
  const { row, field } = target;
  const column = findColumn(context.grid, field);
  const value = asCellValue(row[field]);
  const blank = value === null || value === '';
  const words = column ? formatValue(column, value, context.labels) : row.ref;
  const rows = props.selected.includes(row.ref) && props.selected.length > 1 ? props.selectedRows() : [row];
  const many = context.range.isMany();
  const refs = column && (column.type === 'ref' || column.type === 'refs') ? splitRefs(value) : [];
  return (
    <ContextMenuPopover
      isOpen
      // Overlays are placed inside the area between the marking bars, not in the window.
      targetOffset={{ left: target.x - area.left, top: target.y - area.top }}
      onClose={props.onClose}
      content={
        <Menu size="small">
          <MenuItem
            icon="document-open"
            text={`Open ${row.ref}`}
            label="Enter"
            onClick={() => openRecord(row.ref)}
          />
          {hasSource(context.grid.name) && (
            <MenuItem
              icon="th-derived"
              text="Show where it stood in its sheet"
              label="F4"
              onClick={() => showSource(row.ref, column ? field : null)}
            />
          )}
          {column && (
            <MenuItem
              icon="history"
              text="History of the cell"
              label="Shift+F4"
              onClick={() => props.onHistory(row.ref, field)}
            />
          )}
          {refs.map((ref) => (
            <MenuItem
              key={ref}
              icon="link"
              text={`Open ${showLabel(ref, context.labels)}`}
              onClick={() => openRecord(ref)}
            />
          ))}
          {props.canTarget && (
            <MenuItem
              icon="locate"
              text={rows.length > 1 ? `Make targets of ${rows.length} rows` : 'Make target'}
              onClick={() => void makeTargets(rows.map(({ ref }) => ref))}
            />
          )}
          {canNarrowByRecords(context.grid) && (
            <MenuItem
              icon="filter-keep"
              text={narrowingCopy.byRowsMenu(rows.length)}
              label={rows.length > 1 ? 'Ctrl+Shift+K' : ''}
              onClick={() => props.onNarrow(rows.map(({ ref }) => ref))}
            />
          )}
          <MenuDivider />
          <MenuItem
            icon="duplicate"
            text={many ? 'Copy the chosen cells' : 'Copy cell'}
            label="Ctrl+C"
            onClick={() =>
              many
                ? void context.bulk.copyRange()
                : copyText(column ? formatForCopy(column, value, context.labels) : row.ref)
            }
          />
          {many && (
            <>
              <MenuItem
                icon="arrow-down"
                text="Fill down"
                label="Ctrl+D"
                onClick={() => void context.bulk.fillDown()}
              />
              <MenuItem
                icon="eraser"
                text="Blank the chosen cells"
                label="Delete"
                onClick={() => void context.bulk.blank()}
              />
            </>
          )}
          <MenuItem
            icon="th"
            text={rows.length > 1 ? `Copy ${rows.length} rows with headings` : 'Copy row with headings'}
            onClick={() => props.onCopyRows(rows)}
          />
          {column && (
            <>
              <MenuDivider />
              <MenuItem
                icon="filter"
                text={
                  blank ? `Only rows without ${column.title}` : `Only ${column.title} "${words.slice(0, 40)}"`
                }
                onClick={() =>
                  setFilters(context.grid.name, {
                    ...where,
                    [field]: blank
                      ? { blank: true }
                      : column.type === 'refs' || column.type === 'codes'
                        ? { contains: splitRefs(value)[0] ?? '' }
                        : { eq: value },
                  })
                }
              />
            </>
          )}
          {context.grid.layer === 'plan' && context.grid.addable && (
            <>
              <MenuDivider />
              <MenuItem
                icon="remove"
                text={rows.length > 1 ? `Take out ${rows.length} rows` : `Take out ${row.ref}`}
                onClick={() => void removeRecords(rows.map(({ ref }) => ref))}
              />
            </>
          )}
        </Menu>
      }
    />
  );
}
