import { AppError } from '../../../shared/contract/errors.ts';
import type { PackChanges, PackData, WithheldCount } from '../../../shared/packs/packData.ts';
import { PackFormat } from '../../../shared/packs/packSpec.ts';
import type { PackSecrets } from '../../../shared/packs/redact.ts';
import type { ReleaseDecision, SourceWarning } from '../../../shared/packs/release.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { type Collected, collectPack } from './collect.ts';
import { buildManifest, hashContent, type PackFile, type PackManifest } from './manifest.ts';
import type { PackRequest } from './request.ts';
import { writePack } from './writePack.ts';

export type ExportRequest = Omit<PackRequest, 'copy' | 'version'> & {
  /** Version and copy number for content of this hash: the same content again is another copy. */
  readonly numberOf: (contentHash: string) => { readonly version: number; readonly copy: number };
  /** What is different from the version before, for data that has its version; none without it. */
  readonly changesOf?: (data: PackData, secrets: PackSecrets) => PackChanges | null;
  /** Protects the workbook. */
  readonly password?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called when the data is collected and the files are about to be written. */
  readonly onWriting?: () => void;
};

export interface PackResult {
  /** What the files print. */
  readonly data: PackData;
  readonly files: readonly PackFile[];
  readonly withheld: readonly WithheldCount[];
  /** Texts that may show who a source is: for a person to judge before the pack is handed over. */
  readonly warnings: readonly SourceWarning[];
  readonly manifest: PackManifest;
}

/**
 * Makes a pack: reads the database in one snapshot, applies the release rules, writes the files.
 * Writes nothing to disk, database or journal; the caller stores the files and records the disclosure.
 *
 * @throws AppError `pack.unknown` for a team that is not there, `pack.release` for a decision on an item that
 * may not go whoever decides, `pack.marking`, `usage` without a
 * recipient or a reason, `pack.failed` when a file cannot be put together.
 */
export async function exportPack(database: ReadDatabase, request: ExportRequest): Promise<PackResult> {
  checkRequest(request);
  const collected = collectPack(database, { ...request, version: 1, copy: 1 });
  checkDecisions(collected, request.decisions?.items ?? []);
  const numbers = request.numberOf(hashContent(collected.data));
  const numbered = { ...collected.data, header: { ...collected.data.header, ...numbers } };
  const data = { ...numbered, changes: request.changesOf?.(numbered, collected.secrets) ?? null };
  request.onWriting?.();
  const files = await writePack(data, collected.photographs, {
    formats: request.formats,
    ...(request.resources === undefined ? {} : { resources: request.resources }),
    ...(request.signal === undefined ? {} : { signal: request.signal }),
    ...(request.password === undefined ? {} : { password: request.password }),
  });
  return {
    data,
    files,
    withheld: data.withheld,
    warnings: collected.warnings,
    manifest: buildManifest(data, files),
  };
}

/** A decision that cannot be carried out is refused, so that nobody believes that the item went. */
function checkDecisions({ data, blocked }: Collected, decisions: readonly ReleaseDecision[]): void {
  const held = new Set(data.intelligence.map(({ ref }) => ref));
  const refused = decisions.find(({ ref }) => !held.has(ref));
  if (refused === undefined) return;
  const why = blocked.find(({ ref }) => ref === refused.ref)?.why ?? 'It is no item that this pack is about.';
  throw new AppError('pack.release', `${refused.ref} cannot go into this pack. ${why}`);
}

function checkRequest(request: ExportRequest): void {
  if (request.spec.scope === 'team' && request.team === undefined) {
    throw new AppError('usage', 'This pack is for one team: say which.');
  }
  if (
    request.formats.length === 0 ||
    request.formats.some((format) => !PackFormat.safeParse(format).success)
  ) {
    throw new AppError('usage', `Choose among ${PackFormat.options.join(', ')}.`);
  }
  if (request.recipient.trim() === '') throw new AppError('usage', 'Say who receives this copy.');
  if (request.reason.trim() === '') throw new AppError('usage', 'Say why the pack is handed over.');
}
