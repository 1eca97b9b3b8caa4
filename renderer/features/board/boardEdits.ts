import type { Board } from '../../../shared/contract/planSchemas.ts';
import type { Edit } from '../../../shared/contract/schemas.ts';
import type { TeamTimes } from './timeline.ts';

export type BoardTeam = Board['teams'][number];

/** What is dragged: a place with its targets, of a team or of none. */
export interface Piece {
  premises: string | null;
  targets: readonly string[];
  /** The team that has it now. */
  from: BoardTeam | null;
}

/** How a piece comes to a team: edits of one entry, or a target to be made, because the team has a place already. */
export type Assignment = { kind: 'edits'; edits: Edit[] } | { kind: 'target' } | { kind: 'nothing' };

/**
 * The edits that give a piece to a team, or to none. The team's own premises are set where it has none; a further
 * place is the team's through its targets, so a place without a target needs one.
 */
export function assign(piece: Piece, to: BoardTeam | null): Assignment {
  const { premises, targets, from } = piece;
  if (from?.ref === to?.ref) return { kind: 'nothing' };
  const takesPlace = to !== null && premises !== null && to.premises === null;
  if (to !== null && targets.length === 0 && !takesPlace && to.premises !== premises) {
    return { kind: 'target' };
  }
  const edits: Edit[] = targets.map((ref) => ({ ref, values: { team: to?.ref ?? null } }));
  if (from !== null && premises !== null && from.premises === premises) {
    edits.push({ ref: from.ref, values: { premises: null } });
  }
  if (to !== null && takesPlace) edits.push({ ref: to.ref, values: { premises } });
  return edits.length === 0 ? { kind: 'nothing' } : { kind: 'edits', edits };
}

/** The edit that gives a team new times, of those that differ; null where none does. */
export function retime(team: string, before: TeamTimes, after: TeamTimes): Edit | null {
  const values: Edit['values'] = {};
  for (const field of ['briefAt', 'strikeAt', 'finishAt'] as const) {
    const was = before[field]?.slice(0, 16) ?? null;
    const is = after[field]?.slice(0, 16) ?? null;
    if (is !== was) values[field] = is;
  }
  return Object.keys(values).length === 0 ? null : { ref: team, values };
}
