/** Commands about the plan as a whole: the board, periods that run, the tally, the briefing, accepted findings. */
import { readFileSync } from 'node:fs';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Briefing, Tally } from '../../../shared/contract/planSchemas.ts';
import { BriefingModel } from '../../../shared/contract/planSchemas.ts';
import type { Finding } from '../../../shared/contract/schemas.ts';
import { findColumn, grids } from '../../../shared/grid/grids.ts';
import { numberOption, userPath, word } from './arguments.ts';
import { readBriefingFile, writeBriefingFile } from './briefingFile.ts';
import { plain, printJson, printLine, printTable } from './output.ts';
import type { Run, Status } from './run.ts';

type Labels = Readonly<Record<string, string>>;

const moment = (text: string | null) => (text === null ? '' : text.slice(0, 16).replace('T', ' '));

const named = (labels: Labels, ref: string) => {
  const label = labels[ref];
  return label && label !== ref ? `${ref} ${plain(label)}` : ref;
};

function printList(title: string, findings: readonly Finding[]): void {
  if (findings.length === 0) return;
  printLine(`\n${title}`);
  for (const finding of findings)
    printLine(`  ${finding.severity}: ${plain(finding.message)} ${plain(finding.mend)}`);
}

export async function board(run: Run): Promise<Status> {
  await run.open();
  const report = await run.client.plan.board();
  if (run.args.json) {
    printJson(report);
    return 0;
  }
  const name = (ref: string) => named(report.labels, ref);
  printLine(`Strike: ${moment(report.strike) || 'not set'}`);
  for (const team of report.teams) {
    printLine(`\n${name(team.ref)}  ${team.leader ? `led by ${name(team.leader)}` : 'no leader'}`);
    if (team.members.length > 0) printLine(`  members: ${team.members.map(name).join(', ')}`);
    for (const task of team.tasks) {
      const times = [moment(task.briefAt) || 'no briefing', moment(task.strikeAt) || 'no strike'].join(' → ');
      const place = task.premises === null ? 'no premises' : name(task.premises);
      printLine(`  ${times}  ${place}${task.safeguarding ? '  CHILDREN OR VULNERABLE ADULTS' : ''}`);
      const beside = [...task.targets, ...task.warrants];
      if (beside.length > 0) printLine(`    ${beside.map(name).join(', ')}`);
    }
  }
  if (report.unassigned.length > 0) printLine('\nWithout a team');
  for (const each of report.unassigned)
    printLine(`  ${[each.premises, ...each.targets, ...each.warrants].map(name).join(', ')}`);
  printList('Clashes', report.clashes);
  return 0;
}

/** Every period, or those of one record. Exit status 1 when one has run out. */
export async function clocks(run: Run): Promise<Status> {
  const ref = run.args.words[1];
  await run.open();
  const report = await run.client.plan.clocks(ref === undefined ? {} : { ref });
  if (run.args.json) printJson(report);
  else {
    printLine(`As of ${moment(report.now)}`);
    printTable(
      ['Due', 'State', 'What', 'Ref', 'Of', 'Rule'],
      report.clocks.map((clock) => [
        moment(clock.due),
        clock.state,
        clock.title,
        clock.ref,
        clock.label,
        clock.rule,
      ]),
      60,
    );
  }
  return report.clocks.some((clock) => clock.state === 'over') ? 1 : 0;
}

const amount = ({ value, unit }: Tally['lines'][number]) =>
  unit === 'GBP' ? `£${value.toLocaleString('en-GB')}` : unit === 'grams' ? `${value} g` : String(value);

export async function tally(run: Run): Promise<Status> {
  await run.open();
  const report = await run.client.plan.tally();
  if (run.args.json) {
    printJson(report);
    return 0;
  }
  printTable(
    ['Result', '', 'From'],
    report.lines.map((line) => [line.title, amount(line), line.refs.join(', ')]),
    60,
  );
  if (report.outstanding.length > 0) printLine(`\n${report.outstanding.length} outstanding`);
  for (const each of report.outstanding) {
    const due = each.due === null ? '' : `, due ${moment(each.due)}`;
    printLine(
      `  ${plain(each.title)}: ${named({ [each.ref]: each.label }, each.ref)}${due}. ${plain(each.mend)}`,
    );
  }
  return 0;
}

function chosenModel(run: Run): Briefing['model'] | undefined {
  const text = run.args.options.get('model');
  if (text === undefined) return undefined;
  const parsed = BriefingModel.safeParse(text.toUpperCase());
  if (!parsed.success) throw new AppError('usage', `--model is one of: ${BriefingModel.options.join(', ')}.`);
  return parsed.data;
}

function readText(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new AppError('file.missing', 'There is no such file for --set.');
    throw new AppError('file.unreadable', 'The file for --set cannot be read as UTF-8 text.');
  }
}

/** Saves the sections of a file as the next version; sections that it does not name stay. */
async function saveFile(run: Run, path: string): Promise<Briefing> {
  const text = readText(userPath(path));
  const model = chosenModel(run);
  await run.open();
  const now = await run.client.briefing.read({});
  const sections = readBriefingFile(text, model ?? now.model);
  const markings = new Map(now.sections.map((section) => [section.key, section.marking]));
  return run.client.briefing.save({
    model: model ?? now.model,
    sections: Object.fromEntries(
      Object.entries(sections).map(([key, section]) => [
        key,
        {
          text: section.text,
          marking: section.marking === undefined ? (markings.get(key) ?? null) : section.marking,
        },
      ]),
    ),
    version: now.version,
  });
}

