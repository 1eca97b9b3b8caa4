/** The pictures that are kept for packs. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../shared/contract/errors.ts';
import { formatDateTime } from '../../../shared/domain/dates.ts';
import { userPath, word } from './arguments.ts';
import { plain, printJson, printLine } from './output.ts';
import type { Run, Status } from './run.ts';

/** `pictures WORKSPACE [list | save N --out DIR | remove N]`. */
export async function pictures(run: Run): Promise<Status> {
  const [, action = 'list'] = run.args.words;
  if (action === 'list') return list(run);
  if (action === 'save') return save(run);
  if (action === 'remove') return remove(run);
  throw new AppError('usage', `pictures knows list, save and remove, not "${plain(action)}".`);
}

async function list(run: Run): Promise<Status> {
  await run.open();
  const found = await run.client.pictures.list();
  if (run.args.json) {
    printJson(found);
    return 0;
  }
  if (found.pictures.length === 0) printLine('No picture is kept for packs.');
  for (const { id, kind, title, at, by, records, rows, stale } of found.pictures)
    printLine(
      `  ${id}  ${kind}  ${plain(title)}, kept ${formatDateTime(at.slice(0, 16))} by ${plain(by)}: ${records} records, ${rows} rows${stale ? '; something that it shows has changed since' : ''}`,
    );
  return 0;
}

/** Writes a kept picture and its table into a folder, as a disclosure. */
async function save(run: Run): Promise<Status> {
  const { options } = run.args;
  const id = numberOf(run);
  const out = options.get('out');
  const recipient = options.get('recipient');
  if (!out || !recipient) throw new AppError('usage', 'pictures save needs --out, --recipient and --reason.');
  const folder = userPath(out);
  await run.open();
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    throw new AppError('pack.failed', 'The folder for the picture cannot be made. Choose another one.');
  }
  const { kind, title, png, table, shown } = await run.client.pictures.show({ id });
  const report = await run.client.pictures.write({
    kind,
    title,
    png,
    table,
    refs: shown.map(({ ref }) => ref),
    folder: run.engine.grants.add(folder, 'export'),
    recipient,
    reason: options.get('reason') ?? '',
  });
  if (run.args.json) printJson(report);
  else {
    for (const { file, sha256 } of report.files)
      printLine(`  ${join(folder, file)}  SHA-256 ${sha256.slice(0, 16)}…`);
    for (const { reason, count } of report.withheld) printLine(`  withheld: ${count} (${reason})`);
    if (report.leftOut !== null) printLine(`  ${report.leftOut}`);
  }
  return 0;
}

async function remove(run: Run): Promise<Status> {
  const id = numberOf(run);
  await run.open();
  const done = await run.client.pictures.remove({ id });
  if (run.args.json) printJson(done);
  else printLine('Taken out of the packs. "undo" puts it back.');
  return 0;
}

function numberOf(run: Run): number {
  const text = word(run.args, 2, 'the number of a picture');
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new AppError(
      'usage',
      `"${plain(text)}" is no number of a picture. "pictures WORKSPACE" lists them.`,
    );
  return Number(text);
}
