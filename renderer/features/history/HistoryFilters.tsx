import { Button, Checkbox, HTMLSelect, InputGroup } from '@blueprintjs/core';
import { useId, useState } from 'react';
import type { EntryCounts, EntryFilter } from '../../../shared/contract/auditSchemas.ts';
import type { HistoryEntry } from '../../../shared/contract/schemas.ts';
import { parseRef } from '../../../shared/grid/grids.ts';
import { auditCopy, operationTitles } from '../../copy/audit.ts';
import { readDate } from '../../ui/dates.ts';

const copy = auditCopy.filters;
const operations = Object.keys(operationTitles) as HistoryEntry['operation'][];

/** Chooses which entries are shown. Texts count when they are left or Enter is pressed. */
export function HistoryFilters(props: {
  filter: EntryFilter;
  /** Counts of everything, for the choices. */
  all: EntryCounts | undefined;
  onChange: (filter: EntryFilter) => void;
}) {
  const { filter, all, onChange } = props;
  const [round, setRound] = useState(0);
  const [wrong, setWrong] = useState<string | null>(null);
  const set = (change: { [K in keyof EntryFilter]: EntryFilter[K] | undefined }) => {
    setWrong(null);
    const next = { ...filter, ...change };
    onChange(Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)));
  };
  const setDay = (field: 'from' | 'to', text: string) => {
    const day = text.trim() === '' ? undefined : readDate(text);
    if (day === null) setWrong(copy.badDate);
    else set({ [field]: day });
  };
  const setRef = (text: string) => {
    const typed = text.trim().toUpperCase();
    if (typed !== '' && !parseRef(typed)) setWrong(copy.badRef);
    else set({ ref: typed === '' ? undefined : typed });
  };
  return (
    <search className="history-filters" aria-label={copy.label}>
      <Select
        label={copy.user}
        value={filter.users?.[0] ?? ''}
        any={copy.anyUser}
        options={(all?.users ?? []).map(({ user, count }) => [
          user,
          `${user} (${count.toLocaleString('en-GB')})`,
        ])}
        onChange={(user) => set({ users: user === '' ? undefined : [user] })}
      />
      <Select
        label={copy.operation}
        value={filter.operations?.[0] ?? ''}
        any={copy.anyOperation}
        options={operations.map((each) => {
          const count = all?.operations.find(({ operation }) => operation === each)?.count ?? 0;
          return [each, `${operationTitles[each]} (${count.toLocaleString('en-GB')})`];
        })}
        onChange={(each) =>
          set({ operations: each === '' ? undefined : [each as HistoryEntry['operation']] })
        }
      />
      <Typed
        key={`from ${round}`}
        label={copy.from}
        width={96}
        placeholder="DD/MM/YYYY"
        onDone={(text) => setDay('from', text)}
      />
      <Typed
        key={`to ${round}`}
        label={copy.to}
        width={96}
        placeholder="DD/MM/YYYY"
        onDone={(text) => setDay('to', text)}
      />
      <Typed key={`ref ${round}`} label={copy.ref} width={80} placeholder="NOM-3" onDone={setRef} />
      <Typed
        key={`text ${round}`}
        label={copy.text}
        width={160}
        placeholder=""
        onDone={(text) => set({ text: text.trim() === '' ? undefined : text.trim() })}
      />
      <Checkbox
        className="history-reasons"
        label={copy.withoutReason}
        checked={filter.withoutReason === true}
        onChange={(event) => set({ withoutReason: event.currentTarget.checked ? true : undefined })}
      />
      {Object.keys(filter).length > 0 && (
        <Button
          size="small"
          variant="minimal"
          icon="filter-remove"
          text={copy.clear}
          onClick={() => {
            setRound(round + 1);
            setWrong(null);
            onChange({});
          }}
        />
      )}
      {wrong && (
        <p className="tone-danger history-wrong" role="alert">
          {wrong}
        </p>
      )}
    </search>
  );
}

function Select(props: {
  label: string;
  value: string;
  any: string;
  options: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className="history-filter">
      <label htmlFor={id}>{props.label}</label>
      <HTMLSelect id={id} value={props.value} onChange={(event) => props.onChange(event.currentTarget.value)}>
        <option value="">{props.any}</option>
        {props.options.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </HTMLSelect>
    </div>
  );
}

function Typed(props: { label: string; width: number; placeholder: string; onDone: (text: string) => void }) {
  const id = useId();
  return (
    <div className="history-filter">
      <label htmlFor={id}>{props.label}</label>
      <InputGroup
        id={id}
        style={{ width: props.width }}
        placeholder={props.placeholder}
        onBlur={(event) => props.onDone(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') props.onDone(event.currentTarget.value);
        }}
      />
    </div>
  );
}
