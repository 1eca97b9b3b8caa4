import { useEffect, useMemo, useRef, useState } from 'react';
import type { Timeline } from '../../../shared/contract/areas/timeline.ts';
import { nextOf, readMoment, startOf } from '../../../shared/domain/timeGrain.ts';
import { openRecord } from '../../app/navigation.ts';
import { useTheme } from '../../app/theme.ts';
import { timelineCopy } from '../../copy/timeline.ts';
import { shownColours } from '../../ui/themeColours.ts';
import { Card, spokenBox } from './Card.tsx';
import type { Spot } from './gestures.ts';
import { usePointer, useWheel } from './gestures.ts';
import { Axis, type DrawnLane, GroupHead, groupName, Lane, Legend, laneWords } from './Lane.tsx';
import type { Box } from './layout.ts';
import { layOut, stopsOf } from './layout.ts';
import type { Period } from './scale.ts';
import { moved, scaleOf, stepOf, ticksOf, zoomed } from './scale.ts';

interface DrawingProps {
  timeline: Timeline;
  shown: Period;
  extent: Period;
  width: number;
  chosen: Period | null;
  onPeriod: (period: Period) => void;
  onChosen: (period: Period | null) => void;
}

const keyOfBox = (box: Box): string =>
  box.mark
    ? `${box.mark.ref} ${box.mark.what} ${box.mark.from}`
    : box.bin
      ? `bin ${box.bin.from}`
      : `silence ${box.silence?.phone} ${box.silence?.from}`;

