import './chart.css';
import { Button } from '@blueprintjs/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { mostChartNodes } from '../../../shared/contract/areas/chart.ts';
import { useCrossFilter } from '../../app/crossFilter.ts';
import { showMessage } from '../../app/messages.ts';
import { describeError } from '../../app/reportError.ts';
import { chartCopy } from '../../copy/chart.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { ViewHead } from '../../ui/ViewHead.tsx';
import { KeepPicture } from '../pictures/KeepPicture.tsx';
import { NarrowedChip } from '../pictures/NarrowedChip.tsx';
import { type CanvasHandle, ChartCanvas } from './ChartCanvas.tsx';
import { ChartFind } from './ChartFind.tsx';
import { ChartSide } from './ChartSide.tsx';
import { ChartTable } from './ChartTable.tsx';
import { ChartToolbar } from './ChartToolbar.tsx';
import { askFor, changeChart, chartNow, choose, showRecords, useChartSteps } from './chartState.ts';
import { EmptyChart } from './EmptyChart.tsx';
import { chartPng, chartTable } from './picture.ts';
import { buildScene, emptyScene } from './scene.ts';
import { useChartPicture, useEffectiveFilter, useExpansion, useKeptChart } from './useChart.ts';
import { useChartKeys } from './useChartKeys.ts';
import { useLayout } from './useLayout.ts';

/** Lists of records that were asked for and are in the chart: coming back to the place does not ask again. */
const taken = new WeakSet<readonly string[]>();
/** Neighbours of more at once would be a crowd: those are shown with the links among them. */
const mostExpanded = 8;

/** Who and what is linked: grown by hand from the records that it begins with. */
export function ChartView({ from }: { from: readonly string[] }) {
  const { isReady } = useKeptChart();
  const { present } = useChartSteps();
  const filter = useEffectiveFilter();
  const { query, picture, isCurrent, progress } = useChartPicture(present, filter, isReady);
  const expansion = useExpansion(filter);
  const queries = useQueryClient();
  const layout = useLayout(picture, isCurrent);
  const cross = useCrossFilter();
  const [asTable, setAsTable] = useState(false);
  const [focused, setFocused] = useState<string | null>(null);
  const canvas = useRef<CanvasHandle>(null);
  const within = useMemo(() => (cross?.refs ? new Set(cross.refs) : null), [cross]);
  const scene = useMemo(
    () => (picture && present.nodes.length > 0 ? buildScene(picture, present, within) : emptyScene),
    [picture, present, within],
  );
  const keys = useChartKeys({
    canvas,
    focused,
    expand: expansion.expand,
    onTable: () => setAsTable(!asTable),
  });

  const { expand } = expansion;
  useEffect(() => {
    if (!isReady || from.length === 0 || taken.has(from)) return;
    taken.add(from);
    begin(from, expand);
    setFocused(from[0] ?? null);
  }, [from, isReady, expand]);

  const shown = scene.nodes.length;
  const links = scene.bonds.reduce((sum, bond) => sum + bond.links.length, 0);
  const isEmpty = isReady && present.nodes.length === 0;
  const running = expansion.progress ?? progress;
  return (
    <section className="view chart" aria-label={chartCopy.title} onKeyDown={keys.anywhere}>
      <ViewHead title={chartCopy.title} note={isEmpty ? undefined : chartCopy.counts(shown, links)}>
        {!isEmpty && (
          <KeepPicture
            kind="chart"
            title={chartCopy.pictureTitle}
            makePng={() => chartPng(scene)}
            table={() => chartTable(scene)}
            refs={() => scene.nodes.map(({ ref }) => ref)}
          />
        )}
      </ViewHead>
      <NarrowedChip />
      <ChartToolbar
        picture={picture}
        canvas={canvas}
        asTable={asTable}
        onTable={setAsTable}
        find={
          <ChartFind
            onChoose={(ref) => {
              begin([ref], expand);
              setFocused(ref);
            }}
          />
        }
      />
      <Working
        progress={
          running ? (
            <>
              <ProgressLine title={chartCopy.working} progress={running} />
              <Button
                size="small"
                text={chartCopy.stop}
                onClick={() => {
                  expansion.stop();
                  void queries.cancelQueries({ queryKey: ['chart'] });
                }}
              />
            </>
          ) : null
        }
        share={layout.share}
        onStop={layout.stop}
      />
      {query.error && present.nodes.length > 0 && (
        <EmptyState icon="error" title={chartCopy.failed} description={describeError(query.error).message} />
      )}
      {isReady && !isEmpty && !picture && !query.isFetching && !query.error && (
        <EmptyState
          icon="graph"
          title={chartCopy.stoppedTitle}
          description={chartCopy.stopped}
          action={
            <Button
              intent="primary"
              icon="refresh"
              text={chartCopy.again}
              onClick={() => void query.refetch()}
            />
          }
        />
      )}
      {isEmpty && <EmptyChart onStart={(refs, withNeighbours) => begin(refs, expand, withNeighbours)} />}
      {!isEmpty && !query.error && (picture || query.isFetching || !isReady) && (
        <div className="chart-area">
          {asTable ? (
            <ChartTable scene={scene} />
          ) : (
            <ChartCanvas
              scene={scene}
              handle={canvas}
              focused={focused}
              onFocus={setFocused}
              onExpand={(refs) => void expand(refs)}
              onKey={keys.inPicture}
            />
          )}
          <ChartSide scene={scene} onExpand={(refs, kinds) => void expand(refs, kinds)} />
        </div>
      )}
      {(scene.outside.links > 0 || cross !== null) && !isEmpty && (
        <p className="chart-note" role="status">
          {[
            ...(scene.outside.links > 0 ? [chartCopy.outside(scene.outside.links, scene.outside.nodes)] : []),
            ...(cross !== null ? [chartCopy.crossOutside] : []),
          ].join(' · ')}
        </p>
      )}
    </section>
  );
}

