/** What opening says about the journal: whether its newest entries hold, and whether it goes on from what was seen. */
import { AppError } from '../../../shared/contract/errors.ts';
import { formatDateTime } from '../../../shared/domain/dates.ts';
import type { ReadDatabase } from '../database/connection.ts';
import type { KnownHeads, Lineage } from './knownHeads.ts';
import { recentProblem } from './recentEntries.ts';

/** In words, for an error, a report and the journal. */
export function lineageWords(lineage: Exclude<Lineage, { kind: 'known' }>): string {
  const when = formatDateTime(lineage.at.slice(0, 16));
  return lineage.kind === 'older'
    ? `This workspace is older than the one that was opened here on ${when}: it ends in entry ${lineage.seq}, there were ${lineage.known}.`
    : `This workspace is not the one that was opened here on ${when}: entry ${lineage.known} says something else.`;
}

/**
 * Cheap enough for every opening. Gives what the journal should tell of the opening, null for the usual.
 * @throws AppError `journal.broken`; `workspace.older` unless the user accepts the copy.
 */
export function checkLineage(
  workspaceId: string,
  folder: string,
  database: ReadDatabase,
  options: { heads?: KnownHeads | undefined; acceptOlder?: boolean | undefined },
): string | null {
  const problem = recentProblem(database);
  if (problem)
    throw new AppError(
      'journal.broken',
      `The journal of this workspace is broken at entry ${problem.seq}: ${problem.what}. Keep the folder as it is, check it, and restore a backup.`,
      { seq: problem.seq },
    );
  const lineage = options.heads?.judge(workspaceId, folder, database);
  if (!lineage) return null;
  if (lineage.kind === 'known') return lineage.restored ? 'restored here from a backup' : null;
  if (!options.acceptOlder)
    throw new AppError(
      'workspace.older',
      `${lineageWords(lineage)} If you put it there yourself, open it all the same; if not, look for the newer one.`,
      { kind: lineage.kind, entries: lineage.seq, known: lineage.known, at: lineage.at },
    );
  return lineage.kind === 'older'
    ? `older copy accepted: it ended in entry ${lineage.seq}, there were ${lineage.known} on this machine`
    : `other copy accepted: entry ${lineage.known} was another one on this machine`;
}
