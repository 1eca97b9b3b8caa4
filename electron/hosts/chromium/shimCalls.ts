import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { askInPage, type ShimCall } from '../../../shared/contract/chromiumLink.ts';
import type {
  Granted,
  GrantKind,
  Locked,
  PickFilesOptions,
  PickFolderOptions,
} from '../../../shared/contract/native.ts';
import { chosenFolder, listFolders } from './folders.ts';

/** Answers that stand in for a person at a dialog. Paths; null or an empty list where nothing is chosen. */
export interface DialogAnswers {
  pickFiles?(options: PickFilesOptions): Promise<string[]> | string[];
  pickFolder?(options: PickFolderOptions): Promise<string | null> | string | null;
}

export interface ShimCallTools {
  dialogs: DialogAnswers;
  grant(path: string, use: GrantKind): Promise<string | null>;
  locate(grant: string): Promise<string | null>;
  filePath(key: number, index: number): Promise<string | null>;
  takeLocked(): Promise<Locked | null>;
}

/** Does what the page's shim asks of its host, and returns what the shim gets as the answer. */
export async function answerShimCall(call: ShimCall, tools: ShimCallTools): Promise<unknown> {
  const grantOne = async (path: string | null, use: GrantKind): Promise<Granted | null> => {
    const grant = path === null ? null : await tools.grant(path, use);
    return path === null || grant === null ? null : { grant, name: basename(path) };
  };
  const grantFiles = async (paths: readonly (string | null)[]): Promise<Granted[]> => {
    const granted: Granted[] = [];
    for (const path of paths) {
      const one = path !== null && isFileOrFolder(path) ? await grantOne(path, 'file') : null;
      if (one !== null) granted.push(one);
    }
    return granted;
  };

  switch (call.name) {
    case 'pickFiles': {
      const paths = await tools.dialogs.pickFiles?.(call.options);
      return paths === undefined ? askInPage : grantFiles(paths);
    }
    case 'pickFolder': {
      const path = await tools.dialogs.pickFolder?.(call.options);
      return path === undefined ? askInPage : grantOne(path, call.options.purpose);
    }
    case 'grantFiles': {
      const indexes = Array.from({ length: Math.min(call.count, 500) }, (_, index) => index);
      return grantFiles(await Promise.all(indexes.map((index) => tools.filePath(call.key, index))));
    }
    case 'listFolders':
      return listFolders(call.path);
    case 'grantFolder':
      return grantOne(chosenFolder(call.path, call.newName, call.use), call.use);
    case 'takeLocked':
      return tools.takeLocked();
    case 'reveal': {
      const path = await tools.locate(call.grant);
      return path !== null && reveal(path);
    }
  }
}

/** A dropped folder is a file to the page; what is in it can be imported. */
function isFileOrFolder(path: string): boolean {
  const status = statSync(path, { throwIfNoEntry: false });
  return status !== undefined && (status.isFile() || status.isDirectory());
}

/** Shows a path in the system's file manager. False where there is none. */
function reveal(path: string): Promise<boolean> {
  const commands: Partial<Record<NodeJS.Platform, [string, string[]]>> = {
    darwin: ['open', ['-R', path]],
    win32: ['explorer.exe', [`/select,${path}`]],
    linux: ['xdg-open', [dirname(path)]],
  };
  const command = commands[process.platform];
  if (command === undefined) return Promise.resolve(false);
  return new Promise((resolve) => {
    const child = spawn(command[0], command[1], { stdio: 'ignore', detached: true });
    child.on('error', () => resolve(false));
    child.on('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
