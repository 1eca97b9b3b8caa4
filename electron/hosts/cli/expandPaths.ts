/** Paths of a command line as files: folders and archives stand for what is in them. */
import { AppError } from '../../../shared/contract/errors.ts';
import { plain, printLine } from './output.ts';
import type { Run } from './run.ts';

export interface FileOfPath {
  grant: string;
  name: string;
}

export interface ExpandedPaths {
  files: FileOfPath[];
  /** Hidden files and the like, which nobody meant to import. */
  leftOut: { file: string; reason: string }[];
  /** Some path was a folder or an archive. */
  several: boolean;
  /** False when a folder or an archive holds more files than are looked at. */
  complete: boolean;
}

/**
 * The files that paths stand for. One that is refused stands among the others, and says so when it is opened.
 */
export async function expandPaths(run: Run, paths: readonly string[]): Promise<ExpandedPaths> {
  const result: ExpandedPaths = { files: [], leftOut: [], several: paths.length > 1, complete: true };
  for (const path of paths) {
    const grant = run.engine.grants.add(path, 'file');
    const expanded = await run.client.imports
      .expand({ grant }, { signal: run.signal })
      .catch((error: unknown) => {
        if (!(error instanceof AppError) || !error.code.startsWith('file.')) throw error;
        const name = run.engine.grants.file(grant).name;
        const refused = { code: error.code, message: error.message };
        return { files: [{ grant: null, name, size: 0, refused }], complete: true };
      });
    if (expanded.files.length > 1 || expanded.files[0]?.name.includes(' › ')) result.several = true;
    for (const { grant: inner, name, refused } of expanded.files) {
      if (refused?.code === 'file.left-out') result.leftOut.push({ file: name, reason: refused.message });
      else result.files.push({ grant: inner ?? refuse(run, name, refused), name });
    }
    if (!expanded.complete) result.complete = false;
  }
  return result;
}

/** Says what was not looked at. */
export function printLeftOut({ leftOut, complete }: ExpandedPaths): void {
  for (const { file, reason } of leftOut) printLine(`${plain(file)}: ${plain(reason)}`);
  if (!complete)
    printLine('There are more files than are looked at in one go. Import the rest by its folders.');
}

/** A grant that refuses to be opened: the report names the file and the reason like any other. */
function refuse(run: Run, name: string, refused: { code: string; message: string } | null): string {
  return run.engine.grants.addFile({
    name,
    open: async () => {
      throw new AppError(
        (refused?.code ?? 'file.unreadable') as AppError['code'],
        refused?.message ?? `“${name}” cannot be imported.`,
      );
    },
  });
}
