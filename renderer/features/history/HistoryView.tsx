import { Button, Tag } from '@blueprintjs/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { VerifyReport } from '../../../shared/contract/schemas.ts';
import { parseRef } from '../../../shared/grid/grids.ts';
import { undo } from '../../app/actions.ts';
import { useClient } from '../../app/connection.ts';
import { goToRecord } from '../../app/navigation.ts';
import { reportError } from '../../app/reportError.ts';
import { showMoment } from '../../ui/dates.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ViewHead } from '../../ui/ViewHead.tsx';

const pageSize = 200;

/** The journal: what was done, by whom, and whether it stands. */
export function HistoryView() {
  const client = useClient();
  const [verified, setVerified] = useState<VerifyReport | null>(null);
  const [verifying, setVerifying] = useState(false);
  const history = useInfiniteQuery({
    queryKey: ['history'],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam }) =>
      client.history.list({ limit: pageSize, ...(pageParam === undefined ? {} : { before: pageParam }) }),
    getNextPageParam: (last) => (last.entries.length < pageSize ? undefined : last.entries.at(-1)?.seq),
  });
  const entries = history.data?.pages.flatMap((page) => page.entries) ?? [];

  async function verify(): Promise<void> {
    setVerifying(true);
    try {
      setVerified(await client.history.verify());
    } catch (error) {
      reportError(error);
    } finally {
      setVerifying(false);
    }
  }

  return (
    <section className="view" aria-label="History">
      <ViewHead
        title="History"
        note="Every change, import, search, disclosure and session of this workspace."
      >
        <Button
          size="small"
          icon="endorsed"
          text="Verify"
          loading={verifying}
          onClick={() => void verify()}
        />
      </ViewHead>
      {verified && (
        <p className={`verify-line tone-${verified.ok ? 'good' : 'danger'}`} role="status">
          {describeVerification(verified)}
        </p>
      )}
      {entries.length === 0 && !history.isPending ? (
        <EmptyState icon="history" title="No entries yet" />
      ) : (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th className="num">No.</th>
                <th>When</th>
                <th>Who</th>
                <th>Kind</th>
                <th>What</th>
                <th>Record</th>
                <th>Reason</th>
                <th>State</th>
                <th>
                  <span className="only-spoken">Undo</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <tr key={entry.seq} className={entry.state === 'undone' ? 'row-undone' : ''}>
                  <td className="num">{entry.seq}</td>
                  <td className="nowrap">{showMoment(entry.at)}</td>
                  <td className="nowrap">{entry.user}</td>
                  <td>{entry.operation}</td>
                  <td className="wide">{entry.summary}</td>
                  <td className="nowrap">
                    {entry.target && parseRef(entry.target) ? (
                      <button type="button" className="link" onClick={() => goToRecord(entry.target ?? '')}>
                        {entry.target}
                      </button>
                    ) : (
                      (entry.target ?? '')
                    )}
                  </td>
                  <td>{[entry.reason, ...entry.recipients].filter(Boolean).join('; ')}</td>
                  <td className="nowrap">{entry.state === 'undone' && <Tag minimal>Undone</Tag>}</td>
                  <td className="cell-action">
                    {entry.state === 'done' && (
                      <Button
                        size="small"
                        variant="minimal"
                        icon="undo"
                        text="Undo this"
                        aria-label={`Undo this: entry ${entry.seq}`}
                        onClick={() => void undo(entry.seq)}
                      />
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {history.hasNextPage && (
            <Button
              className="more"
              text="Show older entries"
              loading={history.isFetchingNextPage}
              onClick={() => void history.fetchNextPage()}
            />
          )}
        </div>
      )}
    </section>
  );
}

function describeVerification(report: VerifyReport): string {
  const entries = `${report.entries.toLocaleString('en-GB')} ${report.entries === 1 ? 'entry' : 'entries'}`;
  if (report.ok) {
    return `The history is whole: ${entries} checked${report.head ? `, ending in ${report.head.slice(0, 12)}` : ''}.`;
  }
  const where = report.firstBroken ? ` at entry ${report.firstBroken.seq}: ${report.firstBroken.what}` : '';
  return `The history has been altered${where}. Keep a copy of the workspace as it is and tell the operation lead.`;
}
