/** Commands about what came in: the rows of a file before, the source of a value after, and what leaves of it. */
import { AppError } from '../../../shared/contract/errors.ts';
import type { PreviewRow } from '../../../shared/contract/intakeSchemas.ts';
import { RowFilter } from '../../../shared/contract/intakeSchemas.ts';
import type { SheetGuess, SheetMapping } from '../../../shared/contract/schemas.ts';
import type { Arguments } from './arguments.ts';
import { numberOption, userPath, word } from './arguments.ts';
import { expandPaths } from './expandPaths.ts';
import { plain, printJson, printLine, printTable } from './output.ts';
import { readFilePassword } from './passphrase.ts';
import type { Run, Status } from './run.ts';

/** An option that must be there. @throws AppError `usage`. */
function need(args: Arguments, name: string): string {
  const value = args.options.get(name);
  if (!value)
    throw new AppError(
      'usage',
      `${args.command} needs --${name}. "fellside help ${args.command}" shows how.`,
    );
  return value;
}

interface Leaving {
  ref: string;
  folder: string;
  reason: string;
  /** The folder as the user gave it. */
  out: string;
}

/** What a command that writes out of the workspace is told. */
async function leaving(run: Run, what: string): Promise<Leaving> {
  const ref = word(run.args, 1, what);
  const out = need(run.args, 'out');
  const reason = need(run.args, 'reason');
  await run.open();
  return { ref, reason, out, folder: run.engine.grants.add(userPath(out), 'export') };
}

export async function rejected(run: Run): Promise<Status> {
  const { out, ...request } = await leaving(run, 'an import such as IMP-1');
  const written = await run.client.imports.exportRejected(request);
  if (run.args.json) printJson(written);
  else
    printLine(
      `${plain(written.file)} in ${plain(out)}: ${written.rows} rejected rows to mend and import again`,
    );
  return 0;
}

export async function ledger(run: Run): Promise<Status> {
  const { out, ...request } = await leaving(run, 'an import such as IMP-1');
  const written = await run.client.imports.exportLedger(request);
  if (run.args.json) printJson(written);
  else printLine(`${plain(written.file)} in ${plain(out)}: ${written.pages} pages`);
  return 0;
}

export async function original(run: Run): Promise<Status> {
  const { out, ...request } = await leaving(run, 'a source such as SRC-1');
  const written = await run.client.sources.exportOriginal(request);
  if (run.args.json) printJson(written);
  else printLine(`${plain(written.file)} in ${plain(out)}, SHA-256 ${written.sha256}`);
  return 0;
}

export async function source(run: Run): Promise<Status> {
  const { args } = run;
  const ref = word(args, 1, 'a reference such as NOM-3 or SRC-1');
  const field = args.words[2];
  const row = numberOption(args, 'row', 1, 100_000_000);
  const which = numberOption(args, 'which', 1, 10_000);
  const around = numberOption(args, 'around', 0, 50);
  await run.open();
  const view = await run.client.sources.view({
    ref,
    ...(field === undefined ? {} : { field }),
    ...(row === undefined ? {} : { row }),
    ...(which === undefined ? {} : { which: which - 1 }),
    ...(around === undefined ? {} : { around }),
  });
  if (args.json) {
    printJson(view);
    return 0;
  }
  printLine(`${view.source}  ${plain(view.file)} › ${plain(view.sheet)}, row ${view.row}`);
  printLine(`Imported ${view.importedAt.slice(0, 16).replace('T', ' ')} UTC by ${plain(view.importedBy)}`);
  const shown = [...view.head, ...view.rows];
  const width = Math.max(0, ...shown.map((each) => each.cells.length));
  const columns = Array.from({ length: width }, (_, column) => column);
  printTable(
    ['', ...columns.map(letterOf)],
    shown.map((each) => [
      each.row === view.row ? `► ${each.row}` : `  ${each.row}`,
      ...columns.map((column) => {
        const text = each.cells[column]?.text ?? '';
        return each.row === view.row && view.columns.includes(column) ? `[${text}]` : text;
      }),
    ]),
    24,
  );
  for (const cell of view.rows.find((each) => each.row === view.row)?.cells ?? []) {
    if (cell.comment !== null) printLine(`comment: ${plain(cell.comment)}`);
    if (cell.link !== null) printLine(`link: ${plain(cell.link)}`);
  }
  for (const issue of view.issues)
    printLine(`${issue.column ? `${plain(issue.column)}: ` : ''}${plain(issue.message)}`);
  return 0;
}

