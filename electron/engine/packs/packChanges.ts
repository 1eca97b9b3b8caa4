/** What an issued pack says otherwise than the plan as it is, or than another issue of it. */
import { AppError } from '../../../shared/contract/errors.ts';
import type { PackChangesReport } from '../../../shared/contract/packSchemas.ts';
import { makeRef } from '../../../shared/grid/grids.ts';
import { asSeenNow, comparePacks } from '../../../shared/packs/changes.ts';
import type { PackChange, PackData } from '../../../shared/packs/packData.ts';
import { recordRead } from '../journal/journal.ts';
import type { Session } from '../session.ts';
import { collectAgain } from './stalePacks.ts';
import { findStoredPack, readPackData, type StoredPack } from './storedPacks.ts';

/**
 * The changes from the issue `ref` to the plan as it is, or, with `against`, between the two issues, the earlier one
 * first whichever is named first. A consultation.
 * @throws AppError `not-found`, `invalid` for issues of two packs or teams, and what collecting the pack throws.
 */
export function reportChanges(session: Session, ref: string, against: string | null): PackChangesReport {
  const named = findStoredPack(session.reader, ref);
  const other = against === null ? null : findStoredPack(session.reader, against);
  if (other !== null && (other.pack !== named.pack || other.team !== named.team))
    throw new AppError('invalid', 'Only issues of one pack can be compared, for a team those of one team.');
  const [earlier, later]: [StoredPack, StoredPack | null] =
    other !== null && other.id < named.id ? [other, named] : [named, other];
  const before = readPackData(session.reader, earlier.id);
  const rows =
    later === null
      ? compareWithNow(session, named, before)
      : comparePacks(before, readPackData(session.reader, later.id));
  const report = {
    ref: makeRef('packs', named.id),
    against: other === null ? null : makeRef('packs', other.id),
    since: earlier.version,
    sinceAt: earlier.at,
    until: later === null ? null : later.version,
    rows,
  };
  recordRead(session, {
    operation: 'consultation',
    method: 'packs.changes',
    target: report.ref,
    summary: `Looked at what changed since ${named.title}, version ${earlier.version}`,
    rows: [{ grid: 'packs', id: named.id }],
  });
  return report;
}

function compareWithNow(session: Session, pack: StoredPack, before: PackData): PackChange[] {
  const { data, secrets } = collectAgain(session, pack, session.clock());
  return comparePacks(asSeenNow(before, data, secrets), data);
}
