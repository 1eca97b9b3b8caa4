import './network.css';
import { Button } from '@blueprintjs/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { NetworkReport } from '../../../shared/contract/areas/network.ts';
import { showDialog } from '../../app/navigation.ts';
import { useStatus } from '../../app/queries.ts';
import { describeError } from '../../app/reportError.ts';
import { narrowingCopy } from '../../copy/narrowing.ts';
import { networkCopy } from '../../copy/network.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { ViewHead } from '../../ui/ViewHead.tsx';
import { NarrowedChip } from '../pictures/NarrowedChip.tsx';
import { BetweenSection } from './BetweenSection.tsx';
import { GroupsSection } from './GroupsSection.tsx';
import { NetworkSide } from './NetworkSide.tsx';
import { beginNetwork, changeNetwork, type NetworkSection, useNetworkState } from './networkState.ts';
import { PlayersSection } from './PlayersSection.tsx';
import { SafeguardingSection } from './SafeguardingSection.tsx';
import { useNetwork } from './useNetwork.ts';
import { WithoutSection } from './WithoutSection.tsx';

/** Begins anew for another workspace or user before anything of it is asked for. */
export function NetworkView() {
  const { owner: shown } = useNetworkState();
  const { data: status } = useStatus();
  const open = status?.open;
  const owner = open ? `${open.workspaceId} ${open.user.name}` : null;
  useEffect(() => {
    if (owner !== null) beginNetwork(owner);
  }, [owner]);
  return owner === null || shown !== owner ? null : <MeasuredView />;
}

/** What the links say of the network as a whole: who stands between others, groups, key players, what is left. */
function MeasuredView() {
  const { section, options } = useNetworkState();
  const { query, progress } = useNetwork(options);
  const queries = useQueryClient();
  const report = query.data;
  const isUsual = Object.keys(options).length === 0;
  const isEmpty = report?.counts.entities === 0;
  return (
    <section className="view network" aria-label={networkCopy.title}>
      <ViewHead
        title={networkCopy.title}
        note={
          report && !isEmpty
            ? networkCopy.summary(report.counts.entities, report.counts.links, report.counts.parts)
            : undefined
        }
      />
      <NarrowedChip note={narrowingCopy.notTheNetwork} />
      {query.isFetching && (progress !== null || !report) && (
        <div className="network-progress">
          <ProgressLine title={networkCopy.working} progress={progress} />
          <Button
            size="small"
            text={networkCopy.stop}
            onClick={() => void queries.cancelQueries({ queryKey: ['network', 'measure', options] })}
          />
        </div>
      )}
      {!query.isFetching && !report && !query.error && (
        <p className="network-note">
          {networkCopy.stopped}{' '}
          <Button size="small" text={networkCopy.again} onClick={() => void query.refetch()} />
        </p>
      )}
      {query.error && (
        <EmptyState
          icon="error"
          title={networkCopy.failed}
          description={describeError(query.error).message}
        />
      )}
      {isEmpty && isUsual && (
        <EmptyState
          icon="layout-auto"
          title={networkCopy.noneTitle}
          description={networkCopy.none}
          action={
            <Button
              intent="primary"
              icon="import"
              text={networkCopy.import}
              onClick={() => showDialog('import')}
            />
          }
        />
      )}
      {report && !(isEmpty && isUsual) && (
        <div className="network-area">
          <NetworkSide report={report} />
          {isEmpty ? (
            <EmptyState
              icon="layout-auto"
              title={networkCopy.noneLeft}
              description={networkCopy.noneLeftHint}
              action={<Button text={networkCopy.usual} onClick={() => changeNetwork({ options: {} })} />}
            />
          ) : (
            <Section section={section} report={report} />
          )}
        </div>
      )}
    </section>
  );
}

function Section({ section, report }: { section: NetworkSection; report: NetworkReport }) {
  if (section === 'groups') return <GroupsSection report={report} />;
  if (section === 'players') return <PlayersSection report={report} />;
  if (section === 'safeguarding') return <SafeguardingSection report={report} />;
  if (section === 'without') return <WithoutSection report={report} />;
  return <BetweenSection report={report} />;
}
