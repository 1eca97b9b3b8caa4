/** `inspect --cells`: every cell of a file, printed as it is read. */
import { once } from 'node:events';
import { AppError } from '../../../shared/contract/errors.ts';
import type { CellsEvent } from '../../../shared/contract/intakeSchemas.ts';
import { numberOption } from './arguments.ts';
import type { ExpandedPaths, FileOfPath } from './expandPaths.ts';
import { printLeftOut } from './expandPaths.ts';
import { plain, printLine } from './output.ts';
import { readFilePassword } from './passphrase.ts';
import type { Run, Status } from './run.ts';

/** Held back until so much is there, so that a file which turns out to be damaged prints nothing but its error. */
const heldCharacters = 32 * 1024 * 1024;

/** Text on its way to stdout: held back at first, later written at the reader's pace. */
class HeldOutput {
  private waiting: string[] = [];
  private characters = 0;
  private holding = true;

  async write(text: string): Promise<void> {
    this.waiting.push(text);
    this.characters += text.length;
    if (this.characters >= (this.holding ? heldCharacters : 65_536)) await this.flush();
  }

  /** Forgets what is held back. False when some of it has been printed already. */
  drop(): boolean {
    this.waiting = [];
    this.characters = 0;
    return this.holding;
  }

  async flush(): Promise<void> {
    this.holding = false;
    const pieces = this.waiting.splice(0);
    this.characters = 0;
    for (const piece of pieces) if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
  }
}

async function* readCells({ args, client, signal }: Run, file: FileOfPath): AsyncGenerator<CellsEvent> {
  const password = readFilePassword(args);
  const maxRows = numberOption(args, 'rows', 1, 10_000_000);
  yield* await client.imports.cells(
    {
      grant: file.grant,
      ...(password === undefined ? {} : { password }),
      ...(maxRows === undefined ? {} : { maxRows }),
    },
    { signal },
  );
}

/** `{ "sheets": [{ "name", "hidden", "rows": [[{ "text", "value", "type" }]] }] }`, a line for each row. */
async function writeJson(run: Run, file: FileOfPath, output: HeldOutput, head = ''): Promise<void> {
  await output.write(`{${head}\n"sheets": [`);
  let sheets = 0;
  let rows = 0;
  for await (const event of readCells(run, file)) {
    if (event.type === 'sheet') {
      const { name, hidden } = event;
      const before = sheets === 0 ? '' : ']},';
      await output.write(`${before}\n{"name": ${JSON.stringify(name)}, "hidden": ${hidden}, "rows": [`);
      sheets += 1;
      rows = 0;
    } else if (event.type === 'rows') {
      for (const row of event.rows) {
        await output.write(`${rows === 0 ? '' : ','}\n${JSON.stringify(row)}`);
        rows += 1;
      }
    }
  }
  await output.write(`${sheets === 0 ? '' : ']}'}]}`);
}

async function writeText(run: Run, file: FileOfPath, output: HeldOutput): Promise<void> {
  for await (const event of readCells(run, file)) {
    if (event.type === 'sheet')
      await output.write(`${plain(event.name)}${event.hidden ? ' (hidden)' : ''}\n`);
    else if (event.type === 'rows')
      for (const row of event.rows)
        await output.write(`${row.map((cell) => plain(cell.text)).join(' | ')}\n`);
  }
}

/** Every cell of the files; one that is refused is named among the others. */
export async function inspectEveryCell(run: Run, expanded: ExpandedPaths): Promise<Status> {
  const { json } = run.args;
  const { files, several, leftOut, complete } = expanded;
  const [only] = files;
  if (!several && only) {
    const output = new HeldOutput();
    await (json ? writeJson(run, only, output) : writeText(run, only, output));
    if (json) await output.write('\n');
    await output.flush();
    return 0;
  }
  let refused = 0;
  if (json) process.stdout.write('{"files": [');
  for (const [index, file] of files.entries()) {
    const output = new HeldOutput();
    const comma = index === 0 ? '\n' : ',\n';
    try {
      if (json) {
        await output.write(comma);
        await writeJson(run, file, output, `"file": ${JSON.stringify(file.name)}, `);
      } else {
        await output.write(`${plain(file.name)}\n`);
        await writeText(run, file, output);
      }
    } catch (error) {
      // What has been printed cannot be taken back: then the whole command ends.
      if (!(error instanceof AppError) || !output.drop()) throw error;
      refused += 1;
      const { code, message } = error;
      await output.write(
        json
          ? `${comma}${JSON.stringify({ file: file.name, error: { code, message } })}`
          : `${plain(file.name)}: refused: ${plain(message)}\n`,
      );
    }
    await output.flush();
  }
  if (json) printLine(`],\n"leftOut": ${JSON.stringify(leftOut)}, "complete": ${complete}}`);
  else printLeftOut(expanded);
  return refused > 0 ? 1 : 0;
}
