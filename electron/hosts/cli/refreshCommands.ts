/** A later issue of a sheet on the command line: reviewed by `compare`, taken by `import --refresh`. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import type { RefreshReport, RefreshRow } from '../../../shared/contract/intakeSchemas.ts';
import type { RefreshChoice, SheetMapping } from '../../../shared/contract/schemas.ts';
import { RefreshDecision } from '../../../shared/contract/schemas.ts';
import type { Arguments } from './arguments.ts';
import { userPath, word } from './arguments.ts';
import { awaitReport } from './awaitReport.ts';
import { plain, printJson, printLine, printTable } from './output.ts';
import { readFilePassword } from './passphrase.ts';
import type { Run, Status } from './run.ts';
import type { MappingFile } from './sheetChoice.ts';
import { chooseEarlier, chooseKey, chooseSheet, inspectGrant, readMappingFile } from './sheetChoice.ts';

const maximumShown = 200;

export async function compare(run: Run): Promise<Status> {
  const { args } = run;
  const path = userPath(word(args, 1, 'a file'));
  const file = mappingFile(args);
  await run.open();
  const grant = run.engine.grants.add(path, 'file');
  const { guess, mapping } = chooseSheet(args, await inspectGrant(run, grant, file?.kept ?? []), file);
  const against = chooseEarlier(guess, args.options.get('against'));
  const key = chooseKey(args, guess, against);
  const password = readFilePassword(args);
  const report = await awaitReport(
    () =>
      run.client.imports.compare(
        { grant, mapping, against, key, ...(password === undefined ? {} : { password }) },
        { signal: run.signal },
      ),
    'The comparison was stopped.',
  );
  if (args.json) printJson(report);
  else printReview(report);
  return 0;
}

function mappingFile(args: Arguments): MappingFile | undefined {
  const path = args.options.get('mapping');
  return path === undefined ? undefined : readMappingFile(path);
}

function printReview(report: RefreshReport): void {
  const { counts } = report;
  printLine(
    `${plain(report.file)} › ${plain(report.sheet)} beside ${report.against}: ${counts.new} new, ${counts.changed} changed, ${counts.conflicting} conflicting, ${counts.vanished} vanished, ${counts.unchanged} unchanged`,
  );
  if (report.rows.length > 0)
    printTable(
      ['State', 'Key', 'Record', 'Row', 'What is said otherwise', 'Rests on it'],
      report.rows
        .slice(0, maximumShown)
        .map((row) => [
          row.state,
          row.key,
          row.ref ? `${row.ref} ${row.label}` : row.label,
          row.row ?? row.rowBefore,
          whatChanged(row),
          row.restsOn.map((each) => each.ref).join(', '),
        ]),
    );
  if (report.rows.length > maximumShown)
    printLine(`… and ${report.rows.length - maximumShown} more (--json lists them)`);
  for (const { row, reason } of report.notCompared.slice(0, maximumShown))
    printLine(`  row ${row} would be imported as new: ${plain(reason)}`);
}

function whatChanged(row: RefreshRow): string {
  if (row.state !== 'changed' && row.state !== 'conflicting') return '';
  return row.cells
    .map((cell) => {
      const manual = cell.manual === undefined ? '' : ` (by hand: ${cell.manual ?? 'blank'})`;
      return `${cell.column}: ${cell.before || 'blank'} → ${cell.after}${manual}`;
    })
    .join('; ');
}

const states = ['new', 'changed', 'conflicting', 'vanished'] as const;

const Decisions = z.strictObject({
  new: RefreshDecision.optional(),
  changed: RefreshDecision.optional(),
  conflicting: RefreshDecision.optional(),
  vanished: RefreshDecision.optional(),
  rows: z.record(z.string().max(2000), RefreshDecision).optional(),
});

function readDecisions(path: string): z.infer<typeof Decisions> {
  try {
    return Decisions.parse(JSON.parse(readFileSync(userPath(path), 'utf8')));
  } catch {
    throw new AppError(
      'usage',
      'The decisions file is none: JSON such as {"changed":"take","vanished":"leave","rows":{"N12":"leave"}}, with keys as "compare --json" prints them.',
    );
  }
}

/** What --take, --leave and --decisions decide. Without them new and changed rows are taken, the others left. */
function decide(args: Arguments): Omit<RefreshChoice, 'against' | 'key'> {
  const path = args.options.get('decisions');
  const choice = {
    new: 'take',
    changed: 'take',
    conflicting: 'leave',
    vanished: 'leave',
    ...(path === undefined ? {} : readDecisions(path)),
  } as Omit<RefreshChoice, 'against' | 'key'>;
  for (const decision of RefreshDecision.options) {
    for (const part of (args.options.get(decision) ?? '').split(',').filter((each) => each !== '')) {
      const state = states.find((each) => each === part.trim());
      if (!state)
        throw new AppError('usage', `--${decision} takes ${states.join(', ')}, separated by commas.`);
      choice[state] = decision;
    }
  }
  return choice;
}

/** The mapping of the one sheet that `import --refresh SRC-n` takes as a later issue. */
export async function refreshMapping(
  run: Run,
  grant: string,
  file: MappingFile | undefined,
): Promise<SheetMapping> {
  const { args } = run;
  const choice = decide(args);
  const { guess, mapping } = chooseSheet(args, await inspectGrant(run, grant, file?.kept ?? []), file);
  const against = chooseEarlier(guess, args.options.get('refresh'));
  return { ...mapping, refresh: { against, key: chooseKey(args, guess, against), ...choice } };
}
