import type { KeyboardEvent, ReactNode } from 'react';

/** A table whose rows begin with a button (`data-row`): the arrow keys go from row to row. */
export function RowTable(props: {
  label: string;
  headings: readonly string[];
  /** Columns of numbers, by their place. */
  numbers: readonly number[];
  children: ReactNode;
}) {
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    const next = step === undefined || at < 0 ? undefined : buttons[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className="network-table" tabIndex={0} aria-label={`${props.label}, table`}>
      <table className="table table-small">
        <thead>
          <tr>
            {props.headings.map((heading, place) => (
              <th key={heading} className={props.numbers.includes(place) ? 'num' : ''}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={onKeyDown}>{props.children}</tbody>
      </table>
    </section>
  );
}
