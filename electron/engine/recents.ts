/** Workspaces opened before on this machine: folder paths only, in the user's own settings folder. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';

const List = z.array(z.string().max(4096)).max(50);
const maximum = 12;

export interface Recents {
  list(): { path: string; folderName: string }[];
  remember(path: string): void;
}

/** `file` null keeps no list (command line, tests). A list that cannot be read or written is no reason to fail. */
export function createRecents(file: string | null): Recents {
  const read = (): string[] => {
    if (file === null) return [];
    try {
      return List.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      return [];
    }
  };
  return {
    list: () =>
      read()
        .filter((path) => existsSync(join(path, 'workspace.json')))
        .map((path) => ({ path, folderName: basename(path) })),
    remember(path) {
      if (file === null) return;
      const paths = [path, ...read().filter((each) => each !== path)].slice(0, maximum);
      try {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(`${file}.new`, JSON.stringify(paths, null, 2), { mode: 0o600 });
        renameSync(`${file}.new`, file);
      } catch {
        // A machine whose settings folder cannot be written still opens workspaces.
      }
    },
  };
}
