import { Button } from '@blueprintjs/core';
import { useRef, useState } from 'react';
import { findColumn, grids } from '../../../shared/grid/grids.ts';
import type { CellValue, GridRow } from '../../../shared/grid/query.ts';
import type { Column } from '../../../shared/grid/types.ts';
import { findCodes, labelOf } from '../../grid/codes.ts';
import { readEdit } from '../../grid/readEdit.ts';
import { SavedField } from './SavedField.tsx';
import type { DaySaver, ResultKey, Values } from './useDay.ts';

const fields = ['category', 'what', 'drug', 'weightG', 'cash', 'exhibit', 'sealNumber', 'seizedAt'] as const;
const columns = fields
  .map((field) => findColumn(grids.seizures, field))
  .filter((column): column is Column => column !== undefined);
/** What the line for the next seizure asks for; the time is that of the entry. */
const asked = columns.filter(({ field }) => field !== 'seizedAt');

/** What was seized at a premises: each cell is saved when it is left; the last line adds the next. */
export function SeizureRows(props: {
  rows: readonly GridRow[];
  day: string;
  /** When it is taken to have been: the entry, else now. Shown, and mended in its row. */
  moment: () => string;
  resultKey: ResultKey;
  saver: DaySaver;
}) {
  const { rows, saver } = props;
  return (
    <section className="entry-part">
      <h3>
        Seizures <span className="finding-count">{rows.length}</span>
        <span className="muted entry-note">Weights and cash are provisional until weighed and counted.</span>
      </h3>
      <div className="entry-scroll">
        <table className="table table-small entry-table">
          <thead>
            <tr>
              {columns.map(({ field, title }) => (
                <th key={field}>{title}</th>
              ))}
              <th>
                <span className="only-spoken">Add or take out</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={row.ref} data-ref={row.ref}>
                {columns.map((column) => (
                  <td key={column.field} className={`seizure-${column.field}`}>
                    <SavedField
                      bare
                      column={column}
                      title={`${column.title}, seizure ${index + 1}`}
                      value={row[column.field]}
                      draftKey={`result/${row.ref}/${column.field}`}
                      day={props.day}
                      onSave={(value) =>
                        void saver.saveEdits([{ ref: row.ref, values: { [column.field]: value } }])
                      }
                    />
                  </td>
                ))}
                <td>
                  <Button
                    size="small"
                    variant="minimal"
                    icon="cross"
                    aria-label={`Take out seizure ${index + 1}`}
                    onClick={() => void saver.remove(row.ref)}
                  />
                </td>
              </tr>
            ))}
            <AddSeizure resultKey={props.resultKey} saver={saver} moment={props.moment} />
          </tbody>
        </table>
      </div>
    </section>
  );
}

function AddSeizure({
  resultKey,
  saver,
  moment,
}: Pick<Parameters<typeof SeizureRows>[0], 'resultKey' | 'saver' | 'moment'>) {
  const line = useRef<HTMLTableRowElement>(null);
  const [texts, setTexts] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState('');
  const set = (field: string, text: string) => setTexts((now) => ({ ...now, [field]: text }));

  async function add(): Promise<void> {
    const values: Values = { seizedAt: moment() };
    for (const column of asked) {
      const text = texts[column.field]?.trim() ?? '';
      if (text === '') continue;
      const draft: { ok: true; value: CellValue } | { ok: false; message: string } =
        column.type === 'code' ? { ok: true, value: text } : readEdit(column, text);
      if (!draft.ok) return setProblem(`${column.title}: ${draft.message}`);
      values[column.field] = draft.value;
    }
    if (Object.keys(values).length === 1)
      return setProblem('What was seized? Choose a category or write it.');
    if (values.what === undefined) {
      values.what =
        values.drug ?? (values.category ? labelOf('seizureType', String(values.category)) : 'Item');
    }
    setProblem('');
    if (!(await saver.addRow(resultKey, 'seizures', values))) return;
    setTexts({});
    line.current?.querySelector('select')?.focus();
  }

  return (
    <tr
      ref={line}
      className="entry-new"
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || (event.target as HTMLElement).closest('button')) return;
        event.preventDefault();
        void add();
      }}
    >
      {asked.map((column) => (
        <td key={column.field} className={`seizure-${column.field}`}>
          {column.type === 'code' ? (
            <select
              className="value-input"
              aria-label={`${column.title}, new seizure`}
              value={texts[column.field] ?? ''}
              onChange={(event) => set(column.field, event.currentTarget.value)}
            >
              <option value=""> </option>
              {findCodes(column.codes).map(({ code, label }) => (
                <option key={code} value={code}>
                  {label}
                </option>
              ))}
            </select>
          ) : (
            <input
              className="value-input"
              aria-label={`${column.title}, new seizure`}
              autoComplete="off"
              value={texts[column.field] ?? ''}
              onChange={(event) => set(column.field, event.currentTarget.value)}
            />
          )}
        </td>
      ))}
      <td colSpan={2}>
        <Button
          size="small"
          icon="plus"
          text="Seizure"
          aria-label="Add the seizure"
          onClick={() => void add()}
        />
        {problem && (
          <p className="tone-danger" role="alert">
            {problem}
          </p>
        )}
      </td>
    </tr>
  );
}
