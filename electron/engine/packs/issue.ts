/**
 * Issues a pack: collected in one read snapshot, written, kept, and journaled as a disclosure with its
 * recipient. Nothing stands in the folder that the journal does not tell of.
 */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { AppError } from '../../../shared/contract/errors.ts';
import type { PackReport, PackRequest } from '../../../shared/contract/packSchemas.ts';
import type { Progress } from '../../../shared/contract/schemas.ts';
import { makeRef } from '../../../shared/grid/grids.ts';
import { asSeenNow, describeChanges } from '../../../shared/packs/changes.ts';
import type { PackData } from '../../../shared/packs/packData.ts';
import type { ReleaseDecisions } from '../../../shared/packs/release.ts';
import { all, get, run, takeNumbers } from '../database/sql.ts';
import { appendEntry } from '../journal/journal.ts';
import type { Session } from '../session.ts';
import { exportPack } from './exportPack.ts';
import type { PackFile, PackManifest } from './manifest.ts';
import { handOver } from './putFiles.ts';
import { findSpec } from './specs.ts';
import { findEarlierVersion, packDataBytes } from './storedPacks.ts';

export interface IssueOptions {
  folder: string;
  resources?: string | undefined;
  signal?: AbortSignal | undefined;
  progress?: (progress: Progress) => void;
}

/**
 * One copy for one recipient. Issues of a workspace are made one after the other: two at once would take the same
 * number.
 *
 * @throws AppError `pack.failed` when the folder cannot be written, `cancelled`, and what `exportPack` throws.
 */
export function issuePack(
  session: Session,
  request: PackRequest,
  options: IssueOptions,
): Promise<PackReport> {
  const before = queues.get(session) ?? Promise.resolve();
  const issued = before.then(() => issue(session, request, options));
  queues.set(
    session,
    issued.then(
      () => undefined,
      () => undefined,
    ),
  );
  return issued;
}

const queues = new WeakMap<Session, Promise<void>>();

async function issue(session: Session, request: PackRequest, options: IssueOptions): Promise<PackReport> {
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
  const user = session.workspace.user.name;
  // Read in the same turn as the data: nothing can change in between.
  const stateSeq = get<{ seq: number }>(session.reader, 'SELECT max(seq) AS seq FROM journal')?.seq ?? 0;
  const { pack, releases, ...wanted } = request;
  const team = request.team === undefined ? '' : findTeamRef(session, request.team);
  const decisions: ReleaseDecisions = {
    items: (releases ?? []).map(({ ref, reason }) => ({ ref, reason, decidedBy: user })),
  };
  const { data, files, manifest, warnings } = await exportPack(session.reader, {
    ...wanted,
    ...(team === '' ? {} : { team }),
    spec: findSpec(session.reader, pack),
    now,
    user,
    decisions,
    resources: options.resources,
    signal: options.signal,
    numberOf: (contentHash) => nextIssue(session, pack, team, contentHash),
    changesOf: (numbered, secrets) => {
      const earlier = findEarlierVersion(session.reader, pack, team, numbered.header.version);
      return earlier === null ? null : describeChanges(asSeenNow(earlier, numbered, secrets), numbered);
    },
    onWriting: () => step('Writing', 1),
  });
  step('Recording', 2);
  return session.exclusively(() =>
    handOverPack(session, request, options.folder, {
      data,
      files,
      manifest,
      warnings: warnings.map((warning) => warning.message),
      stateSeq,
      now,
      team,
      decisions,
    }),
  );
}

/** The team's reference, from it, its name or its call sign. A name may change; copies are counted all the same. */
function findTeamRef(session: Session, wanted: string): string {
  const name = wanted.trim().toLowerCase();
  const teams = all<{ id: number; name: string | null; call_sign: string | null }>(
    session.reader,
    'SELECT id, name, call_sign FROM team ORDER BY id',
  );
  const team = teams.find(({ id, name: own, call_sign }) =>
    [makeRef('teams', id), own, call_sign].some((each) => each?.toLowerCase() === name),
  );
  // Collecting says in words that there is no such team.
  return team === undefined ? wanted : makeRef('teams', team.id);
}

