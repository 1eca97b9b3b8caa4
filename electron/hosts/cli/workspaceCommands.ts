import { mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import type { PackReport } from '../../../shared/contract/packSchemas.ts';
import { PackRequest, Release } from '../../../shared/contract/packSchemas.ts';
import { PackFormat } from '../../../shared/packs/packSpec.ts';
import { shippedSpecs } from '../../../shared/packs/packSpecs.ts';
import { userPath, word } from './arguments.ts';
import { awaitReport } from './awaitReport.ts';
import { plain, printJson, printLine } from './output.ts';
import { readPassphrase, readPasswordFile } from './passphrase.ts';
import type { Run, Status } from './run.ts';

export async function newWorkspace(run: Run): Promise<Status> {
  const { args, client, engine } = run;
  const path = userPath(word(args, 0, 'a folder for the workspace'));
  const name = args.options.get('name');
  if (!name) throw new AppError('usage', 'new needs --name, the name of the operation.');
  const passphrase = await readPassphrase(args);
  const summary = await client.workspace.create({
    grant: engine.grants.add(path, 'new-workspace'),
    name,
    marking: args.options.get('marking') ?? 'OFFICIAL-SENSITIVE',
    user: args.options.get('user') ?? userInfo().username,
    passphrase,
  });
  const { score, advice } = await client.users.strength({ passphrase, words: [name] });
  if (score < 2)
    process.stderr.write(`fellside: the passphrase is weak. ${advice.join(' ')} "users" changes it.\n`);
  if (args.json) printJson(summary);
  else
    printLine(
      `Created ${summary.folderName} for ${plain(summary.name)} (${summary.marking}). Make a recovery key now (fellside users WORKSPACE recovery): without one a lost passphrase loses the workspace.`,
    );
  return 0;
}

export async function exportPack(run: Run): Promise<Status> {
  const { args } = run;
  const need = (name: string) => {
    const value = args.options.get(name);
    if (!value) throw new AppError('usage', `export needs --${name}. "fellside help export" shows how.`);
    return value;
  };
  const formats = z.array(PackFormat).safeParse((args.options.get('format') ?? 'xlsx,pdf').split(','));
  if (!formats.success)
    throw new AppError('usage', `--format is one or more of ${PackFormat.options.join(',')}.`);
  const pack = PackRequest.shape.pack.safeParse(need('pack'));
  if (!pack.success)
    throw new AppError(
      'pack.unknown',
      `There is no pack "${need('pack')}". Packs: ${shippedSpecs.map(({ id }) => id).join(', ')}.`,
    );
  const team = args.options.get('team');
  const request = {
    pack: pack.data,
    formats: formats.data,
    recipient: need('recipient'),
    reason: need('reason'),
    ...(team ? { team } : {}),
    ...readProtection(run),
  };
  const folder = userPath(need('out'));
  await run.open();
  const report = await issue(run, request, folder);
  if (args.json)
    printJson({
      pack: report.pack,
      ref: report.ref,
      version: report.version,
      copy: report.copy,
      files: report.files,
      withheld: report.withheld,
      warnings: report.warnings,
    });
  else printPack(report, folder);
  return 0;
}

/** What the options say of conditions, destruction and protection. @throws AppError `usage`. */
function readProtection({ args }: Run): Pick<PackRequest, 'releases' | 'destroyBy' | 'password'> {
  const releases = (args.lists.get('release') ?? []).map((text) => {
    const equals = text.indexOf('=');
    const parsed = Release.safeParse({
      ref: text.slice(0, equals).trim().toUpperCase(),
      reason: text.slice(equals + 1),
    });
    if (equals < 1 || !parsed.success)
      throw new AppError('usage', '--release takes INT-n=REASON, with a reason of at least three letters.');
    return parsed.data;
  });
  const text = args.options.get('destroy-by');
  const destroyBy = PackRequest.shape.destroyBy.safeParse(text);
  if (!destroyBy.success) throw new AppError('usage', '--destroy-by takes a day such as 2026-12-31.');
  const file = args.options.get('password-file');
  const password = PackRequest.shape.password.safeParse(
    file === undefined ? undefined : readPasswordFile(file),
  );
  if (!password.success)
    throw new AppError('usage', 'The password that protects a workbook has 8 to 255 characters.');
  return {
    ...(releases.length === 0 ? {} : { releases }),
    ...(destroyBy.data === undefined ? {} : { destroyBy: destroyBy.data }),
    ...(password.data === undefined ? {} : { password: password.data }),
  };
}

/** A grant for a folder to write to, which is made when it is not there. @throws AppError `pack.failed`. */
export function makeExportFolder(run: Run, folder: string): string {
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    throw new AppError('pack.failed', 'The folder cannot be made. Choose another one.');
  }
  return run.engine.grants.add(folder, 'export');
}

/** Issues a pack into a folder, which is made when it is not there. */
export async function issue(run: Run, request: PackRequest, folder: string): Promise<PackReport> {
  const input = { ...request, folder: makeExportFolder(run, folder) };
  return awaitReport(
    () => run.client.packs.export(input, { signal: run.signal }),
    'The export was cancelled; nothing was issued.',
  );
}

export function printPack(report: PackReport, folder: string): void {
  printLine(`${report.ref}: ${report.pack} pack, version ${report.version}, copy ${report.copy}`);
  for (const file of report.files) {
    const size = file.pages ? `${file.pages} pages` : file.sheets ? `${file.sheets} sheets` : '';
    printLine(`  ${join(folder, file.file)}  ${size}  SHA-256 ${file.sha256.slice(0, 16)}…`);
  }
  for (const withheld of report.withheld) printLine(`  withheld: ${withheld.count} (${withheld.reason})`);
  for (const warning of report.warnings) printLine(`  warning: ${plain(warning)}`);
}

export async function undo(run: Run): Promise<Status> {
  const text = run.args.words[1];
  const seq = text === undefined ? undefined : Number(text);
  if (seq !== undefined && !Number.isInteger(seq))
    throw new AppError('usage', 'undo takes the number of an entry; "history" lists them.');
  await run.open();
  const undone = await run.client.history.undo(seq === undefined ? {} : { seq });
  if (run.args.json) printJson({ seq: undone.seq, summary: undone.summary });
  else printLine(`Undid entry ${undone.seq}: ${plain(undone.summary)}`);
  return 0;
}

export async function redo(run: Run): Promise<Status> {
  await run.open();
  const redone = await run.client.history.redo();
  if (run.args.json) printJson({ seq: redone.seq, summary: redone.summary });
  else printLine(`Redid entry ${redone.seq}: ${plain(redone.summary)}`);
  return 0;
}
