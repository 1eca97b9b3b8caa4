import { ContextMenuPopover, Menu, MenuDivider, MenuItem } from '@blueprintjs/core';
import type { Board } from '../../../shared/contract/planSchemas.ts';
import { openDossier, openRecord } from '../../app/navigation.ts';
import { showLabel } from '../../grid/format.ts';
import { useOverlays } from '../../ui/overlays.ts';
import type { Piece } from './boardEdits.ts';
import { shortAddress } from './timeline.ts';
import type { BoardActions } from './useBoard.ts';

export interface BoardMenuTarget {
  piece: Piece;
  /** Of the pointer, or of the foot of the bar, in the window. */
  x: number;
  y: number;
}

const itemsOf = (menu: Element | null) => [
  ...(menu?.querySelectorAll<HTMLElement>('[role="menuitem"]:not([aria-disabled="true"])') ?? []),
];

/** The menu is opened to be used: its first item has the focus, when it stands. */
function focusFirst(menu: HTMLUListElement | null): void {
  if (menu) requestAnimationFrame(() => itemsOf(menu)[0]?.focus());
}

function moveFocus(event: React.KeyboardEvent<HTMLElement>): void {
  const items = itemsOf(event.currentTarget);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  };
  const next = steps[event.key];
  if (next === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  items[next]?.focus();
}

/** What can be done with a place of the board: look into it, or give it to a team. */
export function BoardMenu(props: {
  target: BoardMenuTarget;
  board: Board;
  give: BoardActions['give'];
  onClose: () => void;
}) {
  const { target, board } = props;
  const { piece } = target;
  const isPlace = piece.premises !== null || piece.targets.length > 0;
  const overlays = useOverlays();
  const area = overlays.getBoundingClientRect();
  return (
    <ContextMenuPopover
      isOpen
      targetOffset={{ left: target.x - area.left, top: target.y - area.top }}
      onClose={props.onClose}
      content={
        <Menu size="small" className="board-menu" ulRef={focusFirst} onKeyDown={moveFocus}>
          {piece.premises !== null && (
            <MenuItem
              icon="home"
              text={`Everything about ${shortAddress(showLabel(piece.premises, board.labels))}`}
              onClick={() => piece.premises && openDossier(piece.premises)}
            />
          )}
          {piece.from && (
            <MenuItem
              icon="team"
              text={`Times and members of ${piece.from.label}`}
              onClick={() => piece.from && openRecord(piece.from.ref)}
            />
          )}
          {piece.targets.map((ref) => (
            <MenuItem
              key={ref}
              icon="locate"
              text={`Target ${showLabel(ref, board.labels)}`}
              onClick={() => openRecord(ref)}
            />
          ))}
          {isPlace && <MenuDivider title="Assign to" />}
          {board.teams
            .filter(() => isPlace)
            .filter((team) => team.ref !== piece.from?.ref)
            .map((team) => (
              <MenuItem
                key={team.ref}
                icon="arrow-right"
                text={team.label}
                onClick={() => void props.give(piece, team)}
              />
            ))}
          {isPlace && piece.from && (
            <MenuItem
              icon="remove"
              text={`Take off ${piece.from.label}`}
              onClick={() => void props.give(piece, null)}
            />
          )}
        </Menu>
      }
    />
  );
}
