import { AppError } from '../../../../shared/contract/errors.ts';
import type { PackData, WithheldCount } from '../../../../shared/packs/packData.ts';
import { type PackSecrets, redactPack } from '../../../../shared/packs/redact.ts';
import {
  addWithheld,
  checkForSources,
  isAbove,
  type SourceWarning,
} from '../../../../shared/packs/release.ts';
import { listSections, rowsOfSection } from '../../../../shared/packs/sections.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import type { Scope } from './scope.ts';
import { readSecrets, reporterSurnames } from './secrets.ts';

/**
 * The last step of collecting: takes out what the audience may not have, counts it, and warns of text that may
 * show who a source is, wherever it stands (domain facts 1.7).
 *
 * @throws AppError `pack.marking` when the operation is marked above what the readers may hold.
 */
export function applyRules(
  database: ReadDatabase,
  scope: Scope,
  collected: PackData,
): { data: PackData; warnings: SourceWarning[]; secrets: PackSecrets } {
  const { spec, header } = collected;
  if (isAbove(header.marking, spec.ceiling))
    throw new AppError(
      'pack.marking',
      `The ${spec.title} is for readers who may hold ${spec.ceiling} at most, and this operation is marked above it. Choose another pack, or have the marking reviewed.`,
    );
  const secrets = readSecrets(database, scope);
  const { data, withheld } = redactPack(collected, secrets);
  const total: readonly WithheldCount[] = addWithheld(collected.withheld, withheld);
  return { data: { ...data, withheld: total }, warnings: warnOfSources(database, data), secrets };
}

/** Warnings over the text that the pack prints, section by section; the intelligence has its own, stricter ones. */
function warnOfSources(database: ReadDatabase, data: PackData): SourceWarning[] {
  const secrets = { sourceReferences: [], reporterSurnames: reporterSurnames(database) };
  const warnings: SourceWarning[] = [];
  for (const section of listSections(data)) {
    if (section.id === 'intelligence' || section.id === 'sourceFiles') continue;
    const fields = section.columns.filter(({ kind }) => kind === 'longText' || kind === 'text');
    for (const row of rowsOfSection(data, section.id)) {
      if (section.id === 'pictures')
        for (const cell of (row.rows as readonly (readonly string[])[]).flat())
          warnings.push(...checkForSources(`${section.title}, ${String(row.ref)}`, 'rows', cell, secrets));
      for (const { field, kind } of fields) {
        const text = row[field];
        if (typeof text !== 'string' || text === '') continue;
        const words = kind === 'longText' ? secrets : { ...secrets, reporterSurnames: [] };
        warnings.push(...checkForSources(`${section.title}, ${String(row.ref)}`, field, text, words));
      }
    }
  }
  return warnings;
}
