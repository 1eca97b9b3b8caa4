/** Commands of the command line: unpack the words, call the contract, print. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ORPCError } from '@orpc/server';
import type { ErrorCode } from '../../../shared/contract/errors.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { EngineOptions } from '../../engine/createEngine.ts';
import { createEngine } from '../../engine/createEngine.ts';
import { settingsFolder } from '../startHostedEngine.ts';
import type { Arguments } from './arguments.ts';
import { parseArguments, userPath, word } from './arguments.ts';
import { commands, findCommand } from './commands.ts';
import { plain, printLine } from './output.ts';
import { readPassphrase } from './passphrase.ts';
import type { Run, Status } from './run.ts';
import { makeClient } from './run.ts';

/** Runs one command and gives its exit status. Never throws. */
export async function main(argv: readonly string[], options: EngineOptions = {}): Promise<Status> {
  const abort = new AbortController();
  const interrupt = () => abort.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  // A reader that went away (`| head`) is no failure of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
  });
  const engine = createEngine({
    headsFolder: join(settingsFolder(), 'heads'),
    attemptsFile: join(settingsFolder(), 'attempts.json'),
    backups: 'on-closing',
    ...options,
  });
  let args: Arguments | undefined;
  try {
    args = parseArguments(argv);
    const command = findCommand(args.command);
    if (args.options.has('help') || args.command === 'help') {
      printHelp(args.command === 'help' ? args.words[0] : args.command);
      return 0;
    }
    if (!command)
      throw new AppError('usage', `There is no command "${args.command}". "fellside help" lists them.`);
    const words = args;
    const run: Run = {
      args,
      engine,
      client: makeClient(engine),
      signal: abort.signal,
      async open(index = 0) {
        const grant = engine.grants.add(userPath(word(words, index, 'a workspace folder')), 'open-workspace');
        await run.client.workspace.open({
          grant,
          passphrase: await readPassphrase(words),
          acceptOlder: words.options.has('accept-older'),
        });
        const text = words.options.get('justification');
        if (text !== undefined) await run.client.audit.justify({ text });
      },
    };
    const status = await command.run(run);
    await engine.close();
    return status;
  } catch (error) {
    await engine.close().catch(() => undefined);
    process.stderr.write(`fellside: ${describeFailure(error, engine)}\n`);
    return 2;
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

/** What to do about an error on the command line. */
const hints: Partial<Record<ErrorCode, string>> = {
  'workspace.older': ' (--accept-older opens it.)',
  'closing.open': ' ("fellside case WORKSPACE" says how the case stands.)',
  'users.one-time': ' ("fellside users WORKSPACE passphrase" does it.)',
};

/** One line for a failure. Unexpected ones show a reference, and their stack only where a developer asks. */
function describeFailure(error: unknown, engine: ReturnType<typeof createEngine>): string {
  // One line, and no name of a file that moves the cursor.
  if (error instanceof AppError) return plain(error.message) + (hints[error.code] ?? '');
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') {
    const issues =
      (error.data as { issues?: { message: string; path?: (string | number)[] }[] } | undefined)?.issues ??
      [];
    const first = issues[0];
    return `The command is not understood${first ? `: ${(first.path ?? []).join('.')} ${first.message}` : '.'}`;
  }
  const reference = engine.keepInternal(error);
  const stack = process.env.FELLSIDE_DEBUG === '1' ? `\n${engine.internalErrors().at(-1)?.stack ?? ''}` : '';
  return `Something went wrong inside (${reference}). Nothing was half done. Set FELLSIDE_DEBUG=1 to see where.${stack}`.replace(
    homedir(),
    '~',
  );
}

function printHelp(name: string | undefined): void {
  const command = name ? findCommand(name) : undefined;
  if (name && name !== 'help' && !command)
    throw new AppError('usage', `There is no command "${name}". "fellside help" lists them.`);
  if (command) {
    printLine(`fellside ${command.usage}\n\n${command.about}`);
    return;
  }
  printLine('fellside COMMAND [words] [--options]\n');
  const width = Math.max(...commands.map((each) => each.name.length));
  for (const each of commands) printLine(`  ${each.name.padEnd(width)}  ${each.about.split('\n')[0]}`);
  printLine(
    '\nEvery command takes --json. The passphrase comes from FELLSIDE_PASSPHRASE, --passphrase-file FILE or a prompt.',
  );
  printLine('Exit status: 0 done; 1 done, with problems reported; 2 not done.');
}
