import { useState } from 'react';
import type { Board } from '../../../shared/contract/planSchemas.ts';
import { showLabel } from '../../grid/format.ts';
import { PlaceMarks } from './BoardMarks.tsx';
import type { Piece } from './boardEdits.ts';
import { shortAddress } from './timeline.ts';
import type { BoardActions } from './useBoard.ts';
import { useDrag } from './useDrag.ts';

/** Places of targets and warrants that no team has. Dragged onto a row, or given by the menu. */
export function BoardTray(props: {
  board: Board;
  give: BoardActions['give'];
  onOver: (team: string | null) => void;
  onMenu: (piece: Piece, at: { x: number; y: number }) => void;
}) {
  const { board } = props;
  return (
    <aside className="board-tray" aria-label="With no team">
      <h3>
        With no team <span className="finding-count">{board.unassigned.length}</span>
      </h3>
      {board.unassigned.length === 0 ? (
        <p className="muted">Every premises of a target or a warrant has a team.</p>
      ) : (
        <ul>
          {board.unassigned.map((place) => (
            <li key={place.premises}>
              <LoosePlace {...props} place={place} />
            </li>
          ))}
        </ul>
      )}
    </aside>
  );
}

function LoosePlace(props: Parameters<typeof BoardTray>[0] & { place: Board['unassigned'][number] }) {
  const { board, place } = props;
  const { start, justDragged } = useDrag();
  const [ghost, setGhost] = useState<{ x: number; y: number } | null>(null);
  const label = showLabel(place.premises, board.labels);
  const piece: Piece = { premises: place.premises, targets: place.targets, from: null };
  const openMenu = (element: HTMLElement) => {
    const box = element.getBoundingClientRect();
    props.onMenu(piece, { x: box.left + 12, y: box.bottom });
  };
  const end = () => {
    setGhost(null);
    props.onOver(null);
  };
  return (
    <>
      <button
        type="button"
        data-ref={place.premises}
        className={`board-loose ${place.safeguarding ? 'has-safeguarding' : ''}`}
        title={label}
        onPointerDown={(event) =>
          start(event, {
            onMove: ({ x, y, team }) => {
              setGhost({ x, y });
              props.onOver(team);
            },
            onDrop: ({ team }) => {
              end();
              const to = board.teams.find(({ ref }) => ref === team);
              if (to) void props.give(piece, to);
            },
            onLeave: end,
          })
        }
        onClick={(event) => {
          if (!justDragged.current) openMenu(event.currentTarget);
        }}
        onContextMenu={(event) => {
          event.preventDefault();
          openMenu(event.currentTarget);
        }}
      >
        <strong>{shortAddress(label)}</strong>
        <PlaceMarks place={place} />
      </button>
      {ghost && (
        <div className="board-ghost" style={{ left: ghost.x + 10, top: ghost.y + 8 }}>
          {shortAddress(label)}
        </div>
      )}
    </>
  );
}
