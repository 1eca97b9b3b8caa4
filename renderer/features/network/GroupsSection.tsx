import { Button, Icon } from '@blueprintjs/core';
import type { Community, NetworkReport } from '../../../shared/contract/areas/network.ts';
import { setCrossFilter } from '../../app/crossFilter.ts';
import { goTo } from '../../app/navigation.ts';
import { networkCopy } from '../../copy/network.ts';
import type { Labels } from '../../grid/format.ts';
import { RefLink } from '../dossier/RefLinks.tsx';
import { changeNetwork, useNetworkState } from './networkState.ts';
import { RowTable } from './RowTable.tsx';
import { Words } from './Words.tsx';

const { head } = networkCopy;

/** Groups with more links among them than with others, the largest first. */
export function GroupsSection({ report }: { report: NetworkReport }) {
  const { group } = useNetworkState();
  const shown = report.communities.find(({ id }) => id === group);
  return (
    <div className="network-body">
      <section className="network-list" aria-label={networkCopy.section.groups}>
        <p className="network-lead">{networkCopy.lead.groups}</p>
        <RowTable
          label={networkCopy.section.groups}
          headings={[head.group, head.members, head.people, head.inside, head.outside, head.safeguarding]}
          numbers={[1, 2, 3, 4, 5]}
        >
          {report.communities.map((each) => (
            <tr key={each.id} aria-current={each.id === group ? 'true' : undefined}>
              <td className="wide">
                <button
                  type="button"
                  className="link"
                  data-row
                  onClick={() => changeNetwork({ group: each.id })}
                >
                  <span className="muted">{each.id}</span> {each.name}
                </button>
              </td>
              <td className="num">{each.size.toLocaleString('en-GB')}</td>
              <td className="num">{each.kinds.people ?? 0}</td>
              <td className="num">{each.inside.toLocaleString('en-GB')}</td>
              <td className="num">{each.outside.toLocaleString('en-GB')}</td>
              <td className="num">
                {each.safeguarding.length > 0 && (
                  <span className="network-heart">
                    <Icon icon="heart" size={12} title={networkCopy.isProtected} /> {each.safeguarding.length}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </RowTable>
        {report.communityTotal > report.communities.length && (
          <p className="muted">{networkCopy.largest(report.communities.length, report.communityTotal)}</p>
        )}
      </section>
      {shown ? (
        <GroupDetail key={shown.id} group={shown} groups={report.communities} labels={report.labels} />
      ) : (
        <aside className="network-detail is-empty">
          <p className="muted">{networkCopy.chooseGroup}</p>
        </aside>
      )}
    </div>
  );
}

function GroupDetail(props: { group: Community; groups: readonly Community[]; labels: Labels }) {
  const { group, groups, labels } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className="network-detail" tabIndex={0} aria-label={`${group.id} ${group.name}`}>
      <h3>{group.name}</h3>
      <Words words={group.words} />
      <div className="network-actions">
        <Button
          size="small"
          icon="graph"
          text={networkCopy.chart}
          onClick={() => goTo({ kind: 'chart', from: group.chart })}
        />
        <Button
          size="small"
          icon="filter"
          text={networkCopy.narrow}
          onClick={() =>
            setCrossFilter({
              refs: group.members,
              from: null,
              to: null,
              what: networkCopy.narrowed(group.name),
            })
          }
        />
      </div>
      <RefList title={networkCopy.leading} refs={group.leading} labels={labels} />
      <RefList title={networkCopy.isProtected} refs={group.safeguarding} labels={labels} />
      {group.bridges.length > 0 && (
        <>
          <h4>{networkCopy.bridges}</h4>
          <ul className="network-links">
            {group.bridges.map((bridge) => (
              <li key={bridge.to}>
                <button type="button" className="link" onClick={() => changeNetwork({ group: bridge.to })}>
                  {groups.find(({ id }) => id === bridge.to)?.name ?? bridge.to}
                </button>
                : {networkCopy.bridge(bridge.links)}{' '}
                {bridge.by.map((ref, place) => (
                  <span key={ref}>
                    {place > 0 && ', '}
                    <RefLink reference={ref} labels={labels} />
                  </span>
                ))}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function RefList({ title, refs, labels }: { title: string; refs: readonly string[]; labels: Labels }) {
  if (refs.length === 0) return null;
  return (
    <>
      <h4>{title}</h4>
      <ul className="plain-list">
        {refs.map((ref) => (
          <li key={ref}>
            <RefLink reference={ref} labels={labels} /> <span className="muted">{ref}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
