import { useEffect, useId, useRef, useState } from 'react';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { Column } from '../../../shared/grid/types.ts';
import { undo } from '../../app/actions.ts';
import { isText, readDraft, useDraft } from '../../app/drafts.ts';
import { findCodes } from '../../grid/codes.ts';
import { asCellValue, formatValue } from '../../grid/format.ts';
import { readEdit } from '../../grid/readEdit.ts';
import { readDateTime } from '../../ui/dates.ts';
import { readMoment } from './dayPlaces.ts';

export interface SavedFieldProps {
  column: Column;
  value: unknown;
  /** The day that a time alone belongs to, ISO. */
  day: string;
  /** Shown to assistive technology alone: the heading of a table column stands above. */
  bare?: boolean;
  /** The place that what is typed is kept under until it is saved. */
  draftKey: string;
  title?: string;
  /** A button beside the field that fills it. */
  fill?: { words: string; value: () => CellValue } | undefined;
  onSave: (value: CellValue) => void;
}

/** To the next field of the form, as Enter does in a control room's log. */
export function focusNext(from: HTMLElement): void {
  const form = from.closest('[data-entry-form]');
  const fields = [...(form?.querySelectorAll<HTMLElement>('[data-entry]') ?? [])];
  const group = from.closest('[data-entry]');
  const next = fields[fields.findIndex((field) => field === from || field === group) + 1];
  if (!next) return;
  if (next instanceof HTMLInputElement) next.select();
  (next.matches('input, select, textarea, button')
    ? next
    : next.querySelector<HTMLElement>('input, button')
  )?.focus();
}

function readTyped(column: Column, text: string, day: string) {
  if (column.type !== 'datetime' || text.trim() === '') return readEdit(column, text);
  const moment = readMoment(text, day, readDateTime);
  return moment
    ? ({ ok: true, value: moment } as const)
    : ({ ok: false, text, message: 'Not a time. Write HHMM, or DD/MM/YYYY HH:MM.' } as const);
}

/** A field that is saved when it is left: text, number, date, date and time, or a choice from a list. */
export function SavedField(props: SavedFieldProps) {
  const { column } = props;
  const id = useId();
  const title = props.title ?? column.title;
  const field =
    column.type === 'code' ? (
      <ChoiceField {...props} id={id} />
    ) : (
      <TextField {...props} id={id} title={title} />
    );
  if (props.bare) return field;
  return (
    <div className={`entry-field entry-${column.type}`}>
      <label htmlFor={id}>{title}</label>
      {field}
    </div>
  );
}

function ChoiceField(props: SavedFieldProps & { id: string }) {
  return (
    <select
      id={props.id}
      data-entry
      className="value-input"
      aria-label={props.bare ? (props.title ?? props.column.title) : undefined}
      value={String(props.value ?? '')}
      onChange={(event) => props.onSave(event.currentTarget.value === '' ? null : event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        focusNext(event.currentTarget);
      }}
    >
      <option value=""> </option>
      {findCodes(props.column.codes).map(({ code, label }) => (
        <option key={code} value={code}>
          {label}
        </option>
      ))}
    </select>
  );
}

function TextField(props: SavedFieldProps & { id: string; title: string }) {
  const { column, id } = props;
  const shown = formatValue(column, props.value);
  const [text, setText] = useState(() => readDraft(props.draftKey, isText) ?? shown);
  const [error, setError] = useState('');
  const last = useRef(shown);
  useDraft(props.draftKey, text === shown ? null : text);
  useEffect(() => {
    // What was kept stands until the value itself is another one.
    if (last.current === shown) return;
    last.current = shown;
    setText(shown);
    setError('');
  }, [shown]);

  function save(): void {
    const draft = text === shown ? null : readTyped(column, text, props.day);
    setError(draft && !draft.ok ? draft.message : '');
    if (!draft?.ok) return;
    if (draft.value === asCellValue(props.value)) setText(shown);
    else props.onSave(draft.value);
  }

  const input = {
    id,
    'data-entry': true,
    className: 'value-input',
    value: text,
    spellCheck: false,
    autoComplete: 'off',
    'aria-invalid': error !== '',
    'aria-describedby': error === '' ? undefined : `${id}-error`,
    'aria-label': props.bare ? props.title : undefined,
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      setText(event.currentTarget.value),
    onBlur: save,
    onKeyDown: (event: React.KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      if (event.key === 'Enter' && !event.shiftKey) focusNext(event.currentTarget);
      else if (event.key === 'Escape' && text !== shown) setText(shown);
      // Nothing typed: there is nothing of its own to undo in the field.
      else if (event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && text === shown)
        void undo();
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
  const { fill } = props;
  return (
    <div className="entry-input">
      {column.type === 'longText' ? (
        <textarea {...input} rows={2} />
      ) : (
        <input
          {...input}
          type="text"
          inputMode={column.type === 'number' ? 'decimal' : 'text'}
          placeholder={
            column.type === 'datetime' && !props.bare ? 'HHMM' : column.type === 'date' ? 'DD/MM/YYYY' : ''
          }
        />
      )}
      {fill && (
        <button
          type="button"
          className="entry-fill"
          aria-label={`${props.title}: ${fill.words}`}
          onClick={() => props.onSave(fill.value())}
        >
          {fill.words}
        </button>
      )}
      {error && (
        <p className="entry-error tone-danger" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

/** Yes, no or not said: by click, by arrow keys, or by the letters. Saved at once. */
export function YesNoField(props: { title: string; value: unknown; onSave: (value: CellValue) => void }) {
  const name = useId();
  const value = props.value === 'yes' || props.value === 'no' ? props.value : null;
  return (
    <fieldset
      className="entry-field entry-yes-no"
      data-entry
      onKeyDown={(event) => {
        const key = event.key.toLowerCase();
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (key === 'y' || key === 'n') props.onSave(key === 'y' ? 'yes' : 'no');
        else if (key === 'delete' || key === 'backspace') props.onSave(null);
        else if (key !== 'enter') return;
        event.preventDefault();
        event.stopPropagation();
        if (key !== 'delete' && key !== 'backspace') focusNext(event.currentTarget);
      }}
    >
      <legend>{props.title}</legend>
      <div className="yes-no">
        {(['yes', 'no'] as const).map((each) => (
          <label key={each} className={value === each ? 'is-chosen' : ''}>
            <input
              type="radio"
              name={name}
              checked={value === each}
              onChange={() => props.onSave(each)}
              onClick={() => {
                // A click on what is chosen takes it back.
                if (value === each) props.onSave(null);
              }}
            />
            {each === 'yes' ? 'Yes' : 'No'}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
