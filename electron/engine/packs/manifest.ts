import { createHash } from 'node:crypto';
import { formatMarking } from '../../../shared/packs/format.ts';
import type { PackData, WithheldCount } from '../../../shared/packs/packData.ts';
import { type PackFormat, type SectionId, sectionIds } from '../../../shared/packs/packSpec.ts';
import { listSections, rowsOfSection } from '../../../shared/packs/sections.ts';
import { listPrintedSources } from '../../../shared/packs/sources.ts';

/** One written file of a pack; `bytes` is what the caller stores, the rest is what it records. */
export interface PackFile {
  readonly name: string;
  readonly format: PackFormat;
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly pages?: number;
  readonly sheets?: number;
}

/** What was issued, to whom, from which state: kept with the pack, plain JSON, no personal data of the pack's people. */
export interface PackManifest {
  readonly product: 'Fellside';
  readonly format: 1;
  readonly operation: string;
  readonly marking: string;
  readonly pack: string;
  readonly title: string;
  readonly team: string | null;
  readonly version: number;
  readonly copy: number;
  readonly recipient: string;
  readonly reason: string;
  readonly preparedBy: string;
  readonly preparedAt: string;
  readonly dataAsAt: string;
  readonly destroyBy: string | null;
  readonly files: readonly {
    readonly name: string;
    readonly format: PackFormat;
    readonly bytes: number;
    readonly sha256: string;
    readonly pages?: number;
    readonly sheets?: number;
  }[];
  /** Rows of each section of the pack. */
  readonly contents: readonly { readonly section: SectionId; readonly rows: number }[];
  readonly findings: { readonly blocker: number; readonly warning: number; readonly note: number };
  readonly withheld: readonly WithheldCount[];
  /** As `hashContent` gives it: equal for equal content. */
  readonly contentHash: string;
}

/** Describes an issue. The same data and files give the same manifest. */
export function buildManifest(data: PackData, files: readonly PackFile[]): PackManifest {
  const { header, spec } = data;
  const count = (severity: 'blocker' | 'warning' | 'note') =>
    data.findings.filter((finding) => finding.severity === severity).length;
  return {
    product: 'Fellside',
    format: 1,
    operation: header.operation,
    marking: formatMarking(header.marking),
    pack: spec.id,
    title: spec.title,
    team: header.team,
    version: header.version,
    copy: header.copy,
    recipient: header.recipient,
    reason: header.reason,
    preparedBy: header.preparedBy,
    preparedAt: header.preparedAt,
    dataAsAt: header.dataAsAt,
    destroyBy: header.destroyBy,
    files: files.map(({ name, format, bytes, sha256, pages, sheets }) => ({
      name,
      format,
      bytes: bytes.length,
      sha256,
      ...(pages === undefined ? {} : { pages }),
      ...(sheets === undefined ? {} : { sheets }),
    })),
    contents: spec.sections.map(({ id }) => ({ section: id, rows: data[id].length })),
    findings: { blocker: count('blocker'), warning: count('warning'), note: count('note') },
    withheld: data.withheld,
    contentHash: hashContent(data),
  };
}

/**
 * SHA-256 of what the pack prints for its audience, leaving out what differs from copy to copy. Two issues of one
 * hash are copies of one version; a pack whose hash no longer equals that of freshly collected data is stale.
 * Columns that the audience does not see do not count, unless profile pages are printed: those show more.
 */
export function hashContent(data: PackData): string {
  const { header, spec } = data;
  const { operation, reference, force, marking, strikeDate, strikeTime, team } = header;
  const printed = listSections(data).map(({ id, columns }) => [
    id,
    rowsOfSection(data, id).map((row) => [row.ref, ...columns.map(({ field }) => row[field] ?? null)]),
  ]);
  // A section that came after packs were issued counts where it holds something: those are not out of date for it.
  const counted = sectionIds.filter((id) => id !== 'pictures' || data.pictures.length > 0);
  const profiles = spec.profiles.length === 0 ? null : counted.map((id) => listSeen(data, id));
  const stable = {
    header: { operation, reference, force, marking, strikeDate, strikeTime, team },
    spec,
    printed,
    profiles,
    findings: spec.findings ? data.findings : null,
    sources: spec.sourceIndex ? listPrintedSources(data) : null,
    withheld: data.withheld,
    photographs: data.photographs,
    pictures: data.pictures.length === 0 ? undefined : data.pictures,
  };
  return createHash('sha256').update(JSON.stringify(stable)).digest('hex');
}

/** The rows without the fields that the audience may not see on a profile page either. */
function listSeen(data: PackData, id: SectionId): Record<string, unknown>[] {
  const hidden = new Set(data.spec.redactions[id] ?? []);
  const chosen = data.spec.sections.find((section) => section.id === id)?.columns;
  return rowsOfSection(data, id).map((row) =>
    Object.fromEntries(
      Object.entries(row).filter(([field]) => !hidden.has(field) && (chosen?.includes(field) ?? true)),
    ),
  );
}
