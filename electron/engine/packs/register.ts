/** The register of packs: who holds which copy, and what has become of it. */
import { AppError } from '../../../shared/contract/errors.ts';
import type { IssuedPack, Recall, RecallList, Settlement } from '../../../shared/contract/packSchemas.ts';
import { makeRef } from '../../../shared/grid/grids.ts';
import { run } from '../database/sql.ts';
import { appendEntry } from '../journal/journal.ts';
import type { Session } from '../session.ts';
import { today } from '../session.ts';
import type { PackManifest } from './manifest.ts';
import { isOut, stalePacks, teamNameOf } from './stalePacks.ts';
import { findStoredPack, listStoredPacks, type StoredPack } from './storedPacks.ts';

/** Every copy, newest first. */
export function listRegister(session: Session): IssuedPack[] {
  const rows = listStoredPacks(session.reader);
  const stale = stalePacks(session);
  const latest = new Map<string, number>();
  const keyOf = ({ pack, team }: StoredPack) => `${pack} ${team}`;
  for (const row of rows)
    latest.set(keyOf(row), Math.max(row.version, latest.get(keyOf(row)) ?? row.version));
  const day = today(session);
  return rows.map((row) => {
    const { files } = JSON.parse(row.manifest) as PackManifest;
    return {
      ref: makeRef('packs', row.id),
      pack: row.pack,
      title: row.title,
      team: teamNameOf(row),
      version: row.version,
      copy: row.copy,
      recipient: row.recipient,
      reason: row.reason,
      at: row.at,
      user: row.user,
      marking: row.marking,
      files: files.map(({ name, format, sha256, bytes }) => ({ file: name, format, sha256, bytes })),
      destroyBy: row.destroy_by,
      superseded: row.version < (latest.get(keyOf(row)) ?? row.version),
      stale: stale.has(row.id),
      state: row.state,
      stateAt: row.state_at,
      stateNote: row.state_note,
      overdue: row.destroy_by !== null && row.destroy_by < day && isOut(row),
    };
  });
}

/**
 * Says of copies what has become of them. Journaled with the note; said again it is the new state.
 * @throws AppError `not-found`.
 */
export function settlePacks(session: Session, wanted: Settlement): Promise<IssuedPack[]> {
  return session.exclusively(() => {
    const packs = findPacks(session, wanted.refs);
    const note = wanted.note || null;
    changeState(session, packs, {
      state: wanted.state,
      at: wanted.at ?? session.clock(),
      note,
      method: 'packs.settle',
      summary: `${stateWords[wanted.state]}: ${countCopies(packs)}`,
    });
    return pickFromRegister(session, packs);
  });
}

/**
 * Recalls the copies that somebody holds: all of a pack, or those named. Copies that were recalled before stand on
 * the list again, without a second entry; copies that came back or were destroyed do not.
 * @throws AppError `usage` without a pack or references, `not-found`, `invalid` when nobody holds a copy.
 */
export function recallPacks(session: Session, wanted: Recall): Promise<RecallList> {
  return session.exclusively(() => {
    const out = choosePacks(session, wanted).filter(isOut);
    if (out.length === 0)
      throw new AppError(
        'invalid',
        'Nobody holds a copy: each was returned or destroyed, or none was issued.',
      );
    const fresh = out.filter(({ state }) => state === 'held');
    const at = session.clock();
    if (fresh.length > 0)
      changeState(session, fresh, {
        state: 'recalled',
        at,
        note: wanted.reason,
        method: 'packs.recall',
        summary: `Recalled ${countCopies(fresh)}`,
        recipients: [...new Set(fresh.map(({ recipient }) => recipient))],
      });
    const listed = pickFromRegister(session, out);
    return {
      at,
      by: session.workspace.user.name,
      reason: wanted.reason,
      copies: listed.filter(({ state }) => state === 'recalled'),
      lost: listed.filter(({ state }) => state === 'lost'),
    };
  });
}

const stateWords: Readonly<Record<Settlement['state'], string>> = {
  held: 'Held after all',
  returned: 'Returned',
  destroyed: 'Destroyed',
  lost: 'Lost',
};

function choosePacks(session: Session, { pack, team, refs }: Recall): StoredPack[] {
  if ((pack === undefined) === (refs === undefined))
    throw new AppError('usage', 'Name a pack or the copies, one of the two.');
  if (refs !== undefined) return findPacks(session, refs);
  const name = team?.trim().toLowerCase();
  const packs = listStoredPacks(session.writer).filter(
    (row) =>
      row.pack === pack &&
      (name === undefined || row.team.toLowerCase() === name || teamNameOf(row)?.toLowerCase() === name),
  );
  if (packs.length === 0)
    throw new AppError('not-found', 'No such pack was issued. The register of packs lists them.');
  return packs;
}

function findPacks(session: Session, refs: readonly string[]): StoredPack[] {
  const packs = refs.map((ref) => findStoredPack(session.writer, ref));
  return [...new Map(packs.map((pack) => [pack.id, pack])).values()];
}

function changeState(
  session: Session,
  packs: readonly StoredPack[],
  change: {
    state: StoredPack['state'];
    at: string;
    note: string | null;
    method: string;
    summary: string;
    recipients?: string[];
  },
): void {
  const states = (of: (pack: StoredPack) => unknown) =>
    Object.fromEntries(packs.map((pack) => [makeRef('packs', pack.id), of(pack)]));
  const target = packs.length === 1 && packs[0] ? { target: makeRef('packs', packs[0].id) } : {};
  const seq = session.writer.transaction(() => {
    for (const { id } of packs)
      run(
        session.writer,
        'UPDATE pack SET state = ?, state_at = ?, state_note = ? WHERE id = ?',
        change.state,
        change.at,
        change.note,
        id,
      );
    // A disclosure and no alteration: the plan, and the date as at which its data stand, are as they were.
    return appendEntry(session, {
      operation: 'disclosure',
      method: change.method,
      ...target,
      summary: change.summary,
      before: states(({ state, state_at }) => ({ state, at: state_at })),
      after: states(() => ({ state: change.state, at: change.at })),
      ...(change.note === null ? {} : { reason: change.note }),
      ...(change.recipients === undefined ? {} : { recipients: change.recipients }),
      rows: packs.map(({ id }) => ({ grid: 'packs', id })),
    });
  })();
  session.announce({ seq, grids: ['packs'] });
}

/** `PACK-3 (Command pack, version 2, copy 1)`, or how many copies there are. */
function countCopies(packs: readonly StoredPack[]): string {
  const [only] = packs;
  if (packs.length !== 1 || only === undefined) return `${packs.length} copies`;
  return `${makeRef('packs', only.id)} (${only.title}, version ${only.version}, copy ${only.copy})`;
}

function pickFromRegister(session: Session, packs: readonly StoredPack[]): IssuedPack[] {
  const wanted = new Set(packs.map(({ id }) => makeRef('packs', id)));
  return listRegister(session).filter(({ ref }) => wanted.has(ref));
}
