/** Who and what comes first, for safeguarding and for enforcement. */
import { AppError } from '../../../shared/contract/errors.ts';
import { formatDate } from '../../../shared/domain/dates.ts';
import {
  concernNames,
  concernTitles,
  factorTitles,
  gapTitles,
  lackTitles,
  urgencyTitles,
} from '../../../shared/domain/priorities/kinds.ts';
import { exploitedFirst } from '../../../shared/reference/priorityWeights.ts';
import { numberOption } from './arguments.ts';
import { awaitReport } from './awaitReport.ts';
import { plain, printJson, printLine } from './output.ts';
import type { Run, Status } from './run.ts';

const kinds = ['people', 'premises', 'lines'] as const;
const shownUnasked = 20;
/** Of each factor and concern, in JSON. */
const sourcesShown = 10;

function choice<Name extends string>(run: Run, option: string, names: readonly Name[]): Name | undefined {
  const asked = run.args.options.get(option);
  const found = names.find((name) => name === asked);
  if (asked !== undefined && found === undefined)
    throw new AppError('usage', `--${option} takes one of: ${names.join(', ')}.`);
  return found;
}

export async function priorities(run: Run): Promise<Status> {
  const { args } = run;
  const kind = choice(run, 'kind', kinds);
  const concern = choice(run, 'concern', concernNames);
  const limit = numberOption(args, 'limit', 1, 5000);
  await run.open();
  const report = await awaitReport(
    () =>
      run.client.priorities.list(
        {
          ...(kind === undefined ? {} : { kind }),
          ...(concern === undefined ? {} : { concern }),
          limit: limit ?? (args.json ? 500 : shownUnasked),
          sources: args.json ? sourcesShown : 0,
        },
        { signal: run.signal },
      ),
    'Working out the priorities was cancelled.',
  );
  if (args.json) {
    printJson(report);
    return 0;
  }
  const { counts } = report;
  printLine(
    `Safeguarding: ${report.safeguarding.length} of ${counts.safeguardingShown}. Ages on ${formatDate(report.day)}${report.isStrike ? ', the day of the strike' : ', today: no strike is set'}.`,
  );
  for (const each of report.safeguarding) {
    printLine(`${each.ref}  ${plain(each.label)}: ${urgencyTitles[each.urgency]}`);
    for (const { concern: name, words } of each.concerns)
      printLine(`       ${concernTitles[name]}: ${plain(words)}`);
    for (const { gap, words } of each.gaps) printLine(`       ${gapTitles[gap]}. ${words}`);
  }
  printLine();
  printLine(
    `Enforcement: ${report.enforcement.length} of ${counts.enforcementShown}. Points are an order for reading and prove nothing; the weights are ${report.isDefault ? 'this product’s own' : 'the user’s'}.`,
  );
  for (const each of report.enforcement) {
    printLine(
      `${each.points.toFixed(1).padStart(5)}  ${each.ref}  ${plain(each.label)}${each.band ? `, ${each.band} by the risk matrix` : ''}, confidence ${each.confidence}`,
    );
    if (each.isExploited) printLine(`       ${exploitedFirst.text}`);
    for (const { factor, points, value } of each.factors)
      printLine(`       ${factorTitles[factor]} ${points.toFixed(1)}: ${plain(value)}`);
    if (each.lacks.length > 0)
      printLine(`       Missing: ${each.lacks.map((lack) => lackTitles[lack].toLowerCase()).join('; ')}`);
  }
  return 0;
}
