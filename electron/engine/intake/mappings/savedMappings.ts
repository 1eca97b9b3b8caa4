/** Mappings kept by name. Each save and removal is an entry of the journal; undo and redo swap what stood before and after. */
import { AppError } from '../../../../shared/contract/errors.ts';
import type { SavedMapping } from '../../../../shared/contract/intakeSchemas.ts';
import type { SheetMapping } from '../../../../shared/contract/schemas.ts';
import type { ReadDatabase, WriteDatabase } from '../../database/connection.ts';
import { all, get, run, takeNumbers } from '../../database/sql.ts';
import { appendEntry, readEntry } from '../../journal/journal.ts';
import type { Session } from '../../session.ts';

interface StoredMapping {
  id: number;
  name: string;
  saved_at: string;
  saved_by: string;
  headings: string;
  mapping: string;
}

/** What an entry changed: the mapping as it stood before and after; null where there was none. */
interface Swap {
  mapping: SavedMapping | null;
}

const columns = 'id, name, saved_at, saved_by, headings, mapping';

function toSaved(row: StoredMapping): SavedMapping {
  return {
    id: row.id,
    name: row.name,
    savedAt: row.saved_at,
    savedBy: row.saved_by,
    headings: JSON.parse(row.headings) as string[],
    mapping: JSON.parse(row.mapping) as SheetMapping,
  };
}

/** Every saved mapping, by name. */
export function listMappings(database: ReadDatabase): SavedMapping[] {
  return all<StoredMapping>(database, `SELECT ${columns} FROM saved_mapping ORDER BY name`).map(toSaved);
}

function readMapping(database: ReadDatabase, id: number): SavedMapping | null {
  const row = get<StoredMapping>(database, `SELECT ${columns} FROM saved_mapping WHERE id = ?`, id);
  return row ? toSaved(row) : null;
}

function findByName(database: ReadDatabase, name: string): SavedMapping | null {
  const row = get<StoredMapping>(database, `SELECT ${columns} FROM saved_mapping WHERE name = ?`, name);
  return row ? toSaved(row) : null;
}

function put(database: WriteDatabase, id: number, mapping: SavedMapping | null): void {
  run(database, 'DELETE FROM saved_mapping WHERE id = ?', id);
  if (!mapping) return;
  run(
    database,
    `INSERT INTO saved_mapping (${columns}) VALUES (?, ?, ?, ?, ?, ?)`,
    mapping.id,
    mapping.name,
    mapping.savedAt,
    mapping.savedBy,
    JSON.stringify(mapping.headings),
    JSON.stringify(mapping.mapping),
  );
}

/**
 * Keeps how a sheet was read. A name that is taken is replaced; what it was refreshed against is not part of it.
 * Call it while holding the writer.
 * @throws AppError `invalid` for a mapping that leaves its sheet out.
 */
export function saveMapping(
  session: Session,
  wanted: { name: string; headings: readonly string[]; mapping: SheetMapping },
): SavedMapping {
  if (wanted.mapping.kind === null)
    throw new AppError('invalid', 'A sheet that is left out has no mapping to keep. Choose its kind first.');
  const { refresh: _, ...mapping } = wanted.mapping;
  const { saved, seq } = session.writer.transaction(() => {
    const before = findByName(session.writer, wanted.name);
    const saved: SavedMapping = {
      id: before?.id ?? takeNumbers(session.writer, 'mapping', 1),
      name: wanted.name,
      savedAt: session.clock(),
      savedBy: session.workspace.user.name,
      headings: [...wanted.headings],
      mapping,
    };
    put(session.writer, saved.id, saved);
    const seq = appendEntry(session, {
      operation: 'alteration',
      method: 'mappings.save',
      summary: `${before ? 'Replaced' : 'Saved'} the mapping "${saved.name}"`,
      before: { mapping: before } satisfies Swap,
      after: { mapping: saved } satisfies Swap,
      undoable: true,
    });
    return { saved, seq };
  })();
  session.announce({ seq, grids: [] });
  return saved;
}

/** Removes a saved mapping. Call it while holding the writer. @throws AppError `not-found`. */
export function removeMapping(session: Session, id: number): void {
  const before = readMapping(session.writer, id);
  if (!before) throw new AppError('not-found', 'There is no such saved mapping any more.');
  const seq = session.writer.transaction(() => {
    put(session.writer, id, null);
    return appendEntry(session, {
      operation: 'alteration',
      method: 'mappings.remove',
      summary: `Removed the mapping "${before.name}"`,
      before: { mapping: before } satisfies Swap,
      after: { mapping: null } satisfies Swap,
      undoable: true,
    });
  })();
  session.announce({ seq, grids: [] });
}

/**
 * Undo (`to` = before) and redo (`to` = after) of an entry about a mapping. Inside a transaction.
 * @throws AppError `journal.blocked` when a later entry changed the same mapping, or its name has been given anew.
 */
export function swapMapping(
  session: Session,
  entry: { seq: number; before: string | null; after: string | null },
  to: 'before' | 'after',
): void {
  const wanted = (JSON.parse(entry[to] ?? '{}') as Swap).mapping;
  const standing = (JSON.parse(entry[to === 'before' ? 'after' : 'before'] ?? '{}') as Swap).mapping;
  const id = (wanted ?? standing)?.id;
  if (id === undefined) throw new Error(`entry ${entry.seq} names no mapping`);
  const now = readMapping(session.writer, id);
  if (JSON.stringify(now) !== JSON.stringify(standing)) throw blockedBy(session, entry.seq, id);
  const other = wanted ? findByName(session.writer, wanted.name) : null;
  if (other && other.id !== id)
    throw new AppError(
      'journal.blocked',
      `The name "${other.name}" has been given to another mapping since.`,
    );
  put(session.writer, id, wanted);
}

function blockedBy(session: Session, seq: number, id: number): AppError {
  const later = all<{ seq: number }>(
    session.writer,
    `SELECT seq FROM journal WHERE seq > ? AND undoable = 1 AND method IN ('mappings.save', 'mappings.remove')
       AND coalesce(json_extract(after, '$.mapping.id'), json_extract(before, '$.mapping.id')) = ? ORDER BY seq DESC`,
    seq,
    id,
  )
    .map((row) => readEntry(session.writer, row.seq))
    .find((entry) => entry.standing);
  return new AppError(
    'journal.blocked',
    later
      ? `A later change touches the mapping: undo entry ${later.seq} (${later.summary}) first.`
      : 'The mapping has changed since.',
    later ? { seq: later.seq } : undefined,
  );
}
