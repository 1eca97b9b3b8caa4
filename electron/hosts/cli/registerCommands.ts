/** Issued packs on the command line: the register, what changed, exact re-export, what became of copies, recall. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../shared/contract/errors.ts';
import type { IssuedPack } from '../../../shared/contract/packSchemas.ts';
import { SettledState } from '../../../shared/contract/packSchemas.ts';
import { parseRef } from '../../../shared/grid/grids.ts';
import { userPath, word } from './arguments.ts';
import { plain, printJson, printLine, printTable } from './output.ts';
import type { Run, Status } from './run.ts';

const nameOf = (pack: Pick<IssuedPack, 'title' | 'team'>) =>
  pack.team === null ? pack.title : `${pack.title}, ${pack.team}`;

/** What a reader has to know of a copy, in words. */
function noticesOf(pack: IssuedPack): string {
  return [
    pack.state === 'held' ? '' : pack.state,
    pack.stale ? 'out of date' : '',
    pack.superseded ? 'superseded' : '',
    pack.overdue ? 'past its destroy-by date' : '',
  ]
    .filter((notice) => notice !== '')
    .join(', ');
}

function printPacks(packs: readonly IssuedPack[]): void {
  printTable(
    ['Ref', 'Pack', 'Version', 'Copy', 'Recipient', 'Issued', 'Destroy by', 'Notices'],
    packs.map((pack) => [
      pack.ref,
      nameOf(pack),
      pack.version,
      pack.copy,
      pack.recipient,
      pack.at.slice(0, 16).replace('T', ' '),
      pack.destroyBy,
      noticesOf(pack),
    ]),
  );
}

export async function listRegister(run: Run): Promise<Status> {
  await run.open();
  const { packs } = await run.client.packs.register();
  if (run.args.json) {
    printJson({ packs });
    return 0;
  }
  if (packs.length === 0) printLine('No pack has been issued.');
  else printPacks(packs);
  const stale = await run.client.packs.staleHolders();
  for (const { message } of stale.packs) printLine(plain(message));
  return 0;
}

export async function showChanges(run: Run): Promise<Status> {
  const ref = packRef(word(run.args, 2, 'the reference of an issued pack, such as PACK-3'));
  const against = run.args.options.get('against');
  await run.open();
  const report = await run.client.packs.changes({
    ref,
    ...(against === undefined ? {} : { against: packRef(against) }),
  });
  if (run.args.json) {
    printJson(report);
    return 0;
  }
  const until = report.until === null ? 'the plan as it is' : `version ${report.until}`;
  printLine(`From version ${report.since} (${report.sinceAt.slice(0, 16).replace('T', ' ')}) to ${until}`);
  if (report.rows.length === 0) printLine('Nothing changed.');
  else
    printTable(
      ['Section', 'Ref', 'Record', 'What', 'Before', 'After'],
      report.rows.map((row) => [
        row.section,
        row.ref,
        row.name,
        row.field ?? row.kind,
        row.before,
        row.after,
      ]),
      40,
    );
  return 0;
}

export async function reissue(run: Run): Promise<Status> {
  const ref = packRef(word(run.args, 2, 'the reference of an issued pack, such as PACK-3'));
  const folder = userPath(need(run, 'out'));
  const reason = need(run, 'reason');
  await run.open();
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    throw new AppError('pack.failed', 'The folder for the pack cannot be made. Choose another one.');
  }
  const report = await run.client.packs.reissue({
    ref,
    folder: run.engine.grants.add(folder, 'export'),
    reason,
  });
  if (run.args.json) printJson(report);
  else {
    printLine(`${report.ref}, written again for ${plain(report.recipient)}`);
    for (const file of report.files)
      printLine(`  ${join(folder, file.file)}  SHA-256 ${file.sha256.slice(0, 16)}…`);
  }
  return 0;
}

/** `settle PACK-3 PACK-4 returned`. */
export async function settle(run: Run): Promise<Status> {
  const words = run.args.words.slice(2);
  const state = SettledState.safeParse(words.at(-1)?.toLowerCase());
  if (!state.success || words.length < 2)
    throw new AppError(
      'usage',
      `packs settle needs references and one of: ${SettledState.options.join(', ')}. For instance: settle PACK-3 returned.`,
    );
  const note = run.args.options.get('note');
  const on = run.args.options.get('on');
  await run.open();
  const { packs } = await run.client.packs.settle({
    refs: words.slice(0, -1).map(packRef),
    state: state.data,
    ...(note === undefined ? {} : { note }),
    ...(on === undefined ? {} : { at: on }),
  });
  if (run.args.json) printJson({ packs });
  else printPacks(packs);
  return 0;
}

/** `recall command`, or `recall PACK-3 PACK-4`. */
export async function recall(run: Run): Promise<Status> {
  const words = run.args.words.slice(2);
  const [first] = words;
  if (first === undefined)
    throw new AppError('usage', 'packs recall needs the name of a pack, or references of copies.');
  const reason = need(run, 'reason');
  const team = run.args.options.get('team');
  const isRef = parseRef(first)?.grid.name === 'packs';
  if (!isRef && words.length > 1)
    throw new AppError('usage', 'packs recall takes one pack by name, or copies by their references.');
  await run.open();
  const list = await run.client.packs.recall({
    ...(isRef ? { refs: words.map(packRef) } : { pack: first }),
    ...(team === undefined ? {} : { team }),
    reason,
  });
  if (run.args.json) {
    printJson(list);
    return 0;
  }
  printLine(`Recalled ${list.at.slice(0, 16).replace('T', ' ')} by ${plain(list.by)}: ${plain(list.reason)}`);
  if (list.copies.length > 0) printPacks(list.copies);
  for (const pack of list.lost)
    printLine(`Lost and not to be fetched back: ${pack.ref}, last held by ${plain(pack.recipient)}`);
  return 0;
}

const packRef = (text: string) => text.toUpperCase();

function need(run: Run, name: string): string {
  const value = run.args.options.get(name);
  if (!value) throw new AppError('usage', `This needs --${name}. "fellside help packs" shows how.`);
  return value;
}