/** Same content as the last issue: another copy of it. Changed content: a new version. */
function nextIssue(
  session: Session,
  pack: string,
  team: string,
  contentHash: string,
): { version: number; copy: number } {
  const last = get<{ version: number; content_hash: string; copy: number }>(
    session.writer,
    `SELECT version, content_hash, copy FROM pack WHERE pack = ? AND team = ?
     ORDER BY version DESC, copy DESC LIMIT 1`,
    pack,
    team,
  );
  if (!last) return { version: 1, copy: 1 };
  if (last.content_hash === contentHash) return { version: last.version, copy: last.copy + 1 };
  return { version: last.version + 1, copy: 1 };
}

interface Written {
  data: PackData;
  files: readonly PackFile[];
  manifest: PackManifest;
  warnings: string[];
  stateSeq: number;
  now: string;
  /** Reference of the team, or ''. */
  team: string;
  decisions: ReleaseDecisions;
}

/** Journal entry, pack and kept files in one transaction; the files in the folder after it. */
function handOverPack(
  session: Session,
  request: PackRequest,
  folder: string,
  written: Written,
): Promise<PackReport> {
  const { files, manifest } = written;
  return handOver(
    folder,
    files,
    () => {
      const { id, seq, report } = session.writer.transaction(() => keepPack(session, request, written))();
      session.announce({ seq, grids: ['packs'] });
      return { id, report };
    },
    ({ id }) => {
      const seq = session.writer.transaction(() => {
        // Nobody got it: its version and copy number are for the next.
        run(session.writer, 'DELETE FROM pack_file WHERE pack_id = ?', id);
        run(session.writer, 'DELETE FROM pack WHERE id = ?', id);
        return appendEntry(session, {
          operation: 'disclosure',
          method: 'packs.export',
          target: makeRef('packs', id),
          summary: `Could not write the ${manifest.title}, version ${manifest.version}, copy ${manifest.copy}: nothing was handed over`,
          rows: [{ grid: 'packs', id }],
        });
      })();
      session.announce({ seq, grids: ['packs'] });
    },
  ).then(({ report }) => report);
}

function keepPack(
  session: Session,
  request: PackRequest,
  written: Written,
): { id: number; seq: number; report: PackReport } {
  const { files, manifest } = written;
  const { version, copy, withheld } = manifest;
  const database = session.writer;
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
    target: makeRef('packs', id),
    summary: `Issued the ${manifest.title}, version ${version}, copy ${copy}`,
    after: {
      files: listed,
      withheld,
      marking: manifest.marking,
      ...(request.destroyBy === undefined ? {} : { destroyBy: request.destroyBy }),
      ...(request.releases?.length ? { releases: request.releases } : {}),
      ...(request.password === undefined ? {} : { protected: true }),
    },
    reason: request.reason,
    recipients: [request.recipient],
    rows: [{ grid: 'packs', id }],
  });
  run(
    database,
    `INSERT INTO pack (id, seq, pack, title, team, version, copy, recipient, reason, at, user, marking, destroy_by,
         files, manifest, content_hash, state_seq, spec, decisions, data)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    seq,
    request.pack,
    manifest.title,
    written.team,
    version,
    copy,
    request.recipient,
    request.reason,
    written.now,
    session.workspace.user.name,
    manifest.marking,
    request.destroyBy ?? null,
    files.map((file) => file.name).join(', '),
    JSON.stringify(manifest),
    manifest.contentHash,
    written.stateSeq,
    JSON.stringify(written.data.spec),
    JSON.stringify(written.decisions),
    packDataBytes(written.data),
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
  return {
    id,
    seq,
    report: {
      pack: request.pack,
      ref: makeRef('packs', id),
      version,
      copy,
      files: listed,
      withheld: [...withheld],
      warnings: written.warnings,
    },
  };
}
