/** The record on the command line: reading it by filters, one entry, its report, its head, why things are opened. */
import { z } from 'zod';
import type { EntryFilter, HeadCheck } from '../../../shared/contract/auditSchemas.ts';
import {
  EntryFilter as EntryFilterSchema,
  Justification,
  ReportFormat,
} from '../../../shared/contract/auditSchemas.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Arguments } from './arguments.ts';
import { numberOption, userPath, word } from './arguments.ts';
import { awaitReport } from './awaitReport.ts';
import { plain, printJson, printLine, printTable } from './output.ts';
import type { Run, Status } from './run.ts';
import { makeExportFolder } from './workspaceCommands.ts';

/** Which entries the options choose. @throws AppError `usage`. */
function readFilter(args: Arguments): EntryFilter {
  const { options } = args;
  const list = (name: string) =>
    options
      .get(name)
      ?.split(',')
      .map((part) => part.trim());
  const filter = EntryFilterSchema.safeParse({
    users: list('by'),
    operations: list('only'),
    from: options.get('from'),
    to: options.get('to'),
    ref: options.get('about'),
    text: options.get('text'),
    ...(options.has('without-reason') ? { withoutReason: true } : {}),
  });
  if (filter.success) return filter.data;
  throw new AppError(
    'usage',
    '--only is one or more of collection, alteration, consultation, disclosure, combination, erasure, session; --from and --to take days such as 2026-12-31.',
  );
}

export async function history(run: Run): Promise<Status> {
  const limit = numberOption(run.args, 'limit', 1, 1000);
  const filter = readFilter(run.args);
  await run.open();
  const found = await run.client.history.list({ ...filter, ...(limit === undefined ? {} : { limit }) });
  const counts = await run.client.audit.counts(filter);
  if (run.args.json) {
    printJson({ entries: found.entries, counts });
    return 0;
  }
  printTable(
    ['Entry', 'When', 'Who', 'Operation', 'What', 'Reason', 'State'],
    found.entries.map((entry) => [
      entry.seq,
      entry.at.slice(0, 19).replace('T', ' '),
      entry.user,
      entry.operation,
      entry.summary,
      entry.reason,
      entry.state === 'record' ? '' : entry.state,
    ]),
    60,
  );
  const each = counts.operations.map(({ operation, count }) => `${operation} ${count}`).join(', ');
  printLine(`${counts.total} entries${each ? `: ${each}` : ''}; ${counts.withoutReason} without a reason.`);
  return 0;
}

export async function showEntry(run: Run): Promise<Status> {
  const seq = Number(word(run.args, 1, 'the number of an entry'));
  if (!Number.isInteger(seq) || seq < 1)
    throw new AppError('usage', 'entry takes the number of an entry; "history" lists them.');
  await run.open();
  const detail = await run.client.audit.entry({ seq });
  if (run.args.json) {
    printJson(detail);
    return 0;
  }
  const { entry } = detail;
  printLine(`Entry ${entry.seq}, ${entry.at}, ${plain(entry.user)} on ${plain(entry.device)}`);
  printLine(`${entry.operation}: ${plain(entry.summary)}`);
  if (entry.reason) printLine(`Reason: ${plain(entry.reason)}`);
  if (entry.recipients.length > 0) printLine(`Recipients: ${plain(entry.recipients.join('; '))}`);
  if (detail.changes.length > 0)
    printTable(
      ['Record', 'Field', 'Before', 'After'],
      detail.changes.map((change) => [change.ref, change.title, change.before, change.after]),
      50,
    );
  for (const { name, value } of detail.notes) printLine(`${plain(name)}: ${plain(value)}`);
  printLine(`Hash ${entry.hash}`);
  return 0;
}

/** `record`: writes the record, or a part of it. */
export async function record(run: Run): Promise<Status> {
  const { args } = run;
  const format = ReportFormat.safeParse(args.options.get('format') ?? 'pdf');
  if (!format.success) throw new AppError('usage', `--format is one of ${ReportFormat.options.join(', ')}.`);
  const recipient = args.options.get('recipient');
  const out = args.options.get('out');
  if (!recipient || !out) throw new AppError('usage', 'record needs --recipient and --out.');
  const filter = readFilter(args);
  await run.open();
  const folder = makeExportFolder(run, userPath(out));
  const report = await awaitReport(
    () =>
      run.client.audit.report(
        { filter, format: format.data, folder, recipient, reason: args.options.get('reason') ?? '' },
        { signal: run.signal },
      ),
    'The report was cancelled; nothing was written.',
  );
  if (args.json) printJson(report);
  else printLine(`Wrote ${report.entries} entries: ${report.file}, SHA-256 ${report.sha256.slice(0, 16)}…`);
  return 0;
}

/** `head`: the newest entry and its hash, to be printed and kept elsewhere. */
export async function showHead(run: Run): Promise<Status> {
  await run.open();
  const head = await run.client.audit.head();
  if (run.args.json) {
    printJson({ seq: head.seq, at: head.at, hash: head.hash, groups: head.groups });
    return 0;
  }
  printLine(`Entry ${head.seq}${head.at ? ` of ${head.at}` : ''}`);
  printLine(head.groups.slice(0, 8).join(' '));
  printLine(head.groups.slice(8).join(' '));
  printLine(
    `Check it later: fellside verify WORKSPACE --head "${head.groups.join(' ')}" --entry ${head.seq}`,
  );
  return 0;
}

/** `verify --head`: whether the record contains a head that was printed. */
export async function checkHead(run: Run): Promise<Status> {
  const entry = numberOption(run.args, 'entry', 1, Number.MAX_SAFE_INTEGER);
  await run.open();
  const check = await run.client.audit.checkHead({
    hash: run.args.options.get('head') ?? '',
    ...(entry === undefined ? {} : { entry }),
  });
  if (run.args.json) printJson(check);
  else printLine(headWords(check));
  return check.state === 'whole' ? 0 : 1;
}

function headWords(check: HeadCheck): string {
  if (check.state === 'broken')
    return `The record does not hold at entry ${check.firstBroken?.seq}: ${check.firstBroken?.what}.`;
  if (check.state === 'whole')
    return `The record holds and contains that head: entry ${check.seq} of ${check.at}; ${check.since} entries since.`;
  if (check.typingError !== null)
    return `The record does not contain that head. All groups but group ${check.typingError} are those of that entry: check what was typed.`;
  return 'The record does not contain that head. Either it is of another workspace, or entries were taken out or changed since it was printed.';
}

/** `justification`: shows or sets whether looking and disclosing need a reason. */
export async function justification(run: Run): Promise<Status> {
  const { args } = run;
  const wish = (name: string) => {
    const text = args.options.get(name);
    const parsed = Justification.optional().safeParse(text);
    if (!parsed.success)
      throw new AppError('usage', `--${name} is one of ${Justification.options.join(', ')}.`);
    return parsed.data;
  };
  const consultation = wish('consultation');
  const disclosure = wish('disclosure');
  const reason = z.string().trim().min(3).safeParse(args.options.get('reason'));
  await run.open();
  let { settings } = await run.client.audit.settings();
  if (consultation !== undefined || disclosure !== undefined) {
    if (!reason.success) throw new AppError('usage', 'A change of the setting needs --reason.');
    settings = await run.client.audit.changeSettings({
      settings: {
        consultation: consultation ?? settings.consultation,
        disclosure: disclosure ?? settings.disclosure,
      },
      reason: reason.data,
    });
  }
  if (args.json) printJson(settings);
  else
    printLine(
      `A reason for opening records: ${settings.consultation}. For what leaves: ${settings.disclosure}.`,
    );
  return 0;
}
