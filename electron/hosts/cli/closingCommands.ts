/** The end of an operation on the command line: the case, retention, schedules, archive, erasure. */
import { basename, dirname } from 'node:path';
import type { CaseState, MaterialItem } from '../../../shared/contract/closingSchemas.ts';
import { CaseState as CaseSchema, ItemJudgement } from '../../../shared/contract/closingSchemas.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { assignments, userPath, word } from './arguments.ts';
import { awaitReport } from './awaitReport.ts';
import { plain, printJson, printLine, printTable } from './output.ts';
import type { Run, Status } from './run.ts';
import { makeExportFolder } from './workspaceCommands.ts';

const need = (run: Run, name: string): string => {
  const value = run.args.options.get(name);
  if (!value) throw new AppError('usage', `${run.args.command} needs --${name}.`);
  return value;
};

/** `case`: shows or says where the criminal case stands. */
export async function criminalCase(run: Run): Promise<Status> {
  const { options } = run.args;
  await run.open();
  let report = await run.client.closing.state();
  const fields: Record<keyof CaseState, string> = {
    proceedings: 'proceedings',
    concludedOn: 'concluded',
    convictedOn: 'convicted',
    releasedOn: 'released',
    custody: 'custody',
    appeal: 'appeal',
    appealDecidedOn: 'appeal-decided',
  };
  const given = (Object.entries(fields) as [keyof CaseState, string][]).filter(([, name]) =>
    options.has(name),
  );
  if (given.length > 0) {
    const said = Object.fromEntries(
      given.map(([field, name]) => {
        const text = options.get(name) ?? '';
        return [field, field === 'custody' ? text === 'yes' : text === '' ? null : text];
      }),
    );
    const state = CaseSchema.safeParse({ ...report.state, ...said });
    if (!state.success)
      throw new AppError(
        'usage',
        '--proceedings is undecided, none, open or concluded; --appeal none, pending or decided; days look like 2026-12-31.',
      );
    report = await run.client.closing.saveCase({ state: state.data, reason: need(run, 'reason') });
  }
  if (run.args.json) printJson(report);
  else {
    printLine(`Proceedings: ${report.state.proceedings}. ${report.why}`);
    if (report.earliest) printLine(`First day on which relevant material may go: ${report.earliest}`);
    if (report.archivedAt) printLine(`Archived ${report.archivedAt}: read only.`);
  }
  return 0;
}

/** `retention`: lists people with their reviews; with references and --group or --until it says something of them. */
export async function retention(run: Run): Promise<Status> {
  const refs = run.args.words.slice(1).map((ref) => ref.toUpperCase());
  const group = run.args.options.get('group');
  const until = run.args.options.get('until');
  await run.open();
  const { client } = run;
  let { people } = await client.closing.retention();
  if (group !== undefined) {
    if (refs.length === 0)
      throw new AppError('usage', 'Name the people: retention WORKSPACE NOM-3 --group 2.');
    const reason = need(run, 'reason');
    people = (
      await client.closing.setGroup({ refs, group: group === 'none' ? null : group, reason } as never)
    ).people;
  } else if (until !== undefined) {
    const [ref, another] = refs;
    if (!ref || another) throw new AppError('usage', 'A decision to retain is about one person.');
    people = (await client.closing.retain({ ref, reviewOn: until, reason: need(run, 'reason') })).people;
  }
  const shown = refs.length === 0 ? people : people.filter(({ ref }) => refs.includes(ref));
  if (run.args.json) printJson({ people: shown });
  else
    printTable(
      ['Ref', 'Name', 'Group', 'Last notice', 'Review', 'Due', 'Reason'],
      shown.map((row) => [
        row.ref,
        row.label,
        row.group ?? 'to be decided',
        row.lastNotice,
        row.reviewOn,
        row.due ? 'due' : '',
        row.reason,
      ]),
    );
  return 0;
}

function printItems(items: readonly MaterialItem[], open: number): void {
  printTable(
    ['Item', 'What', 'Relevant', 'Used', 'Sensitive', 'Number'],
    items.map((item) => [
      item.item,
      item.description ?? item.suggested,
      item.relevant,
      item.used,
      item.sensitive,
      item.cNumber ? `C ${item.cNumber}` : item.dNumber ? `D ${item.dNumber}` : '',
    ]),
    60,
  );
  printLine(`${open} of ${items.length} items are not judged yet.`);
}

/** `material`: lists every item; with items and FIELD=VALUE it says something of them. */
export async function material(run: Run): Promise<Status> {
  const words = run.args.words.slice(1);
  const items = words.filter((text) => !text.includes('='));
  const values = words.filter((text) => text.includes('='));
  await run.open();
  let found = await run.client.closing.material();
  if (values.length > 0) {
    if (items.length === 0)
      throw new AppError('usage', 'Name the items: material WORKSPACE INT-5 relevant=yes.');
    const change = ItemJudgement.partial().safeParse(assignments(values));
    if (!change.success)
      throw new AppError(
        'usage',
        'Fields are relevant, sensitive and undermines (yes, no), used (used, unused), sensitiveReason, description, location.',
      );
    found = await run.client.closing.judge({
      items: items.map((item) => item.toUpperCase()),
      change: change.data,
    });
  }
  if (run.args.json) printJson(found);
  else printItems(found.items, found.open);
  return 0;
}