function letterOf(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : letterOf(Math.floor(column / 26) - 1) + last;
}

/** Rows of a file as the import would read them, of the sheet named or of the first that is read as something. */
export async function rows(run: Run): Promise<Status> {
  const { args, client } = run;
  const only = RowFilter.safeParse(args.options.get('only') ?? 'all');
  if (!only.success) throw new AppError('usage', `--only is one of: ${RowFilter.options.join(', ')}.`);
  const limit = numberOption(args, 'limit', 1, 1_000_000) ?? 200;
  const { files } = await expandPaths(run, [userPath(word(args, 0, 'a file'))]);
  const [file, another] = files;
  if (!file || another) throw new AppError('usage', 'rows takes one file, not a folder or an archive.');
  const password = readFilePassword(args);
  const opening = { grant: file.grant, ...(password === undefined ? {} : { password }) };
  const { sheets } = await client.imports.inspect(opening);
  const wanted = args.options.get('sheet');
  const guess = sheets.find((sheet) => (wanted === undefined ? sheet.kind !== null : sheet.sheet === wanted));
  if (!guess)
    throw new AppError('sheet.missing', `${plain(file.name)} has no such sheet that is read as anything.`);
  const found: PreviewRow[] = [];
  let from = numberOption(args, 'row', 1, 100_000_000);
  for (;;) {
    const page = await client.imports.rows(
      {
        ...opening,
        mapping: mappingOf(guess),
        only: only.data,
        limit: Math.min(1000, limit - found.length),
        ...(from === undefined ? {} : { from }),
      },
      { signal: run.signal },
    );
    for (const row of page.rows) found.push(row);
    from = page.next ?? undefined;
    if (from === undefined || found.length >= limit) break;
  }
  if (args.json) printJson({ sheet: guess.sheet, kind: guess.kind, rows: found, next: from ?? null });
  else printRows(guess, found);
  return found.some((row) => row.outcome === 'reject') ? 1 : 0;
}

function mappingOf(guess: SheetGuess): SheetMapping {
  return {
    sheet: guess.sheet,
    kind: guess.kind,
    headerRow: guess.headerRow,
    headerRows: guess.headerRows,
    layout: guess.layout,
    columns: guess.columns.map((column) => column.field),
    ...(guess.table ? { table: guess.table } : {}),
    ...(guess.sameWhile ? { sameWhile: guess.sameWhile } : {}),
    ...(guess.timeZone ? { timeZone: guess.timeZone } : {}),
  };
}

function printRows(guess: SheetGuess, found: readonly PreviewRow[]): void {
  printLine(`${plain(guess.sheet)}, read as ${guess.kind ?? 'nothing'}`);
  for (const row of found) {
    const outcome = { import: '', skip: 'skipped: ', reject: 'rejected: ' }[row.outcome];
    printLine(`row ${row.row}  ${outcome}${plain(row.reason ?? '')}`.trimEnd());
    for (const cell of row.cells) {
      if (cell.raw === '' || cell.field === null) continue;
      const cleaned = cell.value === null ? '–' : String(cell.value);
      const changed = cleaned === cell.raw ? '' : ` → ${plain(cleaned)}`;
      const issue = cell.issue ? `  (${plain(cell.issue.message)})` : '';
      printLine(`    ${plain(cell.field)}: ${plain(cell.raw)}${changed}${issue}`);
    }
  }
}
