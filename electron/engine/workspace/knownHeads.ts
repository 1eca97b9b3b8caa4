/**
 * The heads of the journals that were seen on this machine, kept in the user's own settings folder. A workspace whose
 * newest entries were cut off, or that was put back from an old copy, is whole in itself: only what somebody remembers
 * of it tells. One small file for each workspace; it holds numbers and hashes, no name and no path.
 */
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ReadDatabase } from '../database/connection.ts';
import type { Head } from './recentEntries.ts';
import { hashAt, readHead } from './recentEntries.ts';

const Place = z.object({
  /** SHA-256 of the folder's path. */
  place: z.string().length(64),
  seq: z.int().min(0),
  hash: z.string().max(64).nullable(),
  at: z.string().max(40),
  /** This head was put here by a restore on this machine. */
  restored: z.boolean().optional(),
});
type Place = z.infer<typeof Place>;
const Places = z.array(Place).max(200);

const maximumPlaces = 50;
const maximumFiles = 1000;

/** How a journal stands to what was seen of it. */
export type Lineage =
  /** It goes on from what was seen, or nothing was. */
  | { kind: 'known'; restored: boolean }
  /** It ends before what was seen here, or says something else there. */
  | { kind: 'older' | 'forked'; seq: number; known: number; at: string };

export interface KnownHeads {
  /** Compares a journal with what was seen of it in this folder. */
  judge(workspaceId: string, folder: string, database: ReadDatabase): Lineage;
  /** The furthest head seen in other folders, where it is further than this journal. */
  newerElsewhere(
    workspaceId: string,
    folder: string,
    database: ReadDatabase,
  ): { seq: number; at: string } | null;
  remember(workspaceId: string, folder: string, head: Head, at: string): void;
  /** A restore put this head here: older than what was seen, and rightly so. */
  restored(workspaceId: string, folder: string, head: Head, at: string): void;
}

/** `folder` null keeps nothing. What cannot be read or written is no reason to fail: nothing is known then. */
export function createKnownHeads(folder: string | null): KnownHeads {
  // An id from a file is no name for a file.
  const fileOf = (workspaceId: string) => join(folder ?? '', `${digest(workspaceId)}.json`);
  const read = (workspaceId: string): Place[] => {
    if (folder === null) return [];
    try {
      return Places.parse(JSON.parse(readFileSync(fileOf(workspaceId), 'utf8')));
    } catch {
      return [];
    }
  };
  const write = (workspaceId: string, place: Place) => {
    if (folder === null) return;
    const file = fileOf(workspaceId);
    const places = [place, ...read(workspaceId).filter((each) => each.place !== place.place)];
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(`${file}.new`, JSON.stringify(places.slice(0, maximumPlaces)), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    } catch {
      // A machine whose settings folder cannot be written still opens workspaces.
    }
  };
  if (folder !== null) forgetOldest(folder);
  return {
    judge(workspaceId, at, database) {
      const seen = read(workspaceId).find(({ place }) => place === placeOf(at));
      if (!seen || seen.seq === 0) return { kind: 'known', restored: seen?.restored === true };
      const head = readHead(database);
      const about = { seq: head.seq, known: seen.seq, at: seen.at };
      if (head.seq < seen.seq) return { kind: 'older', ...about };
      if (hashAt(database, seen.seq) !== seen.hash) return { kind: 'forked', ...about };
      return { kind: 'known', restored: seen.restored === true };
    },
    newerElsewhere(workspaceId, at, database) {
      const head = readHead(database);
      const [newest] = read(workspaceId)
        .filter(({ place, seq }) => place !== placeOf(at) && seq > head.seq)
        .sort((one, other) => other.seq - one.seq);
      return newest ? { seq: newest.seq, at: newest.at } : null;
    },
    remember: (workspaceId, at, head, time) =>
      write(workspaceId, { place: placeOf(at), seq: head.seq, hash: head.hash, at: time }),
    restored: (workspaceId, at, head, time) =>
      write(workspaceId, { place: placeOf(at), seq: head.seq, hash: head.hash, at: time, restored: true }),
  };
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

function placeOf(folder: string): string {
  try {
    return digest(realpathSync(folder));
  } catch {
    return digest(folder);
  }
}

/** Workspaces that nobody has opened for longest are forgotten first. */
function forgetOldest(folder: string): void {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
    if (names.length <= maximumFiles) return;
    names
      .map((name) => ({ path: join(folder, name), time: statSync(join(folder, name)).mtimeMs }))
      .sort((one, other) => one.time - other.time)
      .slice(0, names.length - maximumFiles)
      .forEach(({ path }) => void rmSync(path, { force: true }));
  } catch {
    // Nothing is known then.
  }
}
