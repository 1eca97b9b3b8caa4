import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import type { FolderListing } from '../../../shared/contract/chromiumLink.ts';
import type { FolderPurpose } from '../../../shared/contract/native.ts';
import { isWorkspaceName, newWorkspaceFolder } from '../page/workspaceFolder.ts';

/** The folders inside one, hidden ones left out, or null where it cannot be read. Null lists the home folder. */
export function listFolders(path: string | null): FolderListing | null {
  const here = resolve(path ?? homedir());
  try {
    const folders = readdirSync(here, { withFileTypes: true })
      .filter((entry) => !entry.name.startsWith('.') && isFolder(resolve(here, entry.name)))
      .map(({ name }) => ({ name, path: resolve(here, name), workspace: isWorkspaceName(name) }))
      .sort((a, b) => a.name.localeCompare(b.name, 'en-GB', { numeric: true }));
    return { path: here, parent: dirname(here) === here ? null : dirname(here), folders };
  } catch {
    return null;
  }
}

/**
 * The path that a choice in the folder chooser stands for, or null where the choice does not serve: a new
 * workspace without a usable name or with one that is taken, a folder that is no workspace, a folder that
 * cannot be written to.
 */
export function chosenFolder(path: string, newName: string | null, use: FolderPurpose): string | null {
  const folder = resolve(path);
  if (use === 'open-workspace') return isWorkspaceName(basename(folder)) && isFolder(folder) ? folder : null;
  if (use === 'import') return isFolder(folder) ? folder : null;
  if (!isFolder(folder) || !isWritable(folder)) return null;
  if (use === 'export') return folder;
  const created = newWorkspaceFolder(folder, newName ?? '');
  return created === null || existsSync(created) ? null : created;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
