import { useCallback, useRef } from 'react';
import type { Timeline } from '../../../shared/contract/areas/timeline.ts';
import { useTheme } from '../../app/theme.ts';
import { timelineCopy } from '../../copy/timeline.ts';
import { shownColours } from '../../ui/themeColours.ts';
import { Painted } from './Painted.tsx';
import { paintOverview } from './paint.ts';
import type { Period } from './scale.ts';
import { scaleOf } from './scale.ts';

const height = 36;

/** Everything there is in one strip; the part in view is moved by dragging. The keys of the lanes do the same. */
export function Overview(props: {
  timeline: Timeline;
  extent: Period;
  shown: Period;
  width: number;
  onPeriod: (period: Period) => void;
}) {
  const { timeline, extent, shown, width } = props;
  const theme = useTheme();
  const grip = useRef<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours come from the theme
  const paint = useCallback(
    (context: CanvasRenderingContext2D) =>
      paintOverview(context, timeline, scaleOf(extent, width), height, shown, shownColours()),
    [timeline, extent.from, extent.to, shown.from, shown.to, width, theme],
  );
  const scale = scaleOf(extent, width);
  const span = shown.to - shown.from;
  const show = (begin: number) => {
    const from = Math.round(Math.min(Math.max(begin, extent.from - span * 0.8), extent.to - span * 0.2));
    props.onPeriod({ from, to: from + span });
  };
  return (
    <div className="timeline-overview" aria-hidden="true" title={timelineCopy.overview}>
      <div
        className="timeline-strip"
        onPointerDown={(event) => {
          const at = scale.at(event.nativeEvent.offsetX);
          const inside = at >= shown.from && at <= shown.to;
          grip.current = inside ? at - shown.from : span / 2;
          event.currentTarget.setPointerCapture(event.pointerId);
          if (!inside) show(at - span / 2);
        }}
        onPointerMove={(event) => {
          if (grip.current !== null) show(scale.at(event.nativeEvent.offsetX) - grip.current);
        }}
        onPointerUp={() => {
          grip.current = null;
        }}
        onPointerCancel={() => {
          grip.current = null;
        }}
      >
        <Painted width={width} height={height} paint={paint} />
      </div>
    </div>
  );
}
