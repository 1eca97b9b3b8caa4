import { Button, Icon } from '@blueprintjs/core';
import { useState } from 'react';
import type { NetworkEntity, NetworkKind, NetworkReport } from '../../../shared/contract/areas/network.ts';
import { networkCopy } from '../../copy/network.ts';
import { showLabel } from '../../grid/format.ts';
import { gridIcons } from '../../ui/gridIcons.ts';
import { KindSwitch } from '../clocks/ClockList.tsx';
import { RefLink } from '../dossier/RefLinks.tsx';
import { EntityDetail } from './EntityDetail.tsx';
import { changeNetwork, useNetworkState } from './networkState.ts';
import { RowTable } from './RowTable.tsx';

const fewRows = 100;
const { head } = networkCopy;

/** Everybody and everything that is not protected, by how much goes through it. */
export function BetweenSection({ report }: { report: NetworkReport }) {
  const { chosen } = useNetworkState();
  const [kind, setKind] = useState<NetworkKind | null>(null);
  const [all, setAll] = useState(false);
  const ranked = report.entities.filter(({ rank }) => rank !== null);
  const listed = ranked.filter((each) => kind === null || each.kind === kind);
  const rows = all ? listed : listed.slice(0, fewRows);
  const kinds = (Object.keys(networkCopy.kind) as NetworkKind[]).filter((each) =>
    ranked.some((entity) => entity.kind === each),
  );
  const nameOf = (id: string | null) => report.communities.find((each) => each.id === id)?.name ?? id ?? '';
  return (
    <div className="network-body">
      <section className="network-list" aria-label={networkCopy.section.between}>
        <p className="network-lead">{networkCopy.lead.between}</p>
        <fieldset className="calls-kinds" aria-label={networkCopy.showKind}>
          <KindSwitch
            title={networkCopy.allKinds}
            count={ranked.length}
            on={kind === null}
            onSwitch={() => setKind(null)}
          />
          {kinds.map((each) => (
            <KindSwitch
              key={each}
              title={networkCopy.kindsOf[each]}
              count={ranked.filter((entity) => entity.kind === each).length}
              on={kind === each}
              onSwitch={() => setKind(kind === each ? null : each)}
            />
          ))}
        </fieldset>
        <RowTable
          label={networkCopy.section.between}
          headings={[head.rank, head.entity, head.degree, head.share, head.pieces, head.group, head.target]}
          numbers={[0, 2, 4]}
        >
          {rows.map((entity) => (
            <tr key={entity.ref} aria-current={entity.ref === chosen ? 'true' : undefined}>
              <td className="num muted">{entity.rank}</td>
              <td className="wide">
                <button
                  type="button"
                  className="link network-name"
                  data-row
                  title={`${networkCopy.kind[entity.kind]} ${entity.ref}`}
                  onClick={() => changeNetwork({ chosen: entity.ref })}
                >
                  <Icon icon={gridIcons[entity.kind]} size={12} title={networkCopy.kind[entity.kind]} />
                  <span>{showLabel(entity.ref, report.labels)}</span>
                </button>
                {entity.isProtectedPlace && (
                  <span className="network-heart">
                    {' '}
                    <Icon icon="heart" size={12} title={networkCopy.isProtected} />
                  </span>
                )}
              </td>
              <td className="num">{entity.degree.toLocaleString('en-GB')}</td>
              <td>
                <ShareBar entity={entity} />
              </td>
              <td className="num">{entity.pieces > 1 ? entity.pieces : ''}</td>
              <td className="clip network-group" title={nameOf(entity.community)}>
                {nameOf(entity.community)}
              </td>
              <td className="nowrap">
                {entity.targets.map((ref) => (
                  <RefLink key={ref} reference={ref} labels={{}} />
                ))}
              </td>
            </tr>
          ))}
        </RowTable>
        {listed.length > fewRows && (
          <Button
            size="small"
            variant="minimal"
            text={all ? networkCopy.fewer : networkCopy.all(listed.length)}
            onClick={() => setAll(!all)}
          />
        )}
        {report.total > report.entities.length && (
          <p className="muted">{networkCopy.first(report.entities.length, report.total)}</p>
        )}
      </section>
      {chosen === null ? (
        <aside className="network-detail is-empty">
          <p className="muted">{networkCopy.choose}</p>
        </aside>
      ) : (
        <EntityDetail key={chosen} reference={chosen} />
      )}
    </div>
  );
}

function ShareBar({ entity }: { entity: NetworkEntity }) {
  const percent = Math.round(entity.share * 100);
  return (
    <span className="network-share" title={networkCopy.ways(entity.through, entity.pairs)}>
      <span className="network-track" aria-hidden="true">
        <span style={{ width: `${percent}%` }} />
      </span>
      <span className="network-percent">{percent} %</span>
    </span>
  );
}
