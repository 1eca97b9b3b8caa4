import { Button } from '@blueprintjs/core';
import type { Board } from '../../../shared/contract/planSchemas.ts';
import { openDossier, openRecord } from '../../app/navigation.ts';
import { showLabel } from '../../grid/format.ts';
import { BoardBar, pixelsTo, type Scale } from './BoardBar.tsx';
import { ClashMark } from './BoardMarks.tsx';
import type { BoardTeam, Piece } from './boardEdits.ts';
import { barOf } from './timeline.ts';
import { type BoardActions, clashesOf, timesOf } from './useBoard.ts';

const timeFields = new Set(['briefAt', 'strikeAt', 'finishAt', 'premises']);

/** One team: who it is at the left, its tasks along the axis, each in a lane of its own. */
export function BoardRow(props: {
  board: Board;
  team: BoardTeam;
  scale: Scale;
  width: number;
  isOver: boolean;
  actions: BoardActions;
  onOver: (team: string | null) => void;
  onMenu: (piece: Piece, at: { x: number; y: number }) => void;
}) {
  const { board, team, scale } = props;
  const clashes = clashesOf(board, team);
  const bar = barOf(timesOf(team, props.actions.draft));
  const tasks = team.tasks.length > 0 ? team.tasks : [idleTask(team)];
  const clashesAt = (task: BoardTeam['tasks'][number]) => {
    const here = new Set([task.premises, ...task.targets, ...task.warrants]);
    return clashes.filter(
      ({ refs, field }) =>
        refs.some((ref) => here.has(ref)) ||
        // Two teams that need the same person or place clash wherever they are.
        refs.filter((ref) => ref.startsWith('TEAM-')).length > 1 ||
        (refs.includes(team.ref) && field !== undefined && timeFields.has(field)),
    );
  };
  return (
    <div className={`board-row ${props.isOver ? 'is-over' : ''}`} data-team={team.ref} data-ref={team.ref}>
      <div className="board-team">
        <div className="board-team-name">
          <button type="button" className="link" onClick={() => openDossier(team.ref)}>
            {team.label}
          </button>
          <ClashMark findings={clashes} />
        </div>
        <p className={team.leader ? 'board-line' : 'board-line tone-danger'}>
          {team.leader ? showLabel(team.leader, board.labels) : 'No leader'}
          {team.members.length > 0 && <span className="muted"> and {team.members.length}</span>}
        </p>
        {(team.vehicle || team.rendezvous) && (
          <p className="board-line muted" title={team.rendezvous ?? ''}>
            {[team.vehicle, team.rendezvous && `RV ${team.rendezvous}`].filter(Boolean).join(', ')}
          </p>
        )}
      </div>
      <div
        className="board-track"
        style={{ width: props.width, minHeight: Math.max(1, team.tasks.length) * 46 + 8 }}
      >
        {!bar && (
          <p className="board-idle tone-warning">
            No strike is set{' '}
            <Button
              size="small"
              text="Set it"
              aria-label={`Set the strike of ${team.label}`}
              onClick={() => openRecord(team.ref, 'strikeAt')}
            />
          </p>
        )}
        {bar &&
          tasks.map((task, lane) => (
            <BoardBar
              key={task.premises ?? 'none'}
              board={board}
              team={team}
              task={task}
              bar={bar}
              lane={lane}
              scale={scale}
              clashes={clashesAt(task)}
              actions={props.actions}
              onOver={props.onOver}
              onMenu={props.onMenu}
            />
          ))}
        {board.strike && (
          <div className="board-line-strike" style={{ left: pixelsTo(scale, strikeOf(board)) }} />
        )}
      </div>
    </div>
  );
}

/** A team with times and no place: its bar can be retimed, and waits for premises. */
function idleTask(team: BoardTeam): BoardTeam['tasks'][number] {
  const { briefAt, strikeAt, finishAt } = team;
  return {
    team: team.ref,
    premises: null,
    warrants: [],
    targets: [],
    warrantState: 'none',
    safeguarding: false,
    briefAt,
    strikeAt,
    finishAt,
  };
}

function strikeOf(board: Board): number {
  return Date.parse(`${(board.strike ?? '').slice(0, 16)}Z`) / 60_000;
}