/** Prints or sets the briefing. Exit status 1 when a fact that it names is not in the plan. */
export async function briefing(run: Run): Promise<Status> {
  const { args, client } = run;
  const path = args.options.get('set');
  const version = numberOption(args, 'version', 1, 1_000_000);
  if (path !== undefined && version !== undefined)
    throw new AppError('usage', 'A version that was saved cannot be set. Leave out --version or --set.');
  if (args.options.has('versions')) {
    await run.open();
    const { versions } = await client.briefing.versions();
    if (args.json) printJson({ versions });
    else
      printTable(
        ['Version', 'Saved', 'By'],
        versions.map((each) => [each.version, moment(each.at), each.by]),
      );
    return 0;
  }
  let report: Briefing;
  if (path === undefined) {
    await run.open();
    report = await client.briefing.read(version === undefined ? {} : { version });
  } else report = await saveFile(run, path);
  const unknown = report.sections.flatMap((section) =>
    section.unknownFacts.map((fact) => ({ section: section.title, fact })),
  );
  const misspelt = args.options.has('spelling') ? await findMisspelt(run, report) : [];
  if (args.json) printJson({ ...report, ...(args.options.has('spelling') ? { misspelt } : {}) });
  else {
    const saved =
      report.savedAt === null ? '' : `, saved ${moment(report.savedAt)} by ${plain(report.savedBy ?? '')}`;
    printLine(`${report.model}, version ${report.version}${saved}\n`);
    const text = writeBriefingFile(report, args.options.has('raw') ? 'text' : 'filled');
    for (const line of text.split('\n')) printLine(plain(line));
    const empty = report.sections.filter((section) => section.text === '').map((section) => section.title);
    if (empty.length > 0) printLine(`Empty: ${empty.join(', ')}`);
    for (const each of unknown) printLine(`${each.section}: the plan has no "${plain(each.fact)}"`);
    for (const each of misspelt)
      printLine(
        `${each.section}: "${plain(each.word)}" is not in the dictionary. ${each.suggestions.join(', ')}`,
      );
  }
  return unknown.length > 0 ? 1 : 0;
}

async function findMisspelt(run: Run, report: Briefing) {
  const found: { section: string; word: string; suggestions: string[] }[] = [];
  for (const section of report.sections) {
    const { words } = await run.client.briefing.spelling({ text: section.text });
    for (const each of words)
      found.push({ section: section.title, word: each.word, suggestions: each.suggestions });
  }
  return found;
}

export async function accept(run: Run): Promise<Status> {
  const rule = word(run.args, 1, 'the name of a rule, as "check" shows it');
  word(run.args, 2, 'the references of the finding');
  const refs = run.args.words.slice(2).map((ref) => ref.toUpperCase());
  const reason = run.args.options.get('reason');
  if (!reason) throw new AppError('usage', 'accept needs --reason: it is kept with the finding.');
  await run.open();
  const accepted = await run.client.readiness.accept({ rule, refs, reason });
  if (run.args.json) printJson(accepted);
  else printLine(`Accepted as number ${accepted.id}: ${rule} of ${refs.join(', ')}`);
  return 0;
}

export async function withdraw(run: Run): Promise<Status> {
  const text = word(run.args, 1, 'the number of an acceptance, as "check" shows it');
  const id = Number(text);
  if (!Number.isInteger(id) || id < 1)
    throw new AppError('usage', 'withdraw takes the number of an acceptance, as "check" shows it.');
  await run.open();
  const { withdrawn } = await run.client.readiness.withdraw({ id });
  if (!withdrawn) throw new AppError('not-found', `There is no acceptance ${id} that stands.`);
  if (run.args.json) printJson({ id, withdrawn });
  else printLine(`Withdrew acceptance ${id}: the finding counts again.`);
  return 0;
}

/** Everything about one record. */
export async function dossier(run: Run): Promise<Status> {
  const ref = word(run.args, 1, 'a reference such as PRM-3');
  await run.open();
  const report = await run.client.records.dossier({ ref });
  if (run.args.json) {
    printJson(report);
    return 0;
  }
  const shown = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? value : null);
  printLine(`${report.ref}  ${plain(report.label)}`);
  for (const alert of report.alerts) printLine(`  ! ${plain(alert.text)} ${alert.refs.join(', ')}`.trimEnd());
  printLine();
  printTable(
    ['Field', 'Value'],
    grids[report.grid].columns.flatMap((column) => {
      const value = shown(report.row[column.field]);
      return value === null || value === '' ? [] : [[column.title, value]];
    }),
    90,
  );
  for (const section of report.sections) {
    const more = section.total > section.rows.length ? ` (${section.rows.length} of ${section.total})` : '';
    printLine(`\n${section.title}${more}`);
    printTable(
      ['Ref', ...section.fields.map((field) => findColumn(grids[section.grid], field)?.title ?? field)],
      section.rows.map((row) => [row.ref, ...section.fields.map((field) => shown(row[field]))]),
      28,
    );
  }
  if (report.clocks.length > 0) printLine('\nPeriods');
  for (const clock of report.clocks)
    printLine(`  ${moment(clock.due)}  ${clock.state}: ${plain(clock.title)} (${clock.ref})`);
  printList('Findings', report.findings);
  return 0;
}
