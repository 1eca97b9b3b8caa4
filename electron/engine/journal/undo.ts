/**
 * Undo and redo, across restarts. Each is an entry of its own; the entry that it takes back stays in the
 * history. What an entry did is known from its method: values, an import, a photograph, a
 * saved mapping, a pack of the force's own, a kept picture, or a finding that was set aside.
 */
import { AppError } from '../../../shared/contract/errors.ts';
import { parseRef } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import { swapThresholds } from '../analysis/calls/thresholds.ts';
import { swapWeights } from '../analysis/priorities/weights.ts';
import { run } from '../database/sql.ts';
import { swapThreshold } from '../entities/matching/threshold.ts';
import { materialise } from '../entities/materialise.ts';
import { swapMapping } from '../intake/mappings/savedMappings.ts';
import { removeImport, restoreImport } from '../intake/undoImport.ts';
import { swapSpec } from '../packs/specs.ts';
import { swapPicture } from '../pictures/keepPictures.ts';
import { swapAcceptance } from '../plan/acceptances.ts';
import type { Settled } from '../plan/edit.ts';
import { redoValues, undoValues } from '../plan/edit.ts';
import { mentionOf, readMentions } from '../plan/mentions.ts';
import type { Session } from '../session.ts';
import type { StoredEntry } from './journal.ts';
import { appendEntry, laterEntries, nextSeq, readEntry, undoState } from './journal.ts';

export interface Undone {
  seq: number;
  summary: string;
}

type Rows = { grid: GridName; id: number }[];

/** What was swapped; `only` where nothing but the values of these rows changed. */
interface Swapped {
  rows: Rows;
  grids: GridName[];
  only?: true;
}

/** Areas whose entries change no row of a grid: what each keeps is swapped as a whole. */
const swaps = {
  readiness: swapAcceptance,
  mappings: swapMapping,
  packSpecs: swapSpec,
  callThresholds: swapThresholds,
  priorityWeights: swapWeights,
  matchThreshold: swapThreshold,
  pictures: swapPicture,
} as const;

const swapOf = (entry: StoredEntry) =>
  Object.entries(swaps).find(([area]) => entry.method.startsWith(`${area}.`))?.[1];

/**
 * Undoes the newest change that stands, or the entry named.
 * @throws AppError `journal.nothing`, `journal.blocked` (a later change rests on it; it is named).
 */
export async function undo(session: Session, seq?: number): Promise<Undone> {
  return session.exclusively(() => {
    const wanted = seq ?? undoState(session.writer).undo?.seq;
    if (wanted === undefined) throw new AppError('journal.nothing', 'There is nothing to undo.');
    const entry = readEntry(session.writer, wanted);
    if (!entry.undoable)
      throw new AppError('journal.blocked', `Entry ${wanted} only records something; it cannot be undone.`);
    if (entry.erased !== null)
      throw new AppError(
        'journal.blocked',
        `The content of entry ${wanted} was erased under entry ${entry.erased}: it cannot be undone.`,
      );
    if (!entry.standing) throw new AppError('journal.blocked', `Entry ${wanted} has been undone already.`);
    refuseLater(session, wanted, 'undo');
    const { own, swapped } = session.writer.transaction(() => {
      const revision = nextSeq(session.writer);
      const swapped = takeBack(session, entry, revision);
      const own = appendEntry(session, {
        operation: 'alteration',
        method: 'history.undo',
        target: `#${wanted}`,
        summary: `Undid: ${entry.summary}`,
        undoes: wanted,
        rows: swapped.rows,
      });
      return { own, swapped };
    })();
    announceSwapped(session, own, swapped);
    return { seq: wanted, summary: entry.summary };
  });
}

