import './calls.css';
import { Button, Spinner } from '@blueprintjs/core';
import { useState } from 'react';
import { formatDate } from '../../../shared/domain/dates.ts';
import { showDialog } from '../../app/navigation.ts';
import { describeError } from '../../app/reportError.ts';
import { callsCopy } from '../../copy/calls.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ViewHead } from '../../ui/ViewHead.tsx';
import { Chooser } from './Chooser.tsx';
import { FindingList } from './FindingList.tsx';
import { LinePicture } from './LinePicture.tsx';
import { ThresholdsDialog } from './ThresholdsDialog.tsx';
import { useOverviewOfCalls } from './useCalls.ts';

/** What the calls show: everything that was found, or all about one phone or line. */
export function CallsView({ reference }: { reference: string | null }) {
  const { data: overview, error, isPending } = useOverviewOfCalls();
  const [setting, setSetting] = useState(false);
  const period =
    overview?.from && overview.to
      ? `${overview.calls.toLocaleString('en-GB')} calls and texts, ${formatDate(overview.from)} to ${formatDate(overview.to)}, UK local time`
      : undefined;
  return (
    <section className="view calls" aria-label={callsCopy.title}>
      <ViewHead title={callsCopy.title} note={period}>
        <Button size="small" icon="settings" text={callsCopy.thresholds} onClick={() => setSetting(true)} />
      </ViewHead>
      {isPending && (
        <div className="panel-loading">
          <Spinner size={20} aria-label={callsCopy.working} />
        </div>
      )}
      {error && (
        <EmptyState icon="error" title={callsCopy.failed} description={describeError(error).message} />
      )}
      {overview?.calls === 0 && (
        <EmptyState
          icon="phone"
          title={callsCopy.noneTitle}
          description={callsCopy.none}
          action={
            <Button
              intent="primary"
              icon="import"
              text={callsCopy.import}
              onClick={() => showDialog('import')}
            />
          }
        />
      )}
      {overview && overview.calls > 0 && (
        <div className="calls-area">
          <Chooser overview={overview} chosen={reference} />
          {reference === null ? (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
            <section className="calls-body" tabIndex={0} aria-label={callsCopy.everything}>
              <FindingList reference={null} />
            </section>
          ) : (
            <LinePicture reference={reference} />
          )}
        </div>
      )}
      {setting && <ThresholdsDialog onClose={() => setSetting(false)} />}
    </section>
  );
}
