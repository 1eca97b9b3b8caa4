import { Button, ButtonGroup } from '@blueprintjs/core';
import { useId, useState } from 'react';
import { readMoment } from '../../../shared/domain/timeGrain.ts';
import { timelineCopy } from '../../copy/timeline.ts';
import { readDate, readDateTime } from '../../ui/dates.ts';
import { showSeconds } from './markWords.ts';
import type { Period } from './scale.ts';
import { moved, zoomed } from './scale.ts';

/** What a typed end of a period stands for; null for what is no date. */
function readEnd(text: string, isEnd: boolean): number | null {
  const day = readDate(text);
  const read = readMoment(day ?? readDateTime(text) ?? '');
  if (!read) return null;
  return isEnd && day !== null ? read.to : read.from;
}

/** The end of what is shown, as somebody would type it: its last day where it is a midnight. */
const showEnd = (seconds: number) => showSeconds(seconds % 86_400 === 0 ? seconds - 86_400 : seconds);

/** The period in view: typed, moved, zoomed. */
export function PeriodBox(props: {
  shown: Period;
  extent: Period | null;
  onPeriod: (period: Period) => void;
}) {
  const { shown, extent, onPeriod } = props;
  const middle = (shown.from + shown.to) / 2;
  const rounded = { from: Math.floor(shown.from / 60) * 60, to: Math.ceil(shown.to / 60) * 60 };
  return (
    <div className="timeline-period">
      <End
        key={`from ${rounded.from}`}
        title={timelineCopy.from}
        text={showSeconds(rounded.from)}
        read={(text) => {
          const from = readEnd(text, false);
          if (from === null) return timelineCopy.badDate;
          if (from >= shown.to) return timelineCopy.badOrder;
          onPeriod({ from, to: shown.to });
          return null;
        }}
      />
      <End
        key={`to ${rounded.to}`}
        title={timelineCopy.to}
        text={showEnd(rounded.to)}
        read={(text) => {
          const to = readEnd(text, true);
          if (to === null) return timelineCopy.badDate;
          if (to <= shown.from) return timelineCopy.badOrder;
          onPeriod({ from: shown.from, to });
          return null;
        }}
      />
      <ButtonGroup>
        <Button
          size="small"
          icon="chevron-left"
          aria-label={timelineCopy.earlier}
          title={`${timelineCopy.earlier} (Left)`}
          onClick={() => onPeriod(moved(shown, -0.5, extent))}
        />
        <Button
          size="small"
          icon="chevron-right"
          aria-label={timelineCopy.later}
          title={`${timelineCopy.later} (Right)`}
          onClick={() => onPeriod(moved(shown, 0.5, extent))}
        />
        <Button
          size="small"
          icon="zoom-in"
          aria-label={timelineCopy.closer}
          title={`${timelineCopy.closer} (+)`}
          onClick={() => onPeriod(zoomed(shown, 0.5, middle))}
        />
        <Button
          size="small"
          icon="zoom-out"
          aria-label={timelineCopy.wider}
          title={`${timelineCopy.wider} (-)`}
          onClick={() => onPeriod(zoomed(shown, 2, middle))}
        />
      </ButtonGroup>
      <Button
        size="small"
        text={timelineCopy.everything}
        title={`${timelineCopy.everything} (0)`}
        disabled={!extent}
        onClick={() => extent && onPeriod(extent)}
      />
    </div>
  );
}

function End(props: { title: string; text: string; read: (text: string) => string | null }) {
  const id = useId();
  const [text, setText] = useState(props.text);
  const [error, setError] = useState<string | null>(null);
  function commit(): void {
    if (text === props.text) setError(null);
    else setError(props.read(text));
  }
  return (
    <div className="timeline-end">
      <label htmlFor={id}>{props.title}</label>
      <input
        id={id}
        className="value-input"
        value={text}
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : `${id}-error`}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
        }}
      />
      {error && (
        <span className="tone-danger timeline-end-error" role="alert" id={`${id}-error`}>
          {error}
        </span>
      )}
    </div>
  );
}
