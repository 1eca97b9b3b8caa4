import { Button, ButtonGroup } from '@blueprintjs/core';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Board } from '../../../shared/contract/planSchemas.ts';
import { formatDate, formatDateTime } from '../../../shared/domain/dates.ts';
import { grids } from '../../../shared/grid/grids.ts';
import { describeError } from '../../app/reportError.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ForChangers } from '../../ui/ForChangers.tsx';
import { ViewHead } from '../../ui/ViewHead.tsx';
import { ukLocal } from '../clocks/remaining.ts';
import { useInstant } from '../clocks/useInstant.ts';
import { FindingLines } from '../dossier/FindingLines.tsx';
import { AddRecordDialog } from '../record/AddRecordDialog.tsx';
import { pixelsTo, type Scale } from './BoardBar.tsx';
import { BoardMenu, type BoardMenuTarget } from './BoardMenu.tsx';
import { BoardRow } from './BoardRow.tsx';
import { BoardTray } from './BoardTray.tsx';
import { barOf, formatSpan, minutesOf, rangeOf, ticksOf, timeOf } from './timeline.ts';
import { timesOf, useBoard } from './useBoard.ts';

const teamWidth = 190;
const zoomLimits = { least: 6, most: 480 };

/** The width of an element, followed as it changes. */
function useWidth() {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return { element, width };
}

/** The enforcement day: teams against time and place. */
export function BoardView() {
  const { query, ...actions } = useBoard();
  const [adding, setAdding] = useState(false);
  const board = query.data;
  return (
    <section className="view board" aria-label="Board">
      {query.error && (
        <EmptyState
          icon="error"
          title="The board could not be made"
          description={describeError(query.error).message}
        />
      )}
      {board && <LoadedBoard board={board} actions={actions} onAdd={() => setAdding(true)} />}
      {adding && <AddRecordDialog grid={grids.teams} onClose={() => setAdding(false)} />}
    </section>
  );
}

type Actions = Omit<ReturnType<typeof useBoard>, 'query'>;

function LoadedBoard({ board, actions, onAdd }: { board: Board; actions: Actions; onAdd: () => void }) {
  const { element, width } = useWidth();
  const instant = useInstant();
  const [zoom, setZoom] = useState<number | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const [menu, setMenu] = useState<BoardMenuTarget | null>(null);
  // The axis stands still while a bar is dragged over its end.
  const bars = board.teams.flatMap((team) => barOf(timesOf(team, null)) ?? []);
  const range = rangeOf(bars, board.strike);
  const hours = range ? (range.to - range.from) / 60 : 1;
  const fitting = Math.max(zoomLimits.least, (width - teamWidth - 2) / hours);
  const pixelsPerHour = zoom ?? fitting;
  const scale: Scale | null = range && { range, pixelsPerHour };
  const trackWidth = hours * pixelsPerHour;
  const now = minutesOf(ukLocal(instant));
  const nowAt = scale && range && now >= range.from && now <= range.to ? pixelsTo(scale, now) : null;
  // The hour in the middle stays in the middle.
  const middle = useRef<number | null>(null);
  useLayoutEffect(() => {
    const area = element.current;
    if (!area || middle.current === null) return;
    area.scrollLeft = middle.current * pixelsPerHour - (area.clientWidth - teamWidth) / 2;
    middle.current = null;
  }, [element, pixelsPerHour]);
  const zoomBy = (factor: number) => {
    const area = element.current;
    if (area) middle.current = (area.scrollLeft + (area.clientWidth - teamWidth) / 2) / pixelsPerHour;
    setZoom(Math.min(zoomLimits.most, Math.max(zoomLimits.least, pixelsPerHour * factor)));
  };
  const openMenu = (piece: BoardMenuTarget['piece'], at: { x: number; y: number }) =>
    setMenu({ piece, ...at });
  const draftTeam = board.teams.find(({ ref }) => ref === actions.draft?.team);
  return (
    <>
      <ViewHead
        title="Board"
        note={board.strike ? `Strike ${formatDateTime(board.strike)}, UK local time` : 'No strike is set'}
      >
        <ForChangers>
          <Button size="small" icon="plus" text="Add team" onClick={onAdd} />
        </ForChangers>
        {scale && (
          <>
            {nowAt !== null && (
              <Button
                size="small"
                icon="time"
                text="Now"
                onClick={() => element.current?.scrollTo({ left: nowAt - width / 3 })}
              />
            )}
            <ButtonGroup>
              <Button size="small" icon="zoom-out" aria-label="Wider span" onClick={() => zoomBy(0.7)} />
              <Button size="small" text="Fit" onClick={() => setZoom(null)} />
              <Button size="small" icon="zoom-in" aria-label="Closer" onClick={() => zoomBy(1.4)} />
            </ButtonGroup>
          </>
        )}
      </ViewHead>
      <p className="only-spoken" id="board-keys">
        Arrow left and right move it by five minutes, with Shift the strike alone. Enter sets the times,
        Escape leaves them. Enter or M opens the menu with the teams.
      </p>
      <p className="only-spoken" aria-live="polite">
        {draftTeam && actions.draft
          ? `${draftTeam.label}: ${formatSpan(actions.draft.times)}. Enter sets it.`
          : ''}
      </p>
      <div className="board-area">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard */}
        <section className="board-scroll" ref={element} tabIndex={0} aria-label="Teams and their times">
          {board.teams.length === 0 && (
            <EmptyState
              icon="team"
              title="No teams yet"
              description="Add a team with its leader, briefing and strike, or import the officers and make teams in the grid. The premises at the right are then dragged onto them."
              action={<Button intent="primary" icon="plus" text="Add a team" onClick={onAdd} />}
            />
          )}
          {scale && board.teams.length > 0 && (
            <div className="board-axis" style={{ width: teamWidth + trackWidth }}>
              <div className="board-corner">
                {range ? formatDate(new Date(range.from * 60_000).toISOString()) : ''}
              </div>
              <div className="board-ticks" style={{ width: trackWidth }}>
                {ticksOf(scale.range, pixelsPerHour).map(({ at, label, isDay }) => (
                  <span
                    key={at}
                    className={`board-tick ${isDay ? 'is-day' : ''}`}
                    style={{ left: pixelsTo(scale, at) }}
                  >
                    {label}
                  </span>
                ))}
              </div>
            </div>
          )}
          <div className="board-rows" style={{ width: scale ? teamWidth + trackWidth : undefined }}>
            {board.teams.map((team) => (
              <BoardRow
                key={team.ref}
                board={board}
                team={team}
                scale={scale ?? { range: { from: 0, to: 60 }, pixelsPerHour }}
                width={trackWidth}
                isOver={over === team.ref}
                actions={actions}
                onOver={setOver}
                onMenu={openMenu}
              />
            ))}
            {nowAt !== null && (
              <div className="board-now" style={{ left: teamWidth + nowAt }}>
                <span>{timeOf(ukLocal(instant))}</span>
              </div>
            )}
          </div>
        </section>
        <BoardTray board={board} give={actions.give} onOver={setOver} onMenu={openMenu} />
      </div>
      {board.clashes.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
        <section className="board-clashes" aria-label="Clashes" tabIndex={0}>
          <h3>
            Clashes <span className="finding-count">{board.clashes.length}</span>
          </h3>
          <FindingLines findings={board.clashes} labels={board.labels} />
        </section>
      )}
      {menu && <BoardMenu target={menu} board={board} give={actions.give} onClose={() => setMenu(null)} />}
    </>
  );
}
