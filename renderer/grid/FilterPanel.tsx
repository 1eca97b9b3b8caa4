import { Button, HTMLSelect } from '@blueprintjs/core';
import { type ReactNode, useState } from 'react';
import { formatDate } from '../../shared/domain/dates.ts';
import type { Condition, Where } from '../../shared/grid/query.ts';
import type { Column } from '../../shared/grid/types.ts';
import { ValueEditor } from '../ui/ValueEditor.tsx';
import type { GridContext } from './gridContext.ts';
import { phoneNeedle } from './phones.ts';
import { type EditDraft, readEdit } from './readEdit.ts';
import { ValueList } from './ValueList.tsx';

interface FilterPanelProps {
  context: GridContext;
  column: Column;
  where: Where;
  /** undefined takes the filter away. */
  onChange: (condition: Condition | undefined) => void;
  onClose: () => void;
  /** What can be done with the column itself, above its filter. */
  children?: ReactNode;
}

const blankChoices = [
  { value: 'blank', label: 'is blank' },
  { value: 'filled', label: 'is not blank' },
];

/** The filter of one column, by what kind of values it holds. */
export function FilterPanel(props: FilterPanelProps) {
  const { column } = props;
  const range = column.type === 'date' || column.type === 'datetime' || column.type === 'number';
  const reference = column.type === 'ref' || column.type === 'refs';
  const listOnly = column.type === 'code' || column.type === 'yesNo';
  const current = props.where[column.field];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys typed here must not reach the grid underneath
    <div
      className="filter-panel"
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') props.onClose();
      }}
    >
      <div className="filter-head">
        <strong>{column.title}</strong>
        <Button
          size="small"
          variant="minimal"
          text="Clear"
          disabled={current === undefined}
          onClick={() => props.onChange(undefined)}
        />
      </div>
      {props.children}
      {range && <RangeFilter {...props} />}
      {reference && <ReferenceFilter {...props} />}
      {column.type === 'codes' && <CodesFilter {...props} />}
      {!range && !reference && !listOnly && column.type !== 'codes' && <TextFilter {...props} />}
      {!range && column.type !== 'longText' && <ValueList {...props} />}
    </div>
  );
}

function conditionParts(condition: Condition | undefined): Extract<Condition, object> {
  if (condition === undefined) return {};
  return typeof condition === 'object' && condition !== null ? condition : { eq: condition };
}

function TextFilter({ column, where, onChange }: FilterPanelProps) {
  const current = conditionParts(where[column.field]);
  const [kind, setKind] = useState(
    current.blank === true
      ? 'blank'
      : current.blank === false
        ? 'filled'
        : current.eq !== undefined
          ? 'eq'
          : current.startsWith !== undefined
            ? 'startsWith'
            : 'contains',
  );
  const [text, setText] = useState(String(current.contains ?? current.startsWith ?? current.eq ?? ''));
  const needsText = kind !== 'blank' && kind !== 'filled';

  function readCondition(): Condition | undefined {
    if (kind === 'blank') return { blank: true };
    if (kind === 'filled') return { blank: false };
    const typed = text.trim();
    if (typed === '') return undefined;
    const needle = column.type === 'phone' ? phoneNeedle(typed) : typed;
    // A phone is kept as +44…: what people type stands inside it, it is never the whole value.
    return column.type === 'phone' && !needle.startsWith('+') ? { contains: needle } : { [kind]: needle };
  }

  return (
    <form
      className="filter-form"
      onSubmit={(event) => {
        event.preventDefault();
        onChange(readCondition());
      }}
    >
      <HTMLSelect
        aria-label="How to compare"
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value)}
        options={[
          { value: 'contains', label: 'contains' },
          { value: 'eq', label: 'is exactly' },
          { value: 'startsWith', label: 'starts with' },
          ...blankChoices,
        ]}
      />
      {needsText && (
        <input
          className="value-input"
          aria-label={`Text in ${column.title}`}
          // biome-ignore lint/a11y/noAutofocus: the panel was opened to type here
          autoFocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <Button type="submit" size="small" intent="primary" text="Filter" />
    </form>
  );
}

function RangeFilter({ column, where, onChange }: FilterPanelProps) {
  const current = conditionParts(where[column.field]);
  const show = (value: unknown) =>
    value === undefined || value === null
      ? ''
      : column.type === 'number'
        ? String(value)
        : formatDate(String(value));
  const [from, setFrom] = useState(show(current.gte));
  const [to, setTo] = useState(show(current.lte));
  const [error, setError] = useState('');
  // A range over date and time is asked by whole days.
  const plain: Column = column.type === 'datetime' ? { ...column, type: 'date', required: false } : column;

  function apply(): void {
    const start = readEdit({ ...plain, required: false }, from);
    const end = readEdit({ ...plain, required: false }, to);
    if (!start.ok || !end.ok) {
      setError(!start.ok ? start.message : !end.ok ? end.message : '');
      return;
    }
    const last = end.value !== null && column.type === 'datetime' ? `${end.value}T23:59:59` : end.value;
    const condition = {
      ...(start.value !== null ? { gte: start.value } : {}),
      ...(last !== null ? { lte: last } : {}),
    };
    onChange(Object.keys(condition).length > 0 ? condition : undefined);
  }

  return (
    <form
      className="filter-form"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <label className="filter-line">
        <span>From</span>
        <input
          className="value-input"
          // biome-ignore lint/a11y/noAutofocus: the panel was opened to type here
          autoFocus
          placeholder={column.type === 'number' ? '' : 'DD/MM/YYYY'}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
      </label>
      <label className="filter-line">
        <span>To</span>
        <input
          className="value-input"
          placeholder={column.type === 'number' ? '' : 'DD/MM/YYYY'}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      </label>
      {error && (
        <div className="value-message tone-danger" role="alert">
          {error}
        </div>
      )}
      <div className="filter-buttons">
        <Button size="small" text="Blank" onClick={() => onChange({ blank: true })} />
        <Button size="small" text="Not blank" onClick={() => onChange({ blank: false })} />
        <Button type="submit" size="small" intent="primary" text="Filter" />
      </div>
    </form>
  );
}

function ReferenceFilter({ column, context, onChange }: FilterPanelProps) {
  const [draft, setDraft] = useState<EditDraft | null>(null);
  const single: Column = { ...column, type: 'ref', required: false };
  function apply(next: EditDraft | null): void {
    if (!next?.ok || typeof next.value !== 'string') return;
    Object.assign(context.labels, next.labels);
    onChange(column.type === 'refs' ? { has: [next.value] } : { eq: next.value });
  }
  return (
    <div className="filter-form">
      <ValueEditor
        column={single}
        value={null}
        labels={context.labels}
        client={context.client}
        autoFocus
        onDraft={setDraft}
        onCommit={apply}
      />
      <div className="filter-buttons">
        <Button size="small" text="Blank" onClick={() => onChange({ blank: true })} />
        <Button size="small" text="Not blank" onClick={() => onChange({ blank: false })} />
        <Button size="small" intent="primary" text="Filter" onClick={() => apply(draft)} />
      </div>
    </div>
  );
}

function CodesFilter({ onChange }: FilterPanelProps) {
  return (
    <div className="filter-form">
      <div className="filter-buttons">
        <Button size="small" text="Blank" onClick={() => onChange({ blank: true })} />
        <Button size="small" text="Not blank" onClick={() => onChange({ blank: false })} />
      </div>
    </div>
  );
}
