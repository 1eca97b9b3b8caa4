import { useCallback, useEffect, useRef, useState } from 'react';
import type { ChartPicture } from '../../../shared/contract/areas/chart.ts';
import { reportError } from '../../app/reportError.ts';
import { askFor, chartNow, placeRecords, useWish } from './chartState.ts';
import type { Layout } from './layout/force.ts';
import type { LayoutAnswer } from './layout/layout.worker.ts';
import LayoutWorker from './layout/layout.worker.ts?worker';
import { groupKey } from './scene.ts';

/** Finds places for the records when that is asked for, in a worker. Where it is stopped they stay as they are. */
export function useLayout(picture: ChartPicture | undefined, isCurrent: boolean) {
  const { arrange } = useWish();
  const [share, setShare] = useState<number | null>(null);
  const worker = useRef<Worker | null>(null);

  const stop = useCallback(() => {
    worker.current?.terminate();
    worker.current = null;
    setShare(null);
  }, []);
  useEffect(() => stop, [stop]);

  useEffect(() => {
    const { nodes, groupBy } = chartNow();
    if (arrange === null || !picture || !isCurrent) return;
    const known = new Map(picture.nodes.map((node) => [node.ref, node]));
    if (nodes.some(({ ref }) => !known.has(ref))) return;
    askFor({ arrange: null });
    const place = new Map(nodes.map(({ ref }, index) => [ref, index]));
    const groups = new Map<string, number>();
    const fresh = arrange === 'all' || groupBy !== null ? null : arrange;
    const layout: Layout = {
      nodes: nodes.map(({ ref, x, y, pinned }) => {
        const node = known.get(ref);
        const key = node ? groupKey(node, groupBy) : null;
        if (key !== null && !groups.has(key)) groups.set(key, groups.size);
        return {
          x,
          y,
          isFixed: pinned,
          isSettled: fresh !== null && !fresh.has(ref),
          group: key === null ? -1 : (groups.get(key) ?? -1),
        };
      }),
      links: linksOf(picture, place),
    };
    worker.current?.terminate();
    const own = new LayoutWorker();
    worker.current = own;
    setShare(0);
    own.onmessage = ({ data }: MessageEvent<LayoutAnswer>) => {
      if (worker.current !== own) return;
      if (data.places === null) {
        setShare(data.share);
        return;
      }
      const places = new Map(
        nodes.map(({ ref }, index) => [
          ref,
          {
            x: Math.round((data.places?.[index * 2] ?? 0) * 10) / 10,
            y: Math.round((data.places?.[index * 2 + 1] ?? 0) * 10) / 10,
          },
        ]),
      );
      placeRecords(places);
      askFor({ fit: true });
      stop();
    };
    own.onerror = (event) => {
      reportError(new Error(event.message));
      stop();
    };
    own.postMessage(layout);
  }, [arrange, picture, isCurrent, stop]);

  return { share, stop };
}

/** Each pair once, however many links it has. */
function linksOf(picture: ChartPicture, place: ReadonlyMap<string, number>): [number, number][] {
  const pairs = new Map<string, [number, number]>();
  for (const { from, to } of picture.links) {
    const [a, b] = [place.get(from), place.get(to)];
    if (a === undefined || b === undefined) continue;
    pairs.set(a < b ? `${a} ${b}` : `${b} ${a}`, [a, b]);
  }
  return [...pairs.values()];
}
