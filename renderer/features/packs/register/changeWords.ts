import type { PackChangesReport } from '../../../../shared/contract/packSchemas.ts';
import { findSection } from '../../../../shared/packs/sections.ts';

type Change = PackChangesReport['rows'][number];

/** One change in words, without the name of its record. */
export function describeChange({ kind, field, before, after }: Change): string {
  if (kind === 'added') return 'Added.';
  if (kind === 'removed') return 'No longer in the pack.';
  if (before === null && after === null) return `${field}: changed.`;
  if (before === null || before === '') return `${field}: now ${quote(after)}.`;
  if (after === null || after === '') return `${field}: no longer ${quote(before)}.`;
  return `${field}: from ${quote(before)} to ${quote(after)}.`;
}

const quote = (value: string | null) => `"${value ?? ''}"`;

/** Changes by section and record, in the order in which they come. */
export function groupChanges(rows: readonly Change[]): {
  section: Change['section'];
  records: { ref: string; name: string; rows: Change[] }[];
}[] {
  const sections = new Map<Change['section'], Map<string, { ref: string; name: string; rows: Change[] }>>();
  for (const row of rows) {
    const records = sections.get(row.section) ?? new Map();
    sections.set(row.section, records);
    const record = records.get(row.ref) ?? { ref: row.ref, name: row.name, rows: [] };
    record.rows.push(row);
    records.set(row.ref, record);
  }
  return [...sections].map(([section, records]) => ({ section, records: [...records.values()] }));
}

/**
 * The changes as a table for the clipboard, tabs between cells. A cell that a spreadsheet would take for a formula
 * gets an apostrophe before it.
 */
export function writeChangesTable({ rows }: PackChangesReport): string {
  const plain = (value: string | null) => {
    const text = (value ?? '').replace(/[\t\r\n]+/g, ' ');
    return /^[=+\-@]/.test(text) ? `'${text}` : text;
  };
  return [
    ['Section', 'Record', 'Name', 'What', 'Field', 'Before', 'After'],
    ...rows.map((row) => [
      findSection(row.section).title,
      row.ref,
      plain(row.name),
      row.kind,
      plain(row.field),
      plain(row.before),
      plain(row.after),
    ]),
  ]
    .map((cells) => cells.join('\t'))
    .join('\n');
}
