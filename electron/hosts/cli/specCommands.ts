/** Packs of the force's own on the command line: listed, kept from a file, removed. */
import { readFileSync } from 'node:fs';
import { AppError } from '../../../shared/contract/errors.ts';
import { PackSpec } from '../../../shared/packs/packSpec.ts';
import { userPath, word } from './arguments.ts';
import { plain, printJson, printLine, printTable } from './output.ts';
import type { Run, Status } from './run.ts';

/** The packs that there are; with --json as data, from which a force makes its own. */
export async function listSpecs(run: Run): Promise<Status> {
  await run.open();
  const found = await run.client.packs.specs();
  if (run.args.json) printJson(found);
  else
    printTable(
      ['Pack', 'Title', 'For', 'Readers', 'At most', 'Sections'],
      [...found.shipped, ...found.own].map((spec) => [
        spec.id,
        plain(spec.title),
        plain(spec.audience),
        spec.readers,
        spec.ceiling,
        spec.sections.length,
      ]),
      44,
    );
  return 0;
}

/** Keeps the pack of a JSON file, such as one entry of `packs WORKSPACE specs --json`, changed and renamed. */
export async function saveSpec(run: Run): Promise<Status> {
  const path = word(run.args, 2, 'a JSON file with a pack');
  const spec = readSpecFile(userPath(path));
  await run.open();
  const saved = await run.client.packs.saveSpec({ spec });
  if (run.args.json) printJson(saved);
  else printLine(`Saved the pack "${saved.id}".`);
  return 0;
}

export async function removeSpec(run: Run): Promise<Status> {
  const id = word(run.args, 2, 'the name of a pack, such as own-housing');
  await run.open();
  const removed = await run.client.packs.removeSpec({ id });
  if (run.args.json) printJson({ id, ...removed });
  else printLine(`Removed the pack "${id}".`);
  return 0;
}

function readSpecFile(path: string): PackSpec {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new AppError('file.missing', 'There is no such file with a pack.');
    throw new AppError('file.unreadable', 'The file with the pack cannot be read.');
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new AppError('invalid', 'The file with the pack is not JSON.');
  }
  const parsed = PackSpec.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue?.path.join('.') ?? '';
  throw new AppError(
    'invalid',
    `The pack is not understood${place ? ` at ${place}` : ''}: ${issue?.message}.`,
  );
}