/** `schedule`: writes a draft of the MG6C or the MG6D. */
export async function schedule(run: Run): Promise<Status> {
  const which = word(run.args, 1, 'the schedule: c or d').toLowerCase();
  const format = run.args.options.get('format') ?? 'docx';
  if (which !== 'c' && which !== 'd') throw new AppError('usage', 'The schedule is c (MG6C) or d (MG6D).');
  if (format !== 'pdf' && format !== 'docx' && format !== 'xlsx')
    throw new AppError('usage', '--format is pdf, docx or xlsx.');
  const recipient = need(run, 'recipient');
  const out = userPath(need(run, 'out'));
  await run.open();
  const report = await run.client.closing.writeSchedule(
    {
      schedule: which,
      format,
      folder: makeExportFolder(run, out),
      recipient,
      reason: run.args.options.get('reason') ?? '',
    },
    { signal: run.signal },
  );
  if (run.args.json) printJson(report);
  else printLine(`Wrote ${report.file} with ${report.items} items.`);
  return 0;
}

/** `archive`: seals the workspace into one encrypted file. With --reopen an archived one is worked with again. */
export async function archive(run: Run): Promise<Status> {
  const reason = need(run, 'reason');
  if (run.args.options.has('reopen')) {
    await run.open();
    const report = await run.client.closing.reopen({ reason });
    if (run.args.json) printJson(report);
    else printLine('The workspace is worked with again.');
    return 0;
  }
  const out = userPath(need(run, 'out'));
  const name = basename(out).replace(/\.fellside-backup$/, '');
  await run.open();
  const report = await awaitReport(
    () =>
      run.client.closing.archive(
        {
          folder: makeExportFolder(run, dirname(out)),
          name,
          certificate: run.args.options.has('certificate'),
          reason,
        },
        { signal: run.signal },
      ),
    'The archive was cancelled; nothing was left.',
  );
  if (run.args.json) printJson(report);
  else {
    printLine(`Sealed ${report.entries} entries into ${report.file}, SHA-256 ${report.sha256}.`);
    printLine('The workspace is read only from here on.');
  }
  return 0;
}

/** `erase`: a person, or with --operation the whole operation. */
export async function erase(run: Run): Promise<Status> {
  const { options, json } = run.args;
  const reason = options.get('reason');
  if (options.has('operation')) {
    const confirm = need(run, 'confirm');
    const out = userPath(need(run, 'out'));
    const why = need(run, 'reason');
    await run.open();
    const report = await run.client.closing.eraseOperation({
      confirm,
      reason: why,
      folder: makeExportFolder(run, out),
    });
    if (json) printJson(report);
    else
      printLine(
        `Erased: keys destroyed, ${report.files} files written over and removed. Certificate: ${report.certificate}. Backups elsewhere are not reached.`,
      );
    return 0;
  }
  const ref = word(run.args, 1, 'the reference of a person, such as NOM-3').toUpperCase();
  const texts = options.has('texts');
  if (options.has('dry-run')) {
    await run.open();
    const plan = await awaitReport(
      () => run.client.closing.planErasure({ ref, texts }, { signal: run.signal }),
      'Cancelled; nothing was erased.',
    );
    if (json) printJson(plan);
    else {
      printCounts(plan.counts);
      printLeft(plan.left);
      printLine(`${plan.backups} backups in the workspace folder go as well. Nothing has been changed.`);
    }
    return plan.left.length === 0 ? 0 : 1;
  }
  if (!reason)
    throw new AppError('usage', 'erase needs --reason, and cannot be undone; try --dry-run first.');
  if (options.get('confirm')?.toUpperCase() !== ref)
    throw new AppError('usage', `An erasure cannot be undone. Confirm it with --confirm ${ref}.`);
  const out = options.get('out');
  await run.open();
  const folder = out === undefined ? undefined : makeExportFolder(run, userPath(out));
  const report = await awaitReport(
    () =>
      run.client.closing.erasePerson(
        { ref, confirm: ref, texts, reason, ...(folder === undefined ? {} : { folder }) },
        { signal: run.signal },
      ),
    'Cancelled; nothing was erased.',
  );
  if (json) printJson(report);
  else {
    printLine(`Erased ${report.refs.join(', ')} under entry ${report.seq}.`);
    printCounts(report.counts);
    printLeft(report.left);
    if (report.certificate) printLine(`Certificate: ${report.certificate}`);
  }
  return report.left.length === 0 ? 0 : 1;
}

const printCounts = (counts: Readonly<Record<string, number>>) =>
  printTable(
    ['What', 'Count'],
    Object.entries(counts).map(([what, count]) => [what, count]),
  );

function printLeft(left: readonly { ref: string | null; place: string; count: number }[]): void {
  if (left.length === 0) printLine('Nothing that tells of the person is left.');
  else {
    printLine('Left for a decision:');
    printTable(
      ['Record', 'Place', 'Count'],
      left.map(({ ref, place, count }) => [ref, plain(place), count]),
    );
  }
}
