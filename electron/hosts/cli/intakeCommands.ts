import type { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import type {
  ImportFile,
  ImportReport,
  InspectedFile,
  RowIssue,
  SheetMapping,
} from '../../../shared/contract/schemas.ts';
import { DateOrder, FormConflicts, ImportKind } from '../../../shared/contract/schemas.ts';
import { packSheetSkipped } from '../../../shared/packs/forms.ts';
import { userPath, word } from './arguments.ts';
import { awaitReport } from './awaitReport.ts';
import type { FileOfPath } from './expandPaths.ts';
import { expandPaths, printLeftOut } from './expandPaths.ts';
import { inspectEveryCell } from './inspectCellsCommand.ts';
import { plain, printJson, printLine, printTable } from './output.ts';
import { readFilePassword } from './passphrase.ts';
import { refreshMapping } from './refreshCommands.ts';
import type { Run, Status } from './run.ts';
import type { MappingFile } from './sheetChoice.ts';
import { inspectGrant, placeMappings, readMappingFile } from './sheetChoice.ts';

/** Of a folder or an archive every file is inspected, and one that cannot be is named. */
export async function inspect(run: Run): Promise<Status> {
  const { args } = run;
  const expanded = await expandPaths(run, [userPath(word(args, 0, 'a file'))]);
  const { files, leftOut, complete } = expanded;
  const [first] = files;
  if (args.options.has('cells')) return inspectEveryCell(run, expanded);
  if (!expanded.several && first) {
    const found = await inspectOne(run, first);
    if (args.json) printJson(found.json);
    else found.print();
    return 0;
  }
  const inspected: unknown[] = [];
  const refused: AppError[] = [];
  for (const file of files) {
    try {
      const found = await inspectOne(run, file);
      inspected.push({ file: file.name, ...found.json });
      if (!args.json) found.print();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refused.push(error);
      inspected.push({ file: file.name, error: { code: error.code, message: error.message } });
      if (!args.json) printLine(`${plain(file.name)}: refused: ${plain(error.message)}`);
    }
  }
  if (args.json) printJson({ files: inspected, leftOut, complete });
  else printLeftOut(expanded);
  return refused.length > 0 ? 1 : 0;
}

async function inspectOne(
  { args, client }: Run,
  { grant }: FileOfPath,
): Promise<{ json: object; print: () => void }> {
  const password = readFilePassword(args);
  const opening = { grant, ...(password === undefined ? {} : { password }) };
  const found = await client.imports.inspect(opening);
  return { json: found, print: () => printInspected(found) };
}

function printInspected(found: InspectedFile): void {
  printLine(`${plain(found.file)}: ${found.format}, ${found.size.toLocaleString('en-GB')} bytes`);
  for (const note of found.notes) printLine(`  note: ${plain(note.message)}`);
  for (const sheet of found.sheets) {
    printLine(
      `\n${plain(sheet.sheet)}${sheet.hidden ? ' (hidden)' : ''}: ${sheet.kind ?? 'no kind recognised'}, header row ${sheet.headerRow}`,
    );
    for (const reason of sheet.reasons) printLine(`  ${plain(reason)}`);
    printTable(
      ['', 'Heading', 'Field', 'Why'],
      sheet.columns.map((column) => [column.letter, column.header, column.field ?? '–', column.reason]),
      60,
    );
  }
}

function chosen<T extends string>(
  schema: z.ZodType<T> & { options?: readonly string[] },
  text: string | undefined,
  option: string,
): T | undefined {
  if (text === undefined) return undefined;
  const parsed = schema.safeParse(text);
  if (!parsed.success)
    throw new AppError('usage', `--${option} is one of: ${(schema.options ?? []).join(', ')}.`);
  return parsed.data;
}

export async function importCommand(run: Run): Promise<Status> {
  const { args } = run;
  const paths = args.words.slice(1);
  if (paths.length === 0)
    throw new AppError('usage', 'import needs at least one file. "fellside help import" shows how.');
  const kind = chosen(ImportKind, args.options.get('kind'), 'kind');
  const dateOrder = chosen(DateOrder, args.options.get('date-order'), 'date-order');
  const conflicts = chosen(FormConflicts, args.options.get('conflicts'), 'conflicts');
  const sheet = args.options.get('sheet');
  const mapping = args.options.get('mapping');
  const file = mapping === undefined ? undefined : readMappingFile(mapping);
  const password = readFilePassword(args);
  await run.open();
  const expanded = await expandPaths(run, paths.map(userPath));
  const files: ImportFile[] = [];
  for (const { grant } of expanded.files) {
    const sheets = await sheetsOf(run, grant, file, expanded.files.length);
    files.push({
      grant,
      ...(kind ? { kind } : {}),
      ...(dateOrder ? { dateOrder } : {}),
      ...(conflicts ? { conflicts } : {}),
      ...(sheet === undefined ? {} : { sheet }),
      ...(sheets ? { sheets } : {}),
      ...(password === undefined ? {} : { password }),
    });
  }
  const preview = args.options.has('preview');
  const report = await importAll(run, files, preview);
  if (args.json) {
    const { leftOut, complete } = expanded;
    const { affected } = report;
    printJson({
      import: report.ref,
      files: report.files,
      created: report.created,
      leftOut,
      complete,
      ...(affected ? { affected } : {}),
    });
  } else if (report.files.some((file) => file.status !== 'refused')) {
    printReport(report, preview);
    printLeftOut(expanded);
  }
  return statusOf(report);
}

/** How the sheets of a file are read, where a mapping file or --refresh says it. */
async function sheetsOf(
  run: Run,
  grant: string,
  file: MappingFile | undefined,
  count: number,
): Promise<SheetMapping[] | undefined> {
  if (run.args.options.has('refresh')) {
    if (count > 1) throw new AppError('usage', '--refresh takes one file: a later issue of one sheet.');
    return [await refreshMapping(run, grant, file)];
  }
  if (!file || file.kept.length === 0) return file?.sheets;
  return [...file.sheets, ...placeMappings(await inspectGrant(run, grant, file.kept), file.kept)];
}

/** Imports with a progress line. @throws AppError `cancelled` on Ctrl+C. */
export function importAll(run: Run, files: ImportFile[], preview: boolean): Promise<ImportReport> {
  const work = run.client.imports[preview ? 'preview' : 'commit'];
  return awaitReport(
    () => work({ files }, { signal: run.signal }),
    'The import was cancelled; nothing was changed.',
  );
}

/** One line: of many files the first few are told, the rest counted; `--json` and the report name them all. */
function sayRefused(messages: readonly string[]): string {
  const told = messages.slice(0, 3).join(' ');
  const rest = messages.length - 3;
  return rest > 0 ? `${told} And ${rest} more files were refused; --json names each.` : told;
}

/** A single file that was refused is "not done"; among several it is a problem reported. */
function statusOf(report: ImportReport): Status {
  const refused = report.files.filter((file) => file.status === 'refused');
  if (refused.length > 0 && refused.length === report.files.length) {
    throw new AppError(
      'file.unreadable',
      sayRefused(refused.map((file) => withName(file.file, file.error?.message ?? 'refused'))),
    );
  }
  const problems = report.files.some((file) =>
    file.sheets.some((sheet) => sheet.rejected > 0 || sheet.issues.some(isConflict)),
  );
  return refused.length > 0 || problems ? 1 : 0;
}

const isConflict = (issue: RowIssue) => issue.code === 'form.conflict';

const withName = (file: string, message: string) =>
  message.includes(file) ? message : `${file}: ${message}`;

export function printReport(report: ImportReport, preview: boolean): void {
  const sheets = report.files.flatMap((file) => file.sheets.map((sheet) => ({ file, sheet })));
  if (sheets.length > 0) {
    printTable(
      ['File', 'Sheet', 'Kind', 'Rows', 'Imported', 'Updated', 'Unchanged', 'Skipped', 'Rejected'],
      sheets.map(({ file, sheet }) => [
        file.file,
        sheet.sheet,
        sheet.kind ?? '–',
        sheet.rows,
        sheet.imported,
        sheet.updated,
        sheet.unchanged,
        sheet.skipped,
        sheet.rejected,
      ]),
      30,
    );
  }
  for (const file of report.files) {
    if (file.status === 'unchanged') printLine(`${plain(file.file)}: imported before, nothing to do`);
    if (file.status === 'refused')
      printLine(`${plain(file.file)}: refused: ${plain(file.error?.message ?? '')}`);
    const left = file.sheets.filter((sheet) => packSheetSkipped in sheet.skippedBy).length;
    if (left > 0)
      printLine(
        `  ${plain(file.file)}: ${left} other ${left === 1 ? 'sheet' : 'sheets'} of the pack not read`,
      );
    for (const sheet of file.sheets) {
      for (const [reason, count] of Object.entries(sheet.skippedBy))
        if (reason !== packSheetSkipped)
          printLine(`  ${plain(file.file)} › ${plain(sheet.sheet)}: ${count} skipped: ${reason}`);
      for (const issue of sheet.issues.filter((each) => each.outcome === 'rejected').slice(0, 50)) {
        printLine(
          `  ${plain(file.file)} › ${plain(sheet.sheet)} row ${issue.row} rejected: ${issue.message}`,
        );
      }
      if (sheet.refresh) {
        const { against, counts, withdrawn, overruled } = sheet.refresh;
        printLine(
          `  ${plain(sheet.sheet)} beside ${against}: ${counts.new} new, ${counts.changed} changed, ${counts.conflicting} conflicting, ${counts.vanished} vanished; ${withdrawn} withdrawn, ${overruled} manual values given up`,
        );
      }
      for (const issue of sheet.issues.filter(isConflict).slice(0, 50)) {
        const stands = issue.stands === undefined ? '' : ` The plan says: ${plain(issue.stands)}.`;
        printLine(
          `  ${plain(file.file)} › ${plain(sheet.sheet)} row ${issue.row}: ${issue.message}${stands} The form says: ${plain(issue.raw)}.`,
        );
      }
      const kept = sheet.issues.filter((issue) => issue.outcome === 'kept' && !isConflict(issue)).length;
      if (kept > 0)
        printLine(
          `  ${plain(file.file)} › ${plain(sheet.sheet)}: ${kept} values to look at (--json lists them)`,
        );
    }
  }
  for (const { ref, label, because } of report.affected ?? [])
    printLine(`  look at ${ref} ${plain(label)}: ${plain(because)}`);
  const created = Object.entries(report.created).map(
    ([grid, count]) => `${count.toLocaleString('en-GB')} ${grid}`,
  );
  if (created.length > 0) printLine(`${preview ? 'Would make' : 'Made'}: ${created.join(', ')}`);
  if (report.ref) printLine(`${report.ref}. Undo it as a whole with "undo".`);
}
