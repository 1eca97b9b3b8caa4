import { Icon } from '@blueprintjs/core';
import { useEffect, useId, useRef, useState } from 'react';
import { chartKinds } from '../../../shared/contract/areas/chart.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import { useClient } from '../../app/connection.ts';
import { chartCopy, kindWords } from '../../copy/chart.ts';
import { showLabel } from '../../grid/format.ts';
import { gridIcons } from '../../ui/gridIcons.ts';

interface Match {
  ref: string;
  grid: GridName;
  label: string;
}

/** A box that finds a record and puts it into the chart. */
export function ChartFind({ onChoose }: { onChoose: (ref: string) => void }) {
  const client = useClient();
  const [text, setText] = useState('');
  const [matches, setMatches] = useState<readonly Match[] | null>(null);
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  useEffect(() => {
    if (text.trim() === '') {
      setMatches(null);
      return;
    }
    let current = true;
    const wait = setTimeout(() => {
      client.records.find({ text, grids: [...chartKinds], limit: 12 }).then(
        (found) => {
          if (!current) return;
          setMatches(found.matches);
          setActive(0);
        },
        () => {
          if (current) setMatches([]);
        },
      );
    }, 150);
    return () => {
      current = false;
      clearTimeout(wait);
    };
  }, [client, text]);

  function take(match: Match | undefined): void {
    if (!match) return;
    setText('');
    setMatches(null);
    onChoose(match.ref);
  }

  return (
    <div className="chart-find">
      <input
        ref={input}
        className="value-input"
        type="text"
        role="combobox"
        aria-label={chartCopy.findLabel}
        aria-expanded={matches !== null}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={matches?.[active] ? `${listId}-${active}` : undefined}
        placeholder={chartCopy.find}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => setTimeout(() => setMatches(null), 150)}
        onKeyDown={(event) => {
          const count = matches?.length ?? 0;
          if (event.key === 'ArrowDown') setActive(Math.min(active + 1, Math.max(0, count - 1)));
          else if (event.key === 'ArrowUp') setActive(Math.max(0, active - 1));
          else if (event.key === 'Enter') take(matches?.[active]);
          else if (event.key === 'Escape' && text !== '') setText('');
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {matches !== null && matches.length > 0 && (
        <div className="chart-matches" id={listId} role="listbox" aria-label={chartCopy.findLabel}>
          {matches.map((match, index) => (
            <div
              key={match.ref}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={`value-choice ${index === active ? 'is-active' : ''}`}
              onPointerDown={(event) => {
                event.preventDefault();
                take(match);
              }}
            >
              <Icon icon={gridIcons[match.grid]} size={12} />
              <span>{showLabel(match.ref, { [match.ref]: match.label })}</span>
              <span className="value-note">
                {match.grid in kindWords ? kindWords[match.grid as keyof typeof kindWords][0] : ''}{' '}
                {match.ref}
              </span>
            </div>
          ))}
        </div>
      )}
      {matches?.length === 0 && (
        <p className="chart-matches muted" role="status">
          {chartCopy.nothingFound}
        </p>
      )}
    </div>
  );
}
