/** `fellside exchange`: work between copies of an operation on machines that never meet. */

import type {
  ConflictOption,
  ExchangeConflict,
  TakeReport,
} from '../../../shared/contract/areas/exchange.ts';
import { isThereAfter, isWholeRow } from '../../../shared/contract/areas/exchange.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { userPath, word } from './arguments.ts';
import { awaitReport } from './awaitReport.ts';
import { plain, printJson, printLine, printTable } from './output.ts';
import type { Run, Status } from './run.ts';

const time = (at: string | null) => (at === null ? '' : at.slice(0, 16).replace('T', ' '));

const nameOf = (letters: string) => (letters === '0' ? 'the original' : `copy ${letters}`);

function need(run: Run, name: string): string {
  const value = run.args.options.get(name);
  if (!value) throw new AppError('usage', `This needs --${name}. "fellside help exchange" shows how.`);
  return value;
}

async function copy(run: Run): Promise<Status> {
  const folder = userPath(need(run, 'out'));
  const name = need(run, 'name');
  const reason = run.args.options.get('reason') ?? 'A copy for another machine';
  await run.open();
  const made = await run.client.exchange.copy({
    folder: run.engine.grants.add(folder, 'new-workspace'),
    name,
    reason,
  });
  if (run.args.json) printJson(made);
  else
    printLine(
      `Made copy ${made.letters} (${plain(made.name)}) in ${folder}. It opens with the same passphrases; what is added there is numbered with ${made.letters}.`,
    );
  return 0;
}

async function make(run: Run): Promise<Status> {
  const folder = userPath(need(run, 'out'));
  const recipient = need(run, 'recipient');
  const reason = need(run, 'reason');
  const to = run.args.options.get('to');
  await run.open();
  const report = await awaitReport(
    () =>
      run.client.exchange.make(
        {
          folder: run.engine.grants.add(folder, 'export'),
          recipient,
          reason,
          ...(to === undefined ? {} : { to }),
        },
        { signal: run.signal },
      ),
    'The package was cancelled; nothing was handed over.',
  );
  if (run.args.json) printJson(report);
  else
    printLine(
      `${report.file} for ${report.for === null ? 'all other copies' : nameOf(report.for)}: ${report.entries} entries of the record, ${report.imports} imports, ${report.photographs} photographs, ${report.packs} packs, ${report.bytes} bytes.`,
    );
  return 0;
}

async function take(run: Run): Promise<Status> {
  const files = run.args.words.slice(2);
  if (files.length === 0)
    throw new AppError('usage', 'exchange take needs one or more files. "fellside help exchange" shows how.');
  const isPreview = run.args.options.has('preview');
  await run.open();
  const packages: TakeReport[] = [];
  for (const file of files) {
    const grant = { file: run.engine.grants.add(userPath(file), 'file') };
    const report = await awaitReport(
      () =>
        isPreview
          ? run.client.exchange.preview(grant, { signal: run.signal })
          : run.client.exchange.take(grant, { signal: run.signal }),
      'Cancelled; nothing was taken.',
    );
    packages.push(report);
    if (!run.args.json) printTaken(report, isPreview);
  }
  if (run.args.json) printJson({ preview: isPreview, packages });
  return (packages.at(-1)?.conflicts.length ?? 0) > 0 ? 1 : 0;
}

