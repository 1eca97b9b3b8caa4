/** Copies of one operation in folders of their own, and packages between them. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeCopy } from '../../electron/engine/exchange/makeCopy.ts';
import type { MadePackage } from '../../electron/engine/exchange/makePackage.ts';
import { makePackage } from '../../electron/engine/exchange/makePackage.ts';
import type { TakeReport } from '../../electron/engine/exchange/takePackage.ts';
import { takePackage } from '../../electron/engine/exchange/takePackage.ts';
import type { Bench } from '../engine/support.ts';
import { makeWorkspace, openWorkspaceAt, sessionOf } from '../engine/support.ts';

/** The original and so many copies of it, open. */
export async function makeCopies(count: number, name = 'Operation Fellgate'): Promise<Bench[]> {
  const original = await makeWorkspace(name);
  const benches = [original];
  for (let index = 1; index <= count; index += 1) benches.push(await copyOf(original, `Laptop ${index}`));
  return benches;
}

/** The original and a copy, closed at the end. */
export async function withTwo(work: (original: Bench, copy: Bench) => Promise<void>): Promise<void> {
  const [original, copy] = await makeCopies(1);
  if (!original || !copy) throw new Error('two copies');
  try {
    await work(original, copy);
  } finally {
    await original.engine.close();
    await copy.engine.close();
  }
}

export async function copyOf(original: Bench, name: string): Promise<Bench> {
  const folder = join(original.folder, `${name}.fellside`);
  await makeCopy(sessionOf(original), { folder, folderName: name, name, reason: 'a second desk' });
  return openWorkspaceAt(folder);
}

/** A package in the bench's folder `out`, and its path. */
export async function makeFor(bench: Bench, to?: string): Promise<MadePackage & { path: string }> {
  const folder = join(bench.folder, 'out');
  mkdirSync(folder, { recursive: true });
  const made = await makePackage(sessionOf(bench), { folder, to, recipient: 'Desk', reason: 'exchange' });
  return { ...made, path: join(folder, made.file) };
}

export const take = (bench: Bench, path: string): Promise<TakeReport> =>
  takePackage(sessionOf(bench), path, { preview: false });
