import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import type { CheckReport, EditResult } from '../../../shared/contract/schemas.ts';
import { formatDate } from '../../../shared/domain/dates.ts';
import { readinessRules } from '../../../shared/domain/readiness/checkPlan.ts';
import { grids } from '../../../shared/grid/grids.ts';
import { GridName, Where } from '../../../shared/grid/query.ts';
import { assignments, numberOption, userPath, word } from './arguments.ts';
import { plain, printJson, printLine, printTable } from './output.ts';
import type { Run, Status } from './run.ts';

const ukDate = (iso: string) => formatDate(iso.slice(0, 10));

function gridWord(run: Run): GridName {
  const text = word(run.args, 1, 'a grid');
  const parsed = GridName.safeParse(text);
  if (!parsed.success)
    throw new AppError('usage', `There is no grid "${text}". Grids: ${GridName.options.join(', ')}.`);
  return parsed.data;
}

function whereOption(text: string | undefined): Where | undefined {
  if (text === undefined) return undefined;
  try {
    return Where.parse(JSON.parse(text));
  } catch {
    throw new AppError(
      'usage',
      '--where is not a filter. Write JSON such as {"postcode":"CA1 1AA"} or {"name":{"contains":"smith"}}.',
    );
  }
}

export async function list(run: Run): Promise<Status> {
  const { args } = run;
  const grid = gridWord(run);
  const where = whereOption(args.options.get('where'));
  const sort = (args.options.get('sort') ?? '')
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const [field = '', direction = 'asc'] = part.split(':');
      const parsed = z.enum(['asc', 'desc']).safeParse(direction);
      if (!parsed.success)
        throw new AppError(
          'usage',
          `--sort takes FIELD or FIELD:desc; "${direction}" is neither asc nor desc.`,
        );
      return { field, direction: parsed.data };
    });
  const limit = numberOption(args, 'limit', 0, 100_000);
  const offset = numberOption(args, 'offset', 0, 1_000_000_000);
  await run.open();
  const page = await run.client.grids.page({
    grid,
    ...(where ? { where } : {}),
    ...(sort.length > 0 ? { sort } : {}),
    ...(limit === undefined ? {} : { limit }),
    ...(offset === undefined ? {} : { offset }),
    ...(args.options.has('sources') ? { sources: true } : {}),
  });
  if (args.json) printJson({ grid, total: page.total, rows: page.rows });
  else {
    const columns = grids[grid].columns.filter((column) => !column.hidden);
    const shown = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? value : null);
    printTable(
      ['Ref', ...columns.map((column) => column.title)],
      page.rows.map((row) => [row.ref, ...columns.map((column) => shown(row[column.field]))]),
      28,
    );
    printLine(`${page.rows.length} of ${page.total}`);
  }
  return 0;
}

export async function show(run: Run): Promise<Status> {
  const ref = word(run.args, 1, 'a reference such as WAR-3');
  await run.open();
  const detail = await run.client.records.show({ ref });
  if (run.args.json) {
    printJson({
      ref: detail.ref,
      kind: detail.kind,
      members: detail.members,
      values: detail.values,
      links: detail.links,
      history: detail.history,
      findings: detail.findings,
    });
    return 0;
  }
  for (const member of detail.members) {
    const isAsked = member.ref === ref.trim().toUpperCase();
    if (isAsked)
      printLine(
        `${member.ref} is part of ${detail.ref} since ${ukDate(member.since)} (${plain(member.by)}).`,
      );
  }
  printLine(`${detail.ref}  ${plain(detail.label)}`);
  const merged = detail.members.map((member) => member.ref);
  if (merged.length > 0) printLine(`merged from: ${[detail.ref, ...merged].join(', ')}`);
  printTable(
    ['Field', 'Value', 'Raw', 'File', 'Sheet', 'Row', 'Column', ''],
    Object.entries(detail.values).flatMap(([field, values]) =>
      values.map((value) => [
        field,
        value.value,
        value.raw,
        value.by ? `${value.file}: ${value.by}` : value.file,
        value.sheet,
        value.row,
        value.column,
        value.preferred ? '' : 'other',
      ]),
    ),
    36,
  );
  for (const link of detail.links) printLine(`${link.relation}: ${link.ref} ${plain(link.label)}`);
  for (const finding of detail.findings) printLine(`${finding.severity}: ${plain(finding.message)}`);
  return 0;
}

