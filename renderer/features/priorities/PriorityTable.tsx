import { Icon } from '@blueprintjs/core';
import type { ReactNode } from 'react';
import type { PriorityKind } from '../../../shared/contract/areas/priorities.ts';
import { openDossier } from '../../app/navigation.ts';
import { prioritiesCopy } from '../../copy/priorities.ts';
import { gridIcons } from '../../ui/gridIcons.ts';

interface Row {
  ref: string;
  kind: PriorityKind;
  label: string;
}

/** One of the two lists. The row that has the focus is the chosen one. */
export function PriorityTable<Each extends Row>(props: {
  id: string;
  title: string;
  note: string;
  count: string;
  rows: readonly Each[];
  left: number;
  empty: string;
  /** Headings of the columns behind the name, and what stands in them. */
  columns: readonly { title: string; className?: string; show: (row: Each) => ReactNode }[];
  chosen: string | null;
  onChoose: (ref: string) => void;
  onMore: () => void;
}) {
  const { id, rows, chosen } = props;
  const isHere = rows.some(({ ref }) => ref === chosen);
  return (
    <section className="priority-list" aria-labelledby={id} onKeyDown={moveFocus}>
      <header>
        <h3 id={id}>
          {props.title} <span className="finding-count">{props.count}</span>
        </h3>
        <p className="muted">{props.note}</p>
      </header>
      <div className="priority-scroll">
        {rows.length === 0 && <p className="muted priority-empty">{props.empty}</p>}
        {rows.length > 0 && (
          <table>
            <thead>
              <tr>
                <th scope="col">{prioritiesCopy.who}</th>
                {props.columns.map(({ title, className }) => (
                  <th key={title} scope="col" className={className}>
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, at) => (
                <tr key={row.ref} data-ref={row.ref} className={row.ref === chosen ? 'is-chosen' : ''}>
                  <th scope="row">
                    <button
                      type="button"
                      className="priority-pick"
                      tabIndex={row.ref === chosen || (!isHere && at === 0) ? 0 : -1}
                      aria-current={row.ref === chosen}
                      title={`${row.label}, ${row.ref}`}
                      onFocus={() => props.onChoose(row.ref)}
                      onClick={(event) => event.currentTarget.focus()}
                      onDoubleClick={() => openDossier(row.ref)}
                    >
                      <Icon icon={gridIcons[row.kind]} size={13} aria-hidden="true" />
                      <span>{row.label}</span>
                    </button>
                  </th>
                  {props.columns.map(({ title, className, show }) => (
                    <td key={title} className={className}>
                      {show(row)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {props.left > 0 && (
          <button type="button" className="link priority-more" onClick={props.onMore}>
            {prioritiesCopy.more(props.left)}
          </button>
        )}
      </div>
    </section>
  );
}

/** Up, Down, Home and End go from row to row. */
function moveFocus(event: React.KeyboardEvent<HTMLElement>): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const picks = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('.priority-pick')];
  const at = picks.indexOf(document.activeElement as HTMLButtonElement);
  if (at < 0) return;
  const to = {
    ArrowDown: Math.min(at + 1, picks.length - 1),
    ArrowUp: Math.max(at - 1, 0),
    PageDown: Math.min(at + 10, picks.length - 1),
    PageUp: Math.max(at - 10, 0),
    Home: 0,
    End: picks.length - 1,
  }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  picks[to]?.focus();
}
