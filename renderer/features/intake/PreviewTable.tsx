import { Icon } from '@blueprintjs/core';
import { type KeyboardEvent, memo, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { PreviewCell, PreviewRow } from '../../../shared/contract/intakeSchemas.ts';
import type { ImportKind, SheetGuess, SheetMapping } from '../../../shared/contract/schemas.ts';
import { ColumnHead } from './ColumnHead.tsx';
import { describeCell, outcomeWords, showCleaned, toneOfCell } from './previewCells.ts';

const rowHeight = 34;
const columnWidth = 162;
const numberWidth = 58;
const headHeight = 88;

/** The cell that the keyboard is on: a place in the list, and a column. */
export interface PreviewPlace {
  index: number;
  column: number;
}

export interface TitleLine {
  row: number;
  cells: readonly string[];
  isHeading: boolean;
}

interface Props {
  guess: SheetGuess;
  mapping: SheetMapping;
  headings: readonly string[];
  rows: readonly PreviewRow[];
  /** Rows above the data: titles and heading, as the sheet shows them. */
  titles: readonly TitleLine[];
  stale: boolean;
  place: PreviewPlace | null;
  onPlace: (place: PreviewPlace) => void;
  onField: (column: number, field: string | null) => void;
  onNearEnd: () => void;
  onJump: (direction: 1 | -1) => void;
}

/**
 * Rows of the sheet with what reading makes of them. Only what is in sight is drawn, in both directions: a sheet
 * may have sixteen thousand columns and the list any number of rows.
 */
export function PreviewTable(props: Props) {
  const { rows, titles, mapping, place } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, left: 0, width: 1100, height: 480 });
  const lines = titles.length + rows.length;
  // A table beside another begins further right: its own columns alone are shown.
  const base = Math.min(mapping.table?.firstColumn ?? 0, mapping.columns.length);
  const width = mapping.columns.length - base;
  const firstColumn = base + Math.max(0, Math.floor(view.left / columnWidth) - 1);
  const lastColumn = base + Math.min(width - 1, Math.ceil((view.left + view.width) / columnWidth));
  const firstLine = Math.max(0, Math.floor(view.top / rowHeight) - 4);
  const lastLine = Math.min(lines - 1, Math.ceil((view.top + view.height) / rowHeight) + 4);
  const columns = useMemo(
    () => Array.from({ length: Math.max(0, lastColumn - firstColumn + 1) }, (_, at) => at + firstColumn),
    [firstColumn, lastColumn],
  );

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () =>
      setView({
        top: element.scrollTop,
        left: element.scrollLeft,
        width: element.clientWidth,
        height: element.clientHeight,
      });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);

  const { onNearEnd } = props;
  useLayoutEffect(() => {
    if (lastLine >= lines - 12) onNearEnd();
  }, [lastLine, lines, onNearEnd]);

  // The cell that the keyboard came to is brought into sight.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || !place) return;
    const top = (titles.length + place.index) * rowHeight;
    const room = element.clientHeight - headHeight - rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top > element.scrollTop + room) element.scrollTop = top - room;
    const left = (place.column - base) * columnWidth;
    const roomBeside = element.clientWidth - numberWidth - columnWidth;
    if (left < element.scrollLeft) element.scrollLeft = left;
    else if (left > element.scrollLeft + roomBeside) element.scrollLeft = left - roomBeside;
  }, [place, titles.length, base]);

  function handleKey(event: KeyboardEvent): void {
    if ((event.target as HTMLElement).closest('select')) return;
    const now = place ?? { index: 0, column: base };
    const moves: Readonly<Record<string, PreviewPlace>> = {
      ArrowDown: { ...now, index: now.index + 1 },
      ArrowUp: { ...now, index: now.index - 1 },
      ArrowRight: { ...now, column: now.column + 1 },
      ArrowLeft: { ...now, column: now.column - 1 },
      PageDown: { ...now, index: now.index + 15 },
      PageUp: { ...now, index: now.index - 15 },
      Home: { ...now, column: base },
      End: { ...now, column: base + width - 1 },
    };
    const move = moves[event.key];
    if (move) {
      event.preventDefault();
      props.onPlace({
        index: Math.max(0, Math.min(rows.length - 1, move.index)),
        column: Math.max(base, Math.min(base + width - 1, move.column)),
      });
    } else if (
      (event.key === 'n' || event.key === 'p') &&
      !event.ctrlKey &&
      !event.metaKey &&
      !event.altKey
    ) {
      event.preventDefault();
      props.onJump(event.key === 'n' ? 1 : -1);
    }
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table of which only the part in sight exists cannot be a <table>
    <div
      className={`preview ${props.stale ? 'is-stale' : ''}`}
      role="grid"
      aria-label="Rows of the sheet as they would be read"
      aria-rowcount={-1}
      aria-colcount={width + 1}
      aria-busy={props.stale}
      tabIndex={0}
      ref={scroller}
      onKeyDown={handleKey}
    >
      <div className="preview-sheet" style={{ width: numberWidth + width * columnWidth }}>
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus, not its rows */}
        <div className="preview-heads" role="row" style={{ height: headHeight }}>
          {/* biome-ignore lint/a11y/useSemanticElements: see above */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
          <div className="preview-corner" role="columnheader" style={{ width: numberWidth }}>
            Row
          </div>
          {columns.map((column) => (
            <ColumnHead
              key={column}
              column={column}
              left={numberWidth + (column - base) * columnWidth}
              width={columnWidth}
              guess={props.guess}
              mapping={mapping}
              heading={props.headings[column] ?? ''}
              onField={props.onField}
            />
          ))}
        </div>
        <div className="preview-rows" role="presentation" style={{ height: lines * rowHeight }}>
          {Array.from({ length: Math.max(0, lastLine - firstLine + 1) }, (_, at) => {
            const line = at + firstLine;
            const title = titles[line];
            if (title)
              return (
                <TitleRow
                  key={`title-${title.row}`}
                  title={title}
                  line={line}
                  columns={columns}
                  base={base}
                />
              );
            const row = rows[line - titles.length];
            if (!row) return null;
            const index = line - titles.length;
            return (
              <DataRow
                key={row.row}
                row={row}
                line={line}
                index={index}
                kind={mapping.kind}
                base={base}
                columns={columns}
                activeColumn={place?.index === index ? place.column : null}
                onPlace={props.onPlace}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

function TitleRow(props: { title: TitleLine; line: number; columns: readonly number[]; base: number }) {
  const { title } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: see PreviewTable
    // biome-ignore lint/a11y/useFocusableInteractive: see PreviewTable
    <div
      role="row"
      className={`preview-row ${title.isHeading ? 'is-heading' : 'is-above'}`}
      style={{ top: props.line * rowHeight, height: rowHeight }}
    >
      <RowNumber row={title.row} words={title.isHeading ? 'Heading' : 'Above'} title="" />
      {props.columns.map((column) => (
        // biome-ignore lint/a11y/useSemanticElements: see PreviewTable
        // biome-ignore lint/a11y/useFocusableInteractive: see PreviewTable
        <div
          key={column}
          role="gridcell"
          className="preview-cell"
          style={{ left: numberWidth + (column - props.base) * columnWidth, width: columnWidth }}
        >
          <span className="cell-cleaned">{title.cells[column] ?? ''}</span>
        </div>
      ))}
    </div>
  );
}

function RowNumber(props: { row: number; words: string; title: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see PreviewTable
    // biome-ignore lint/a11y/useFocusableInteractive: see PreviewTable
    <div role="rowheader" className="preview-number" style={{ width: numberWidth }} title={props.title}>
      <span>{props.row.toLocaleString('en-GB')}</span>
      <span className="preview-outcome">{props.words}</span>
    </div>
  );
}

/** A cell that the row does not have. */
function blankCell(column: number): PreviewCell {
  return { column, raw: '', stored: null, field: null, value: null, repaired: null, issue: null };
}

const DataRow = memo(function DataRow(props: {
  row: PreviewRow;
  line: number;
  index: number;
  kind: ImportKind | null;
  base: number;
  columns: readonly number[];
  activeColumn: number | null;
  onPlace: (place: PreviewPlace) => void;
}) {
  const { row, kind } = props;
  const remarks = row.issues.filter(({ column }) => column === null).map(({ message }) => message);
  const words = row.outcome === 'import' ? (row.hidden ? 'Hidden' : '') : outcomeWords[row.outcome];
  return (
    // biome-ignore lint/a11y/useSemanticElements: see PreviewTable
    // biome-ignore lint/a11y/useFocusableInteractive: see PreviewTable
    <div
      role="row"
      aria-rowindex={row.row}
      className={`preview-row outcome-row-${row.outcome} ${props.activeColumn === null ? '' : 'is-active'}`}
      style={{ top: props.line * rowHeight, height: rowHeight }}
    >
      <RowNumber
        row={row.row}
        words={words}
        title={[row.reason ?? '', ...remarks].filter(Boolean).join('\n')}
      />
      {props.columns.map((column) => {
        const cell = row.cells.find((entry) => entry.column === column) ?? blankCell(column);
        return (
          <DataCell
            key={column}
            cell={cell}
            kind={kind}
            left={numberWidth + (column - props.base) * columnWidth}
            active={props.activeColumn === column}
            onClick={() => props.onPlace({ index: props.index, column })}
          />
        );
      })}
    </div>
  );
});

function DataCell(props: {
  cell: PreviewCell;
  kind: ImportKind | null;
  left: number;
  active: boolean;
  onClick: () => void;
}) {
  const { cell, kind } = props;
  const tone = toneOfCell(cell);
  const cleaned = showCleaned(kind, cell);
  // Nothing came of the cell: what stood there is all that can be shown.
  const above = cleaned === '' ? cell.raw : cleaned;
  const below = cell.raw === above ? '' : cell.raw;
  const quiet = cleaned === '' && cell.raw !== '' && tone !== 'aside';
  return (
    // biome-ignore lint/a11y/useSemanticElements: see PreviewTable
    // biome-ignore lint/a11y/useFocusableInteractive: see PreviewTable
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid moves between cells with the arrow keys
    <div
      role="gridcell"
      aria-colindex={cell.column + 2}
      aria-description={describeCell(kind, cell).join('. ')}
      aria-selected={props.active}
      className={`preview-cell cell-${tone} ${props.active ? 'is-active' : ''}`}
      style={{ left: props.left, width: columnWidth }}
      title={tone === 'plain' && below === '' ? undefined : describeCell(kind, cell).join('\n')}
      onClick={props.onClick}
    >
      <span className={quiet ? 'cell-cleaned is-unread' : 'cell-cleaned'}>
        {tone === 'problem' && <Icon icon="warning-sign" size={11} />}
        {tone === 'repaired' && <Icon icon="wrench" size={11} />}
        {above}
      </span>
      {below !== '' && <span className="cell-raw">{below}</span>}
    </div>
  );
}
