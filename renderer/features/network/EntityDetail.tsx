import { Button, Icon, Spinner } from '@blueprintjs/core';
import type { NetworkLink, NetworkLinks } from '../../../shared/contract/areas/network.ts';
import { goTo, openRecord, showSource } from '../../app/navigation.ts';
import { describeError } from '../../app/reportError.ts';
import { networkCopy } from '../../copy/network.ts';
import { type Labels, showLabel } from '../../grid/format.ts';
import { gridIcons } from '../../ui/gridIcons.ts';
import { RefLink } from '../dossier/RefLinks.tsx';
import { takeOut, useNetworkState } from './networkState.ts';
import { useNetworkLinks } from './useNetwork.ts';
import { Words } from './Words.tsx';

const othersShown = 40;

/** What the measures of one say, and the links that make it so, each with what it rests on. */
export function EntityDetail({ reference }: { reference: string }) {
  const { options } = useNetworkState();
  const { data, error } = useNetworkLinks(reference, options);
  if (error)
    return (
      <aside className="network-detail" aria-label={networkCopy.links}>
        <p className="tone-danger" role="alert">
          {networkCopy.linksFailed}. {describeError(error).message}
        </p>
      </aside>
    );
  if (!data)
    return (
      <aside className="network-detail" aria-label={networkCopy.links}>
        <Spinner size={20} aria-label={networkCopy.working} />
      </aside>
    );
  return <Detail links={data} />;
}

function Detail({ links }: { links: NetworkLinks }) {
  const { entity, labels, others, total } = links;
  const isProtected = entity.protection.length > 0;
  const name = showLabel(entity.ref, labels);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className="network-detail" tabIndex={0} aria-label={`${entity.ref} ${name}`}>
      <h3>
        <Icon icon={gridIcons[entity.kind]} size={14} /> <RefLink reference={entity.ref} labels={labels} />
      </h3>
      <p className="muted">
        {networkCopy.kind[entity.kind]} {entity.ref}
        {links.standsFor.length > 0 && (
          <>
            . {networkCopy.standsFor}{' '}
            {links.standsFor.slice(0, 6).map((ref, place) => (
              <span key={ref}>
                {place > 0 && ', '}
                {showLabel(ref, labels)}
              </span>
            ))}
            {links.standsFor.length > 6 && ` ${networkCopy.more(links.standsFor.length - 6)}`}
          </>
        )}
      </p>
      <Words words={entity.words} isProtected={isProtected || entity.isProtectedPlace} />
      <div className="network-actions">
        <Button
          size="small"
          icon="graph"
          text={networkCopy.chart}
          onClick={() => goTo({ kind: 'chart', from: entity.chart })}
        />
        {!isProtected && (
          <Button
            size="small"
            icon="exclude-row"
            text={networkCopy.takeOut}
            onClick={() => takeOut([entity.ref])}
          />
        )}
      </div>
      <h4>{networkCopy.links}</h4>
      <ul className="network-links">
        {others.slice(0, othersShown).map((other) => (
          <li key={other.ref}>
            <RefLink reference={other.ref} labels={labels} />
            <ul>
              {other.links.map((link) => (
                <li key={`${link.kind} ${link.from} ${link.to} ${link.words}`}>
                  <LinkLine link={link} ends={[entity.ref, other.ref]} labels={labels} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {total > othersShown && <p className="muted">{networkCopy.more(total - othersShown)}</p>}
    </section>
  );
}

/** One link in words, with the way to what it rests on. */
function LinkLine({ link, ends, labels }: { link: NetworkLink; ends: readonly string[]; labels: Labels }) {
  const own = (ref: string) => (ends.includes(ref) ? '' : showLabel(ref, labels));
  const [from, to] = [own(link.from), own(link.to)];
  const through = link.kind === 'calls' ? `${from || ends[0]} → ${to || ends[1]}: ` : '';
  return (
    <>
      <span className="muted">{through}</span>
      {link.words}{' '}
      {link.sources.map((source) => (
        <button
          key={`${source.ref} ${source.row}`}
          type="button"
          className="link"
          title={`${source.file} ${source.sheet}`}
          onClick={() => showSource(source.ref, null, source.row)}
        >
          {networkCopy.row(source.ref, source.row)}
        </button>
      ))}
      {link.record !== null && (
        <button type="button" className="link" onClick={() => openRecord(link.record ?? '')}>
          {link.record}
        </button>
      )}
      {link.kind === 'calls' && (
        <button
          type="button"
          className="link"
          aria-label={`${networkCopy.calls}: ${showLabel(link.from, labels)}`}
          onClick={() => goTo({ kind: 'calls', ref: link.from })}
        >
          {networkCopy.calls}
        </button>
      )}
    </>
  );
}
