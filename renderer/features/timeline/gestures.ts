import { type RefObject, useEffect, useRef } from 'react';
import { nextOf, startOf } from '../../../shared/domain/timeGrain.ts';
import type { Box, LaneLayout } from './layout.ts';
import { boxAt } from './layout.ts';
import type { Period, Scale } from './scale.ts';
import { moved, stepOf, zoomed } from './scale.ts';

/** A place in a lane, by keyboard or under the pointer. */
export interface Spot {
  lane: string;
  box: Box;
  /** Where its card stands, in pixels of the window. */
  at: { x: number; y: number };
}

/** Ctrl or Alt and the wheel zoom about the pointer, Shift or a sideways wheel moves, the rest scrolls the lanes. */
export function useWheel(
  area: RefObject<HTMLDivElement | null>,
  scale: Scale,
  shown: Period,
  extent: Period,
  onPeriod: (period: Period) => void,
): void {
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      const target = event.target as HTMLElement;
      const track = target.closest('.timeline-track')?.getBoundingClientRect();
      const scrolls = element.scrollHeight > element.clientHeight + 1;
      const isZoom =
        event.ctrlKey || event.altKey || event.metaKey || target.closest('.timeline-dates') !== null;
      const isMove = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (!isZoom && isMove) {
        event.preventDefault();
        const pixels = event.deltaX !== 0 ? event.deltaX : event.deltaY;
        onPeriod(moved(shown, pixels / scale.width, extent));
      } else if (isZoom || !scrolls) {
        event.preventDefault();
        const about = track ? scale.at(event.clientX - track.left) : (shown.from + shown.to) / 2;
        onPeriod(zoomed(shown, event.deltaY > 0 ? 1.25 : 0.8, about));
      }
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [area, scale, shown, extent, onPeriod]);
}

/** Pixels before a press becomes a drag. */
const dragFrom = 4;

/** Dragging chooses a period, a click opens what is under it, the pointer at rest shows its card. */
export function usePointer(given: {
  scale: Scale;
  laneOf: (key: string) => { key: string; layout: LaneLayout } | undefined;
  onSpot: (spot: Spot | null) => void;
  onChosen: (period: Period | null) => void;
  open: (box: Box) => void;
}) {
  const { scale } = given;
  const press = useRef<{ x: number; at: number; isDrag: boolean } | null>(null);
  const placeOf = (event: React.PointerEvent) => {
    const track = (event.target as HTMLElement).closest('.timeline-track');
    const rect = track?.getBoundingClientRect();
    return track && rect ? { track, x: event.clientX - rect.left, y: event.clientY - rect.top } : null;
  };
  const boxUnder = (event: React.PointerEvent) => {
    const place = placeOf(event);
    const lane = given.laneOf(place?.track.closest('[data-lane]')?.getAttribute('data-lane') ?? '');
    const box = place && lane ? boxAt(lane.layout, place.x, place.y) : null;
    return box && lane ? { lane: lane.key, box, at: { x: event.clientX, y: event.clientY } } : null;
  };
  /** Whole pieces of time: hours, days, weeks or months by what is in view. */
  const between = (one: number, other: number): Period => {
    const grain = stepOf(scale);
    const [first, last] = [Math.min(one, other), Math.max(one, other)];
    return { from: startOf(first, grain), to: nextOf(startOf(last, grain), grain) };
  };
  return {
    onPointerDown(event: React.PointerEvent) {
      const place = placeOf(event);
      if (event.button !== 0 || !place) return;
      press.current = { x: event.clientX, at: scale.at(place.x), isDrag: false };
    },
    onPointerMove(event: React.PointerEvent<HTMLElement>) {
      const { current } = press;
      if (current && (current.isDrag || Math.abs(event.clientX - current.x) > dragFrom)) {
        if (!current.isDrag) event.currentTarget.setPointerCapture(event.pointerId);
        current.isDrag = true;
        given.onSpot(null);
        given.onChosen(
          between(
            current.at,
            current.at + (event.clientX - current.x) * ((scale.to - scale.from) / scale.width),
          ),
        );
        return;
      }
      given.onSpot(boxUnder(event));
    },
    onPointerUp(event: React.PointerEvent) {
      const { current } = press;
      press.current = null;
      if (!current || current.isDrag) return;
      const under = boxUnder(event);
      if (under) given.open(under.box);
    },
    onPointerCancel() {
      press.current = null;
    },
    onPointerLeave() {
      given.onSpot(null);
    },
  };
}
