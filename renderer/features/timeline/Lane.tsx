import { Icon } from '@blueprintjs/core';
import { useCallback } from 'react';
import type { Timeline, TimelineGroup, TimelineLaneView } from '../../../shared/contract/areas/timeline.ts';
import { formatDate } from '../../../shared/domain/dates.ts';
import { isoOfSeconds } from '../../../shared/domain/timeGrain.ts';
import { clockChanges } from '../../../shared/domain/ukClock.ts';
import { goTo } from '../../app/navigation.ts';
import { timelineCopy } from '../../copy/timeline.ts';
import { type Labels, showLabel } from '../../grid/format.ts';
import type { Colours } from '../../ui/themeColours.ts';
import { RefLink } from '../dossier/RefLinks.tsx';
import { LaneName, nameHeight } from './LaneName.tsx';
import type { Box, LaneLayout } from './layout.ts';
import { Painted } from './Painted.tsx';
import { axisHeight, paintAxis, paintGround, paintLane } from './paint.ts';
import type { Period, Scale, Ticks } from './scale.ts';

export interface DrawnLane {
  key: string;
  lane: TimelineLaneView;
  layout: LaneLayout;
}

export const laneWords = ({ lane }: DrawnLane): string =>
  [`${lane.inView}`, timelineCopy.outside(lane.before, lane.after)].filter(Boolean).join(', ');

export const groupName = (group: TimelineGroup, labels: Labels) =>
  group.ref === null ? timelineCopy.everythingGroup : showLabel(group.ref, labels);

export function GroupHead({ group, labels }: { group: TimelineGroup; labels: Labels }) {
  if (group.ref === null) return null;
  const numbers = group.phones.filter((phone) => phone !== group.ref);
  return (
    <div className="timeline-group">
      <RefLink reference={group.ref} labels={labels} />
      <span className="muted">
        {[group.ref, ...numbers.slice(0, 4).map((phone) => showLabel(phone, labels))].join(' · ')}
        {numbers.length > 4 ? ` and ${numbers.length - 4} more numbers` : ''}
      </span>
      {/^(NOM|LINE)-/.test(group.ref) && (
        <button
          type="button"
          className="link"
          onClick={() => goTo({ kind: 'search', asked: { text: showLabel(group.ref ?? '', labels) } })}
        >
          {timelineCopy.searchName}
        </button>
      )}
      {group.safeguarding && (
        <span className="timeline-guard">
          <Icon icon="heart" size={12} />
          {group.ref.startsWith('PRM') ? timelineCopy.safeguardingPlace : timelineCopy.safeguardingPerson}
        </span>
      )}
    </div>
  );
}

interface Ground {
  scale: Scale;
  ticks: Ticks;
  colours: Colours;
  strike: number | null;
  chosen: Period | null;
}

export function Axis({ scale, ticks, colours, strike, chosen }: Ground) {
  const paint = useCallback(
    (context: CanvasRenderingContext2D) => {
      if (chosen) {
        context.fillStyle = colours['accent-soft'];
        context.fillRect(scale.x(chosen.from), 0, scale.x(chosen.to) - scale.x(chosen.from), axisHeight);
      }
      paintAxis(context, scale, ticks, colours, strike);
    },
    [scale, ticks, colours, strike, chosen],
  );
  return (
    <div className="timeline-track timeline-dates">
      <Painted width={scale.width} height={axisHeight} paint={paint} />
    </div>
  );
}

export function Lane(
  props: Ground & { drawn: DrawnLane; isCurrent: boolean; current: Box | null; isWhole: boolean },
) {
  const { drawn, scale, ticks, colours, strike, chosen, current } = props;
  const { lane, layout } = drawn;
  const height = Math.max(layout.height, nameHeight(lane, layout.most));
  const paint = useCallback(
    (context: CanvasRenderingContext2D) => {
      paintGround(context, scale, height, ticks, colours, { strike, chosen });
      paintLane(context, lane.lane, layout, scale, colours, current);
    },
    [lane, layout, height, scale, ticks, colours, strike, chosen, current],
  );
  return (
    <div className={`timeline-lane${props.isCurrent ? ' is-current' : ''}`} data-lane={drawn.key}>
      <LaneName lane={lane} most={layout.most} isWhole={props.isWhole} />
      <div className="timeline-track">
        <Painted width={scale.width} height={height} paint={paint} />
      </div>
    </div>
  );
}

/** Nights in which the clocks change, where the hours of what is in view can be told apart. */
function clockWords({ from, to }: Period): string[] {
  if (to - from > 10 * 86_400) return [];
  return clockChanges(isoOfSeconds(from).slice(0, 10), isoOfSeconds(to - 1).slice(0, 10)).map(
    ({ day, isForward }) =>
      `${formatDate(day)}: ${isForward ? timelineCopy.clockForward : timelineCopy.clockBack}`,
  );
}

/** What the signs mean that are in view, and what is odd about its hours. */
export function legendWords(timeline: Timeline, shown: Period): string[] {
  const lanes = timeline.groups.flatMap((group) => group.lanes);
  const marks = lanes.flatMap((lane) => lane.marks ?? []);
  return [
    ...clockWords(shown),
    lanes.some(({ lane }) => lane === 'intelligence') ? timelineCopy.legendGrade : '',
    marks.some(({ byName }) => byName) ? timelineCopy.legendByName : '',
    marks.some(({ isOpen }) => isOpen) ? timelineCopy.legendOpen : '',
    marks.some(({ safeguarding }) => safeguarding) ? timelineCopy.legendSafeguarding : '',
    lanes.some(({ silences }) => silences.length > 0) ? timelineCopy.legendSilence : '',
    lanes.some(({ lane }) => lane === 'calls') ? timelineCopy.legendTexts : '',
  ].filter(Boolean);
}

export function Legend({ timeline, shown }: { timeline: Timeline; shown: Period }) {
  return (
    <p className="muted timeline-legend">
      {[timelineCopy.wheel, ...legendWords(timeline, shown)].join(' · ')}
    </p>
  );
}
