/** Saved mappings on the command line. */
import { AppError } from '../../../shared/contract/errors.ts';
import type { MappingToKeep, SavedMapping } from '../../../shared/contract/intakeSchemas.ts';
import { userPath, word } from './arguments.ts';
import { plain, printJson, printLine, printTable } from './output.ts';
import type { Run, Status } from './run.ts';
import { chooseSheet, inspectGrant, readMappingFile } from './sheetChoice.ts';

export async function mappings(run: Run): Promise<Status> {
  const action = run.args.words[1] ?? 'list';
  switch (action) {
    case 'list':
      return listSaved(run);
    case 'save':
      return saveOne(run);
    case 'remove':
      return removeOne(run);
    case 'export':
      return exportOne(run);
    default:
      throw new AppError('usage', `mappings has no "${action}": list, save, remove or export.`);
  }
}

async function listSaved(run: Run): Promise<Status> {
  await run.open();
  const found = await run.client.mappings.list();
  if (run.args.json) printJson(found);
  else if (found.mappings.length === 0) printLine('No mapping is saved.');
  else
    printTable(
      ['Name', 'Kind', 'Columns', 'Saved', 'By'],
      found.mappings.map((each) => [
        each.name,
        each.mapping.kind,
        each.mapping.columns.filter((field) => field !== null).length,
        each.savedAt.slice(0, 10),
        each.savedBy,
      ]),
    );
  return 0;
}

/** How the sheet of FILE is guessed or mapped by --mapping, or a mapping file with headings as it is. */
async function saveOne(run: Run): Promise<Status> {
  const { args } = run;
  const name = word(args, 2, 'a name for the mapping');
  const path = args.words[3];
  const option = args.options.get('mapping');
  const file = option === undefined ? undefined : readMappingFile(option);
  const [kept] = file?.kept ?? [];
  if (path === undefined && !kept)
    throw new AppError(
      'usage',
      'mappings save needs a spreadsheet, or --mapping with a file that "mappings WORKSPACE export NAME" wrote.',
    );
  await run.open();
  const wanted =
    path === undefined && kept
      ? { ...kept, name }
      : await mappingOfFile(run, name, userPath(path ?? ''), file);
  const saved = await run.client.mappings.save(wanted);
  if (args.json) printJson(saved);
  else printLine(`Saved the mapping "${plain(saved.name)}".`);
  return 0;
}

async function mappingOfFile(
  run: Run,
  name: string,
  path: string,
  file: ReturnType<typeof readMappingFile> | undefined,
): Promise<MappingToKeep> {
  const grant = run.engine.grants.add(path, 'file');
  const found = await inspectGrant(run, grant, file?.kept ?? []);
  const { guess, mapping } = chooseSheet(run.args, found, file);
  const headings = new Array<string>(mapping.columns.length).fill('');
  for (const column of guess.columns) headings[column.index] = column.header.slice(0, 500);
  return { name, headings, mapping };
}

async function findSaved(run: Run): Promise<SavedMapping> {
  const name = word(run.args, 2, 'the name of a mapping');
  await run.open();
  const { mappings: saved } = await run.client.mappings.list();
  const found = saved.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (!found)
    throw new AppError('not-found', `There is no mapping "${name}". "mappings WORKSPACE" lists them.`);
  return found;
}

async function removeOne(run: Run): Promise<Status> {
  const { id, name } = await findSaved(run);
  const removed = await run.client.mappings.remove({ id });
  if (run.args.json) printJson(removed);
  else printLine(`Removed the mapping "${plain(name)}".`);
  return 0;
}

/** Prints the mapping as a file for `import --mapping`, in this workspace or another. */
async function exportOne(run: Run): Promise<Status> {
  const { name, headings, mapping } = await findSaved(run);
  printJson({ name, headings, mapping });
  return 0;
}
