/**
 * Issues a pack: collected in one read snapshot, written, kept, and journaled as a disclosure with its
 * recipient. The files appear in the folder only together with the journal entry.
 */
import { constants } from 'node:fs';
import { access, link, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/contract/errors.ts';
import type { PackReport, PackRequest } from '../../../shared/contract/packSchemas.ts';
import type { Progress } from '../../../shared/contract/schemas.ts';
import { get, run, takeNumbers } from '../database/sql.ts';
import { appendEntry } from '../journal/journal.ts';
import type { Session } from '../session.ts';
import { exportPack } from './exportPack.ts';
import type { PackFile, PackManifest } from './manifest.ts';
import { findSpec } from './specs.ts';

export interface IssueOptions {
  folder: string;
  resources?: string | undefined;
  signal?: AbortSignal | undefined;
  progress?: (progress: Progress) => void;
}

/** @throws AppError `pack.failed` when the folder cannot be written, `cancelled`. */
export async function issuePack(
  session: Session,
  request: PackRequest,
  options: IssueOptions,
): Promise<PackReport> {
  const step = (stage: string, done: number) => {
    if (options.signal?.aborted)
      throw new AppError('cancelled', 'The export was cancelled; nothing was issued.');
    options.progress?.({ type: 'progress', stage, done, total: 3, unit: 'steps' });
  };
  await access(options.folder, constants.W_OK).catch(() => {
    throw new AppError('pack.failed', 'The folder for the pack cannot be written. Choose another one.');
  });
  step('Collecting', 0);
  const now = session.clock();
  // Read in the same turn as the data: nothing can change in between.
  const stateSeq = get<{ seq: number }>(session.reader, 'SELECT max(seq) AS seq FROM journal')?.seq ?? 0;
  const { pack, releases: _releases, password: _password, ...wanted } = request;
  const { files, manifest, warnings } = await exportPack(session.reader, {
    ...wanted,
    spec: findSpec(pack),
    now,
    user: session.workspace.user.name,
    resources: options.resources,
    signal: options.signal,
    numberOf: (contentHash) => nextIssue(session, pack, contentHash),
    onWriting: () => step('Writing', 1),
  });
  step('Recording', 2);
  return session.exclusively(() =>
    record(session, request, options.folder, {
      files,
      manifest,
      warnings: warnings.map((warning) => warning.message),
      stateSeq,
      now,
    }),
  );
}

/** Same content as the last issue: another copy of it. Changed content: a new version. */
function nextIssue(session: Session, pack: string, contentHash: string): { version: number; copy: number } {
  const last = get<{ version: number; content_hash: string; copy: number }>(
    session.writer,
    'SELECT version, content_hash, copy FROM pack WHERE pack = ? ORDER BY version DESC, copy DESC LIMIT 1',
    pack,
  );
  if (!last) return { version: 1, copy: 1 };
  if (last.content_hash === contentHash) return { version: last.version, copy: last.copy + 1 };
  return { version: last.version + 1, copy: 1 };
}

interface Written {
  files: readonly PackFile[];
  manifest: PackManifest;
  warnings: string[];
  stateSeq: number;
  now: string;
}

/** Journal entry, pack and files in the folder: all of it or nothing. */
async function record(
  session: Session,
  request: PackRequest,
  folder: string,
  written: Written,
): Promise<PackReport> {
  const { files, manifest } = written;
  const { version, copy, withheld } = manifest;
  const database = session.writer;
  const made: string[] = [];
  database.exec('BEGIN IMMEDIATE');
  try {
    const id = takeNumbers(database, 'packs', 1);
    const listed = files.map(({ name, format, sha256, pages, sheets }) => ({
      file: name,
      format,
      sha256,
      ...(pages === undefined ? {} : { pages }),
      ...(sheets === undefined ? {} : { sheets }),
    }));
    const seq = appendEntry(session, {
      operation: 'disclosure',
      method: 'packs.export',
      target: `PACK-${id}`,
      summary: `Issued the ${manifest.title}, version ${version}, copy ${copy}`,
      after: { files: listed, withheld },
      reason: request.reason,
      recipients: [request.recipient],
      rows: [{ grid: 'packs', id }],
    });
    run(
      database,
      `INSERT INTO pack (id, seq, pack, title, version, copy, recipient, reason, at, user, files, manifest, content_hash, state_seq)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      seq,
      request.pack,
      manifest.title,
      version,
      copy,
      request.recipient,
      request.reason,
      written.now,
      session.workspace.user.name,
      files.map((file) => file.name).join(', '),
      JSON.stringify(manifest),
      manifest.contentHash,
      written.stateSeq,
    );
    for (const file of files) {
      run(
        database,
        'INSERT INTO pack_file (pack_id, name, format, sha256, bytes) VALUES (?, ?, ?, ?, ?)',
        id,
        file.name,
        file.format,
        file.sha256,
        file.bytes,
      );
    }
    for (const file of files) await putFile(folder, file, made);
    database.exec('COMMIT');
    session.announce({ seq, grids: ['packs'] });
    return {
      pack: request.pack,
      ref: `PACK-${id}`,
      version,
      copy,
      files: listed,
      withheld: [...withheld],
      warnings: written.warnings,
    };
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK');
    await Promise.all(made.map((path) => rm(path, { force: true })));
    if (error instanceof AppError) throw error;
    throw new AppError(
      'pack.failed',
      'The pack could not be written to the folder. Check the disk and the permissions; nothing was issued.',
    );
  }
}

/** Writes a file whole or not at all, and never replaces one that is there. */
async function putFile(folder: string, file: PackFile, made: string[]): Promise<void> {
  const path = join(folder, file.name);
  const temporary = `${path}.part`;
  made.push(temporary);
  await writeFile(temporary, file.bytes, { mode: 0o600, flush: true });
  const taken = () =>
    new AppError(
      'pack.failed',
      `${file.name} is in the folder already. Choose another folder or move the old pack away.`,
    );
  try {
    await link(temporary, path);
    await rm(temporary);
  } catch (error) {
    if ((error as { code?: string }).code === 'EEXIST') throw taken();
    // A memory stick's file system has no hard links: rename after a look.
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      throw taken();
    await rename(temporary, path);
  }
  made.push(path);
}
