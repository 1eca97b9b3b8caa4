import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import {
  type ChartFilter,
  type ChartKind,
  type ChartPicture,
  type ChartState,
  mostChartNodes,
} from '../../../shared/contract/areas/chart.ts';
import type { EngineClient } from '../../../shared/contract/client.ts';
import { useClient, useConnection } from '../../app/connection.ts';
import { useCrossFilter } from '../../app/crossFilter.ts';
import { showMessage } from '../../app/messages.ts';
import { reportError } from '../../app/reportError.ts';
import { chartCopy } from '../../copy/chart.ts';
import type { ProgressEvent } from '../../ui/ProgressLine.tsx';
import { amendChart, beginChart, chartNow, ownerNow, showRecords, useChartSteps } from './chartState.ts';

type Asked = Parameters<EngineClient['chart']['around']>[0];

async function readPicture(
  client: EngineClient,
  asked: Asked,
  signal: AbortSignal | undefined,
  onProgress: (progress: ProgressEvent | null) => void,
): Promise<ChartPicture> {
  try {
    for await (const event of await client.chart.around(asked, signal ? { signal } : {})) {
      if (event.type === 'done') return event.report;
      onProgress(event);
    }
    throw new DOMException('stopped', 'AbortError');
  } finally {
    onProgress(null);
  }
}

const pictureKey = ({ nodes }: ChartState, filter: ChartFilter) => [
  'chart',
  nodes.map(({ ref }) => ref),
  filter,
];

/** The filter of the chart, and within it the period of the filter of all views. */
export function useEffectiveFilter(): ChartFilter {
  const own = useChartSteps().present.filter;
  const cross = useCrossFilter();
  const from = cross?.from?.slice(0, 10);
  const to = cross?.to?.slice(0, 10);
  return useMemo(() => {
    const froms = [own.from, from].filter((day) => day !== undefined).sort();
    const tos = [own.to, to].filter((day) => day !== undefined).sort();
    return {
      ...own,
      ...(froms.length > 0 ? { from: froms.at(-1) } : {}),
      ...(tos.length > 0 ? { to: tos[0] } : {}),
    };
  }, [own, from, to]);
}

/** The chart of this user, loaded as it was left; and saved again a moment after every step. */
export function useKeptChart(): { isReady: boolean } {
  const client = useClient();
  const connection = useConnection();
  const open = connection.phase === 'connected' ? connection.open : null;
  const owner = open ? `${open.workspaceId} ${open.user.name}` : null;
  const { owner: loaded, present } = useChartSteps();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const unsaved = useRef<ChartState | null>(null);
  const saved = useRef<ChartState | null>(null);

  useEffect(() => {
    if (owner === null || ownerNow() === owner) return;
    let current = true;
    const begin = (state: ChartState | null) => {
      if (current) beginChart(owner, state);
    };
    client.chart.load().then(
      ({ state }) => begin(state),
      (error: unknown) => {
        reportError(error);
        begin(null);
      },
    );
    return () => {
      current = false;
    };
  }, [client, owner]);

  const send = useCallback(() => {
    clearTimeout(timer.current);
    const state = unsaved.current;
    unsaved.current = null;
    if (state) client.chart.save({ state }).catch(reportError);
  }, [client]);
  // A chart that is left within the moment is saved as it is left.
  useEffect(() => send, [send]);
  useEffect(() => {
    if (loaded === null || loaded !== owner) return;
    // What was just loaded needs no saving.
    const before = saved.current;
    saved.current = present;
    if (before === null || before === present) return;
    unsaved.current = present;
    clearTimeout(timer.current);
    timer.current = setTimeout(send, 800);
  }, [loaded, owner, present, send]);

  return { isReady: owner !== null && loaded === owner };
}

/** The records of the chart with their links, fetched again when either changes. */
export function useChartPicture(state: ChartState, filter: ChartFilter, isReady: boolean) {
  const client = useClient();
  const [progress, setProgress] = useState<ProgressEvent | null>(null);
  const query = useQuery({
    queryKey: pictureKey(state, filter),
    enabled: isReady && state.nodes.length > 0,
    queryFn: ({ signal }) =>
      readPicture(client, { refs: state.nodes.map(({ ref }) => ref), filter }, signal, setProgress),
    placeholderData: keepPreviousData,
  });
  const picture = query.data;
  const isCurrent = !query.isPlaceholderData;
  // Who is no more, or was merged, is taken out, or becomes the one he is now.
  useEffect(() => {
    if (!picture || !isCurrent || chartNow().nodes !== state.nodes) return;
    const answered = new Map(picture.nodes.map((node) => [node.ref, node]));
    const taken = state.nodes.filter(({ ref }) => !answered.has(ref));
    if (taken.length === 0) return;
    const rest = state.nodes.filter(({ ref }) => answered.has(ref));
    for (const { ref } of rest) answered.delete(ref);
    const merged = [...answered.keys()].map((ref, index) => {
      const { x, y } = taken[index] ?? { x: 0, y: 0 };
      return { ref, x, y, pinned: false };
    });
    amendChart({ nodes: [...rest, ...merged] });
    if (picture.gone.length > 0) showMessage({ tone: 'warning', text: chartCopy.gone(picture.gone.length) });
  }, [picture, isCurrent, state]);
  return { query, picture, isCurrent, progress };
}

/** Shows the neighbours of records, the strongest first. */
export function useExpansion(filter: ChartFilter) {
  const client = useClient();
  const queries = useQueryClient();
  const [progress, setProgress] = useState<ProgressEvent | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const expand = useCallback(
    async (refs: readonly string[], kinds?: readonly ChartKind[], limit?: number): Promise<void> => {
      abort.current?.abort();
      const own = new AbortController();
      abort.current = own;
      const state = chartNow();
      const isAsked = state.nodes.length;
      try {
        const picture = await readPicture(
          client,
          {
            refs: state.nodes.map(({ ref }) => ref),
            expand: [...refs],
            kinds: [...(kinds ?? state.kinds)],
            filter,
            ...(limit === undefined ? {} : { limit }),
          },
          own.signal,
          setProgress,
        );
        if (own.signal.aborted) return;
        const fresh = showRecords(picture.added, refs);
        // The answer is the picture of what is shown now: it is not asked for a second time.
        if (isAsked + fresh.length === picture.nodes.length && picture.gone.length === 0)
          queries.setQueryData(pictureKey(chartNow(), filter), { ...picture, added: [] });
        if (picture.isFull)
          showMessage({ tone: 'warning', text: chartCopy.full(mostChartNodes.toLocaleString('en-GB')) });
        else
          showMessage({
            tone: fresh.length > 0 ? 'done' : 'warning',
            text: fresh.length > 0 ? chartCopy.expanded(fresh.length) : chartCopy.expandedNone,
          });
      } catch (error) {
        if (!own.signal.aborted) reportError(error);
      }
    },
    [client, queries, filter],
  );
  return { expand, progress, stop: () => abort.current?.abort() };
}
