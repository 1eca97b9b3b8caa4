/** A printed document as PDF, Excel, Word or CSV. */
import { AppError } from '../../../shared/contract/errors.ts';
import { cleanText } from '../../../shared/packs/format.ts';
import { csvLine, utf8Mark } from '../exports/csv.ts';
import { writeTextWorkbook } from '../intake/outputs/textWorkbook.ts';
import { compileApart } from '../packs/pdf/compileApart.ts';
import { countPages } from '../packs/pdf/countPages.ts';
import { findResources, readFonts, readTemplate } from '../packs/resources.ts';
import type { PrintedDocument } from './printed.ts';
import { cleanAll } from './printed.ts';

export type DocumentFormat = 'pdf' | 'xlsx' | 'docx' | 'csv';

/** Rows that are laid out as pages; more belong into a workbook. */
const mostPrintedRows = 20_000;

export interface WrittenDocument {
  content: AsyncIterable<Buffer> | Iterable<Buffer>;
  pages?: number;
}

/** @throws AppError `invalid` for too many rows for pages, `pack.failed`, `cancelled`. */
export async function writeDocument(
  document: PrintedDocument,
  format: DocumentFormat,
  options: { resources: string | undefined; signal: AbortSignal | undefined },
): Promise<WrittenDocument> {
  if (format === 'csv') return { content: csvLines(document) };
  if (format === 'xlsx') return { content: workbook(document) };
  const rows = document.tables.reduce((sum, table) => sum + table.rows.length, 0);
  if (rows > mostPrintedRows)
    throw new AppError(
      'invalid',
      `${rows.toLocaleString('en-GB')} rows are too many for pages. Narrow the period or take a workbook.`,
    );
  if (format === 'docx') {
    const { writeWord } = await import('./writeWord.ts');
    return { content: [await writeWord(document)] };
  }
  const pdf = await printPdf(document, options);
  return { content: [pdf], pages: countPages(pdf) };
}

/** The pages of a document. @throws AppError `pack.failed`, `cancelled`. */
export async function printPdf(
  document: PrintedDocument,
  options: { resources: string | undefined; signal?: AbortSignal | undefined },
): Promise<Buffer> {
  const resources = findResources(options.resources);
  const at = new Date(document.at);
  const { at: _, ...printed } = cleanAll(document);
  const date = [
    at.getUTCFullYear(),
    at.getUTCMonth() + 1,
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    at.getUTCSeconds(),
  ];
  return Buffer.from(
    await compileApart(
      {
        template: readTemplate(resources, 'document'),
        fonts: readFonts(resources),
        files: new Map([['document.json', Buffer.from(JSON.stringify({ ...printed, date }), 'utf8')]]),
      },
      options.signal,
    ),
  );
}

function workbook(document: PrintedDocument): AsyncGenerator<Buffer> {
  const titles = (name: string) => [
    document.marking,
    ...(document.draft === '' ? [] : [document.draft]),
    name === '' ? document.title : `${document.title}: ${name}`,
    ...document.facts.map(([label, value]) => `${label}: ${value}`),
    ...document.paragraphs,
    ...(document.groups.length === 0 ? [] : [document.groups.join(' ')]),
  ];
  return writeTextWorkbook(
    document.tables.map((table) => ({
      name: table.title === '' ? document.title : table.title,
      titles: titles(table.title).map(cleanText),
      headings: table.headings,
      widths: table.widths.map((width) => Math.max(8, Math.round(width * 12))),
      rows: [
        ...(table.rows.length === 0 ? [[table.empty]] : table.rows),
        ...(table.note === '' ? [] : [[table.note]]),
        ...(document.signatures.length === 0 ? [] : [[], ...document.signatures.map((label) => [label, ''])]),
      ],
    })),
    document.marking,
  );
}

/** The tables alone: a table for other tools has no page to say more on. */
function* csvLines(document: PrintedDocument): Generator<Buffer> {
  yield Buffer.from(utf8Mark, 'utf8');
  for (const table of document.tables) {
    yield Buffer.from(csvLine(table.headings), 'utf8');
    for (let from = 0; from < table.rows.length; from += 500)
      yield Buffer.from(
        table.rows
          .slice(from, from + 500)
          .map(csvLine)
          .join(''),
        'utf8',
      );
  }
}
