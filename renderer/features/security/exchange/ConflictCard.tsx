import { Button } from '@blueprintjs/core';
import type { KeyboardEvent } from 'react';
import type { ConflictOption, ExchangeConflict } from '../../../../shared/contract/areas/exchange.ts';
import { findColumn, grids } from '../../../../shared/grid/grids.ts';
import { openRecord } from '../../../app/navigation.ts';
import { exchangeCopy } from '../../../copy/exchange.ts';
import { formatValue } from '../../../grid/format.ts';
import { showMoment } from '../../../ui/dates.ts';

const copy = exchangeCopy.conflicts;

/** One conflict: the values side by side, by whom and when. With `onTake` it is decided, by button or by letter. */
export function ConflictCard({
  conflict,
  busy = false,
  onTake,
}: {
  conflict: ExchangeConflict;
  busy?: boolean;
  onTake?: (key: string) => void;
}) {
  const { kind, label, options, ref, title } = conflict;
  const mayTake = (option: ConflictOption) => !(kind === 'missing' && option.standing);
  const takeByKey = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const option = options.find(({ key }) => key === event.key.toUpperCase());
    if (!option || !onTake || busy || !mayTake(option)) return;
    event.preventDefault();
    onTake(option.key);
  };
  const heading = label === ref ? ref : `${ref} ${label}`;
  return (
    <section
      className="exchange-conflict"
      aria-label={`${title}, ${heading}`}
      tabIndex={onTake ? 0 : undefined}
      onKeyDown={takeByKey}
    >
      <header className="exchange-conflict-head">
        <strong>{title}</strong>
        <span>{heading}</span>
        <span className="muted">{copy.kinds[kind]}</span>
        {onTake && kind !== 'removed' && (
          <Button size="small" variant="minimal" text={copy.open} onClick={() => openRecord(ref)} />
        )}
      </header>
      <div className="exchange-options">
        {options.map((option) => (
          <div key={option.key} className={`exchange-option${option.standing ? ' exchange-standing' : ''}`}>
            <p className="exchange-said">
              <kbd>{option.key}</kbd> <SaidValue conflict={conflict} option={option} />
            </p>
            <p className="muted">
              {option.user !== null && copy.by(option.user, option.copy, showMoment(option.at ?? ''))}
              {option.standing && <span className="exchange-stands"> {copy.stands}</span>}
            </p>
            {onTake && mayTake(option) && (
              <Button
                size="small"
                text={copy.take(option.key)}
                disabled={busy}
                onClick={() => onTake(option.key)}
              />
            )}
          </div>
        ))}
      </div>
    </section>
  );
}

function SaidValue({ conflict, option }: { conflict: ExchangeConflict; option: ConflictOption }) {
  const { kind, grid, field } = conflict;
  const { value } = option;
  if (value === null) {
    const words = kind === 'removed' ? copy.gone : kind === 'missing' ? copy.clear : copy.blank;
    return <em>{words}</em>;
  }
  if (kind === 'missing' && !option.standing) return <em>{copy.bringBack(String(value))}</em>;
  const show = (name: string, said: unknown) => {
    const column = findColumn(grids[grid], name);
    return column ? formatValue(column, said) : String(said ?? '');
  };
  if (typeof value !== 'object') return <span>{show(field, value)}</span>;
  // Of a removed record what was entered, of an import or a pack its state.
  return (
    <span>
      {Object.entries(value)
        .filter(([, said]) => said !== null)
        .map(([name, said]) => `${findColumn(grids[grid], name)?.title ?? name}: ${show(name, said)}`)
        .join('; ')}
    </span>
  );
}
