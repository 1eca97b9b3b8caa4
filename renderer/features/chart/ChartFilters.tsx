import { Button, Checkbox, PopoverNext } from '@blueprintjs/core';
import { useEffect, useState } from 'react';
import {
  type ChartFilter,
  type ChartState,
  tieKinds,
  ungraded,
} from '../../../shared/contract/areas/chart.ts';
import { formatDate } from '../../../shared/domain/dates.ts';
import { chartCopy, tieWords } from '../../copy/chart.ts';
import { readDate } from '../../ui/dates.ts';
import { FormField } from '../../ui/FormField.tsx';
import { changeChart } from './chartState.ts';

/** Which links count: by date, by grade, by what says so. */
export function ChartFilters({ state, grades }: { state: ChartState; grades: readonly string[] }) {
  const { filter } = state;
  const parts = [
    ...(filter.from || filter.to
      ? [`${filter.from ? formatDate(filter.from) : '…'} – ${filter.to ? formatDate(filter.to) : '…'}`]
      : []),
    ...(filter.grades
      ? [filter.grades.map((grade) => (grade === ungraded ? chartCopy.ungraded : grade)).join(', ')]
      : []),
    ...(filter.ties ? [filter.ties.map((tie) => tieWords[tie]).join(', ')] : []),
  ];
  return (
    <>
      <PopoverNext
        placement="bottom-start"
        arrow={false}
        animation="minimal"
        inheritDarkTheme={false}
        content={<FilterForm state={state} grades={grades} />}
      >
        <Button
          size="small"
          icon="filter"
          className="chart-filter"
          text={parts.length > 0 ? `${chartCopy.filter}: ${parts.join('; ')}` : chartCopy.filter}
          active={parts.length > 0}
          title={chartCopy.filterTitle}
        />
      </PopoverNext>
      {parts.length > 0 && (
        <Button
          size="small"
          variant="minimal"
          icon="filter-remove"
          text={chartCopy.clearFilter}
          onClick={() => changeChart({ filter: {} })}
        />
      )}
    </>
  );
}

/** The filter with one part set, or taken out where nothing is left of it. */
function withPart<Part extends keyof ChartFilter>(
  filter: ChartFilter,
  part: Part,
  value: ChartFilter[Part] | undefined,
): ChartFilter {
  const { [part]: _, ...rest } = filter;
  return value === undefined ? rest : { ...rest, [part]: value };
}

function FilterForm({ state, grades }: { state: ChartState; grades: readonly string[] }) {
  const { filter } = state;
  const set = (next: ChartFilter) => changeChart({ filter: next });
  const all = [...new Set([...grades, ...(filter.grades ?? [])])].sort();
  const chosen = new Set(filter.grades ?? all);
  const ties = new Set(filter.ties ?? tieKinds);
  return (
    <div className="chart-popover chart-filters">
      <fieldset>
        <legend>{chartCopy.period}</legend>
        <div className="chart-dates">
          <DayField
            label={chartCopy.from}
            value={filter.from}
            onChange={(day) => set(withPart(filter, 'from', day))}
          />
          <DayField
            label={chartCopy.to}
            value={filter.to}
            onChange={(day) => set(withPart(filter, 'to', day))}
          />
        </div>
        <p className="muted">{chartCopy.undated}</p>
      </fieldset>
      <fieldset>
        <legend>{chartCopy.grades}</legend>
        {all.length === 0 && <p className="muted">{chartCopy.noGrades}</p>}
        <div className="chart-grades">
          {all.map((grade) => (
            <Checkbox
              key={grade}
              label={grade === ungraded ? chartCopy.ungraded : grade}
              checked={chosen.has(grade)}
              onChange={() => {
                const next = all.filter((each) => (each === grade ? !chosen.has(each) : chosen.has(each)));
                set(withPart(filter, 'grades', next.length === all.length ? undefined : next));
              }}
            />
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend>{chartCopy.ties}</legend>
        {tieKinds.map((tie) => (
          <Checkbox
            key={tie}
            label={tieWords[tie]}
            checked={ties.has(tie)}
            onChange={() => {
              const next = tieKinds.filter((each) => (each === tie ? !ties.has(each) : ties.has(each)));
              set(withPart(filter, 'ties', next.length === tieKinds.length ? undefined : next));
            }}
          />
        ))}
      </fieldset>
      <Checkbox
        label={chartCopy.leaveOut}
        checked={state.leaveOut}
        onChange={() => changeChart({ leaveOut: !state.leaveOut })}
      />
      <p className="muted">{chartCopy.leaveOutHint}</p>
    </div>
  );
}

/** A day that counts once it is a date and the field is left, or Enter is pressed. */
function DayField(props: {
  label: string;
  value: string | undefined;
  onChange: (day: string | undefined) => void;
}) {
  const shown = props.value === undefined ? '' : formatDate(props.value);
  const [text, setText] = useState(shown);
  const [error, setError] = useState<string | undefined>(undefined);
  useEffect(() => setText(shown), [shown]);
  function commit(): void {
    const day = text.trim() === '' ? undefined : readDate(text);
    if (day === null) {
      setError(chartCopy.badDate);
      return;
    }
    setError(undefined);
    if (day !== props.value) props.onChange(day);
  }
  return (
    <FormField label={props.label} error={error}>
      {(input) => (
        <input
          {...input}
          className="value-input"
          type="text"
          placeholder="DD/MM/YYYY"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit();
          }}
        />
      )}
    </FormField>
  );
}
