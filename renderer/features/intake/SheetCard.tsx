import { HTMLSelect, Icon, NumericInput, Switch, Tag } from '@blueprintjs/core';
import { useId, useState } from 'react';
import {
  type ImportKind,
  importKinds,
  type SheetGuess,
  type SheetMapping,
} from '../../../shared/contract/schemas.ts';
import { describeDateOrder, intakeCopy, kindTitles } from '../../copy/intake.ts';
import { asksDateOrder, fieldChoices, needsLook } from './importState.ts';

/** One sheet: what it was taken for and why, its first rows, and a field for each column. */
export function SheetCard(props: {
  guess: SheetGuess;
  mapping: SheetMapping;
  /** Shows the rows from the start; otherwise only sheets that need a look do. */
  startOpen: boolean;
  onChange: (change: (mapping: SheetMapping) => SheetMapping) => void;
}) {
  const { guess, mapping, onChange } = props;
  const [open, setOpen] = useState(props.startOpen || needsLook(guess));
  const id = useId();
  const included = mapping.kind !== null;
  const read = mapping.columns.filter((field) => field !== null).length;
  const dateWords = describeDateOrder(guess.dateOrderReason);
  const askDates = asksDateOrder(guess, mapping);
  return (
    <section className={`sheet-card ${included ? '' : 'is-left-out'}`} aria-label={`Sheet ${guess.sheet}`}>
      <header className="sheet-head">
        <button type="button" className="sheet-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon icon={open ? 'chevron-down' : 'chevron-right'} size={13} />
          <strong>{guess.sheet}</strong>
        </button>
        {guess.hidden && (
          <Tag minimal intent="warning">
            Hidden sheet
          </Tag>
        )}
        <span className="muted">
          {guess.complete ? '' : 'first '}
          {guess.rowsSeen.toLocaleString('en-GB')} rows
          {included && `, ${read} of ${guess.columns.length} columns read`}
        </span>
        <span className="status-gap" />
        <label htmlFor={`${id}-kind`}>{intakeCopy.kind}</label>
        <HTMLSelect
          id={`${id}-kind`}
          value={mapping.kind ?? ''}
          onChange={(event) => {
            const kind = event.currentTarget.value === '' ? null : (event.currentTarget.value as ImportKind);
            onChange((now) => ({ ...now, kind }));
          }}
        >
          <option value="">{intakeCopy.leftOut}</option>
          {importKinds.map((kind) => (
            <option key={kind} value={kind}>
              {kindTitles[kind]}
            </option>
          ))}
        </HTMLSelect>
        <label htmlFor={`${id}-row`}>{intakeCopy.headerRow}</label>
        <NumericInput
          id={`${id}-row`}
          className="row-input"
          size="small"
          min={0}
          max={100}
          buttonPosition="none"
          value={mapping.headerRow}
          onValueChange={(value) => {
            if (Number.isInteger(value) && value >= 0) onChange((now) => ({ ...now, headerRow: value }));
          }}
        />
        <Switch
          className="sheet-switch"
          checked={included}
          label="Import"
          onChange={() =>
            onChange((now) => ({ ...now, kind: now.kind === null ? (guess.kind ?? 'person') : null }))
          }
        />
      </header>
      {guess.reasons.length > 0 && (
        <p className="muted sheet-reasons">
          {included && guess.kind === mapping.kind && `${Math.round(guess.confidence * 100)} % sure: `}
          {guess.reasons.join('; ')}
        </p>
      )}
      {included && dateWords && (
        <div className={`sheet-dates ${askDates || guess.dateOrderReason === 'mixed' ? 'is-asked' : ''}`}>
          <label htmlFor={`${id}-dates`}>{intakeCopy.dateOrder}</label>
          <HTMLSelect
            id={`${id}-dates`}
            value={mapping.dateOrder ?? ''}
            onChange={(event) => {
              const order = event.currentTarget.value;
              onChange(({ dateOrder: _, ...now }) =>
                order === '' ? now : { ...now, dateOrder: order as 'dmy' | 'mdy' | 'ymd' },
              );
            }}
          >
            <option value="">
              {guess.dateOrderReason === 'ambiguous'
                ? intakeCopy.dateOrderAsked
                : intakeCopy.dateOrderByColumn}
            </option>
            {Object.entries(intakeCopy.dateOrders).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </HTMLSelect>
          <span className="muted">{dateWords}</span>
        </div>
      )}
      {open && <SampleTable {...props} />}
    </section>
  );
}

/** The first rows with the heading marked, and above each column what it is read as. */
function SampleTable({ guess, mapping, onChange }: Parameters<typeof SheetCard>[0]) {
  const kind = mapping.kind;
  const choices = kind ? fieldChoices(kind) : [];
  const rows = guess.sample.slice(0, Math.max(8, mapping.headerRow + 4));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <div className="table-wrap sample" tabIndex={0}>
      <table className="table sample-table">
        <thead>
          <tr>
            <th className="num">
              <span className="only-spoken">Row</span>
            </th>
            {guess.columns.map((column) => {
              const field = mapping.columns[column.index] ?? null;
              const guessed = field !== null && field === column.field;
              return (
                <th key={column.index} className={field === null ? 'is-aside' : ''}>
                  <div className="column-letter">{column.letter}</div>
                  {kind && (
                    <>
                      <HTMLSelect
                        fill
                        aria-label={`Column ${column.letter} ${column.header} is read as`}
                        value={field ?? ''}
                        onChange={(event) => {
                          const next = event.currentTarget.value === '' ? null : event.currentTarget.value;
                          onChange((now) => ({
                            ...now,
                            columns: now.columns.map((entry, index) =>
                              index === column.index ? next : entry,
                            ),
                          }));
                        }}
                      >
                        <option value="">{intakeCopy.columnLeft}</option>
                        {choices.map((choice) => (
                          <option key={choice.field} value={choice.field}>
                            {choice.title}
                          </option>
                        ))}
                      </HTMLSelect>
                      <div className="column-reason" title={column.reason}>
                        {guessed ? `${Math.round(column.confidence * 100)} %: ${column.reason}` : ' '}
                      </div>
                    </>
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ row, cells }) => (
            <tr
              key={row}
              className={row === mapping.headerRow ? 'is-header' : row < mapping.headerRow ? 'is-above' : ''}
            >
              <td className="num">{row}</td>
              {guess.columns.map((column) => (
                <td key={column.index} title={cells[column.index] ?? ''}>
                  {cells[column.index] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
