import './timeline.css';
import { Button, ButtonGroup, Spinner } from '@blueprintjs/core';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Timeline } from '../../../shared/contract/areas/timeline.ts';
import { isoOfSeconds, readMoment } from '../../../shared/domain/timeGrain.ts';
import { setCrossFilter, useCrossFilter } from '../../app/crossFilter.ts';
import { keepTimeline, showDialog } from '../../app/navigation.ts';
import { describeError } from '../../app/reportError.ts';
import { timelineCopy } from '../../copy/timeline.ts';
import { type Labels, showLabel } from '../../grid/format.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { ViewHead } from '../../ui/ViewHead.tsx';
import { KeepPicture } from '../pictures/KeepPicture.tsx';
import { NarrowedChip } from '../pictures/NarrowedChip.tsx';
import { Drawing } from './Drawing.tsx';
import { FollowBox } from './FollowBox.tsx';
import { shownRefs, showPeriod, tableRows } from './markWords.ts';
import { Overview } from './Overview.tsx';
import { PeriodBox } from './PeriodBox.tsx';
import type { Period } from './scale.ts';
import { TimelineTable } from './TimelineTable.tsx';
import { timelinePng } from './timelinePng.ts';
import { useSettled, useTimeline } from './useTimeline.ts';
import { useWidth } from './useWidth.ts';

/** Width of the names beside the lanes. */
const namesWidth = 190;
/** Pixels of the narrowest piece of time that is counted. */
const leastPiece = 4;

const periodOf = (timeline: { from: string; to: string }): Period => ({
  from: readMoment(timeline.from)?.from ?? 0,
  to: readMoment(timeline.to)?.from ?? 0,
});

/** Calls, intelligence, custody, safeguarding and the plan on one axis; followed records have lanes of their own. */
export function TimelineView(props: { refs: readonly string[]; kept: Period | null; marking: string }) {
  const { refs, marking } = props;
  const followed = refs.join(',');
  const filter = useCrossFilter();
  // Others who are followed have another extent: it is shown whole.
  const [live, setLive] = useState<{ followed: string; period: Period } | null>(null);
  const period = live?.followed === followed ? live.period : props.kept;
  const setPeriod = useCallback((next: Period) => setLive({ followed, period: next }), [followed]);
  const settled = useSettled(live);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `followed` stands for the references
  useEffect(() => {
    if (settled?.followed === followed) keepTimeline(refs, settled.period);
  }, [settled, followed]);
  const [chosen, setChosen] = useState<Period | null>(null);
  const [asTable, setAsTable] = useState(false);
  const [body, width] = useWidth();
  const drawn = Math.max(200, width - namesWidth - 14);
  const bins = Math.min(400, Math.max(50, Math.floor(drawn / leastPiece / 50) * 50));
  const { query, progress } = useTimeline({
    refs,
    only: filter?.refs ?? null,
    period: settled?.followed === followed ? settled.period : props.kept,
    bins,
  });
  const queries = useQueryClient();
  const stop = () => void queries.cancelQueries({ queryKey: ['timeline'] });
  const timeline = query.data;
  const shown = period ?? (timeline ? periodOf(timeline) : null);
  const extent = timeline?.extent ? periodOf(timeline.extent) : null;
  const filtered = useMemo(() => periodOfFilter(filter?.from ?? null, filter?.to ?? null), [filter]);
  return (
    <section className="view timeline" aria-label={timelineCopy.title}>
      <ViewHead title={timelineCopy.title} note={timelineCopy.clock}>
        {timeline && shown && timeline.extent && (
          <>
            <KeepPicture
              kind="timeline"
              title={titleOf(timeline, refs, shown)}
              makePng={() => timelinePng(timeline, shown, { title: titleOf(timeline, refs, shown), marking })}
              table={() => pictureTable(timeline)}
              refs={() => shownRefs(timeline)}
            />
            <ButtonGroup>
              <Button
                size="small"
                text={timelineCopy.picture}
                active={!asTable}
                aria-pressed={!asTable}
                onClick={() => setAsTable(false)}
              />
              <Button
                size="small"
                text={timelineCopy.table}
                active={asTable}
                aria-pressed={asTable}
                onClick={() => setAsTable(true)}
              />
            </ButtonGroup>
          </>
        )}
      </ViewHead>
      <NarrowedChip />
      <div className="timeline-bar">
        <FollowBox refs={refs} labels={timeline?.labels ?? {}} />
        {refs.length > 0 && (
          <Button
            size="small"
            icon="filter"
            text={timelineCopy.followNarrow}
            onClick={() =>
              setCrossFilter({ what: namesOf(refs, timeline?.labels ?? {}), refs, from: null, to: null })
            }
          />
        )}
        {shown && extent && <PeriodBox shown={shown} extent={extent} onPeriod={setPeriod} />}
      </div>
      {chosen && (
        <ChosenBar
          chosen={chosen}
          onZoom={() => {
            setPeriod(chosen);
            setChosen(null);
          }}
          onClear={() => setChosen(null)}
        />
      )}
      <div className="timeline-body" ref={body}>
        {query.isFetching && !timeline && (
          <div className="timeline-wait">
            {progress ? (
              <>
                <ProgressLine title={timelineCopy.working} progress={progress} />
                <Button size="small" text={timelineCopy.stop} onClick={stop} />
              </>
            ) : (
              <Spinner size={20} aria-label={timelineCopy.working} />
            )}
          </div>
        )}
        {!query.isFetching && !timeline && !query.error && (
          <EmptyState
            icon="timeline-line-chart"
            title={timelineCopy.stopped}
            action={<Button text={timelineCopy.again} onClick={() => void query.refetch()} />}
          />
        )}
        {query.error && (
          <EmptyState
            icon="error"
            title={timelineCopy.failed}
            description={describeError(query.error).message}
            action={<Button text={timelineCopy.again} onClick={() => void query.refetch()} />}
          />
        )}
        {timeline && !timeline.extent && <Nothing follows={refs.length > 0} narrowed={filter !== null} />}
        {timeline?.extent &&
          shown &&
          extent &&
          (asTable ? (
            <TimelineTable timeline={timeline} />
          ) : (
            <>
              <Overview
                timeline={timeline}
                extent={extent}
                shown={shown}
                width={drawn}
                onPeriod={setPeriod}
              />
              <Drawing
                timeline={timeline}
                shown={shown}
                extent={extent}
                width={drawn}
                chosen={chosen ?? filtered}
                onPeriod={setPeriod}
                onChosen={setChosen}
              />
            </>
          ))}
      </div>
    </section>
  );
}

