import { Icon } from '@blueprintjs/core';
import { useEffect, useRef } from 'react';
import { matchingCopy, percent } from '../../copy/matching.ts';
import type { Case } from './queue.ts';

/** More than this are not drawn: what is decided makes room for the next. */
const mostDrawn = 300;

export function CaseList(props: {
  cases: readonly Case[];
  active: string | null;
  labels: Readonly<Record<string, string>>;
  alerts: Readonly<Record<string, string[]>>;
  onChoose: (key: string) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  const { cases, active } = props;
  useEffect(() => {
    if (active !== null)
      list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const at = Math.max(
    0,
    cases.findIndex((each) => each.key === active),
  );
  const from = Math.max(0, Math.min(at - 100, cases.length - mostDrawn));
  const name = (ref: string) => props.labels[ref] ?? ref;
  return (
    <div
      className="case-list"
      role="listbox"
      tabIndex={0}
      aria-label={matchingCopy.list}
      aria-activedescendant={active === null ? undefined : `case-${at}`}
      ref={list}
    >
      {cases.slice(from, from + mostDrawn).map((each, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys
        // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus
        <div
          key={each.key}
          id={`case-${from + index}`}
          role="option"
          aria-selected={each.key === active}
          className={`case case-${each.kind}`}
          onClick={() => props.onChoose(each.key)}
        >
          <span className="case-score">{percent(each.score)}</span>
          <span className="case-names">
            {each.refs.slice(0, 3).map((ref) => (
              <span key={ref}>
                {name(ref)} <span className="muted">{ref}</span>
              </span>
            ))}
            {each.refs.length > 3 && <span className="muted">{matchingCopy.group(each.refs.length)}</span>}
            {each.kind === 'unsure' && <span className="tone-warning">{matchingCopy.wasUnsure}</span>}
          </span>
          {each.refs.some((ref) => props.alerts[ref]) && (
            <Icon
              icon="shield"
              size={14}
              className="tone-danger"
              title={each.refs.flatMap((ref) => props.alerts[ref] ?? []).join('; ')}
            />
          )}
        </div>
      ))}
    </div>
  );
}
