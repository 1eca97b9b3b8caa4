/** Commands about who is the same: pairs, merging, splitting, telling apart. */
import { MatchKind, Threshold } from '../../../shared/contract/areas/matching.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { word } from './arguments.ts';
import { awaitReport } from './awaitReport.ts';
import { plain, printJson, printLine } from './output.ts';
import type { Run, Status } from './run.ts';

function thresholdOption(run: Run): number | undefined {
  const text = run.args.options.get('threshold');
  if (text === undefined) return undefined;
  const parsed = Threshold.safeParse(Number(text));
  if (!parsed.success)
    throw new AppError('usage', '--threshold is a probability from 0.5 to 0.9999, such as 0.95.');
  return parsed.data;
}

/** Pairs that may be the same, with what speaks for and against each. */
export async function matches(run: Run): Promise<Status> {
  const kind = MatchKind.safeParse(run.args.options.get('kind') ?? 'people');
  if (!kind.success) throw new AppError('usage', `--kind is one of: ${MatchKind.options.join(', ')}.`);
  const threshold = thresholdOption(run);
  const keep = run.args.options.has('keep');
  if (keep && threshold === undefined)
    throw new AppError('usage', '--keep keeps the threshold of --threshold: name it.');
  await run.open();
  if (keep && threshold !== undefined) await run.client.matching.keepThreshold({ threshold });
  const report = await awaitReport(
    () =>
      run.client.matching.find(
        { kind: kind.data, ...(threshold === undefined ? {} : { threshold }) },
        { signal: run.signal },
      ),
    'The search was cancelled; nothing was changed.',
  );
  if (run.args.json) {
    printJson(report);
    return 0;
  }
  const name = (ref: string) => {
    const label = report.labels[ref];
    return label && label !== ref ? `${ref} ${plain(label)}` : ref;
  };
  for (const pair of report.pairs) {
    const marks = [pair.a, pair.b].flatMap((ref) => report.alerts[ref] ?? []);
    printLine(`${(pair.score * 100).toFixed(1)} %  ${pair.decision}  ${name(pair.a)}  —  ${name(pair.b)}`);
    if (marks.length > 0) printLine(`    ${[...new Set(marks)].map(plain).join('; ')}`);
    for (const reason of pair.reasons)
      printLine(
        `    ${reason.for ? 'for    ' : 'against'} ${Math.abs(reason.weight).toFixed(1).padStart(5)}  ${plain(reason.text)}`,
      );
  }
  printLine(
    `${report.pairs.length} pairs, ${report.clusters.length} groups at ${report.threshold * 100} %; ${report.records} records, ${report.compared} pairs compared`,
  );
  return 0;
}

const reasonOf = (run: Run) => {
  const reason = run.args.options.get('reason');
  return reason === undefined ? {} : { reason };
};

export async function merge(run: Run): Promise<Status> {
  word(run.args, 2, 'two references or more');
  const refs = run.args.words.slice(1);
  await run.open();
  const done = await run.client.matching.merge({ refs, ...reasonOf(run) });
  if (run.args.json) printJson(done);
  else printLine(`Merged into ${done.ref}. Entry ${done.seq}; "undo" or "split" takes it apart.`);
  return 0;
}

/** `SRC-2:14` names the row of evidence; a number is the id that `split` lists. */
async function evidenceIds(run: Run, ref: string, wanted: readonly string[]): Promise<number[]> {
  if (wanted.length === 0) return [];
  const { members } = await run.client.matching.parts({ ref });
  const all = members.flatMap((member) => member.evidence);
  return wanted.flatMap((text) => {
    const place = /^(SRC-[A-Z]{0,2}\d+):(\d+)$/i.exec(text.trim());
    const found = all.filter((each) =>
      place
        ? each.source === place[1]?.toUpperCase() && each.row === Number(place[2])
        : String(each.id) === text.trim(),
    );
    if (found.length === 0)
      throw new AppError(
        'usage',
        `${ref} does not rest on ${text}. "split WORKSPACE ${ref}" lists its rows.`,
      );
    return found.map((each) => each.id);
  });
}

export async function split(run: Run): Promise<Status> {
  const ref = word(run.args, 1, 'a reference such as NOM-3');
  const members = run.args.lists.get('member') ?? [];
  const evidence = run.args.lists.get('evidence') ?? [];
  await run.open();
  if (members.length === 0 && evidence.length === 0) {
    const parts = await run.client.matching.parts({ ref });
    if (run.args.json) printJson(parts);
    else
      for (const member of parts.members) {
        printLine(
          `${member.ref}${member.since ? `  part of ${parts.ref} since ${member.since.slice(0, 10)}, by ${plain(member.by ?? '')}` : ''}`,
        );
        for (const each of member.evidence)
          printLine(`    ${each.source}:${each.row}  ${plain(each.file)}  ${plain(each.text)}`);
      }
    return 0;
  }
  const done = await run.client.matching.split({
    ref,
    members,
    evidence: await evidenceIds(run, ref, evidence),
    ...reasonOf(run),
  });
  if (run.args.json) printJson(done);
  else printLine(`Taken out as ${done.ref}. Entry ${done.seq}; the two are remembered as different.`);
  return 0;
}

export async function differ(run: Run): Promise<Status> {
  const a = word(run.args, 1, 'two references');
  const b = word(run.args, 2, 'two references');
  await run.open();
  const said = run.args.options.has('unsure') ? ('unsure' as const) : ('different' as const);
  const done = await run.client.matching.decide({ a, b, said, ...reasonOf(run) });
  if (run.args.json) printJson({ a, b, said, seq: done.seq });
  else
    printLine(
      said === 'different'
        ? `${a} and ${b} are remembered as different and not proposed again.`
        : `Left open. ${a} and ${b} come up again when there is new evidence.`,
    );
  return 0;
}
