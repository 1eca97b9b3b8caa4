/**
 * Which issued packs no longer say what the plan says. The pack is collected anew under the spec, the release
 * decisions and the moment of its issue, and the two contents are compared: an edit of something that the pack does
 * not print changes nothing, an edit that is undone neither, and no day that passes does. A version after which
 * another was issued is stale for good.
 */
import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../../shared/contract/errors.ts';
import type { StaleHolders } from '../../../shared/contract/packSchemas.ts';
import { makeRef } from '../../../shared/grid/grids.ts';
import { PackSpec } from '../../../shared/packs/packSpec.ts';
import type { ReleaseDecisions } from '../../../shared/packs/release.ts';
import { get } from '../database/sql.ts';
import type { Session } from '../session.ts';
import { type Collected, collectPack } from './collect.ts';
import { hashContent } from './manifest.ts';
import { listStoredPacks, type StoredPack } from './storedPacks.ts';

/** States in which a copy may still be read by somebody. */
export const isOut = ({ state }: Pick<StoredPack, 'state'>) => state !== 'returned' && state !== 'destroyed';

/**
 * Copies that are out and stale, by their numbers; with `newest` only among so many last issued. Works out what is
 * not known of this state of the plan: `prepareStale` first lets others in between.
 */
export function stalePacks(session: Session, newest = Number.MAX_SAFE_INTEGER): ReadonlySet<number> {
  const stale = new Set<number>();
  const all = listStoredPacks(session.reader);
  const asked = new Set(all.slice(0, newest).map(({ id }) => id));
  for (const group of groupByPack(all)) {
    const out = group.filter((pack) => isOut(pack) && asked.has(pack.id));
    // A later version is out: whatever the plan says, this one is not what its readers should hold.
    const latest = Math.max(...group.map(({ version }) => version));
    for (const pack of out) if (pack.version < latest) stale.add(pack.id);
    const current = out.filter(({ version }) => version === latest);
    if (current[0] !== undefined && judge(session, current[0], group))
      for (const { id } of current) stale.add(id);
  }
  return stale;
}

/**
 * Works out which packs are stale, one after the other, so that other calls are answered in between.
 * @throws AppError `workspace.none` when the workspace was closed meanwhile.
 */
export async function prepareStale(session: Session): Promise<void> {
  const groups = groupByPack(listStoredPacks(session.reader));
  // A change meanwhile makes what was worked out old: begun again, but not for ever while somebody types.
  for (let tries = 0, changed = -1; tries < 3 && lastChange(session) !== changed; tries += 1) {
    changed = lastChange(session);
    for (const group of groups) {
      const [latest] = group;
      if (latest === undefined || !group.some((pack) => isOut(pack) && pack.version === latest.version))
        continue;
      judge(session, latest, group);
      await setImmediate();
      if (!session.reader.open) throw new AppError('workspace.none', 'The workspace was closed.');
    }
  }
}

/** Stale copies by pack and version, with the people who hold them. */
export function listStaleHolders(session: Session): StaleHolders {
  const stale = stalePacks(session);
  const copies = listStoredPacks(session.reader).filter(({ id }) => stale.has(id));
  const packs = groupByPack(copies, ({ version }) => version).flatMap((copies) => {
    const [newest] = copies;
    if (newest === undefined) return [];
    const holders = copies
      .map(({ id, copy, recipient }) => ({ ref: makeRef('packs', id), copy, recipient }))
      .sort((first, second) => first.copy - second.copy);
    const team = teamNameOf(newest);
    const names = [...new Set(holders.map(({ recipient }) => recipient))].join(', ');
    const what = `${newest.title}${team === null ? '' : ` of ${team}`}, version ${newest.version}`;
    return [
      {
        pack: newest.pack,
        title: newest.title,
        team,
        version: newest.version,
        holders,
        message: `${holders.length === 1 ? '1 copy' : `${holders.length} copies`} of the ${what}, ${
          holders.length === 1 ? 'is' : 'are'
        } out of date: ${names}.`,
      },
    ];
  });
  return { copies: stale.size, packs };
}

/** The pack as it would be printed now: same spec, same decisions, same team. @throws AppError of `collectPack`. */
export function collectAgain(session: Session, pack: StoredPack, now: string): Collected {
  const decisions = JSON.parse(pack.decisions) as ReleaseDecisions;
  return collectPack(session.reader, {
    spec: PackSpec.parse(JSON.parse(pack.spec)),
    team: pack.team || undefined,
    formats: [],
    recipient: pack.recipient,
    reason: pack.reason,
    copy: pack.copy,
    version: pack.version,
    destroyBy: pack.destroy_by ?? undefined,
    user: pack.user,
    decisions,
    now,
  });
}

/** Name of the team as it was at the issue. */
export function teamNameOf({ manifest }: Pick<StoredPack, 'manifest'>): string | null {
  return (JSON.parse(manifest) as { team: string | null }).team;
}

function isStale(session: Session, pack: StoredPack): boolean {
  try {
    return hashContent(collectAgain(session, pack, pack.at).data) !== pack.content_hash;
  } catch (error) {
    // Its team is gone, or its readers may not have it any more: what they hold is not what the plan says.
    if (error instanceof AppError) return true;
    throw error;
  }
}

/** Whether the plan says something else than the latest version of a pack; `group` are all its copies. */
function judge(session: Session, latest: StoredPack, group: readonly StoredPack[]): boolean {
  const changed = lastChange(session);
  // Another copy of the version may have been made from a later state with the same content.
  const isKnown = group.some(({ version, state_seq }) => version === latest.version && state_seq >= changed);
  if (isKnown) return false;
  const verdicts = verdictsAt(session, changed);
  const key = `${latest.pack} ${latest.team} ${latest.version}`;
  const verdict = verdicts.get(key) ?? isStale(session, latest);
  verdicts.set(key, verdict);
  return verdict;
}

/** Copies of one pack (of one team) together, newest first; with `part` of those, the ones that it tells apart. */
function groupByPack(
  packs: readonly StoredPack[],
  part: (pack: StoredPack) => unknown = () => '',
): StoredPack[][] {
  const groups = new Map<string, StoredPack[]>();
  for (const pack of packs) {
    const key = `${pack.pack} ${pack.team} ${part(pack)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [pack]);
    else group.push(pack);
  }
  return [...groups.values()];
}

/** The last entry that changed what a pack may say; entries about copies themselves are disclosures. */
function lastChange(session: Session): number {
  return (
    get<{ seq: number | null }>(
      session.reader,
      `SELECT max(seq) AS seq FROM journal
       WHERE operation IN ('collection', 'alteration', 'combination', 'erasure')`,
    )?.seq ?? 0
  );
}

const known = new WeakMap<Session, { changed: number; verdicts: Map<string, boolean> }>();

/** Verdicts about this state of the plan: collecting is too much work to be done for every question. */
function verdictsAt(session: Session, changed: number): Map<string, boolean> {
  let kept = known.get(session);
  if (kept?.changed !== changed) {
    kept = { changed, verdicts: new Map() };
    known.set(session, kept);
  }
  return kept.verdicts;
}
