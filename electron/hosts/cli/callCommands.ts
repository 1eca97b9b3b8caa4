/** What call data shows: one phone or line, or everything that was found. */
import type { CallPicture } from '../../../shared/contract/areas/calls.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { type FindingKind, findingKinds, findingTitles } from '../../../shared/domain/calls/findingKinds.ts';
import { formatDateTime } from '../../../shared/domain/dates.ts';
import { formatPhone } from '../../../shared/domain/phone.ts';
import { parseRef } from '../../../shared/grid/grids.ts';
import { cleanPhone } from '../../engine/intake/clean/phone.ts';
import { numberOption } from './arguments.ts';
import { awaitReport } from './awaitReport.ts';
import { plain, printJson, printLine, printTable } from './output.ts';
import type { Run, Status } from './run.ts';

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** The reference of a phone or line that was named by reference or by number. @throws AppError `not-found`. */
async function namedRef(run: Run, text: string): Promise<string> {
  const ref = text.replace(/^LIN-/i, 'LINE-').toUpperCase();
  if (parseRef(ref)) return ref;
  const number = cleanPhone(text).value;
  const page =
    number === null ? null : await run.client.grids.page({ grid: 'phones', where: { number }, limit: 1 });
  const found = page?.rows[0]?.ref;
  if (found === undefined)
    throw new AppError(
      'not-found',
      `No phone of the workspace is ${plain(text)}. Name a number, or a reference such as PHN-3 or LINE-1.`,
    );
  return found;
}

export async function calls(run: Run): Promise<Status> {
  const { words, json } = run.args;
  await run.open();
  // A number may be typed in groups: 07700 900123.
  const asked = words.slice(1).join(' ');
  if (asked === '') {
    const overview = await run.client.calls.overview();
    if (json) printJson(overview);
    else {
      printLine(`${overview.calls} calls and texts`);
      printTable(
        ['Line', 'Name', 'Numbers in the calls', 'Calls'],
        overview.lines.map((line) => [line.ref, line.name, line.numbers, line.events]),
      );
      printTable(
        ['Phone', 'Number', 'Known as', 'Calls'],
        overview.busiest.map((phone) => [phone.ref, formatPhone(phone.number), phone.label, phone.events]),
      );
    }
    return 0;
  }
  const picture = await run.client.calls.picture({ ref: await namedRef(run, asked) });
  if (json) printJson(picture);
  else printPicture(picture);
  return 0;
}

function printPicture(picture: CallPicture): void {
  const shown = picture.numbers.find((number) => number.ref === picture.shown);
  printLine(`${picture.ref}  ${plain(picture.label)}${shown ? `  ${formatPhone(shown.number)}` : ''}`);
  if (!shown || picture.from === null || picture.to === null) {
    printLine('None of its numbers is in the call data.');
    return;
  }
  printLine(
    `${picture.events} calls and texts, ${formatDateTime(picture.from)} to ${formatDateTime(picture.to)}; ${picture.repeats} rows tell of one a second time`,
  );
  printLine();
  printTable(
    ['Contact', 'Known as', 'Out', 'In', 'Days', 'First', 'Last', ''],
    picture.contacts.rows
      .slice(0, 20)
      .map((contact) => [
        formatPhone(contact.number),
        contact.label,
        contact.out,
        contact.in,
        contact.days,
        formatDateTime(contact.first),
        formatDateTime(contact.last),
        contact.isService ? 'service: not counted as a contact' : '',
      ]),
  );
  printLine(
    `${Math.min(20, picture.contacts.rows.length)} of ${picture.contacts.total} contacts, ${picture.contacts.services} of them services`,
  );
  printLine();
  printTable(
    ['', ...Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))],
    picture.heat.map((row, weekday) => [days[weekday] ?? '', ...row]),
  );
  printLine();
  for (const each of picture.broadcasts.slice(-10))
    printLine(
      `Bulk text ${formatDateTime(each.at)} to ${each.recipients} numbers, ${each.answers} got in touch${each.wording ? `: ${plain(each.wording)}` : ''}`,
    );
  for (const use of picture.devices)
    printLine(
      `Handset ${use.imei ?? 'unknown'}, SIM ${use.imsi ?? 'unknown'}: ${formatDateTime(use.first)} to ${formatDateTime(use.last)}, ${use.rows} rows`,
    );
  for (const way of picture.movement.ways)
    printLine(
      `${way.count} journeys from ${plain(picture.movement.towns[way.from]?.name ?? '')} to ${plain(picture.movement.towns[way.to]?.name ?? '')}`,
    );
  for (const silence of picture.silences)
    printLine(
      `Silent ${formatDateTime(silence.from)} to ${silence.isOpen ? 'the end of the data' : formatDateTime(silence.to)}${silence.events.map((event) => `; ${event.what} ${event.ref}`).join('')}`,
    );
  for (const each of picture.attributions) {
    printLine(
      `May be ${plain(each.name)} (${each.ref}), score ${each.score}: ${plain(each.reasons.join(' '))}`,
    );
    if (each.safeguarding) printLine(`  ${each.safeguarding}`);
    if (each.against.length > 0) printLine(`  Against: ${plain(each.against.join(' '))}`);
  }
}

/** Rows that are named with file and sheet, for each finding. */
const sourcesShown = 10;

export async function findings(run: Run): Promise<Status> {
  const { args } = run;
  const asked = args.options.get('kind');
  const kind = findingKinds.find((each) => each === asked);
  if (asked !== undefined && kind === undefined)
    throw new AppError(
      'usage',
      `There is no finding of the kind "${asked}". Kinds: ${findingKinds.join(', ')}.`,
    );
  const limit = numberOption(args, 'limit', 1, 5000);
  const about = args.words.slice(1).join(' ');
  await run.open();
  const ref = about === '' ? undefined : await namedRef(run, about);
  const report = await awaitReport(
    () =>
      run.client.calls.findings(
        {
          ...(kind === undefined ? {} : { kind: kind as FindingKind }),
          ...(ref === undefined ? {} : { ref }),
          ...(limit === undefined ? {} : { limit }),
          sources: args.json ? sourcesShown : 0,
        },
        { signal: run.signal },
      ),
    'The search was cancelled.',
  );
  if (args.json) printJson(report);
  else {
    for (const found of report.findings) {
      const phones = found.phones.slice(0, 4).map(formatPhone).join(', ');
      printLine(
        `${String(found.score).padStart(3)}  ${findingTitles[found.kind]}: ${phones}${found.phones.length > 4 ? ` and ${found.phones.length - 4} more` : ''}`,
      );
      if (found.safeguarding.length > 0)
        printLine(
          `       Safeguarding first: ${found.safeguarding.join(', ')} is or may be under 18, a victim or at risk`,
        );
      for (const reason of found.reasons) printLine(`       ${plain(reason)}`);
      for (const reason of found.against) printLine(`       Against: ${plain(reason)}`);
      printLine(`       ${found.rule}; ${found.rows} rows`);
    }
    printLine(`${report.findings.length} of ${report.total} findings`);
    for (const [left, count] of Object.entries(report.leftOut))
      printLine(`  left out for a low score: ${count} ${left}`);
    for (const sentence of report.cut) printLine(`  ${sentence}`);
  }
  return 0;
}
