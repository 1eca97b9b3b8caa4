import type { Board } from '../../../shared/contract/planSchemas.ts';
import type { Finding } from '../../../shared/contract/schemas.ts';
import { showLabel } from '../../grid/format.ts';
import { ClashMark, PlaceMarks } from './BoardMarks.tsx';
import type { BoardTeam, Piece } from './boardEdits.ts';
import {
  type Bar,
  formatSpan,
  shiftAll,
  shiftStrike,
  shortAddress,
  snap,
  stepMinutes,
  type TeamTimes,
  type TimeRange,
} from './timeline.ts';
import { type BoardActions, timesOf } from './useBoard.ts';
import { type DragPlace, useDrag } from './useDrag.ts';

export interface Scale {
  range: TimeRange;
  pixelsPerHour: number;
}

/** Pixels from the left end of the axis to a moment. */
export function pixelsTo(scale: Scale, minutes: number): number {
  return ((minutes - scale.range.from) / 60) * scale.pixelsPerHour;
}

/**
 * One task: from briefing to finish, with its strike. Dragged along the axis it retimes its team, dragged onto
 * another row it changes teams; the arrow keys do the first, the menu the second.
 */
export function BoardBar(props: {
  board: Board;
  team: BoardTeam;
  task: BoardTeam['tasks'][number];
  bar: Bar;
  lane: number;
  scale: Scale;
  clashes: readonly Finding[];
  actions: BoardActions;
  onOver: (team: string | null) => void;
  onMenu: (piece: Piece, at: { x: number; y: number }) => void;
}) {
  const { board, team, task, bar, scale, actions } = props;
  const { start, dragging, justDragged } = useDrag();
  const before = timesOf(team, null);
  const shown = timesOf(team, actions.draft);
  const isDraft = actions.draft?.team === team.ref;
  const piece: Piece = { premises: task.premises, targets: task.targets, from: team };
  const isIdle = task.premises === null && task.targets.length === 0;
  const label = task.premises
    ? showLabel(task.premises, board.labels)
    : isIdle
      ? 'Nothing assigned'
      : 'Place not known';
  const minutesIn = (pixels: number) => snap((pixels / scale.pixelsPerHour) * 60);

  const draftBy = (by: number, shift: (times: TeamTimes, by: number) => TeamTimes) =>
    actions.setDraft(by === 0 ? null : { team: team.ref, times: shift(before, by) });

  function moveBar({ dx, dy, team: over }: DragPlace): void {
    // Across the rows it changes teams, along them its times: one at a time.
    const isAcross = !isIdle && over !== null && over !== team.ref && Math.abs(dy) > 20;
    props.onOver(isAcross ? over : null);
    if (isAcross) actions.setDraft(null);
    else draftBy(minutesIn(dx), shiftAll);
  }

  function dropBar({ dx, dy, team: over }: DragPlace): void {
    props.onOver(null);
    const target = board.teams.find(({ ref }) => ref === over);
    if (!isIdle && target && target.ref !== team.ref && Math.abs(dy) > 20) void actions.give(piece, target);
    else void actions.setTimes(team, before, shiftAll(before, minutesIn(dx)));
  }

  const leave = () => {
    props.onOver(null);
    actions.setDraft(null);
  };

  function handleKey(event: React.KeyboardEvent<HTMLElement>): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const by = event.key === 'ArrowLeft' ? -stepMinutes : event.key === 'ArrowRight' ? stepMinutes : 0;
    if (by !== 0) {
      const shift = event.shiftKey ? shiftStrike : shiftAll;
      actions.setDraft({ team: team.ref, times: shift(shown, by) });
    } else if (event.key === 'Enter' && isDraft) void actions.setTimes(team, before, shown);
    else if (event.key === 'Escape' && isDraft) actions.setDraft(null);
    else if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10') || event.key === 'm')
      openMenu(event.currentTarget);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function openMenu(element: HTMLElement): void {
    const box = element.getBoundingClientRect();
    props.onMenu(piece, { x: Math.max(box.left, 0) + 12, y: box.bottom });
  }

  const left = pixelsTo(scale, bar.from);
  const width = pixelsTo(scale, bar.to) - left;
  return (
    <button
      type="button"
      data-ref={task.premises ?? team.ref}
      className={`board-bar ${isDraft ? 'is-draft' : ''} ${dragging ? 'is-dragged' : ''} ${props.clashes.length > 0 ? 'has-clash' : ''} ${task.safeguarding ? 'has-safeguarding' : ''} ${isIdle ? 'is-idle' : ''}`}
      style={{ left, width, top: props.lane * 46 + 4 }}
      aria-describedby="board-keys"
      title={`${label}\n${formatSpan(shown)}`}
      onPointerDown={(event) => start(event, { onMove: moveBar, onDrop: dropBar, onLeave: leave })}
      onClick={(event) => {
        if (!justDragged.current && !isDraft) openMenu(event.currentTarget);
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        openMenu(event.currentTarget);
      }}
      onKeyDown={handleKey}
      onBlur={() => {
        if (isDraft && !dragging) void actions.setTimes(team, before, shown);
      }}
    >
      <span
        className={`board-before ${bar.openStart ? 'is-open' : ''}`}
        style={{ width: Math.max(0, pixelsTo(scale, bar.strike) - left) }}
      />
      <span className={`board-after ${bar.openEnd ? 'is-open' : ''}`} />
      <span
        aria-hidden
        className="board-strike"
        style={{ left: pixelsTo(scale, bar.strike) - left - 4 }}
        title="Drag to move the strike alone"
        onPointerDown={(event) =>
          start(event, {
            onMove: ({ dx }) => draftBy(minutesIn(dx), shiftStrike),
            onDrop: ({ dx }) => void actions.setTimes(team, before, shiftStrike(before, minutesIn(dx))),
            onLeave: leave,
          })
        }
      />
      <span className="board-words">
        <span className="board-place">
          <span className="only-spoken">{team.label}, </span>
          <strong>{shortAddress(label)}</strong>
          <span className={isDraft ? 'board-times' : 'only-spoken'}> {formatSpan(shown)} </span>
          <ClashMark findings={props.clashes} />
        </span>
        {isIdle ? <span>Drag premises here</span> : <PlaceMarks place={task} />}
      </span>
    </button>
  );
}
