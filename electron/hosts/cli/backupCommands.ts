/** Backups, restoring and the check of a whole workspace on the command line. */
import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { IntegrityReport } from '../../../shared/contract/areas/backups.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { formatDateTime } from '../../../shared/domain/dates.ts';
import { userPath, word } from './arguments.ts';
import { awaitReport } from './awaitReport.ts';
import { plain, printJson, printLine, printTable } from './output.ts';
import { readPassphrase, readRecoveryKeyText } from './passphrase.ts';
import type { Run, Status } from './run.ts';

/** Into one encrypted file with `--out`, else into the workspace's own folder. */
export async function backup(run: Run): Promise<Status> {
  const { args, client, engine, signal } = run;
  const out = args.options.get('out');
  if (args.options.has('list')) return listBackups(run);
  const path = out === undefined ? undefined : userPath(out);
  if (path !== undefined && statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new AppError('usage', '--out names the file of the backup, for instance op.fellside-backup.');
  await run.open();
  const report = await awaitReport(
    () =>
      path === undefined
        ? client.backups.make(undefined, { signal })
        : client.backups.toFile(
            {
              folder: engine.grants.add(dirname(path), 'export'),
              name: basename(path),
              reason: args.options.get('reason') ?? 'Backup',
            },
            { signal },
          ),
    'The backup was cancelled; nothing was left.',
  );
  if (args.json) printJson(path === undefined ? report : { ...report, file: path });
  else {
    printLine(`Backed up ${report.entries} entries to ${plain(path ?? report.file)}`);
    printLine(
      `  ${report.bytes.toLocaleString('en-GB')} bytes, read back and proved. SHA-256 ${report.sha256}`,
    );
  }
  return 0;
}

async function listBackups(run: Run): Promise<Status> {
  await run.open();
  const found = await run.client.backups.list();
  if (run.args.json) printJson(found);
  else if (found.backups.length === 0) printLine('There is no backup in the folder of this workspace.');
  else
    printTable(
      ['Backup', 'When', 'Why', 'Entries', 'Bytes', 'State'],
      found.backups.map((each) => [
        each.name,
        formatDateTime(each.at.slice(0, 16)),
        each.reason,
        each.entries,
        each.bytes,
        each.state,
      ]),
      70,
    );
  return 0;
}

/** From a backup file, or with `--from` from one in the folder of a workspace. */
export async function restore(run: Run): Promise<Status> {
  const { args, client, engine, signal } = run;
  const source = userPath(word(args, 0, 'a backup file, or a workspace with --from NAME'));
  const out = args.options.get('out');
  if (!out) throw new AppError('usage', 'restore needs --out, the folder of the workspace to be made.');
  const name = args.options.get('from');
  const from =
    name === undefined
      ? { file: engine.grants.add(source, 'file') }
      : { workspace: engine.grants.add(source, 'open-workspace'), name };
  const folder = engine.grants.add(userPath(out), 'new-workspace');
  const secret = args.options.has('recover')
    ? { recoveryKey: await readRecoveryKeyText(args) }
    : { passphrase: await readPassphrase(args) };
  const report = await awaitReport(
    () => client.backups.restore({ from, folder, ...secret }, { signal }),
    'Restoring was cancelled; nothing was left.',
  );
  if (args.json) printJson({ ...report, workspace: userPath(out) });
  else
    printLine(
      `Restored ${plain(report.workspace)} as it was on ${formatDateTime(report.at.slice(0, 16))}: ${report.entries} entries, every page and entry checked.`,
    );
  return 0;
}

/** What opening refuses and the check can still name. */
const damages = [
  'workspace.damaged',
  'workspace.disk',
  'workspace.older',
  'workspace.altered',
  'journal.broken',
];

/** The whole workspace; one that does not open any more is looked at from outside, and nothing is written. */
export async function verify(run: Run): Promise<Status> {
  const { args, client, engine, signal } = run;
  const deep = args.options.has('deep');
  const grant = engine.grants.add(userPath(word(args, 0, 'a workspace folder')), 'open-workspace');
  const passphrase = await readPassphrase(args);
  const cancelled = 'The check was cancelled.';
  let report: IntegrityReport;
  try {
    await client.workspace.open({ grant, passphrase, acceptOlder: args.options.has('accept-older') });
    report = await awaitReport(() => client.backups.check({ deep }, { signal }), cancelled);
  } catch (error) {
    if (!(error instanceof AppError) || !damages.includes(error.code)) throw error;
    await client.workspace.close();
    report = await awaitReport(
      () => client.backups.examine({ grant, passphrase, deep }, { signal }),
      cancelled,
    );
    if (report.ok) throw error;
  }
  if (args.json) printJson(report);
  else printReport(report);
  return report.ok ? 0 : 1;
}

function printReport(report: IntegrityReport): void {
  if (report.ok) {
    const { pages, files, packs, photographs, backups } = report.checked;
    printLine(`The journal holds: ${report.entries} entries, head ${report.head?.slice(0, 16)}…`);
    printLine(
      `The workspace is whole: ${pages} pages, ${files} imported files, ${packs} files of packs, ${photographs} photographs${backups > 0 ? `, ${backups} backups` : ''}.`,
    );
  }
  for (const { part, what } of report.problems) printLine(`  ${part}: ${plain(what)}`);
  for (const notice of report.notices) printLine(`  note: ${plain(notice)}`);
  if (report.advice) printLine(plain(report.advice));
  if (report.backup)
    printLine(`  fellside restore WORKSPACE --from ${report.backup.name} --out NEW.fellside`);
}
