/**
 * Waiting after wrong passphrases, for each workspace, also across a restart of the program: one small file in the
 * user's settings folder with counts and times, and no name or path. It slows down somebody at this machine. It does
 * not slow down somebody who copied the folder and tries elsewhere: against them there is only the passphrase.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';

/** Seconds to wait after so many wrong attempts in a row: none after the first two, then doubling up to five minutes. */
export function waitAfter(wrong: number): number {
  return wrong < 3 ? 0 : Math.min(300, 2 ** (wrong - 3));
}

const Attempts = z.record(z.string().length(64), z.object({ wrong: z.int().min(0), at: z.number() }));
type Attempts = z.infer<typeof Attempts>;
const maximumFileBytes = 200_000;
const maximumWorkspaces = 500;

export interface AttemptGate {
  /**
   * Does work that a right passphrase or recovery key lets succeed. The attempt is counted before it is tried, so
   * that many at once are no way round; it is not where the work fails for another reason.
   * The work is told how many wrong ones came right before it.
   * @throws AppError `workspace.wait`, with `details.seconds`; what the work throws.
   */
  guard<Result>(
    workspaceId: string,
    clock: () => string,
    work: (wrongBefore: number) => Promise<Result>,
  ): Promise<Result>;
}

/** `file` null keeps the counts in memory alone. */
export function createAttemptGate(file: string | null): AttemptGate {
  let known: Attempts = {};
  const idOf = (workspaceId: string) => createHash('sha256').update(workspaceId).digest('hex');
  const read = (): Attempts => {
    if (file === null) return known;
    try {
      if (statSync(file).size > maximumFileBytes) return known;
      const stored = Attempts.parse(JSON.parse(readFileSync(file, 'utf8')));
      // Another window may have counted more; a file that was taken away does not count for less.
      for (const [id, entry] of Object.entries(known))
        if ((stored[id]?.wrong ?? 0) < entry.wrong) stored[id] = entry;
      return stored;
    } catch {
      return known;
    }
  };
  const write = (attempts: Attempts) => {
    known = Object.fromEntries(
      Object.entries(attempts)
        .sort(([, one], [, other]) => other.at - one.at)
        .slice(0, maximumWorkspaces),
    );
    if (file === null) return;
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(`${file}.new`, JSON.stringify(known), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    } catch {
      // A settings folder that cannot be written leaves what is in memory.
    }
  };
  function begin(id: string, now: number): Attempts[string] {
    const attempts = read();
    const before = attempts[id] ?? { wrong: 0, at: now };
    // A clock that was set back makes nobody wait longer than once.
    const since = Math.max(0, now - before.at) / 1000;
    const left = Math.ceil(waitAfter(before.wrong) - since);
    if (left > 0) throw waiting(left);
    write({ ...attempts, [id]: { wrong: before.wrong + 1, at: now } });
    return before;
  }
  /** Sets what counts from now on: what was counted before, less this attempt, or nothing. */
  function settle(id: string, entry: Attempts[string] | null): void {
    const { [id]: _, ...others } = read();
    write(entry && entry.wrong > 0 ? { ...others, [id]: entry } : others);
  }
  return {
    async guard(workspaceId, clock, work) {
      const id = idOf(workspaceId);
      const before = begin(id, Date.parse(clock()));
      try {
        const result = await work(before.wrong);
        settle(id, null);
        return result;
      } catch (error) {
        const isWrong = error instanceof AppError && error.code === 'workspace.wrong-passphrase';
        const wrong = read()[id]?.wrong ?? before.wrong + 1;
        // The wait runs from the answer on: the time that deriving the key took is no part of it.
        if (isWrong) write({ ...read(), [id]: { wrong, at: Date.parse(clock()) } });
        else settle(id, { wrong: wrong - 1, at: before.at });
        throw error;
      }
    },
  };
}

function waiting(seconds: number): AppError {
  const words =
    seconds < 60 ? `${seconds} second${seconds === 1 ? '' : 's'}` : `${Math.ceil(seconds / 60)} minutes`;
  return new AppError(
    'workspace.wait',
    `Too many wrong passphrases in a row. Wait ${words} before the next one.`,
    { seconds },
  );
}
