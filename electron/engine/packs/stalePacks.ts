/**
 * Which issued packs no longer say what the plan says. The pack is collected anew under the spec, the release
 * decisions and the moment of its issue, and the two contents are compared: an edit of something that the pack does
 * not print changes nothing, an edit that is undone neither, and no day that passes does.
 */
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

/** Copies that are out and stale, by their numbers. */
export function stalePacks(session: Session): ReadonlySet<number> {
  const changed = lastChange(session);
  const verdicts = verdictsAt(session, changed);
  const stale = new Set<number>();
  for (const copies of groupByContent(listStoredPacks(session.reader).filter(isOut)).values()) {
    const [newest] = copies;
    if (newest === undefined) continue;
    // Another copy of the version may have been made from a later state with the same content.
    const known = copies.some(({ state_seq }) => state_seq >= changed);
    const key = versionKey(newest);
    let verdict = known ? false : verdicts.get(key);
    if (verdict === undefined) {
      verdict = isStale(session, newest);
      verdicts.set(key, verdict);
    }
    if (verdict) for (const { id } of copies) stale.add(id);
  }
  return stale;
}

/** Stale copies by pack and version, with the people who hold them. */
export function listStaleHolders(session: Session): StaleHolders {
  const stale = stalePacks(session);
  const groups = groupByContent(listStoredPacks(session.reader).filter(({ id }) => stale.has(id)));
  const packs = [...groups.values()].flatMap((copies) => {
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

const versionKey = ({ pack, team, version }: StoredPack) => `${pack} ${team} ${version}`;

function groupByContent(packs: readonly StoredPack[]): Map<string, StoredPack[]> {
  const groups = new Map<string, StoredPack[]>();
  for (const pack of packs) {
    const key = versionKey(pack);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [pack]);
    else group.push(pack);
  }
  return groups;
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