/** The period by which everything is filtered, as the axis has it. */
function periodOfFilter(from: string | null, to: string | null): Period | null {
  const [begin, end] = [from === null ? null : readMoment(from), to === null ? null : readMoment(to)];
  if (!begin || !end) return null;
  return { from: begin.from, to: Math.max(end.to, begin.from + 60) };
}

function Nothing({ follows, narrowed }: { follows: boolean; narrowed: boolean }) {
  if (narrowed) return <EmptyState icon="filter" title={timelineCopy.noneNarrowed} />;
  return follows ? (
    <EmptyState
      icon="timeline-line-chart"
      title={timelineCopy.noneFollowed}
      description={timelineCopy.noneFollowedHint}
    />
  ) : (
    <EmptyState
      icon="timeline-line-chart"
      title={timelineCopy.noneTitle}
      description={timelineCopy.none}
      action={
        <Button
          intent="primary"
          icon="import"
          text={timelineCopy.import}
          onClick={() => showDialog('import')}
        />
      }
    />
  );
}

/** What can be done with a period that was chosen. */
function ChosenBar(props: { chosen: Period; onZoom: () => void; onClear: () => void }) {
  const { from, to } = props.chosen;
  const words = showPeriod(from, to);
  return (
    <div className="timeline-chosen" role="status">
      <strong>{timelineCopy.chosen}</strong> {words}
      <Button
        size="small"
        icon="filter"
        text={timelineCopy.filterBy}
        onClick={() => {
          setCrossFilter({ what: words, refs: null, ...filterEnds(props.chosen) });
          props.onClear();
        }}
      />
      <Button size="small" icon="zoom-to-fit" text={timelineCopy.zoomTo} onClick={props.onZoom} />
      <Button size="small" variant="minimal" text={timelineCopy.let} title="Esc" onClick={props.onClear} />
    </div>
  );
}

/** Whole days are given as days, both inside; anything else to its last second. */
function filterEnds({ from, to }: Period): { from: string; to: string } {
  const isDays = from % 86_400 === 0 && to % 86_400 === 0;
  return isDays
    ? { from: isoOfSeconds(from).slice(0, 10), to: isoOfSeconds(to - 86_400).slice(0, 10) }
    : { from: isoOfSeconds(from), to: isoOfSeconds(to - 1) };
}

function namesOf(refs: readonly string[], labels: Labels): string {
  if (refs.length === 0) return timelineCopy.everythingGroup.toLowerCase();
  return refs.length <= 3 ? refs.map((ref) => showLabel(ref, labels)).join(', ') : `${refs.length} records`;
}

function titleOf(timeline: Timeline, refs: readonly string[], shown: Period): string {
  return timelineCopy
    .pictureTitle(namesOf(refs, timeline.labels), showPeriod(shown.from, shown.to))
    .slice(0, 120);
}

const { columns } = timelineCopy;

function pictureTable(timeline: Timeline): { headings: string[]; rows: string[][] } {
  return {
    headings: [
      columns.whom,
      columns.lane,
      columns.what,
      columns.from,
      columns.to,
      columns.record,
      columns.says,
    ],
    rows: tableRows(timeline).map(({ whom, lane, what, from, to, ref, says }) => [
      whom,
      lane,
      what,
      from,
      to,
      ref ?? '',
      says.slice(0, 2000),
    ]),
  };
}
