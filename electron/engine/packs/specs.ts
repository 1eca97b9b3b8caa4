/** Packs by name: those that every operation has, and the force's own, kept in the workspace and journaled. */
import { AppError } from '../../../shared/contract/errors.ts';
import { checkOwnSpec, ownPrefix } from '../../../shared/packs/checkSpec.ts';
import { PackSpec } from '../../../shared/packs/packSpec.ts';
import { shippedSpecs } from '../../../shared/packs/packSpecs.ts';
import type { ReadDatabase, WriteDatabase } from '../database/connection.ts';
import { readSetting, saveSetting } from '../database/settings.ts';
import { all, run } from '../database/sql.ts';
import { appendEntry } from '../journal/journal.ts';
import type { Session } from '../session.ts';

const keyPrefix = 'packSpec:';
const mostSpecs = 100;

/** What an entry changed: the pack as it stood before and after; null where there was none. */
interface Swap {
  id: string;
  spec: PackSpec | null;
}

/** The spec of this name, shipped or own. @throws AppError `pack.unknown` that lists the names. */
export function findSpec(database: ReadDatabase, id: string): PackSpec {
  const spec = shippedSpecs.find((each) => each.id === id) ?? readSpec(database, id);
  if (spec !== null) return spec;
  const names = [...shippedSpecs, ...listOwnSpecs(database)].map((each) => each.id).join(', ');
  throw new AppError('pack.unknown', `There is no such pack. Choose one of: ${names}.`);
}

/** The force's own packs, by name. One that no longer reads is left out. */
export function listOwnSpecs(database: ReadDatabase): PackSpec[] {
  return all<{ value: string }>(
    database,
    'SELECT value FROM setting WHERE key GLOB ? ORDER BY key',
    `${keyPrefix}*`,
  ).flatMap(({ value }) => parseSpec(value) ?? []);
}

/**
 * Keeps a pack of the force's own; one of the same name is replaced. What was issued under the old one
 * stays as it was.
 *
 * @throws AppError `invalid` that names what to mend.
 */
export async function saveSpec(session: Session, spec: PackSpec): Promise<PackSpec> {
  checkOwnSpec(spec);
  return session.exclusively(() => {
    const seq = session.writer.transaction(() => {
      const before = readSpec(session.writer, spec.id);
      if (before === null && listOwnSpecs(session.writer).length >= mostSpecs)
        throw new AppError('invalid', `A workspace keeps at most ${mostSpecs} packs. Remove one first.`);
      putSpec(session.writer, spec.id, spec);
      return appendEntry(session, {
        operation: 'alteration',
        method: 'packSpecs.save',
        summary: `${before === null ? 'Saved' : 'Replaced'} the pack "${spec.id}"`,
        before: { id: spec.id, spec: before } satisfies Swap,
        after: { id: spec.id, spec } satisfies Swap,
        undoable: true,
      });
    })();
    session.announce({ seq, grids: ['packs'] });
    return spec;
  });
}

/** Removes a pack of the force's own. @throws AppError `pack.unknown`, `invalid` for a shipped one. */
export async function removeSpec(session: Session, id: string): Promise<void> {
  if (!id.startsWith(ownPrefix))
    throw new AppError('invalid', 'A pack that every operation has cannot be removed.');
  await session.exclusively(() => {
    const seq = session.writer.transaction(() => {
      const before = findSpec(session.writer, id);
      putSpec(session.writer, id, null);
      return appendEntry(session, {
        operation: 'alteration',
        method: 'packSpecs.remove',
        summary: `Removed the pack "${id}"`,
        before: { id, spec: before } satisfies Swap,
        after: { id, spec: null } satisfies Swap,
        undoable: true,
      });
    })();
    session.announce({ seq, grids: ['packs'] });
  });
}

/**
 * Undo (`to` = before) and redo (`to` = after) of an entry about a pack. Inside a transaction.
 * @throws AppError `journal.blocked` when a later entry changed the same pack.
 */
export function swapSpec(
  session: Session,
  entry: { seq: number; before: string | null; after: string | null },
  to: 'before' | 'after',
): void {
  const wanted = JSON.parse(entry[to] ?? '{}') as Swap;
  const standing = JSON.parse(entry[to === 'before' ? 'after' : 'before'] ?? '{}') as Swap;
  if (JSON.stringify(readSpec(session.writer, wanted.id)) !== JSON.stringify(standing.spec))
    throw new AppError(
      'journal.blocked',
      `The pack "${wanted.id}" has been changed since. Undo the later change of it first.`,
    );
  putSpec(session.writer, wanted.id, wanted.spec);
}

function readSpec(database: ReadDatabase, id: string): PackSpec | null {
  return readSetting(database, keyPrefix + id, PackSpec);
}

function parseSpec(text: string): PackSpec | null {
  const parsed = PackSpec.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}

function putSpec(database: WriteDatabase, id: string, spec: PackSpec | null): void {
  if (spec === null) run(database, 'DELETE FROM setting WHERE key = ?', keyPrefix + id);
  else saveSetting(database, keyPrefix + id, spec);
}
