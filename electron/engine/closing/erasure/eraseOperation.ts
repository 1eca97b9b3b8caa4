/**
 * The erasure of a whole operation: the key slots are written over first, so that nothing of the rest can ever be read
 * again; then every file is written over and removed. What a solid-state drive keeps of its own accord is out of reach
 * of any program: without the slots it is noise.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, lstatSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { AppError } from '../../../../shared/contract/errors.ts';

const pieceBytes = 1024 * 1024;

/** @throws AppError `usage` for a folder inside the workspace: what is written there would go with it. */
export function refuseInside(workspace: string, folder: string): void {
  const inside = resolve(folder);
  if (inside === resolve(workspace) || inside.startsWith(resolve(workspace) + sep))
    throw new AppError(
      'usage',
      'The certificate has to be kept outside the workspace. Choose another folder.',
    );
}

/** Writes over and removes a workspace that is closed. `workspace.json` with the key slots comes first. */
export function destroyWorkspace(folder: string): { files: number; bytes: number } {
  const files = listFiles(folder);
  const first = join(folder, 'workspace.json');
  const told = { files: 0, bytes: 0 };
  for (const path of [first, ...files.filter((path) => path !== first)]) {
    if (!files.includes(path)) continue;
    told.bytes += writeOver(path);
    told.files += 1;
  }
  for (const path of files) rmSync(path, { force: true });
  rmSync(folder, { recursive: true, force: true });
  return told;
}

/** Files alone, and no link is followed: what lies elsewhere is not the workspace's. */
function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listFiles(path);
    return entry.isFile() ? [path] : [];
  });
}

function writeOver(path: string): number {
  const { size } = lstatSync(path);
  const file = openSync(path, 'r+');
  try {
    for (let at = 0; at < size; at += pieceBytes)
      writeSync(file, randomBytes(Math.min(pieceBytes, size - at)), 0, undefined, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return size;
}
