import { Button } from '@blueprintjs/core';
import { useId, useRef, useState } from 'react';
import { findColumn, grids } from '../../../shared/grid/grids.ts';
import type { GridRow } from '../../../shared/grid/query.ts';
import type { Column } from '../../../shared/grid/types.ts';
import { offences } from '../../../shared/reference/offences.ts';
import { useClient } from '../../app/connection.ts';
import type { EditDraft } from '../../grid/readEdit.ts';
import { ValueEditor } from '../../ui/ValueEditor.tsx';
import { RefLink } from '../dossier/RefLinks.tsx';
import { SavedField } from './SavedField.tsx';
import type { DaySaver, ResultKey } from './useDay.ts';

const shown = ['offence', 'arrestedAt', 'disposal'] as const;
const personColumn = findColumn(grids.arrests, 'person') as Column;

/** The arrests at a premises: those entered, and a line to add the next. */
export function ArrestRows(props: {
  rows: readonly GridRow[];
  labels: Record<string, string>;
  day: string;
  /** When it is taken to have been: the entry, else now. Shown, and mended in its row. */
  moment: () => string;
  resultKey: ResultKey;
  saver: DaySaver;
}) {
  const { rows, labels, saver } = props;
  return (
    <section className="entry-part">
      <h3>
        Arrests <span className="finding-count">{rows.length}</span>
      </h3>
      {rows.length > 0 && (
        <table className="table table-small entry-table">
          <thead>
            <tr>
              <th>Person</th>
              {shown.map((field) => (
                <th key={field}>{findColumn(grids.arrests, field)?.title}</th>
              ))}
              <th>
                <span className="only-spoken">Take out</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.ref} data-ref={row.ref}>
                <td>
                  <RefLink reference={String(row.person ?? row.ref)} labels={labels} />
                </td>
                {shown.map((field) => {
                  const column = findColumn(grids.arrests, field);
                  return (
                    <td key={field}>
                      {column && (
                        <SavedField
                          bare
                          column={column}
                          title={`${column.title}, ${labels[String(row.person)] ?? row.ref}`}
                          value={row[field]}
                          draftKey={`result/${row.ref}/${field}`}
                          day={props.day}
                          onSave={(value) =>
                            void saver.saveEdits([{ ref: row.ref, values: { [field]: value } }])
                          }
                        />
                      )}
                    </td>
                  );
                })}
                <td>
                  <Button
                    size="small"
                    variant="minimal"
                    icon="cross"
                    aria-label={`Take out the arrest of ${labels[String(row.person)] ?? row.ref}`}
                    onClick={() => void saver.remove(row.ref)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <AddArrest {...props} />
    </section>
  );
}

function AddArrest({
  resultKey,
  saver,
  moment,
}: Pick<Parameters<typeof ArrestRows>[0], 'resultKey' | 'saver' | 'moment'>) {
  const client = useClient();
  const listId = useId();
  const offenceInput = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState<EditDraft | null>(null);
  const [offence, setOffence] = useState('');
  const [problem, setProblem] = useState('');
  const [turn, setTurn] = useState(0);
  const unknown = draft && !draft.ok ? draft.text.trim() : '';

  async function add(asNew = false): Promise<void> {
    let person = draft?.ok && typeof draft.value === 'string' ? draft.value : null;
    if (person === null && unknown === '') return setProblem('Who was arrested?');
    if (person === null && !asNew)
      return setProblem(`"${unknown}" was not chosen from the people. Choose, or add as a new person.`);
    if (person === null) person = await saver.addPerson(unknown);
    if (person === null) return;
    setProblem('');
    const added = await saver.addRow(resultKey, 'arrests', {
      person,
      offence: offence.trim() === '' ? null : offence.trim(),
      team: resultKey.base.team ?? null,
      arrestedAt: moment(),
    });
    if (!added) return;
    setOffence('');
    setDraft(null);
    setTurn((now) => now + 1);
    form.current?.querySelector('input')?.focus();
  }

  return (
    <form
      ref={form}
      className="entry-add"
      aria-label="Add an arrest"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <div className="entry-add-person">
        <ValueEditor
          key={turn}
          column={personColumn}
          value={null}
          labels={{}}
          client={client}
          pickOnly
          onDraft={setDraft}
          onCommit={() => offenceInput.current?.focus()}
        />
      </div>
      <input
        ref={offenceInput}
        className="value-input"
        aria-label="Offence"
        placeholder="Offence"
        list={listId}
        autoComplete="off"
        value={offence}
        onChange={(event) => setOffence(event.currentTarget.value)}
      />
      <datalist id={listId}>
        {offences.map(({ code, label }) => (
          <option key={code} value={label} />
        ))}
      </datalist>
      <Button size="small" type="submit" icon="plus" text="Arrest" aria-label="Add the arrest" />
      {unknown !== '' && (
        <Button size="small" icon="new-person" text="As a new person" onClick={() => void add(true)} />
      )}
      {problem && (
        <p className="tone-danger entry-problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
