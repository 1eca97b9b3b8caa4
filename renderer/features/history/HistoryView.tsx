import { Button, Tag } from '@blueprintjs/core';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EntryCounts, EntryFilter } from '../../../shared/contract/auditSchemas.ts';
import type { HistoryEntry } from '../../../shared/contract/schemas.ts';
import { grids, parseRef } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import { undo } from '../../app/actions.ts';
import { useClient, useRole } from '../../app/connection.ts';
import { goToRecord } from '../../app/navigation.ts';
import { auditCopy, operationTitles } from '../../copy/audit.ts';
import { showMoment } from '../../ui/dates.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { ViewHead } from '../../ui/ViewHead.tsx';
import { RecordReportDialog } from '../security/audit/RecordReportDialog.tsx';
import { describeVerification, useVerify } from '../security/audit/useVerify.ts';
import { EntryPanel } from './EntryPanel.tsx';
import { HistoryFilters } from './HistoryFilters.tsx';
import './history.css';

const pageSize = 200;

/** The record: what was done and looked at, by whom and why, and whether it stands. */
export function HistoryView() {
  const client = useClient();
  const role = useRole();
  const [filter, setFilter] = useState<EntryFilter>({});
  const [opened, setOpened] = useState<number | null>(null);
  const [reporting, setReporting] = useState(false);
  const check = useVerify();
  const history = useInfiniteQuery({
    queryKey: ['history', 'list', filter],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam }) =>
      client.history.list({
        ...filter,
        limit: pageSize,
        ...(pageParam === undefined ? {} : { before: pageParam }),
      }),
    getNextPageParam: (last) => (last.entries.length < pageSize ? undefined : last.entries.at(-1)?.seq),
    placeholderData: keepPreviousData,
  });
  const counts = useQuery({
    queryKey: ['history', 'counts', filter],
    queryFn: () => client.audit.counts(filter),
    placeholderData: keepPreviousData,
  });
  const all = useQuery({
    queryKey: ['history', 'counts', {}],
    queryFn: () => client.audit.counts({}),
    placeholderData: keepPreviousData,
  });
  const entries = history.data?.pages.flatMap((page) => page.entries) ?? [];

  return (
    <section className="view" aria-label={auditCopy.title}>
      <ViewHead title={auditCopy.title} note={role === 'reader' ? auditCopy.readerNote : auditCopy.note}>
        {role !== 'reader' && (
          <Button size="small" icon="export" text={auditCopy.report} onClick={() => setReporting(true)} />
        )}
        <Button
          size="small"
          icon={check.running ? 'cross' : 'endorsed'}
          text={check.running ? 'Stop' : auditCopy.verify}
          onClick={() => (check.running ? check.cancel() : void check.verify())}
        />
      </ViewHead>
      {check.running && check.progress && (
        <ProgressLine title={auditCopy.verifying} progress={check.progress} />
      )}
      {check.report && (
        <p className={`verify-line tone-${check.report.ok ? 'good' : 'danger'}`} role="status">
          {describeVerification(check.report)}
        </p>
      )}
      <HistoryFilters filter={filter} all={all.data} onChange={setFilter} />
      {counts.data && <Counts counts={counts.data} />}
      <div className={opened === null ? 'history-body' : 'history-body history-opened'}>
        {entries.length === 0 && !history.isPending ? (
          <EmptyState icon="history" title={auditCopy.emptyTitle} description={auditCopy.emptyWords} />
        ) : (
          <div className="table-scroll">
            <EntryTable entries={entries} opened={opened} onOpen={setOpened} />
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
        {opened !== null && <EntryPanel key={opened} seq={opened} onClose={() => setOpened(null)} />}
      </div>
      {reporting && (
        <RecordReportDialog
          filter={filter}
          count={counts.data?.total ?? 0}
          onClose={() => setReporting(false)}
        />
      )}
    </section>
  );
}

/** How many entries of each kind, of each user, and how many looks say no reason. */
function Counts({ counts }: { counts: EntryCounts }) {
  const words = [
    ...counts.operations.map(
      ({ operation, count }) => `${operationTitles[operation]} ${count.toLocaleString('en-GB')}`,
    ),
    ...(counts.users.length > 1
      ? counts.users.map(({ user, count }) => `${user} ${count.toLocaleString('en-GB')}`)
      : []),
  ];
  return (
    <p className="history-counts muted" role="status">
      <strong>{counts.total === 1 ? '1 entry' : `${counts.total.toLocaleString('en-GB')} entries`}</strong>
      {words.map((each) => (
        <span key={each}>{each}</span>
      ))}
      {counts.withoutReason > 0 && <span>{auditCopy.withoutReason(counts.withoutReason)}</span>}
    </p>
  );
}

/** What an entry is about where that is no record: the title of a grid, or the words as they stand. */
const targetWords = (target: string | null) =>
  target !== null && Object.hasOwn(grids, target) ? grids[target as GridName].title : (target ?? '');

function EntryTable(props: {
  entries: readonly HistoryEntry[];
  opened: number | null;
  onOpen: (seq: number | null) => void;
}) {
  return (
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
        {props.entries.map((entry) => (
          <tr
            key={entry.seq}
            className={entry.state === 'undone' ? 'row-undone' : ''}
            aria-selected={entry.seq === props.opened || undefined}
          >
            <td className="num">
              <button
                type="button"
                className="link"
                aria-label={auditCopy.entry.open(entry.seq)}
                onClick={() => props.onOpen(entry.seq === props.opened ? null : entry.seq)}
              >
                {entry.seq}
              </button>
            </td>
            <td className="nowrap">{showMoment(entry.at)}</td>
            <td className="nowrap">{entry.user}</td>
            <td>{operationTitles[entry.operation]}</td>
            <td className="wide">{entry.summary}</td>
            <td className="nowrap">
              {entry.target && parseRef(entry.target) ? (
                <button type="button" className="link" onClick={() => goToRecord(entry.target ?? '')}>
                  {entry.target}
                </button>
              ) : (
                targetWords(entry.target)
              )}
            </td>
            <td>{[entry.reason, ...entry.recipients].filter(Boolean).join('; ')}</td>
            <td className="nowrap">
              {entry.state === 'undone' && <Tag minimal>Undone</Tag>}
              {entry.erased !== null && <Tag minimal>Erased</Tag>}
            </td>
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
  );
}
