import type { SearchAnswer, SearchHit, SearchQuestion } from '../../../shared/contract/areas/search.ts';
import { longestSearch } from '../../../shared/contract/areas/search.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { formatPhone } from '../../../shared/domain/phone.ts';
import { grids } from '../../../shared/grid/grids.ts';
import { GridName } from '../../../shared/grid/query.ts';
import { numberOption, word } from './arguments.ts';
import { awaitReport } from './awaitReport.ts';
import { plain, printJson, printLine } from './output.ts';
import type { Run, Status } from './run.ts';

function gridsOption(text: string | undefined): GridName[] | undefined {
  if (text === undefined) return undefined;
  return text.split(',').map((name) => {
    const parsed = GridName.safeParse(name.trim());
    if (!parsed.success)
      throw new AppError('usage', `There is no grid "${name}". Grids: ${GridName.options.join(', ')}.`);
    return parsed.data;
  });
}

function dayOption(run: Run, name: string): string | undefined {
  const text = run.args.options.get(name);
  if (text !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(text))
    throw new AppError('usage', `--${name} is a day such as 2026-10-31.`);
  return text;
}

const careWords = { child: 'CHILD', 'at-risk': 'AT RISK', 'protected-place': 'PROTECTED PLACE' } as const;

/** Searches everything. The index is built first where it is not, so that nothing is missed. */
export async function search(run: Run): Promise<Status> {
  const { args } = run;
  word(args, 1, 'something to search for');
  const text = args.words.slice(1).join(' ');
  if (text.length > longestSearch)
    throw new AppError('usage', `The text is too long: at most ${longestSearch} characters.`);
  const within = gridsOption(args.options.get('in'));
  const from = dayOption(run, 'from');
  const to = dayOption(run, 'to');
  const limit = numberOption(args, 'limit', 1, 200);
  await run.open();
  await awaitReport(() => run.client.search.index(), 'The search was stopped while its index was built.');
  const question = {
    text,
    ...(within ? { in: within } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  };
  const answer = await findAll(run, question, limit ?? 50);
  const { total, complete, ...facets } = await run.client.search.facets(question);
  if (args.json) {
    printJson({ query: text, total, complete, hits: answer.hits, facets });
    return 0;
  }
  for (const hit of answer.hits) printHit(hit);
  for (const { typed, words } of answer.instead)
    printLine(`Also looked for: ${plain(words.join(', '))} (for "${plain(typed)}")`);
  printLine(`${answer.hits.length} of ${complete ? '' : 'at least '}${total}`);
  return 0;
}

/** Pages until there are as many as were asked for: a page may be shorter. */
async function findAll(run: Run, question: SearchQuestion, limit: number): Promise<SearchAnswer> {
  const sources = run.args.options.has('sources') ? { sources: true } : {};
  const answer = await run.client.search.find({ ...question, ...sources, limit });
  while (answer.next !== null && answer.hits.length < limit) {
    const page = await run.client.search.find({
      ...question,
      ...sources,
      offset: answer.next,
      limit: limit - answer.hits.length,
    });
    answer.hits.push(...page.hits);
    answer.next = page.next;
  }
  return answer;
}

function printHit(hit: SearchHit): void {
  const care = hit.care ? `  [${careWords[hit.care]}]` : '';
  const plan = hit.plan ? `  in the plan: ${hit.plan.join(', ')}` : '';
  const label = hit.grid === 'phones' ? formatPhone(hit.label) : hit.label;
  const about = hit.about ? `  ${hit.about.map(({ text }) => plain(text)).join(', ')}` : '';
  printLine(`${hit.ref}  ${plain(label)}${about}${care}${plan}`);
  for (const { field, text, ranges, other } of hit.matched) {
    const shown = [...ranges]
      .reverse()
      .reduce((all, [a, b]) => `${all.slice(0, a)}»${all.slice(a, b)}«${all.slice(b)}`, text);
    const title = grids[hit.grid].columns.find((column) => column.field === field)?.title ?? field;
    printLine(`    ${plain(title)}: ${plain(shown)}${other ? ' (in another source)' : ''}`);
  }
  for (const { file, sheet, row } of hit.sources ?? [])
    printLine(`    ${plain(file)}, ${plain(sheet)}, row ${row}`);
}
