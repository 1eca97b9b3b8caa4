import { Icon, Tag } from '@blueprintjs/core';
import { type KeyboardEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { RefreshRow } from '../../../../shared/contract/intakeSchemas.ts';
import type { ImportKind, RefreshChoice } from '../../../../shared/contract/schemas.ts';
import { formatValue } from '../../../grid/format.ts';
import { columnOf } from '../importState.ts';
import { decisionOf, isDecided, stateWords } from './decisions.ts';

const lineHeight = 20;
const padding = 9;
const cellsShown = 8;

/** A row that stands in one issue alone: there is nothing to compare, its cells go in one line. */
function standsAlone(row: RefreshRow): boolean {
  return row.state === 'new' || row.state === 'vanished';
}

/** Lines that a row needs: one for each changed cell, and at least one. */
function linesOf(row: RefreshRow): number {
  if (standsAlone(row)) return 1;
  const cells = Math.min(cellsShown, row.cells.length) + (row.cells.length > cellsShown ? 1 : 0);
  return Math.max(1, cells);
}

/** The rows of a review. Up and down move, Space turns a row's decision round; only what is in sight is drawn. */
export function RefreshRows(props: {
  rows: readonly RefreshRow[];
  choice: RefreshChoice;
  kind: ImportKind | null;
  onDecide: (row: RefreshRow) => void;
}) {
  const { rows, choice } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 500 });
  const [active, setActive] = useState(0);
  const tops = useMemo(() => {
    const all = [0];
    for (const row of rows) all.push((all.at(-1) ?? 0) + linesOf(row) * lineHeight + padding);
    return all;
  }, [rows]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);

  function move(index: number): void {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    setActive(next);
    const element = scroller.current;
    const top = tops[next] ?? 0;
    const bottom = tops[next + 1] ?? top;
    if (!element) return;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (bottom > element.scrollTop + element.clientHeight)
      element.scrollTop = bottom - element.clientHeight;
  }

  function handleKey(event: KeyboardEvent): void {
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + 10,
      PageUp: active - 10,
      Home: 0,
      End: rows.length - 1,
    };
    const step = steps[event.key];
    const row = rows[active];
    if (step !== undefined) {
      event.preventDefault();
      move(step);
    } else if (event.key === ' ' && row) {
      event.preventDefault();
      props.onDecide(row);
    }
  }

  const firstSeen = Math.max(0, tops.findIndex((_, index) => (tops[index + 1] ?? 0) >= view.top) - 2);
  const shown: number[] = [];
  for (
    let index = firstSeen;
    index < rows.length && (tops[index] ?? 0) <= view.top + view.height + 80;
    index += 1
  ) {
    shown.push(index);
  }
  return (
    <div
      className="refresh-rows"
      role="listbox"
      aria-label="Rows of the review. Space turns the decision of a row round."
      aria-multiselectable
      aria-activedescendant={rows[active] ? `refresh-row-${active}` : undefined}
      tabIndex={0}
      ref={scroller}
      onKeyDown={handleKey}
    >
      {rows.length === 0 && <p className="muted refresh-none">There are no rows in this state.</p>}
      <div role="presentation" style={{ height: tops.at(-1) ?? 0, position: 'relative' }}>
        {shown.map((index) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <Row
              key={index}
              id={`refresh-row-${index}`}
              row={row}
              kind={props.kind}
              top={tops[index] ?? 0}
              height={(tops[index + 1] ?? 0) - (tops[index] ?? 0)}
              taken={decisionOf(choice, row) === 'take'}
              exception={isDecided(row) && choice.rows?.[row.key] !== undefined}
              active={index === active}
              onClick={() => {
                setActive(index);
                props.onDecide(row);
              }}
            />
          );
        })}
      </div>
    </div>
  );
}

function Row(props: {
  id: string;
  row: RefreshRow;
  kind: ImportKind | null;
  top: number;
  height: number;
  taken: boolean;
  exception: boolean;
  active: boolean;
  onClick: () => void;
}) {
  const { row, taken, kind } = props;
  const say = (field: string | null, text: string) => {
    const column = field && kind ? columnOf(kind, field) : undefined;
    return column ? formatValue(column, text) : text;
  };
  const words = isDecided(row) ? stateWords[row.state] : null;
  const place =
    row.row !== null && row.rowBefore !== null
      ? `row ${row.rowBefore} → ${row.row}`
      : row.row !== null
        ? `row ${row.row}`
        : `row ${row.rowBefore ?? ''} before`;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Space on the list does the same
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, not its rows
    <div
      id={props.id}
      role="option"
      aria-selected={taken}
      className={`refresh-row state-of-${row.state} ${props.active ? 'is-active' : ''} ${taken ? 'is-taken' : ''}`}
      style={{ top: props.top, height: props.height }}
      onClick={props.onClick}
    >
      <span className="refresh-decision">
        <Icon icon={taken ? 'tick-circle' : 'circle'} size={14} />
        {taken ? words?.take : words?.leave}
        {props.exception && <span className="muted"> *</span>}
      </span>
      <span className="refresh-kind">{words?.title}</span>
      <span className="refresh-label">
        <span className="refresh-name" title={row.label}>
          {row.label}
        </span>{' '}
        <span className="muted">{place}</span>
      </span>
      <span className="refresh-cells">
        {standsAlone(row) ? (
          <span
            className="refresh-cell"
            title={row.cells.map(({ column, before, after }) => `${column}: ${after || before}`).join('\n')}
          >
            {row.cells.map((cell, index) => (
              <span key={cell.column}>
                {index > 0 && ', '}
                <span className="muted">{cell.column}</span> {say(cell.field, cell.after || cell.before)}
              </span>
            ))}
          </span>
        ) : (
          row.cells.slice(0, cellsShown).map((cell) => (
            <span
              key={cell.column}
              className="refresh-cell"
              title={`${cell.column}: ${cell.before || 'blank'} → ${cell.after || 'blank'}`}
            >
              <span className="muted">{cell.column}</span>{' '}
              <del>{say(cell.field, cell.before) || 'blank'}</del>
              <span className="muted"> → </span>
              <ins>{say(cell.field, cell.after) || 'blank'}</ins>
              {cell.manual !== undefined && cell.manual !== null && (
                <span className="tone-warning"> by hand: {say(cell.field, String(cell.manual))}</span>
              )}
            </span>
          ))
        )}
        {!standsAlone(row) && row.cells.length > cellsShown && (
          <span className="muted">and {row.cells.length - cellsShown} more cells</span>
        )}
      </span>
      <span className="refresh-rests">
        {row.restsOn.length > 0 && (
          <Tag
            minimal
            intent="warning"
            icon="warning-sign"
            title={row.restsOn.map(({ ref, label }) => `${ref} ${label}`).join('\n')}
          >
            {row.restsOn
              .slice(0, 2)
              .map(({ ref }) => ref)
              .join(', ')}
            {row.restsOn.length > 2 ? ` and ${row.restsOn.length - 2} more` : ''}
          </Tag>
        )}
      </span>
    </div>
  );
}