function printTaken(report: TakeReport, isPreview: boolean): void {
  printLine(
    `${isPreview ? 'Would take' : 'Took'} package ${report.number} of ${nameOf(report.from.letters)} (${plain(report.from.name)}), made by ${plain(report.by)} on ${time(report.at)}`,
  );
  printLine(
    `  ${report.valueCount} values, ${report.imports.length} imports, ${report.photographs} photographs, ${report.packs.length} packs, ${report.entries} entries of the record`,
  );
  for (const { ref, summary, rows, state } of report.imports)
    printLine(`  ${ref}  ${plain(summary)}  ${rows} rows${state === 'undone' ? ', undone' : ''}`);
  for (const { ref, into } of report.joined) printLine(`  ${ref} is part of ${into}: the same certain key`);
  if (report.values.length > 0)
    printTable(
      ['Ref', 'Field', 'Before', 'After'],
      report.values.map((value) =>
        isWholeRow(value)
          ? [value.ref, 'whole row', '', isThereAfter(value) ? 'added' : 'removed']
          : [value.ref, value.field, value.before, value.standing ? value.after : 'no longer stands'],
      ),
    );
  printConflicts(report.conflicts);
}

function printConflicts(conflicts: readonly ExchangeConflict[]): void {
  if (conflicts.length === 0) return;
  printLine(conflicts.length === 1 ? 'One conflict is open:' : `${conflicts.length} conflicts are open:`);
  for (const { ref, label, field, title, kind, options } of conflicts) {
    printLine(`  ${ref} ${field}  ${plain(title)} of ${plain(label)}${kind === 'value' ? '' : ` (${kind})`}`);
    for (const option of options) printLine(`    ${option.key}  ${sayingOf(kind, option)}`);
  }
}

function sayingOf(kind: ExchangeConflict['kind'], option: ConflictOption): string {
  const said =
    option.value === null
      ? kind === 'removed'
        ? 'removed'
        : 'blank'
      : typeof option.value === 'object'
        ? JSON.stringify(option.value)
        : String(option.value);
  const by =
    option.user === null
      ? ''
      : `, by ${option.user}${option.copy === null ? '' : ` on ${nameOf(option.copy)}`}, ${time(option.at)}`;
  return `${plain(said)}${plain(by)}${option.standing ? '  (stands meanwhile)' : ''}`;
}

async function conflicts(run: Run): Promise<Status> {
  await run.open();
  const found = await run.client.exchange.conflicts();
  if (run.args.json) printJson(found);
  else if (found.conflicts.length === 0) printLine('The copies do not contradict each other.');
  else printConflicts(found.conflicts);
  return found.conflicts.length > 0 ? 1 : 0;
}

async function resolve(run: Run): Promise<Status> {
  const ref = word(run.args, 2, 'the reference of a record, such as WAR-3').toUpperCase();
  const field = word(run.args, 3, 'a field, as "exchange conflicts" names it');
  const choice = need(run, 'take');
  await run.open();
  const report = await run.client.exchange.resolve({ ref, field, take: choice });
  if (run.args.json) printJson(report);
  else
    printLine(
      `Decided: ${field} of ${ref}. ${report.conflicts.length === 0 ? 'No conflict is left.' : `${report.conflicts.length} left.`}`,
    );
  return 0;
}

async function status(run: Run): Promise<Status> {
  await run.open();
  const report = await run.client.exchange.status();
  if (run.args.json) {
    printJson(report);
    return 0;
  }
  if (report.own === null) {
    printLine('No copy of this workspace has been made.');
    return 0;
  }
  printLine(`This is ${nameOf(report.own)}. Open conflicts: ${report.conflicts}.`);
  printTable(
    ['Copy', 'Name', 'Made', 'Last heard of', 'Last package taken', 'Entries it lacks'],
    report.copies.map((each) => [
      each.letters,
      each.own ? `${each.name} (this one)` : each.name,
      time(each.madeAt),
      time(each.heardAt),
      each.lastTaken,
      each.ahead,
    ]),
  );
  return 0;
}

const actions: Readonly<Record<string, (run: Run) => Promise<Status>>> = {
  status,
  copy,
  make,
  take,
  conflicts,
  resolve,
};

export async function exchange(run: Run): Promise<Status> {
  const name = run.args.words[1] ?? 'status';
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (action === undefined)
    throw new AppError('usage', `exchange has no "${name}": ${Object.keys(actions).join(', ')}.`);
  return action(run);
}