/** Shows records, one with its neighbours: in an empty chart as its beginning, else beside what is there. */
function begin(
  refs: readonly string[],
  expand: (refs: readonly string[]) => Promise<void>,
  withNeighbours = refs.length === 1,
): void {
  const wasEmpty = chartNow().nodes.length === 0;
  const fresh = showRecords(refs);
  if (new Set([...refs, ...chartNow().nodes.map(({ ref }) => ref)]).size > mostChartNodes)
    showMessage({ tone: 'warning', text: chartCopy.full(mostChartNodes.toLocaleString('en-GB')) });
  choose(refs.length === 1 ? refs : []);
  askFor({ fit: true });
  if (fresh.length === 0) return;
  if (withNeighbours && fresh.length <= mostExpanded) void expand(fresh);
  if (wasEmpty) return;
  showMessage({
    tone: 'done',
    text: chartCopy.added(fresh.length),
    action: {
      label: chartCopy.startAnew,
      run: () => {
        changeChart({ nodes: [] });
        begin(refs, expand, withNeighbours);
      },
    },
  });
}

/** What takes a while, and a way to stop it. */
function Working(props: { progress: ReactNode; share: number | null; onStop: () => void }) {
  const [isLong, setIsLong] = useState(false);
  const isArranging = props.share !== null;
  useEffect(() => {
    if (!isArranging) {
      setIsLong(false);
      return;
    }
    const wait = setTimeout(() => setIsLong(true), 700);
    return () => clearTimeout(wait);
  }, [isArranging]);
  if (props.progress) return <div className="chart-working">{props.progress}</div>;
  if (!isLong || props.share === null) return null;
  return (
    <div className="chart-working" role="status">
      <span>{`${chartCopy.arranging}: ${Math.round(props.share * 100)} %`}</span>
      <Button size="small" text={chartCopy.stop} onClick={props.onStop} />
    </div>
  );
}