function printEdit(run: Run, result: EditResult, unchanged: string): void {
  if (run.args.json) {
    printJson({ seq: result.seq, rows: result.rows, findings: result.findings });
    return;
  }
  if (result.seq === null) printLine(unchanged);
  else printLine(`Entry ${result.seq}: ${result.rows.map((row) => row.ref).join(', ')}`);
  for (const finding of result.findings)
    printLine(`  ${finding.severity}: ${plain(finding.message)} ${plain(finding.mend)}`);
}

const reasonOf = (run: Run) => {
  const reason = run.args.options.get('reason');
  return reason === undefined ? {} : { reason };
};

export async function add(run: Run): Promise<Status> {
  const grid = gridWord(run);
  const values = assignments(run.args.words.slice(2));
  await run.open();
  printEdit(run, await run.client.records.add({ grid, values, ...reasonOf(run) }), '');
  return 0;
}

export async function set(run: Run): Promise<Status> {
  const ref = word(run.args, 1, 'a reference such as WAR-3');
  const values = assignments(run.args.words.slice(2));
  await run.open();
  printEdit(
    run,
    await run.client.records.set({ edits: [{ ref, values }], ...reasonOf(run) }),
    'Nothing to change: the values are already so.',
  );
  return 0;
}

export async function remove(run: Run): Promise<Status> {
  const refs = run.args.words.slice(1);
  if (refs.length === 0) throw new AppError('usage', 'remove needs at least one reference.');
  await run.open();
  const result = await run.client.records.remove({ refs, ...reasonOf(run) });
  if (run.args.json) printJson({ seq: result.seq });
  else printLine(`Entry ${result.seq}: removed ${refs.join(', ')}`);
  return 0;
}

export async function attach(run: Run): Promise<Status> {
  const { args } = run;
  const ref = word(args, 1, 'a reference such as NOM-3');
  const grant = run.engine.grants.add(userPath(word(args, 2, 'a picture')), 'file');
  const taken = args.options.get('taken') ?? null;
  if (taken !== null && !/^\d{4}-\d{2}-\d{2}$/.test(taken))
    throw new AppError('usage', '--taken is a date such as 2026-03-14.');
  const caption = args.options.get('caption');
  await run.open();
  printEdit(
    run,
    await run.client.records.attachPhotograph({
      ref,
      grant,
      takenOn: taken,
      ...(caption === undefined ? {} : { caption }),
    }),
    '',
  );
  return 0;
}

export async function check(run: Run): Promise<Status> {
  if (run.args.options.has('rules')) {
    const rules = readinessRules.map(({ rule, severity, why, source }) => ({ rule, severity, why, source }));
    if (run.args.json) printJson({ rules });
    else
      printTable(
        ['Rule', 'Severity', 'Why', 'Source'],
        rules.map((rule) => [rule.rule, rule.severity, rule.why, rule.source]),
        90,
      );
    return 0;
  }
  await run.open();
  const report = await run.client.readiness.check();
  if (run.args.json) printJson({ ready: report.ready, findings: report.findings });
  else printFindings(report);
  return report.ready ? 0 : 1;
}

/** Findings by severity and rule. `each` limits how many of a rule are written out; blockers always are. */
export function printFindings(report: CheckReport, each = Number.POSITIVE_INFINITY): void {
  const name = (ref: string) => {
    const label = report.labels[ref];
    return label && label !== ref ? `${ref} (${plain(label)})` : ref;
  };
  for (const severity of ['blocker', 'warning', 'note'] as const) {
    const findings = report.findings.filter((finding) => finding.severity === severity);
    if (findings.length === 0) continue;
    printLine(`\n${findings.length} ${severity}${findings.length === 1 ? '' : 's'}`);
    for (const [rule, group] of Map.groupBy(findings, (finding) => finding.rule)) {
      const shown = severity === 'blocker' ? group : group.slice(0, each);
      for (const finding of shown) {
        printLine(`  ${rule}: ${plain(finding.message)}`);
        printLine(`      ${finding.refs.map(name).join(', ')}. ${plain(finding.mend)}`);
        if (finding.accepted)
          printLine(
            `      Accepted (number ${finding.accepted.id}) by ${plain(finding.accepted.by)}: ${plain(finding.accepted.reason)}`,
          );
      }
      if (shown.length < group.length)
        printLine(`      … and ${group.length - shown.length} more of ${rule} ("check" lists them all)`);
    }
  }
  printLine(report.ready ? '\nReady: no blockers.' : '\nNot ready: there are blockers.');
}
