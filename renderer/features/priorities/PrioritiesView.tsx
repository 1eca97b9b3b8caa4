import './priorities.css';
import '../clocks/clocks.css';
import { Button, HTMLSelect, InputGroup } from '@blueprintjs/core';
import { useState } from 'react';
import type { PriorityReport } from '../../../shared/contract/areas/priorities.ts';
import { formatDate } from '../../../shared/domain/dates.ts';
import { concernNames, concernTitles } from '../../../shared/domain/priorities/kinds.ts';
import { useCrossFilter } from '../../app/crossFilter.ts';
import { openDossier, showDialog } from '../../app/navigation.ts';
import { describeError } from '../../app/reportError.ts';
import { prioritiesCopy } from '../../copy/priorities.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { ViewHead } from '../../ui/ViewHead.tsx';
import { KindSwitch } from '../clocks/ClockList.tsx';
import { NarrowedChip } from '../pictures/NarrowedChip.tsx';
import { PriorityDetails } from './PriorityDetails.tsx';
import { EnforcementList, SafeguardingList } from './PriorityLists.tsx';
import { addPlan, addTarget } from './priorityActions.ts';
import { noPriorityFilter, type PriorityFilter, usePriorities } from './usePriorities.ts';
import { WeightsDialog } from './WeightsDialog.tsx';

const step = 200;

/** Who and what comes first: for safeguarding above, for enforcement below, and what the chosen row rests on. */
export function PrioritiesView() {
  const narrowing = useCrossFilter();
  const [filter, setFilter] = useState<PriorityFilter>(noPriorityFilter);
  const [limit, setLimit] = useState(step);
  const [chosen, setChosen] = useState<string | null>(null);
  const [weighing, setWeighing] = useState(false);
  const { query, progress, stop } = usePriorities(filter, narrowing?.refs ?? null, limit);
  const report = query.data;
  const isNothing = report && report.counts.safeguarding + report.counts.enforcement === 0;

  function onKeyDown(event: React.KeyboardEvent): void {
    if (!report || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (!(event.target as HTMLElement).closest('.priority-pick')) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (chosen === null) return;
    if (key === 'Enter') openDossier(chosen);
    else if (key === 's') void addPlan(report.safeguarding.find(({ ref }) => ref === chosen) ?? null);
    else if (key === 't') void addTarget(report.enforcement.find(({ ref }) => ref === chosen) ?? null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const empty = narrowing?.refs ? prioritiesCopy.noneNarrowed : prioritiesCopy.noneShown;
  const lists = { chosen, empty, onChoose: setChosen, onMore: () => setLimit(limit + step) };
  return (
    <section className="view priorities" aria-label={prioritiesCopy.title} onKeyDown={onKeyDown}>
      <ViewHead
        title={prioritiesCopy.title}
        note={report ? prioritiesCopy.ages(formatDate(report.day), report.isStrike) : undefined}
      >
        <Button
          size="small"
          icon="settings"
          text={prioritiesCopy.weights}
          onClick={() => setWeighing(true)}
        />
      </ViewHead>
      <NarrowedChip />
      {query.isFetching && progress && (
        <div className="priority-progress">
          <ProgressLine title={prioritiesCopy.working} progress={progress} />
          <Button size="small" text={prioritiesCopy.stop} onClick={stop} />
        </div>
      )}
      {query.error && (
        <EmptyState
          icon="error"
          title={prioritiesCopy.failed}
          description={describeError(query.error).message}
          action={<Button text={prioritiesCopy.again} onClick={() => void query.refetch()} />}
        />
      )}
      {!query.isFetching && !report && !query.error && (
        <p className="view-line">
          {prioritiesCopy.stopped}{' '}
          <Button size="small" text={prioritiesCopy.again} onClick={() => void query.refetch()} />
        </p>
      )}
      {isNothing && (
        <EmptyState
          icon="sort-desc"
          title={prioritiesCopy.noneTitle}
          description={prioritiesCopy.none}
          action={
            <Button
              intent="primary"
              icon="import"
              text={prioritiesCopy.import}
              onClick={() => showDialog('import')}
            />
          }
        />
      )}
      {report && !isNothing && (
        <>
          <FilterBar filter={filter} report={report} onFilter={setFilter} />
          <div className="priority-area">
            <div className="priority-parts">
              <div className="priority-lists">
                <SafeguardingList report={report} {...lists} />
                <EnforcementList report={report} {...lists} />
              </div>
              <PriorityDetails reference={chosen} />
            </div>
          </div>
        </>
      )}
      {weighing && <WeightsDialog onClose={() => setWeighing(false)} />}
    </section>
  );
}

const kinds = ['people', 'premises', 'lines'] as const;

function FilterBar(props: {
  filter: PriorityFilter;
  report: PriorityReport;
  onFilter: (filter: PriorityFilter) => void;
}) {
  const { filter, report, onFilter } = props;
  const { concerns } = report.counts;
  const set = (part: Partial<PriorityFilter>) => onFilter({ ...filter, ...part });
  return (
    <div className="priority-bar-top">
      <InputGroup
        size="small"
        type="search"
        leftIcon="search"
        placeholder={prioritiesCopy.find}
        aria-label={prioritiesCopy.find}
        value={filter.text}
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
      <fieldset className="priority-kinds" aria-label={prioritiesCopy.who}>
        {([null, ...kinds] as const).map((kind) => (
          <button
            key={kind ?? 'all'}
            type="button"
            className="kind-switch"
            aria-pressed={filter.kind === kind}
            onClick={() => set({ kind })}
          >
            {kind === null ? prioritiesCopy.everything : prioritiesCopy[kind]}
          </button>
        ))}
      </fieldset>
      <HTMLSelect
        aria-label={prioritiesCopy.concern}
        value={filter.concern ?? ''}
        onChange={(event) => {
          const value = event.currentTarget.value;
          set({ concern: concernNames.find((name) => name === value) ?? null });
        }}
      >
        <option value="">{prioritiesCopy.anyConcern}</option>
        {concernNames
          .filter((name) => concerns[name] !== undefined)
          .map((name) => (
            <option key={name} value={name}>
              {concernTitles[name]} ({concerns[name]})
            </option>
          ))}
      </HTMLSelect>
      <KindSwitch
        title={prioritiesCopy.onlyGaps}
        count={report.counts.withGaps}
        on={filter.gaps}
        onSwitch={() => set({ gaps: !filter.gaps })}
      />
      <span className="status-gap" />
      <span className="muted priority-keys">{prioritiesCopy.keys}</span>
    </div>
  );
}
