import { type ReactNode, useState } from 'react';

const rowHeight = 26;
const ahead = 20;

/** A table of any length: only the rows in sight are made. Screen readers are told of all. */
export function LongTable(props: {
  title: string;
  headings: readonly string[];
  count: number;
  /** Cells of a row, as many as there are headings. */
  row: (index: number) => { key: string; cells: ReactNode[]; chosen: boolean };
}) {
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  const first = Math.max(0, Math.floor(top / rowHeight) - ahead);
  const last = Math.min(props.count, Math.ceil((top + height) / rowHeight) + ahead);
  const rows = [];
  for (let index = first; index < last; index += 1) rows.push({ index, ...props.row(index) });
  return (
    <section className="chart-table" aria-label={props.title}>
      <h3>
        {props.title} <span className="finding-count">{props.count.toLocaleString('en-GB')}</span>
      </h3>
      <section
        className="chart-table-body"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={`${props.title}, table`}
        ref={(element) => {
          if (element && element.clientHeight !== height && element.clientHeight > 0)
            setHeight(element.clientHeight);
        }}
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      >
        <table className="table table-small" aria-rowcount={props.count + 1}>
          <thead>
            <tr>
              {props.headings.map((heading) => (
                <th key={heading}>{heading}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {first > 0 && (
              <tr style={{ height: first * rowHeight }}>
                <td colSpan={props.headings.length} />
              </tr>
            )}
            {rows.map(({ index, key, cells, chosen }) => (
              <tr key={key} aria-rowindex={index + 2} className={chosen ? 'is-chosen' : ''}>
                {cells.map((cell, column) => (
                  <td key={props.headings[column]}>{cell}</td>
                ))}
              </tr>
            ))}
            {last < props.count && (
              <tr style={{ height: (props.count - last) * rowHeight }}>
                <td colSpan={props.headings.length} />
              </tr>
            )}
          </tbody>
        </table>
      </section>
    </section>
  );
}
