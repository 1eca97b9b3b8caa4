/** What has to be known of a whole sheet before its rows are read: headings and the order of each date column. */
import type { DateOrder, SheetMapping } from '../../../shared/contract/schemas.ts';
import { detectDateOrder } from '../../../shared/domain/dates.ts';
import { findField, kinds } from '../../../shared/intake/kinds.ts';
import { rowsOf } from './guess/tables.ts';
import { guessRows, readHeadings } from './guess.ts';
import type { Head } from './inspect.ts';
import { readHead } from './inspect.ts';
import type { SheetReader, SheetRow } from './readers/types.ts';
import type { SheetPlan } from './readRow.ts';

export interface PlannedSheet {
  plan: SheetPlan;
  /** Date columns (0-based) in which nothing says whether day or month comes first; day first is taken. */
  undecided: number[];
}

/** The first rows of a mapping's table, and what stands above it. Cells outside the table are blank. */
export async function readTableHead(
  sheet: SheetReader,
  mapping: SheetMapping,
  signal?: AbortSignal,
): Promise<Head> {
  const { table } = mapping;
  const head = await readHead(sheet, guessRows + (table ? mapping.headerRow : 0), signal);
  if (!table) return head;
  const rows = rowsOf(head.rows, table);
  return { rows, complete: head.complete || (head.rows.at(-1)?.row ?? 0) > (table.lastRow ?? Infinity) };
}

/**
 * Prepares the reading of a sheet, for preview and import alike. Reads the head of the sheet, and all of it where
 * only the whole column decides the order of dates. `today` is an ISO date.
 */
export async function planSheet(
  sheet: SheetReader,
  mapping: SheetMapping,
  today: string,
  signal?: AbortSignal,
): Promise<PlannedSheet> {
  const head = await readTableHead(sheet, mapping, signal);
  const headings = readHeadings(head.rows, mapping.headerRow, mapping.headerRows ?? 1);
  const { orders, undecided } = await dateOrders(sheet, mapping, head.rows, head.complete, signal);
  return { plan: { mapping, headings, orders, thisYear: Number(today.slice(0, 4)) }, undecided };
}

const dateCleaners = new Set(['date', 'dateTime']);

/** The order of each date column, from the first rows; from the whole column where those do not decide. */
async function dateOrders(
  sheet: SheetReader,
  mapping: SheetMapping,
  head: readonly SheetRow[],
  complete: boolean,
  signal: AbortSignal | undefined,
): Promise<{ orders: Map<number, { order: DateOrder; mixed: boolean }>; undecided: number[] }> {
  const orders = new Map<number, { order: DateOrder; mixed: boolean }>();
  const undecided: number[] = [];
  if (mapping.kind === null || mapping.dateOrder) return { orders, undecided };
  const kind = kinds[mapping.kind];
  // The form asks for the day first.
  if (kind.form) return { orders, undecided };
  const columns = mapping.columns.flatMap((name, index) => {
    const field = name === null ? undefined : findField(kind, name);
    return field && dateCleaners.has(field.cleaner) ? [index] : [];
  });
  const judge = (index: number, samples: string[], final: boolean) => {
    const found = detectDateOrder(samples);
    orders.set(index, { order: found.order ?? 'dmy', mixed: found.reason === 'mixed' });
    if (found.ambiguous && found.order === null) {
      if (final && found.reason !== 'mixed') undecided.push(index);
      return false;
    }
    return true;
  };
  const lastRow = mapping.table?.lastRow ?? Infinity;
  const samplesOf = (rows: readonly SheetRow[], index: number) =>
    rows.flatMap((row) =>
      row.row > mapping.headerRow && row.row <= lastRow && !row.stored?.[index] && row.text[index]?.trim()
        ? [row.text[index]]
        : [],
    );
  const open = columns.filter((index) => !judge(index, samplesOf(head, index), complete));
  if (open.length === 0 || complete) return { orders, undecided };
  const limit = 100_000;
  const wanted = { columns: open, after: mapping.headerRow, last: lastRow, limit };
  const distinct =
    (await sheet.distinctTexts?.(wanted, signal)) ?? new Map(open.map((index) => [index, new Set<string>()]));
  for await (const batch of sheet.distinctTexts ? [] : sheet.rows(signal)) {
    for (const [index, texts] of distinct)
      for (const text of samplesOf(batch, index)) if (texts.size < limit) texts.add(text);
  }
  for (const [index, texts] of distinct) judge(index, [...texts], true);
  return { orders, undecided };
}
