/** `imports.expand`: the files of a folder or an archive, each with a grant of its own. */
import type { Stats } from 'node:fs';
import { lstat, open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { ExpandedFile } from '../../../../shared/contract/intakeSchemas.ts';
import type { Grants } from '../../grants.ts';
import { openFileSource } from '../readers/byteSource.ts';
import { readEntry } from './archiveEntry.ts';
import { listArchive } from './listArchive.ts';
import { leaveOut, leftOutCode, recognise } from './recognise.ts';

const maximumDepth = 12;
const maximumFiles = 2000;

export interface Expanded {
  files: ExpandedFile[];
  /** False when a folder holds more than is looked at. */
  complete: boolean;
}

/**
 * The files behind a grant: the file itself, or those of a folder or an archive. Archives inside a folder are
 * opened too; one inside another is refused.
 *
 * @throws AppError `file.missing`, `file.unreadable`, `file.damaged`, `file.hostile`, `file.not-spreadsheet` when
 *   nothing inside can be imported
 */
export async function expand(grants: Grants, grant: string, signal?: AbortSignal): Promise<Expanded> {
  const path = grants.resolve(grant, 'file', 'import');
  const status = await stat(path).catch(() => null);
  const name = basename(path);
  const walk = new Walk(grants, signal);
  if (status?.isDirectory()) await walk.folder(path, name);
  else if (!(await walk.archive(path, name))) {
    const file = { grant: grants.add(path, 'file'), name, size: status?.size ?? 0, refused: null };
    return { files: [file], complete: true };
  }
  const { files, complete } = walk;
  if (!files.some((file) => file.grant !== null)) {
    const why = files.find((file) => file.refused?.code !== leftOutCode)?.refused?.message ?? '';
    throw new AppError(
      'file.not-spreadsheet',
      `“${name}” holds no spreadsheet that can be imported. ${why}`.trim(),
      { file: name },
    );
  }
  return { files, complete };
}

class Walk {
  readonly files: ExpandedFile[] = [];
  complete = true;
  private readonly grants: Grants;
  private readonly signal: AbortSignal | undefined;

  constructor(grants: Grants, signal: AbortSignal | undefined) {
    this.grants = grants;
    this.signal = signal;
  }

  /** All files below a folder; symbolic links are never followed out of it, and never into another folder. */
  async folder(root: string, label: string): Promise<void> {
    const real = await realpath(root);
    await this.inside(root, real, label, '', 0);
  }

  private async inside(
    folder: string,
    root: string,
    label: string,
    within: string,
    depth: number,
  ): Promise<void> {
    const names = await readdir(folder).catch(() => null);
    if (names === null) {
      this.refuse(`${label} › ${within}`, 0, 'file.unreadable', 'The folder cannot be read.');
      return;
    }
    names.sort((one, other) => one.localeCompare(other, 'en-GB', { numeric: true }));
    for (const name of names) {
      if (this.signal?.aborted) throw new AppError('cancelled', 'Looking through the folder was stopped.');
      if (this.files.length >= maximumFiles) {
        this.complete = false;
        return;
      }
      const path = join(folder, name);
      const inner = within === '' ? name : `${within}/${name}`;
      const shown = `${label} › ${inner}`;
      const status = await lstat(path).catch(() => null);
      const left = leaveOut(name) ?? (name.toLowerCase().endsWith('.fellside') ? ownWorkspace : null);
      if (left !== null) this.refuse(shown, status?.size ?? 0, left.code, left.message);
      else if (status === null) this.refuse(shown, 0, 'file.unreadable', `“${shown}” cannot be read.`);
      else if (status.isSymbolicLink()) await this.link(path, root, shown, inner);
      else if (status.isDirectory()) {
        if (depth + 1 < maximumDepth) await this.inside(path, root, label, inner, depth + 1);
        else {
          this.complete = false;
          this.refuse(shown, 0, 'file.unsupported', `“${shown}” lies too deep. Import that folder itself.`);
        }
      } else await this.file(path, status, shown, inner);
    }
  }

  private async link(path: string, root: string, shown: string, inner: string): Promise<void> {
    const target = await realpath(path).catch(() => null);
    const status = target === null ? null : await stat(target).catch(() => null);
    if (target?.startsWith(root + sep) && status?.isFile()) await this.file(target, status, shown, inner);
    else {
      this.refuse(
        shown,
        0,
        'file.unsupported',
        `“${shown}” is a link that leads elsewhere; links are not followed. Import what it leads to itself.`,
      );
    }
  }

  private async file(path: string, status: Stats, shown: string, inner: string): Promise<void> {
    if (!status.isFile()) {
      this.refuse(shown, 0, 'file.unreadable', `“${shown}” is not a file.`);
      return;
    }
    if (status.size === 0) {
      this.refuse(shown, 0, 'file.empty', `“${shown}” is empty: there is nothing in it to import.`);
      return;
    }
    try {
      if (await this.archive(path, shown)) return;
      const refused = await recognise(shown, inner, (length) => readHead(path, length));
      if (refused !== null) this.refuse(shown, status.size, refused.code, refused.message);
      else {
        const open = async () => ({ ...(await openFileSource(path)), name: shown });
        this.files.push({
          grant: this.grants.addFile({ name: shown, open }),
          name: shown,
          size: status.size,
          refused: null,
        });
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.refuse(shown, status.size, error.code, error.message);
    }
  }

  /** Adds the entries of an archive; false when the file is none. */
  async archive(path: string, label: string): Promise<boolean> {
    const source = await openFileSource(path);
    try {
      const entries = await listArchive(source, label);
      if (entries === null) return false;
      for (const { name, size, place, refused } of entries) {
        if (this.files.length >= maximumFiles) {
          this.complete = false;
          return true;
        }
        const shown = `${label} › ${name}`;
        const open = async () => {
          const archive = await openFileSource(path);
          try {
            return await readEntry(archive, place, shown);
          } finally {
            await archive.close();
          }
        };
        const grant = refused === null ? this.grants.addFile({ name: shown, open }) : null;
        this.files.push({ grant, name: shown, size, refused });
      }
      return true;
    } finally {
      await source.close();
    }
  }

  private refuse(name: string, size: number, code: string, message: string): void {
    this.files.push({ grant: null, name, size, refused: { code, message } });
  }
}

const ownWorkspace = { code: leftOutCode, message: 'Left out: a workspace of this program.' };

async function readHead(path: string, length: number): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
