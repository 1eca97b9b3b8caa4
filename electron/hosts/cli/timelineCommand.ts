/** Everything with a date on one axis: of the whole workspace, or of whom it follows. */
import type { Timeline, TimelineGroup, TimelineLaneView } from '../../../shared/contract/areas/timeline.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { formatDate, formatDateTime } from '../../../shared/domain/dates.ts';
import { readMoment } from '../../../shared/domain/timeGrain.ts';
import { laneTitles, markTitles } from '../../../shared/domain/timelineKinds.ts';
import { grids, parseRef } from '../../../shared/grid/grids.ts';
import { numberOption } from './arguments.ts';
import { awaitReport } from './awaitReport.ts';
import { plain, printJson, printLine, printTable } from './output.ts';
import type { Run, Status } from './run.ts';

const cancelled = 'Drawing the timeline was stopped. Nothing was changed.';
const mostFollowed = 8;
const linesOfLane = 40;

/** @throws AppError `usage` for what is no ISO date or time. */
function momentOption(run: Run, name: 'from' | 'to'): string | undefined {
  const text = run.args.options.get(name);
  if (text === undefined) return undefined;
  if (text.length < 10 || readMoment(text) === null)
    throw new AppError(
      'usage',
      `--${name} is a date such as 2026-09-14, or a time such as 2026-09-14T05:30.`,
    );
  return text;
}

export async function timeline(run: Run): Promise<Status> {
  const refs = run.args.words.slice(1).map((word) => {
    if (!parseRef(word))
      throw new AppError('usage', `"${plain(word)}" is no reference such as NOM-3 or LINE-1.`);
    return word.toUpperCase();
  });
  if (refs.length > mostFollowed)
    throw new AppError('usage', `At most ${mostFollowed} records can be followed at once.`);
  const [from, to] = [momentOption(run, 'from'), momentOption(run, 'to')];
  const most = numberOption(run.args, 'limit', 1, 10_000) ?? linesOfLane;
  await run.open();
  const report = await awaitReport(
    () =>
      run.client.timeline.lanes({
        ...(refs.length > 0 ? { refs } : {}),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      }),
    cancelled,
  );
  if (run.args.json) printJson(report);
  else printTimeline(report, most);
  return 0;
}

const shown = (text: string) => (text.length > 10 ? formatDateTime(text) : formatDate(text));

function printTimeline(report: Timeline, most: number): void {
  if (report.extent === null) {
    printLine('Nothing here has a date.');
    return;
  }
  printLine(
    `${shown(report.from)} to ${shown(report.to)}, UK local time${report.strike ? `; strike ${shown(report.strike)}` : ''}`,
  );
  for (const group of report.groups) printGroup(report, group, most);
}

function printGroup(report: Timeline, group: TimelineGroup, most: number): void {
  if (group.ref !== null) {
    printLine();
    printLine(
      `${group.ref}  ${plain(report.labels[group.ref] ?? '')}${group.safeguarding ? '  Children or people at risk: safeguarding first' : ''}`,
    );
  }
  for (const lane of group.lanes) printLane(report, lane, most);
}

function printLane(report: Timeline, lane: TimelineLaneView, most: number): void {
  const outside = [
    lane.before > 0 ? `${lane.before} earlier` : '',
    lane.after > 0 ? `${lane.after} later` : '',
    ...lane.undated.map(({ grid, count }) => `${count} of ${grids[grid].title.toLowerCase()} without a date`),
  ].filter(Boolean);
  printLine();
  printLine([`${laneTitles[lane.lane]}: ${lane.inView}`, ...outside].join(', '));
  for (const silence of lane.silences)
    printLine(
      `  ${plain(report.labels[silence.phone] ?? silence.phone)} not used ${shown(silence.from)} to ${silence.isOpen ? 'the end of the data' : shown(silence.to)}`,
    );
  // Calls by themselves are in the JSON; counts are what can be read here.
  const isCounted = lane.lane === 'calls' || lane.marks === null;
  const rows = isCounted
    ? (lane.bins ?? []).map((bin) => [shown(bin.from), shown(bin.to), String(bin.count), '', ''])
    : (lane.marks ?? []).map((mark) => [
        shown(mark.from),
        mark.to === null ? (mark.isOpen ? 'no end known' : '') : shown(mark.to),
        markTitles[mark.what],
        mark.ref,
        `${mark.safeguarding ? 'Safeguarding first. ' : ''}${mark.byName ? 'By name alone. ' : ''}${plain(report.labels[mark.ref] ?? '')}`,
      ]);
  printTable(['From', 'To', isCounted ? 'Count' : 'What', '', ''], rows.slice(0, most));
  if (rows.length > most) printLine(`${most} of ${rows.length} rows: --limit shows more`);
}
