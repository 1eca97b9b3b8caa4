/** What the links say of the network as a whole, and what is left of it without some. */
import type {
  NetworkComparison,
  NetworkLinks,
  NetworkOptions,
  NetworkReport,
} from '../../../shared/contract/areas/network.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { formatPhone } from '../../../shared/domain/phone.ts';
import { parseRef } from '../../../shared/grid/grids.ts';
import { numberOption } from './arguments.ts';
import { awaitReport } from './awaitReport.ts';
import { plain, printJson, printLine, printTable } from './output.ts';
import type { Run, Status } from './run.ts';

const cancelled = 'Measuring the network was stopped. Nothing was changed.';

function readOptions(run: Run): NetworkOptions {
  const { options } = run.args;
  const leastCalls = numberOption(run.args, 'least-calls', 0, 10_000);
  return {
    ...(leastCalls === undefined ? {} : { leastCalls }),
    ...(options.has('unfolded') ? { fold: false } : {}),
    ...(options.has('confirmed') ? { ungraded: false } : {}),
    ...(options.has('singles') ? { singles: true } : {}),
  };
}

function checkRef(text: string): string {
  if (!parseRef(text))
    throw new AppError('usage', `"${plain(text)}" is no reference such as NOM-3 or LINE-1.`);
  return text.toUpperCase();
}

export async function network(run: Run): Promise<Status> {
  const { words, json, lists } = run.args;
  const options = readOptions(run);
  const [, about] = words;
  const without = (lists.get('without') ?? []).map(checkRef);
  const targets = run.args.options.has('targets');
  const limit = numberOption(run.args, 'limit', 1, 20_000);
  const ref = about === undefined ? undefined : checkRef(about);
  await run.open();
  if (ref !== undefined) {
    const links = await run.client.network.links({ ref, options });
    if (json) printJson(links);
    else printLinks(links);
    return 0;
  }
  if (targets || without.length > 0) {
    const comparison = await awaitReport(
      () => run.client.network.compare({ without, targets, options }, { signal: run.signal }),
      cancelled,
    );
    if (json) printJson(comparison);
    else printComparison(comparison);
    return 0;
  }
  const report = await awaitReport(
    () =>
      run.client.network.measure(
        { options, ...(limit === undefined ? {} : { limit }) },
        { signal: run.signal },
      ),
    cancelled,
  );
  if (json) printJson(report);
  else printReport(report);
  return 0;
}

type Labels = Readonly<Record<string, string>>;

function nameOf(labels: Labels, ref: string): string {
  const label = labels[ref] ?? ref;
  return label === ref ? ref : `${ref} ${plain(label.startsWith('+') ? formatPhone(label) : label)}`;
}

const percent = (share: number) => `${Math.round(share * 100)} %`;
const shown = 20;
const aroundShown = 5;

function printWords(words: readonly string[]): void {
  for (const each of words) printLine(`    ${plain(each)}`);
}

function printReport(report: NetworkReport): void {
  const { counts, labels } = report;
  printLine(
    `${counts.entities} entities, ${counts.links} links, ${counts.parts} parts; the largest has ${counts.largest}`,
  );
  printWords([...report.basis, ...report.caveats]);
  printLine();
  printLine('Who stands between others');
  const open = report.entities.filter(({ rank }) => rank !== null);
  printTable(
    ['', 'Entity', 'Links', 'Shortest ways', 'Parts', 'Group'],
    open
      .slice(0, shown)
      .map((each) => [
        each.rank,
        nameOf(labels, each.ref),
        each.degree,
        `${Math.round(each.through)} of ${each.pairs} (${percent(each.share)})`,
        each.pieces,
        each.community,
      ]),
  );
  printLine();
  printLine('Groups');
  for (const group of report.communities.slice(0, shown)) {
    printLine(`${group.id}  ${plain(group.name)}: ${group.size}`);
    printWords(group.words);
  }
  printLine();
  printLine('Key players, the one first without whom most falls apart');
  for (const [place, player] of report.keyPlayers.entries()) {
    printLine(`${place + 1}  ${nameOf(labels, player.ref)}`);
    printWords(player.words);
  }
  printLine();
  printLine('Safeguarding first');
  for (const exposure of report.safeguarding) {
    printLine(nameOf(labels, exposure.ref));
    printWords(exposure.words);
    printWords(
      exposure.around.slice(0, aroundShown).map(({ ref, words }) => `${nameOf(labels, ref)}: ${words}`),
    );
  }
}

function printComparison(comparison: NetworkComparison): void {
  const { labels } = comparison;
  printLine(`Without ${comparison.without.map((ref) => nameOf(labels, ref)).join(', ')}`);
  if (comparison.notLinked.length > 0)
    printLine(`No link in the network: ${comparison.notLinked.map((ref) => nameOf(labels, ref)).join(', ')}`);
  printWords(comparison.words);
  printLine();
  printTable(
    ['Part that is left', 'Entities', 'People', 'Lines'],
    comparison.parts.map((part) => [part.name, part.size, part.people, part.lines.join(', ')]),
  );
  printLine();
  printLine('Lines');
  for (const line of comparison.lines) printLine(`${line.ref}  ${plain(line.words)}`);
  printLine();
  printLine('Who may inherit');
  for (const heir of comparison.heirs) {
    printLine(nameOf(labels, heir.of));
    printWords(heir.by.map((each) => `${nameOf(labels, each.ref)}: ${each.words}`));
    printWords(heir.safeguarding.map((each) => `${nameOf(labels, each.ref)}: ${each.words}`));
  }
  for (const rise of comparison.rises) printLine(`${nameOf(labels, rise.ref)}: ${plain(rise.words)}`);
  printLine();
  printLine('Safeguarding first');
  for (const exposure of comparison.safeguarding) {
    printLine(nameOf(labels, exposure.ref));
    printWords(exposure.words);
  }
}

function printLinks(links: NetworkLinks): void {
  const { labels } = links;
  printLine(nameOf(labels, links.entity.ref));
  printWords(links.entity.words);
  if (links.standsFor.length > 0)
    printLine(`Stands for ${links.standsFor.map((ref) => nameOf(labels, ref)).join(', ')}`);
  for (const other of links.others) {
    printLine(nameOf(labels, other.ref));
    for (const link of other.links) {
      const places = link.sources.map(({ ref, file, row }) => `${ref} (${plain(file)}) row ${row}`);
      const from = [...places, ...(link.record === null ? [] : [link.record])].join(', ');
      printLine(`    ${link.from} – ${link.to}: ${plain(link.words)}${from === '' ? '' : `; ${from}`}`);
    }
  }
}
