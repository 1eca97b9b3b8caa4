/** Commands inside this process, with a workspace and a folder of the test's own. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { main } from '../../electron/hosts/cli/main.ts';

export interface Ended {
  status: number;
  out: string;
  err: string;
}

export const makeFolder = (): string => mkdtempSync(join(tmpdir(), 'fellside-cli-'));

/** Runs one command as from `folder`. */
export async function runCommand(folder: string, words: readonly string[]): Promise<Ended> {
  const ended: Ended = { status: -1, out: '', err: '' };
  const take = (key: 'out' | 'err') => (text: string | Uint8Array) => {
    ended[key] += String(text);
    return true;
  };
  process.stdout.setMaxListeners(0);
  const out = vi.spyOn(process.stdout, 'write').mockImplementation(take('out'));
  const err = vi.spyOn(process.stderr, 'write').mockImplementation(take('err'));
  process.env.INIT_CWD = folder;
  process.env.FELLSIDE_PASSPHRASE = 'slow heron over slate';
  try {
    ended.status = await main(words, { measureKdf: async () => 60_000, attemptsFile: null });
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
  return ended;
}

/** The one JSON document of a command that is done. */
export async function runJson<T>(folder: string, words: readonly string[], status = 0): Promise<T> {
  const ended = await runCommand(folder, [...words, '--json']);
  expect({ words, status: ended.status, err: ended.err }).toEqual({ words, status, err: '' });
  return JSON.parse(ended.out) as T;
}
