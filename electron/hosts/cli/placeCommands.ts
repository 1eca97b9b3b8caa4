/** The files by which things are placed on the map: postcodes and an outline. */
import type { PlacesStatus } from '../../../shared/contract/areas/places.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { formatDateTime } from '../../../shared/domain/dates.ts';
import { refusedTitles } from '../../../shared/reference/places.ts';
import { userPath, word } from './arguments.ts';
import { awaitReport } from './awaitReport.ts';
import { plain, printJson, printLine, printTable } from './output.ts';
import type { Run, Status } from './run.ts';

const stopped = 'Loading was stopped; nothing was changed.';
const count = (value: number) => value.toLocaleString('en-GB');
const districts = (value: number) => `${count(value)} ${value === 1 ? 'district' : 'districts'}`;

/** `postcodes WORKSPACE [status | load FILE | refused | outline FILE]`. */
export async function postcodes(run: Run): Promise<Status> {
  const [, action = 'status'] = run.args.words;
  if (action === 'status') return status(run);
  if (action === 'load' || action === 'outline') return load(run, action);
  if (action === 'refused') return refused(run);
  throw new AppError('usage', `postcodes knows status, load, refused and outline, not "${plain(action)}".`);
}

async function status(run: Run): Promise<Status> {
  await run.open();
  const found = await run.client.places.status();
  if (run.args.json) printJson(found);
  else printStatus(found);
  return 0;
}

function printStatus({ postcodes: file, outline }: PlacesStatus): void {
  if (file) {
    printLine(
      `${count(file.loaded)} postcodes of ${districts(file.districts)} from ${plain(file.file)}, loaded ${formatDateTime(file.at.slice(0, 16))} by ${plain(file.by)}`,
    );
    printCounts(file);
  } else printLine('No postcodes are loaded: "postcodes WORKSPACE load FILE" loads them.');
  printLine(
    outline
      ? `Outline: ${outline.shapes} shapes from ${plain(outline.file)}, drawn within ${outline.tolerance} m of the file`
      : 'No outline is loaded.',
  );
}

function printCounts(
  file:
    | NonNullable<PlacesStatus['postcodes']>
    | ({ [Name in 'ended' | 'blank']: number } & { refused: Record<string, number> }),
): void {
  printLine(`  ${count(file.ended)} of them no longer in use; ${count(file.blank)} blank rows`);
  for (const [reason, rows] of Object.entries(file.refused))
    printLine(`  ${count(rows)} rows give no place: ${refusedTitles[reason] ?? reason}`);
}

async function load(run: Run, action: 'load' | 'outline'): Promise<Status> {
  const { args, client, engine, signal } = run;
  const path = userPath(word(args, 2, action === 'load' ? 'a file of postcodes' : 'a GeoJSON file'));
  const attribution = args.options.get('note');
  await run.open();
  const input = {
    grant: engine.grants.add(path, 'file'),
    ...(attribution === undefined ? {} : { attribution }),
  };
  if (action === 'outline') {
    const report = await awaitReport(() => client.places.loadOutline(input, { signal }), stopped);
    if (args.json) printJson(report);
    else
      printLine(
        `Loaded ${report.shapes} shapes; ${count(report.drawn)} of ${count(report.points)} points are drawn, within ${report.tolerance} m`,
      );
    return report.leftOut > 0 ? 1 : 0;
  }
  const report = await awaitReport(() => client.places.load(input, { signal }), stopped);
  if (args.json) printJson(report);
  else {
    printLine(
      `Loaded ${count(report.loaded)} postcodes of ${districts(report.districts)} from ${count(report.rows)} rows`,
    );
    printCounts(report);
  }
  return Object.keys(report.refused).length > 0 ? 1 : 0;
}

async function refused(run: Run): Promise<Status> {
  await run.open();
  const rows: { row: number; reason: string; text: string }[] = [];
  let after = 0;
  for (;;) {
    const page = await run.client.places.refused({ after, limit: 1000 });
    rows.push(...page.rows);
    const last = page.rows.at(-1);
    if (last && page.rows.length === 1000) {
      after = last.row;
      continue;
    }
    if (run.args.json) printJson({ rows, listed: page.listed, total: page.total });
    else {
      printTable(
        ['Row', 'Postcode', 'Why it gives no place'],
        rows.map(({ row, text, reason }) => [row, text, refusedTitles[reason] ?? reason]),
      );
      printLine(`${count(page.listed)} of ${count(page.total)} rows`);
    }
    return 0;
  }
}
