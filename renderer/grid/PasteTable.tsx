import { Button, HTMLSelect, Icon } from '@blueprintjs/core';
import { useState } from 'react';
import type { PasteReport } from '../../shared/contract/planSchemas.ts';
import { findColumn } from '../../shared/grid/grids.ts';
import type { Grid } from '../../shared/grid/types.ts';
import { formatValue, type Labels } from './format.ts';
import { type BlockField, refField } from './pasteBlock.ts';

type Row = PasteReport['rows'][number];
type Cell = Row['cells'][number];
type State = Cell['state'];

const states: readonly { state: State; title: string }[] = [
  { state: 'new', title: 'new' },
  { state: 'changed', title: 'changed' },
  { state: 'same', title: 'same' },
  { state: 'kept', title: 'kept' },
  { state: 'refused', title: 'refused' },
  { state: 'aside', title: 'left aside' },
];

/** Rows shown at once; the counts are of all. */
const mostShown = 250;

/** Every cell of the block by what becomes of it. The columns are said, and can be said anew, in the heading. */
export function PasteTable(props: {
  grid: Grid;
  labels: Labels;
  fields: readonly BlockField[];
  cells: readonly (readonly string[])[];
  /** The first line of the block, where it holds headings. */
  headings: readonly string[] | null;
  report: PasteReport | null;
  onFields: (fields: BlockField[]) => void;
}) {
  const { grid, fields, report } = props;
  const [only, setOnly] = useState<State | null>(null);
  const counts = report?.counts ?? {};
  const rows: { row: Row; index: number }[] = report
    ? report.rows
        .map((row, index) => ({ row, index }))
        .filter(({ row }) => only === null || row.cells.some(({ state }) => state === only))
    : props.cells.map((cells, index) => ({
        index,
        row: {
          ref: null,
          cells: cells.map((text) => ({ text, state: 'aside', value: null, before: null, message: null })),
        },
      }));
  const choices = [
    { value: '', label: '(left aside)' },
    { value: refField, label: 'Ref: which row' },
    ...grid.columns
      .filter(({ editable }) => editable)
      .map(({ field, title }) => ({ value: field, label: title })),
  ];

  return (
    <>
      <div className="paste-counts" role="toolbar" aria-label="Cells by what becomes of them">
        <Button size="small" active={only === null} text="All cells" onClick={() => setOnly(null)} />
        {states
          .filter(({ state }) => (counts[state] ?? 0) > 0)
          .map(({ state, title }) => (
            <Button
              key={state}
              size="small"
              className={`paste-count paste-${state}`}
              active={only === state}
              text={`${(counts[state] ?? 0).toLocaleString('en-GB')} ${title}`}
              onClick={() => setOnly(only === state ? null : state)}
            />
          ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard */}
      <section className="paste-scroll" aria-label="The block" tabIndex={0}>
        <table className="paste-table">
          <thead>
            <tr>
              <th scope="col">Row</th>
              {fields.map((field, index) => (
                // The columns of a block are told apart by their place alone.
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                <th scope="col" key={index}>
                  <HTMLSelect
                    aria-label={`Column ${index + 1} of the block${props.headings?.[index] ? `, ${props.headings[index]}` : ''}`}
                    title={props.headings?.[index]}
                    value={field ?? ''}
                    options={choices}
                    onChange={(event) => {
                      const chosen = event.currentTarget.value === '' ? null : event.currentTarget.value;
                      props.onFields(
                        fields.map((other, at) => (at === index ? chosen : other === chosen ? null : other)),
                      );
                    }}
                  />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, mostShown).map(({ row, index }) => (
              <tr key={index}>
                <th scope="row">{row.ref ?? (report ? 'new' : '')}</th>
                {fields.map((field, at) => (
                  <PasteCell
                    // biome-ignore lint/suspicious/noArrayIndexKey: cells are told apart by their place alone
                    key={at}
                    cell={row.cells[at]}
                    show={(value) => {
                      const column = field === null ? undefined : findColumn(grid, field);
                      return column ? formatValue(column, value, props.labels) : String(value ?? '');
                    }}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rows.length > mostShown && (
        <p className="muted">
          The first {mostShown} of {rows.length.toLocaleString('en-GB')} rows; every row is counted above.
        </p>
      )}
    </>
  );
}

function PasteCell({ cell, show }: { cell: Cell | undefined; show: (value: unknown) => string }) {
  if (!cell) return <td />;
  const { state } = cell;
  return (
    <td className={`paste-cell paste-${state}`}>
      {state === 'changed' && (
        <>
          <del>{show(cell.before)}</del> <span aria-hidden="true">→</span>{' '}
          {cell.value === null ? <em>(blank)</em> : <ins>{show(cell.value)}</ins>}
        </>
      )}
      {state === 'new' && <ins>{show(cell.value)}</ins>}
      {(state === 'same' || state === 'kept') && show(cell.before)}
      {state === 'aside' && cell.text}
      {state === 'refused' && (
        <>
          <Icon icon="error" size={11} title="Refused" /> {cell.text || '(blank)'}
          <span className="paste-message">{cell.message}</span>
        </>
      )}
    </td>
  );
}
