import { Icon } from '@blueprintjs/core';
import { useLayoutEffect, useRef } from 'react';
import type { SourceView } from '../../../shared/contract/intakeSchemas.ts';
import { columnLetter } from '../intake/importState.ts';

type SourceRow = SourceView['rows'][number];
type Cell = SourceRow['cells'][number];

/** Everything there is to say about a cell beside what it shows. */
function cellWords(cell: Cell): string {
  return [
    cell.text,
    cell.stored === null ? '' : `Stored: ${String(cell.stored)}`,
    cell.comment ? `Comment: ${cell.comment}` : '',
    cell.link ? `Link: ${cell.link}` : '',
  ]
    .filter(Boolean)
    .join('\n');
}

/**
 * Part of a sheet as it stood: letters above, row numbers at the left, the heading pinned, the row and the cells
 * of the value marked and brought into sight.
 */
export function SourceSheet({ view }: { view: SourceView }) {
  const marked = useRef<HTMLTableRowElement>(null);
  const all = [...view.head, ...view.rows];
  const width = all.reduce((most, { cells }) => Math.max(most, cells.length), 1);
  const columns = Array.from({ length: width }, (_, column) => column);
  const heading = view.head.filter(({ row }) => row === view.headerRow);
  const titles = view.head.filter(({ row }) => row !== view.headerRow);
  const firstRow = view.rows[0]?.row ?? 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another view is another row to bring into sight
  useLayoutEffect(() => {
    const cell = marked.current?.querySelector('.is-cell') ?? marked.current;
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [view]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <div className="source-sheet" tabIndex={0}>
      <table className="source-table">
        <thead>
          <tr>
            <th className="source-corner">
              <span className="only-spoken">Row</span>
            </th>
            {columns.map((column) => (
              <th
                key={column}
                scope="col"
                className={view.columns.includes(column) ? 'is-column' : undefined}
              >
                {columnLetter(column)}
              </th>
            ))}
          </tr>
          {heading.map((row) => (
            <tr key={row.row} className="source-heading">
              <th scope="row">{row.row}</th>
              {columns.map((column) => (
                <td key={column} title={row.cells[column]?.text}>
                  {row.cells[column]?.text}
                </td>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {titles.map((row) => (
            <Row key={row.row} row={row} columns={columns} className="source-title" />
          ))}
          {firstRow > view.headerRow + 1 && (
            <tr className="source-gap">
              <th>⋮</th>
              <td colSpan={width} className="muted">
                {(firstRow - view.headerRow - 1).toLocaleString('en-GB')} rows between
              </td>
            </tr>
          )}
          {view.rows.map((row) =>
            row.row === view.row ? (
              <Row
                key={row.row}
                row={row}
                columns={columns}
                className="is-row"
                marked={view.columns}
                place={marked}
              />
            ) : (
              <Row key={row.row} row={row} columns={columns} className="" />
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}

function Row(props: {
  row: SourceRow;
  columns: readonly number[];
  className: string;
  marked?: readonly number[];
  place?: React.RefObject<HTMLTableRowElement | null>;
}) {
  const { row } = props;
  return (
    <tr
      ref={props.place}
      className={`${props.className} ${row.hidden ? 'is-hidden' : ''}`}
      aria-current={props.marked ? true : undefined}
    >
      <th scope="row" title={row.hidden ? 'Hidden in the sheet' : undefined}>
        {row.row.toLocaleString('en-GB')}
        {row.hidden && <Icon icon="eye-off" size={10} title="Hidden in the sheet" />}
      </th>
      {props.columns.map((column) => {
        const cell = row.cells[column];
        if (!cell) return <td key={column} />;
        return (
          <td
            key={column}
            className={props.marked?.includes(column) ? 'is-cell' : undefined}
            title={cellWords(cell)}
          >
            {cell.text}
            {cell.comment && <Icon icon="comment" size={11} title={`Comment: ${cell.comment}`} />}
            {cell.link && <Icon icon="link" size={11} title={`Link: ${cell.link}`} />}
          </td>
        );
      })}
    </tr>
  );
}