function takeBack(session: Session, entry: StoredEntry, revision: number): Swapped {
  if (entry.method === 'imports.commit') {
    const id = importOf(entry);
    return { rows: [{ grid: 'imports', id }], grids: removeImport(session, id, revision) };
  }
  if (entry.method === 'records.attachPhotograph') return switchPhotograph(session, entry, revision, 0);
  const swap = swapOf(entry);
  if (swap) {
    swap(session, entry, 'before');
    return { rows: [], grids: [] };
  }
  const created = Object.entries(JSON.parse(entry.before ?? '{}') as Record<string, unknown>).flatMap(
    ([ref, before]) => (before === null ? [ref] : []),
  );
  const mentions = created.length > 0 ? readMentions(session.writer) : new Map();
  for (const ref of created) {
    const user = mentionOf(mentions, ref, new Set(created));
    if (user) throw new AppError('journal.blocked', `${user} uses ${ref}. Change ${user} first.`);
  }
  return swappedValues(undoValues(session.writer, entry.seq, entry.before, entry.after, revision));
}

/** After a merge or a split links have changed too. */
const swappedValues = ({ rows, grouping }: Settled): Swapped => ({
  rows,
  grids: gridsOf(rows),
  ...(grouping ? {} : { only: true }),
});

/** @throws AppError `journal.blocked` where a later change, made here or taken from another copy, rests on the entry. */
function refuseLater(session: Session, wanted: number, what: 'undo' | 'redo'): void {
  const [later] = laterEntries(session.writer, wanted);
  if (!later) return;
  throw new AppError(
    'journal.blocked',
    later.taken
      ? `What came from another copy since (entry ${later.seq}) touches ${later.ref}, so this can no longer be ${what === 'undo' ? 'undone' : 'redone'}. Change ${later.ref} by hand.`
      : `A later change touches ${later.ref}: undo entry ${later.seq} (${later.summary}) first.`,
    { seq: later.seq },
  );
}

/** Redoes what was undone last, unless something new has been done since. @throws AppError `journal.nothing`. */
export async function redo(session: Session): Promise<Undone> {
  return session.exclusively(async () => {
    const wanted = undoState(session.writer).redo?.seq;
    if (wanted === undefined) throw new AppError('journal.nothing', 'There is nothing to redo.');
    refuseLater(session, wanted, 'redo');
    const entry = readEntry(session.writer, wanted);
    const record = (rows: Rows) =>
      appendEntry(session, {
        operation: 'alteration',
        method: 'history.redo',
        target: `#${wanted}`,
        summary: `Redid: ${entry.summary}`,
        redoes: wanted,
        rows,
      });
    if (entry.method === 'imports.commit') {
      const id = importOf(entry);
      await restoreImport(session, id, nextSeq(session.writer), () => void record([{ grid: 'imports', id }]));
      return { seq: wanted, summary: entry.summary };
    }
    const { own, swapped } = session.writer.transaction((): { own: number; swapped: Swapped } => {
      const revision = nextSeq(session.writer);
      if (entry.method === 'records.attachPhotograph') {
        const switched = switchPhotograph(session, entry, revision, 1);
        return { own: record(switched.rows), swapped: switched };
      }
      const swap = swapOf(entry);
      if (swap) {
        swap(session, entry, 'after');
        return { own: record([]), swapped: { rows: [], grids: [] } };
      }
      const swapped = swappedValues(
        redoValues(session.writer, entry.seq, entry.before, entry.after, revision),
      );
      return { own: record(swapped.rows), swapped };
    })();
    announceSwapped(session, own, swapped);
    return { seq: wanted, summary: entry.summary };
  });
}

function announceSwapped(session: Session, seq: number, { rows, grids, only }: Swapped): void {
  session.announce({ seq, grids, ...(only ? { rows } : {}) });
}

const gridsOf = (rows: Rows) => [...new Set(rows.map((row) => row.grid))];

function importOf(entry: StoredEntry): number {
  return (JSON.parse(entry.after ?? '{}') as { import: number }).import;
}

function switchPhotograph(session: Session, entry: StoredEntry, revision: number, standing: 0 | 1): Swapped {
  run(session.writer, 'UPDATE photograph SET standing = ? WHERE seq = ?', standing, entry.seq);
  const found = parseRef(entry.target ?? '');
  if (!found) throw new Error(`entry ${entry.seq} names no record`);
  materialise(session.writer, found.grid.name, found.id, revision);
  return { rows: [{ grid: found.grid.name, id: found.id }], grids: [found.grid.name] };
}