/** The lanes under one axis. Everything can be done by keys: see `timelineCopy.keys`. */
export function Drawing(props: DrawingProps) {
  const { timeline, shown, extent, width, chosen } = props;
  const area = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  const [current, setCurrent] = useState<{ lane: string; box: string | null } | null>(null);
  const [spot, setSpot] = useState<Spot | null>(null);
  const scale = useMemo(
    () => scaleOf({ from: shown.from, to: shown.to }, width),
    [shown.from, shown.to, width],
  );
  const ticks = useMemo(() => ticksOf(scale), [scale]);
  // What was under the pointer has moved away.
  // biome-ignore lint/correctness/useExhaustiveDependencies: with every move
  useEffect(() => setSpot(null), [scale]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when the theme changes
  const colours = useMemo(() => shownColours(), [theme]);
  const strike = timeline.strike === null ? null : (readMoment(timeline.strike)?.from ?? null);
  const lanes = useMemo(
    () =>
      timeline.groups.flatMap((group, groupPlace) =>
        group.lanes.map(
          (lane): DrawnLane => ({
            key: `${groupPlace} ${lane.lane}`,
            lane,
            layout: layOut(lane, scale),
          }),
        ),
      ),
    [timeline, scale],
  );
  const laneOf = (key: string) => lanes.find((each) => each.key === key);
  const currentLane = current ? laneOf(current.lane) : undefined;
  const currentBox =
    currentLane?.layout.boxes.find((box) => current?.box !== null && keyOfBox(box) === current?.box) ?? null;

  function open(box: Box): void {
    if (box.mark) openRecord(box.mark.ref);
    else if (box.silence) openRecord(box.silence.phone);
    else if (box.bin) {
      const [from, to] = [readMoment(box.bin.from)?.from ?? 0, readMoment(box.bin.to)?.from ?? 0];
      props.onPeriod({ from, to });
    }
  }

  function goToLane(step: number): void {
    if (lanes.length === 0) return;
    const now = lanes.findIndex((each) => each.key === current?.lane);
    const next = lanes[Math.min(lanes.length - 1, Math.max(0, now + step))] ?? lanes[0];
    if (!next) return;
    setCurrent({ lane: next.key, box: null });
    setSpot(null);
    laneElement(next.key)?.scrollIntoView({ block: 'nearest' });
  }

  const laneElement = (key: string) => area.current?.querySelector(`[data-lane="${CSS.escape(key)}"]`);

  function goToBox(step: number): void {
    const lane = currentLane ?? lanes[0];
    if (!lane) return;
    const stops = stopsOf(lane.layout, width);
    const now = stops.findIndex((box) => keyOfBox(box) === current?.box);
    const next = now < 0 ? (step > 0 ? stops[0] : stops.at(-1)) : stops[now + step];
    if (!next) {
      setCurrent({ lane: lane.key, box: current?.box ?? null });
      return;
    }
    setCurrent({ lane: lane.key, box: keyOfBox(next) });
    const element = laneElement(lane.key);
    element?.scrollIntoView({ block: 'nearest' });
    const track = element?.querySelector('.timeline-track')?.getBoundingClientRect();
    if (track)
      setSpot({
        lane: lane.key,
        box: next,
        at: { x: track.left + Math.max(0, next.x), y: track.top + next.y + next.height },
      });
  }

  /** One step of the chosen period by key; where there is none it begins at the mark, or in the middle. */
  function choose(step: 1 | -1): void {
    const grain = stepOf(shown);
    const about = currentBox ? scale.at(currentBox.x) : (shown.from + shown.to) / 2;
    const start = chosen ?? { from: startOf(about, grain), to: startOf(about, grain) };
    const to = step > 0 ? nextOf(startOf(start.to, grain), grain) : startOf(start.to - 1, grain);
    if (to > start.from) props.onChosen({ from: start.from, to });
    else if (to < start.from) props.onChosen({ from: to, to: Math.max(start.from, nextOf(to, grain)) });
    else props.onChosen(null);
  }

  function onKeyDown(event: React.KeyboardEvent): void {
    if (event.target !== area.current || event.ctrlKey || event.metaKey || event.altKey) return;
    const span = shown.to - shown.from;
    const about = currentBox ? scale.at(currentBox.x + currentBox.width / 2) : (shown.from + shown.to) / 2;
    const actions = new Map<string, () => void>([
      ['ArrowLeft', () => (event.shiftKey ? choose(-1) : props.onPeriod(moved(shown, -0.1, extent)))],
      ['ArrowRight', () => (event.shiftKey ? choose(1) : props.onPeriod(moved(shown, 0.1, extent)))],
      ['+', () => props.onPeriod(zoomed(shown, 0.5, about))],
      ['=', () => props.onPeriod(zoomed(shown, 0.5, about))],
      ['-', () => props.onPeriod(zoomed(shown, 2, about))],
      ['0', () => props.onPeriod(extent)],
      ['Home', () => props.onPeriod({ from: extent.from, to: extent.from + span })],
      ['End', () => props.onPeriod({ from: extent.to - span, to: extent.to })],
      ['ArrowDown', () => goToLane(1)],
      ['ArrowUp', () => goToLane(-1)],
      ['PageDown', () => goToBox(1)],
      ['PageUp', () => goToBox(-1)],
      ['Enter', () => currentBox && open(currentBox)],
    ]);
    if (event.key === 'Escape') {
      if (!chosen && !current && !spot) return;
      event.preventDefault();
      if (chosen) props.onChosen(null);
      else {
        setCurrent(null);
        setSpot(null);
      }
      return;
    }
    const action = actions.get(event.key);
    if (!action) return;
    event.preventDefault();
    action();
  }

  useWheel(area, scale, shown, extent, props.onPeriod);
  const pointer = usePointer({ scale, laneOf, onSpot: setSpot, onChosen: props.onChosen, open });

  const spoken =
    spot && currentBox === spot.box
      ? spokenBox(currentLane?.lane.lane ?? 'calls', spot.box, timeline.labels)
      : currentLane
        ? laneWords(currentLane)
        : '';
  return (
    <>
      <div
        ref={area}
        className="timeline-area"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the drawing takes the keys
        tabIndex={0}
        aria-label={timelineCopy.drawing}
        aria-describedby="timeline-keys"
        onKeyDown={onKeyDown}
        {...pointer}
      >
        <div className="timeline-axis">
          <span className="timeline-name" />
          <Axis scale={scale} ticks={ticks} colours={colours} strike={strike} chosen={chosen} />
        </div>
        {timeline.groups.map((group, groupPlace) => (
          <section key={group.ref ?? 'all'} aria-label={groupName(group, timeline.labels)}>
            {group.ref !== null && <GroupHead group={group} labels={timeline.labels} />}
            {lanes
              .filter(({ key }) => key.startsWith(`${groupPlace} `))
              .map((drawn) => (
                <Lane
                  key={drawn.key}
                  drawn={drawn}
                  isCurrent={drawn.key === current?.lane}
                  current={drawn.key === current?.lane ? currentBox : null}
                  isWhole={group.ref === null}
                  scale={scale}
                  ticks={ticks}
                  colours={colours}
                  strike={strike}
                  chosen={chosen}
                />
              ))}
            {group.lanes.length === 0 && <p className="muted timeline-empty">{timelineCopy.noneFollowed}</p>}
          </section>
        ))}
      </div>
      {spot && laneOf(spot.lane) && (
        <Card
          lane={laneOf(spot.lane)?.lane.lane ?? 'calls'}
          box={spot.box}
          labels={timeline.labels}
          at={spot.at}
        />
      )}
      <p className="only-spoken" aria-live="polite">
        {spoken}
      </p>
      <Legend timeline={timeline} shown={shown} />
      <p className="only-spoken" id="timeline-keys">
        {timelineCopy.keys}
      </p>
    </>
  );
}
