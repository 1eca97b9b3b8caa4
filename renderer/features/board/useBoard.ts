import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Board } from '../../../shared/contract/planSchemas.ts';
import type { Edit } from '../../../shared/contract/schemas.ts';
import { undo } from '../../app/actions.ts';
import { refreshQueries, useClient } from '../../app/connection.ts';
import { showMessage } from '../../app/messages.ts';
import { reportError } from '../../app/reportError.ts';
import { useMay } from '../../app/role.ts';
import { shellCopy } from '../../copy/shell.ts';
import { showLabel } from '../../grid/format.ts';
import { assign, type BoardTeam, type Piece, retime } from './boardEdits.ts';
import { formatSpan, type TeamTimes } from './timeline.ts';

/** Times of a team as they are being changed, before they are set. */
export interface TimesDraft {
  team: string;
  times: TeamTimes;
}

/** What was given away left its place with the focus: the team that has it now takes the focus, else the board. */
function focusTeam(team: string | null): void {
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return;
    const bars =
      team === null ? [] : [...document.querySelectorAll<HTMLElement>(`[data-team="${team}"] .board-bar`)];
    (bars.at(-1) ?? document.querySelector<HTMLElement>('.board-scroll'))?.focus();
  });
}

const refuse = () => showMessage({ tone: 'warning', text: shellCopy.readerOnly });

/** The board as the engine sees it, and the two things that are done to it. Each is one entry that can be undone. */
export function useBoard() {
  const client = useClient();
  const may = useMay();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<TimesDraft | null>(null);
  const query = useQuery({
    queryKey: ['board'],
    queryFn: () => client.plan.board(),
    placeholderData: keepPreviousData,
  });
  const labels = query.data?.labels ?? {};
  // Enter sets the times and moves the focus on: leaving the bar must not set them again.
  const setting = useRef(false);

  async function finish(text: string, seq: number | null): Promise<void> {
    // The entry by its number: another change may stand above it by the time of the click.
    const action = seq === null ? undefined : { label: 'Undo', run: () => void undo(seq) };
    showMessage({ tone: 'done', text, action });
    await queries.invalidateQueries({ queryKey: ['board'] });
    refreshQueries();
  }

  async function give(piece: Piece, to: BoardTeam | null): Promise<void> {
    if (!may) return refuse();
    const wanted = assign(piece, to);
    if (wanted.kind === 'nothing') return;
    const what = piece.premises ? showLabel(piece.premises, labels) : `${piece.targets.length} targets`;
    try {
      let seq: number | null = null;
      if (wanted.kind === 'edits') {
        ({ seq } = await client.records.set({ edits: wanted.edits }));
      } else if (piece.premises !== null && to !== null) {
        const made = await client.records.makeTargets({ refs: [piece.premises], values: { team: to.ref } });
        if (made.rows.length === 0) {
          showMessage({
            tone: 'warning',
            text: `${to.label} has premises already, and ${what} is a target of its own: give that target its team.`,
          });
          return;
        }
        seq = made.seq;
      }
      await finish(to ? `${what}: given to ${to.label}.` : `${what}: with no team now.`, seq);
      focusTeam(to?.ref ?? null);
    } catch (error) {
      reportError(error);
    }
  }

  /** Sets the times of the draft; the draft goes when the board has them, or when they were refused. */
  async function setTimes(team: BoardTeam, before: TeamTimes, after: TeamTimes): Promise<void> {
    if (setting.current) return;
    if (!may) {
      setDraft(null);
      return refuse();
    }
    const edit: Edit | null = retime(team.ref, before, after);
    if (edit) {
      setting.current = true;
      try {
        const { seq } = await client.records.set({ edits: [edit] });
        await finish(`${team.label}: ${formatSpan(after)}.`, seq);
      } catch (error) {
        reportError(error);
      } finally {
        setting.current = false;
      }
    }
    setDraft((now) => (now?.team === team.ref ? null : now));
  }

  return { query, draft, setDraft, give, setTimes };
}

export type BoardActions = Pick<ReturnType<typeof useBoard>, 'draft' | 'setDraft' | 'give' | 'setTimes'>;

/** The times that all tasks of a team share, as the board has them. */
export function timesOf(team: BoardTeam, draft: TimesDraft | null): TeamTimes {
  if (draft?.team === team.ref) return draft.times;
  const { briefAt, strikeAt, finishAt } = team;
  return { briefAt, strikeAt, finishAt };
}

/** Findings about the team itself, and those about its places and times. */
export function clashesOf(board: Board, team: BoardTeam) {
  const people = new Set([team.ref, ...team.members, ...(team.leader ? [team.leader] : [])]);
  return board.clashes.filter(({ refs, accepted }) => !accepted && refs.some((ref) => people.has(ref)));
}
