/** The loss ledger of an import, laid out for paper: strings that are printed as they stand. Pure. */

import type { FileReport, RowIssue, SheetReport } from '../../../../shared/contract/schemas.ts';
import { makeRef } from '../../../../shared/grid/grids.ts';
import { findField, kinds } from '../../../../shared/intake/kinds.ts';
import { repairWords } from '../../../../shared/intake/repairs.ts';
import { cleanText, formatMoment } from '../../../../shared/packs/format.ts';
import type { FoundImport } from './findImport.ts';

/** Rejected rows of a sheet that are printed; the workbook of rejected rows has them all. */
const mostRejected = 1000;
const mostRaw = 300;

interface PrintedSheet {
  title: string;
  read: string;
  equation: string;
  skipped: string[][];
  repairs: string[][];
  kept: string[][];
  keptNote: string;
  rejected: string[][];
  rejectedNote: string;
  mapping: string[][];
}

export interface PrintedLedger {
  marking: string;
  title: string;
  footer: string;
  date: number[];
  facts: string[][];
  files: { name: string; facts: string[][]; sheets: PrintedSheet[] }[];
}

const count = (value: number) => value.toLocaleString('en-GB');

const counted = ['imported', 'updated', 'unchanged', 'skipped', 'rejected'] as const;

/** @param operation its name and marking, the marking as it is printed */
export function layoutLedger(
  found: FoundImport,
  operation: { name: string; marking: string },
  printedAt: string,
): PrintedLedger {
  const day = new Date(printedAt);
  const ref = makeRef('imports', found.id);
  const sheets = found.report.files.flatMap((file) => file.sheets);
  const ledger: PrintedLedger = {
    marking: operation.marking,
    title: `Loss ledger of ${ref}`,
    footer: `${operation.name}, ${ref}, imported ${formatMoment(found.at)}`,
    date: [
      day.getUTCFullYear(),
      day.getUTCMonth() + 1,
      day.getUTCDate(),
      day.getUTCHours(),
      day.getUTCMinutes(),
      day.getUTCSeconds(),
    ],
    facts: [
      ['Operation', operation.name],
      ['Imported', `${formatMoment(found.at)} by ${found.user}`],
      ['State', found.state === 'standing' ? 'stands' : 'was undone; nothing of it is in the plan'],
      ['Files', count(found.report.files.length)],
      ['Rows', equationOf(sumOf(sheets))],
      ['Printed', formatMoment(printedAt)],
    ],
    files: found.report.files.map(layoutFile),
  };
  return cleanAll(ledger) as PrintedLedger;
}

function sumOf(sheets: readonly SheetReport[]): Pick<SheetReport, 'rows' | (typeof counted)[number]> {
  const total = { rows: 0, imported: 0, updated: 0, unchanged: 0, skipped: 0, rejected: 0 };
  for (const sheet of sheets) for (const field of ['rows', ...counted] as const) total[field] += sheet[field];
  return total;
}

/** Every row is in one of the terms: the sum is the claim that nothing was lost. */
function equationOf(sheet: Pick<SheetReport, 'rows' | (typeof counted)[number]>): string {
  const terms = counted.map((field) => `${count(sheet[field])} ${field}`);
  return `${count(sheet.rows)} rows read = ${terms.join(' + ')}`;
}

const statusWords = {
  imported: 'imported',
  unchanged: 'imported before and unchanged: nothing was done',
  refused: 'refused',
} as const;

function layoutFile(file: FileReport): PrintedLedger['files'][number] {
  return {
    name: file.file,
    facts: [
      ['SHA-256', file.sha256 || 'not known: the file could not be read'],
      ['State', statusWords[file.status]],
      ...(file.error ? [['Why', file.error.message]] : []),
    ],
    sheets: file.sheets.map(layoutSheet),
  };
}

function layoutSheet(sheet: SheetReport): PrintedSheet {
  const kind = sheet.kind === null ? null : kinds[sheet.kind];
  const rejected = sheet.issues.filter((issue) => issue.outcome === 'rejected');
  const kept = sheet.issues.filter((issue) => issue.outcome === 'kept');
  return {
    title: `Sheet ${sheet.sheet}${'table' in sheet && sheet.table ? ` (${sheet.table})` : ''}`,
    read: kind
      ? `Read as ${kind.title}; the heading is row ${count(sheet.headerRow)}.`
      : 'Left out: no row of it was read as anything. Its rows are kept with the file.',
    equation: equationOf(sheet),
    skipped: byCount(sheet.skippedBy).map(([reason, rows]) => [count(rows), reason]),
    repairs: byCount(sheet.repairs).map(([code, values]) => [count(values), repairWords(code)]),
    kept: byCount(countBy(kept, (issue) => issue.message)).map(([message, values]) => [
      count(values),
      message,
    ]),
    keptNote:
      sheet.issueCount > sheet.issues.length
        ? `Counted among the first ${count(sheet.issues.length)} of ${count(sheet.issueCount)} remarks.`
        : '',
    rejected: rejected
      .slice(0, mostRejected)
      .map((issue) => [count(issue.row), issue.message, shorten(issue.raw)]),
    rejectedNote:
      rejected.length > mostRejected
        ? `The first ${count(mostRejected)} of ${count(sheet.rejected)}; the workbook of rejected rows has them all.`
        : '',
    mapping: Object.entries(kind ? sheet.mapping : {}).map(([heading, field]) => [
      heading,
      field === null ? 'left aside' : ((kind && findField(kind, field)?.title) ?? field),
    ]),
  };
}

const shorten = (text: string) => (text.length > mostRaw ? `${text.slice(0, mostRaw - 1)}…` : text);

function countBy(issues: readonly RowIssue[], key: (issue: RowIssue) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const issue of issues) counts[key(issue)] = (counts[key(issue)] ?? 0) + 1;
  return counts;
}

const byCount = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).sort((one, other) => other[1] - one[1]);

/** Every string, cleaned, with places to break in words too long for a line; a fingerprint fits and stays whole. */
function cleanAll(value: unknown): unknown {
  if (typeof value === 'string')
    return cleanText(value).replace(/[^\s\u200b]{25,}/gu, (word) =>
      /^[\da-f]{64}$/.test(word) ? word : word.replace(/(.{12})(?=.)/gu, '$1\u200b'),
    );
  if (Array.isArray(value)) return value.map(cleanAll);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, cleanAll(entry)]));
  return value;
}
