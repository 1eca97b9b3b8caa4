import { Icon } from '@blueprintjs/core';
import { type KeyboardEvent, useState } from 'react';
import type { IssuedPack } from '../../../../shared/contract/packSchemas.ts';
import { formatDate } from '../../../../shared/packs/format.ts';
import { showMoment } from '../../../ui/dates.ts';
import { signsOf } from './packStates.ts';

const pageSize = 300;

/** The copies as rows. Each can be ticked, and one is chosen to be looked at. */
export function RegisterTable(props: {
  packs: readonly IssuedPack[];
  chosen: string | null;
  ticked: ReadonlySet<string>;
  onChoose: (ref: string) => void;
  onTick: (refs: readonly string[], on: boolean) => void;
}) {
  const [shown, setShown] = useState(pageSize);
  const rows = props.packs.slice(0, shown);
  const allTicked = rows.length > 0 && rows.every(({ ref }) => props.ticked.has(ref));
  // The arrow keys go from copy to copy.
  const step = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const row = (event.target as HTMLElement).closest('tr');
    const next = event.key === 'ArrowDown' ? row?.nextElementSibling : row?.previousElementSibling;
    const button = next?.querySelector<HTMLElement>('.register-ref');
    if (!button) return;
    event.preventDefault();
    button.focus();
    button.click();
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className="table-scroll register-scroll" tabIndex={0} aria-label="Issued copies">
      <table className="table register-table">
        <thead>
          <tr>
            <th>
              <input
                type="checkbox"
                aria-label="Tick every copy that is shown"
                checked={allTicked}
                onChange={() =>
                  props.onTick(
                    rows.map(({ ref }) => ref),
                    !allTicked,
                  )
                }
              />
            </th>
            <th>Issue</th>
            <th>Pack</th>
            <th className="num">Version</th>
            <th className="num">Copy</th>
            <th>Recipient</th>
            <th>Issued</th>
            <th>Destroy by</th>
            <th>State</th>
          </tr>
        </thead>
        <tbody onKeyDown={step}>
          {rows.map((pack) => (
            <tr key={pack.ref} className={pack.ref === props.chosen ? 'is-chosen' : ''} data-pack={pack.ref}>
              <td>
                <input
                  type="checkbox"
                  aria-label={`Tick ${pack.ref}`}
                  checked={props.ticked.has(pack.ref)}
                  onChange={() => props.onTick([pack.ref], !props.ticked.has(pack.ref))}
                />
              </td>
              <td className="nowrap">
                <button
                  type="button"
                  className="link register-ref"
                  aria-current={pack.ref === props.chosen ? 'true' : undefined}
                  onClick={() => props.onChoose(pack.ref)}
                >
                  {pack.ref}
                </button>
              </td>
              <td>
                {pack.title}
                {pack.team !== null && <span className="muted"> {pack.team}</span>}
              </td>
              <td className="num">{pack.version}</td>
              <td className="num">{pack.copy}</td>
              <td className="register-recipient" title={pack.recipient}>
                {pack.recipient}
              </td>
              <td className="nowrap">{showMoment(pack.at)}</td>
              <td className="nowrap">{pack.destroyBy === null ? '' : formatDate(pack.destroyBy)}</td>
              <td>
                <PackSigns pack={pack} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {props.packs.length > shown && (
        <button type="button" className="link register-more" onClick={() => setShown(shown + pageSize)}>
          Show more of {props.packs.length.toLocaleString('en-GB')}
        </button>
      )}
    </section>
  );
}

/** What is to be known of a copy, as signs with words. */
export function PackSigns({ pack }: { pack: IssuedPack }) {
  return (
    <span className="pack-signs">
      {signsOf(pack).map(({ words, icon, tone, hint }) => (
        <span key={words} className={`pack-sign ${tone}`} title={hint}>
          <Icon icon={icon} size={12} /> {words}
        </span>
      ))}
    </span>
  );
}
