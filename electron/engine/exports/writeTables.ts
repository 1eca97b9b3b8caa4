/** Tables for other tools: written whole or not at all, journaled as a disclosure with their recipient. */
import { createHash } from 'node:crypto';
import ExcelJS from 'exceljs';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Progress } from '../../../shared/contract/schemas.ts';
import type { TableReport, TableRequest } from '../../../shared/contract/tableSchemas.ts';
import { grids } from '../../../shared/grid/grids.ts';
import { cleanText, fileWord, formatMarking } from '../../../shared/packs/format.ts';
import { makeSourceRedactor } from '../../../shared/packs/redact.ts';
import { labelOf } from '../../../shared/reference/codeLists.ts';
import { momentOf } from '../context.ts';
import { get } from '../database/sql.ts';
import { appendEntry } from '../journal/journal.ts';
import { readSourceSecrets } from '../packs/collect/secrets.ts';
import { handOver } from '../packs/putFiles.ts';
import { excelText, joinHeader } from '../packs/xlsx/cellText.ts';
import { finishWorkbook } from '../packs/xlsx/finishWorkbook.ts';
import type { Session } from '../session.ts';
import { csvLine, startsFormula, utf8Mark } from './csv.ts';
import { networkTables } from './network.ts';
import { gridTable, type Table, type TableCell, tableGrids } from './tables.ts';
import { readWithheldItems } from './withheldItems.ts';

export interface TableOptions {
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: (progress: Progress) => void;
}

/** More rows than this on one sheet are refused: the workbook is put together in memory. */
const mostSheetRows = 100_000;

interface Written {
  readonly name: string;
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly rows: number;
}

/**
 * Writes the tables into a folder. CSV: one file a table, UTF-8 with its mark, CRLF, RFC 4180. Excel: one workbook,
 * a sheet a table, every text cell as text. The name of each file begins with the marking, since a table has no
 * place for it that other tools would not take for data.
 *
 * @throws AppError `usage` for a grid that is not written or too long for a workbook, `pack.failed` when the folder
 * cannot be written, `cancelled`.
 */
export function writeTables(
  session: Session,
  request: TableRequest,
  options: TableOptions,
): Promise<TableReport> {
  // Changes wait until it is done: all tables are of one state.
  return session.exclusively(() => writeNow(session, request, options));
}

async function writeNow(
  session: Session,
  request: TableRequest,
  options: TableOptions,
): Promise<TableReport> {
  const counter = { apostrophes: 0, taken: 0 };
  const { withheld, tables, marking, operation } = session.reader.transaction(() =>
    listTables(session, request, counter),
  )();
  const stem = `${fileWord(marking)}-${fileWord(operation)}`;
  const files: Written[] = [];
  for (const [index, table] of tables.entries()) {
    options.signal?.throwIfAborted();
    options.progress?.({
      type: 'progress',
      stage: table.title,
      done: index,
      total: tables.length,
      unit: 'steps',
    });
    if (request.format === 'csv')
      files.push(await writeCsv(`${stem}-${table.name}.csv`, table, counter, options));
  }
  if (request.format === 'xlsx') {
    const what = request.grid ?? (request.profile === 'network' ? 'network' : 'tables');
    files.push(await writeWorkbook(`${stem}-${what}.xlsx`, tables, marking, options));
  }
  const counts = [
    ...withheld.counts,
    ...(counter.taken === 0 ? [] : [{ reason: 'source words taken out', count: counter.taken }]),
  ];
  const listed = files.map(({ name, sha256, rows }) => ({ file: name, sha256, rows }));
  const what = request.grid === undefined ? 'the whole operation' : grids[request.grid].title.toLowerCase();
  const entry = { operation: 'disclosure', method: 'tables.write', target: 'OP-1' } as const;
  await handOver(
    options.folder,
    files,
    () =>
      session.writer.transaction(() =>
        appendEntry(session, {
          ...entry,
          summary: `Wrote tables of ${what} for other tools`,
          after: { files: listed, withheld: counts },
          reason: request.reason,
          recipients: [request.recipient],
        }),
      )(),
    () =>
      session.writer.transaction(() =>
        appendEntry(session, {
          ...entry,
          summary: `Could not write tables of ${what}: nothing was handed over`,
        }),
      )(),
  );
  return {
    files: listed,
    withheld: counts,
    warnings:
      counter.apostrophes === 0
        ? []
        : [
            `${counter.apostrophes} text${counter.apostrophes === 1 ? '' : 's'} began like a formula and got an apostrophe in front, so that no program runs them.`,
          ],
  };
}

