import { useRef, useState } from 'react';

/** Where a thing is while it is dragged: how far from its start, and the team under the pointer. */
export interface DragPlace {
  x: number;
  y: number;
  dx: number;
  dy: number;
  team: string | null;
}

interface DragHandlers {
  onMove: (place: DragPlace) => void;
  onDrop: (place: DragPlace) => void;
  onLeave: () => void;
}

/** How far the pointer moves before a press is a drag and no longer a click. */
const threshold = 5;

function teamAt(x: number, y: number): string | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const row = element.closest('[data-team]');
    if (row) return row.getAttribute('data-team');
  }
  return null;
}

/**
 * Dragging with the pointer: gives the `onPointerDown` of what can be dragged. Escape leaves the drag; a press that
 * hardly moves stays a click.
 */
export function useDrag() {
  const [dragging, setDragging] = useState(false);
  /** True from the end of a drag to the click that the browser makes of it. */
  const justDragged = useRef(false);

  function start(event: React.PointerEvent<HTMLElement>, handlers: DragHandlers): void {
    if (event.button !== 0) return;
    event.stopPropagation();
    const element = event.currentTarget;
    const [startX, startY] = [event.clientX, event.clientY];
    let moved = false;
    const placeOf = (move: PointerEvent): DragPlace => ({
      x: move.clientX,
      y: move.clientY,
      dx: move.clientX - startX,
      dy: move.clientY - startY,
      team: teamAt(move.clientX, move.clientY),
    });
    const end = () => {
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', drop);
      element.removeEventListener('pointercancel', leave);
      window.removeEventListener('keydown', listen, true);
      setDragging(false);
      if (!moved) return;
      justDragged.current = true;
      setTimeout(() => {
        justDragged.current = false;
      });
    };
    const move = (now: PointerEvent) => {
      const place = placeOf(now);
      if (!moved && Math.hypot(place.dx, place.dy) < threshold) return;
      moved = true;
      setDragging(true);
      handlers.onMove(place);
    };
    const drop = (now: PointerEvent) => {
      end();
      if (moved) handlers.onDrop(placeOf(now));
    };
    const leave = () => {
      end();
      handlers.onLeave();
    };
    const listen = (key: KeyboardEvent) => {
      if (key.key !== 'Escape') return;
      key.preventDefault();
      key.stopPropagation();
      leave();
    };
    element.setPointerCapture(event.pointerId);
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', drop);
    element.addEventListener('pointercancel', leave);
    window.addEventListener('keydown', listen, true);
  }

  return { start, dragging, justDragged };
}