function listTables(session: Session, request: TableRequest, counter: { taken: number }) {
  const database = session.reader;
  const moment = momentOf(session);
  const withheld = readWithheldItems(database);
  const redact = makeSourceRedactor(readSourceSecrets(database));
  const outward = (words: string) => {
    const { text, taken } = redact(words);
    counter.taken += taken;
    return text;
  };
  const operation = get<{ name: string; marking: string }>(
    database,
    'SELECT name, marking FROM operation ORDER BY id LIMIT 1',
  );
  if (request.grid !== undefined && request.profile === 'network')
    throw new AppError('usage', 'Entities and links are of the whole operation: leave the grid out.');
  if (request.grid !== undefined && !tableGrids.includes(request.grid))
    throw new AppError('usage', `This grid is not written. Choose one of: ${tableGrids.join(', ')}.`);
  const names = request.grid === undefined ? tableGrids : [request.grid];
  return {
    withheld,
    tables:
      request.profile === 'network'
        ? networkTables(database, moment, withheld, outward)
        : names.map((name) => gridTable(database, name, moment, withheld.refs, outward)),
    marking: formatMarking(labelOf('marking', operation?.marking ?? '') || 'OFFICIAL-SENSITIVE'),
    operation: operation?.name ?? 'operation',
  };
}

async function writeCsv(
  name: string,
  table: Table,
  counter: { apostrophes: number },
  options: TableOptions,
): Promise<Written> {
  const parts = [Buffer.from(utf8Mark + csvLine(table.headings), 'utf8')];
  const hash = createHash('sha256').update(parts[0] ?? '');
  let rows = 0;
  for (const page of table.pages()) {
    await breathe(options.signal);
    for (const row of page)
      for (const cell of row)
        if (typeof cell === 'string' && startsFormula(cleanText(cell))) counter.apostrophes += 1;
    const part = Buffer.from(page.map(csvLine).join(''), 'utf8');
    hash.update(part);
    parts.push(part);
    rows += page.length;
    options.progress?.({ type: 'progress', stage: table.title, done: rows, total: rows, unit: 'rows' });
  }
  return { name, bytes: Buffer.concat(parts), sha256: hash.digest('hex'), rows };
}

async function writeWorkbook(
  name: string,
  tables: readonly Table[],
  marking: string,
  options: TableOptions,
): Promise<Written> {
  const workbook = new ExcelJS.Workbook();
  workbook.creator = 'Fellside';
  // No trace of when: the same state gives the same bytes.
  workbook.created = new Date(0);
  workbook.modified = workbook.created;
  let rows = 0;
  for (const table of tables) {
    const sheet = workbook.addWorksheet(table.title.slice(0, 31), {
      views: [{ state: 'frozen', ySplit: 1 }],
      pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
      headerFooter: {
        oddHeader: joinHeader('', marking, ''),
        oddFooter: joinHeader('', marking, 'Page &P of &N'),
      },
    });
    sheet.addRow([...table.headings]).font = { bold: true };
    let own = 0;
    for (const page of table.pages()) {
      await breathe(options.signal);
      own += page.length;
      if (own > mostSheetRows)
        throw new AppError(
          'usage',
          `${table.title} has more than ${mostSheetRows.toLocaleString('en-GB')} rows. Choose CSV for it.`,
        );
      for (const row of page) addRow(sheet, row);
    }
    rows += own;
    for (const [index, heading] of table.headings.entries())
      sheet.getColumn(index + 1).width = Math.min(40, Math.max(12, heading.length + 4));
    sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: table.headings.length } };
  }
  const bytes = finishWorkbook(Buffer.from(await workbook.xlsx.writeBuffer()));
  return { name, bytes, sha256: createHash('sha256').update(bytes).digest('hex'), rows };
}

function addRow(sheet: ExcelJS.Worksheet, row: readonly TableCell[]): void {
  const added = sheet.addRow(row.map((cell) => (typeof cell === 'string' ? excelText(cell) : cell)));
  added.eachCell((cell) => {
    if (typeof cell.value === 'string') cell.numFmt = '@';
  });
}

/** Lets other calls of the engine through, and ends the work when it is cancelled. */
async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (signal?.aborted === true)
    throw new AppError('cancelled', 'The export was cancelled; nothing was written.');
}
