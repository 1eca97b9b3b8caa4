/** Words of a command line, taken apart. */
import { isAbsolute, resolve } from 'node:path';
import { AppError } from '../../../shared/contract/errors.ts';

export interface Arguments {
  command: string;
  /** Words without dashes, in order. */
  words: string[];
  options: Map<string, string>;
  /** Values of the options that may be given more than once, in order. */
  lists: Map<string, string[]>;
  json: boolean;
}

const flags = new Set([
  'json',
  'preview',
  'cells',
  'sources',
  'rules',
  'help',
  'raw',
  'versions',
  'spelling',
  'deep',
  'list',
  'accept-older',
  'without-reason',
  'certificate',
  'reopen',
  'operation',
  'dry-run',
  'texts',
  'keep-key',
  'unsure',
  'keep',
  'recover',
  'targets',
  'unfolded',
  'confirmed',
  'singles',
]);
const valued = new Set([
  'name',
  'marking',
  'user',
  'passphrase-file',
  'new-passphrase-file',
  'recovery-key-file',
  'role',
  'file-password-file',
  'password-file',
  'destroy-by',
  'grid',
  'profile',
  'kind',
  'concern',
  'sheet',
  'mapping',
  'refresh',
  'against',
  'key',
  'take',
  'leave',
  'decisions',
  'date-order',
  'conflicts',
  'where',
  'sort',
  'limit',
  'offset',
  'pack',
  'team',
  'format',
  'out',
  'recipient',
  'reason',
  'taken',
  'caption',
  'rows',
  'row',
  'which',
  'around',
  'only',
  'version',
  'set',
  'model',
  'note',
  'on',
  'in',
  'from',
  'by',
  'to',
  'about',
  'text',
  'head',
  'entry',
  'consultation',
  'disclosure',
  'justification',
  'threshold',
  'least-calls',
  'proceedings',
  'concluded',
  'convicted',
  'released',
  'custody',
  'appeal',
  'appeal-decided',
  'group',
  'until',
  'confirm',
]);

const repeatable = new Set(['release', 'member', 'evidence', 'without']);

/** @throws AppError `usage` for an option that is not known or lacks its value. */
export function parseArguments(argv: readonly string[]): Arguments {
  const words: string[] = [];
  const options = new Map<string, string>();
  const lists = new Map<string, string[]>();
  let onlyWords = false;
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? '';
    if (onlyWords || !word.startsWith('--')) {
      words.push(word);
      continue;
    }
    if (word === '--') {
      onlyWords = true;
      continue;
    }
    const equals = word.indexOf('=');
    const name = equals > 0 ? word.slice(2, equals) : word.slice(2);
    if (name === 'passphrase' || name === 'new-passphrase' || name === 'recovery-key') {
      throw new AppError(
        'usage',
        name === 'passphrase'
          ? 'A passphrase is never an argument: other users of the machine could read it. Use FELLSIDE_PASSPHRASE or --passphrase-file.'
          : `A secret is never an argument: other users of the machine could read it. Use --${name}-file.`,
      );
    }
    if (name === 'password' || name === 'file-password') {
      throw new AppError(
        'usage',
        'A password is never an argument: other users of the machine could read it. Use FELLSIDE_FILE_PASSWORD or --file-password-file.',
      );
    }
    if (flags.has(name)) options.set(name, '');
    else if (valued.has(name) || repeatable.has(name)) {
      const value = equals > 0 ? word.slice(equals + 1) : argv[index + 1];
      if (value === undefined) throw new AppError('usage', `--${name} needs a value.`);
      if (equals <= 0) index += 1;
      if (repeatable.has(name)) lists.set(name, [...(lists.get(name) ?? []), value]);
      else options.set(name, value);
    } else throw new AppError('usage', `There is no option --${name}. "fellside help" lists them.`);
  }
  const [command = 'help', ...rest] = words;
  return { command, words: rest, options, lists, json: options.has('json') };
}

/** The n-th word. @throws AppError `usage` that names what is missing. */
export function word(args: Arguments, index: number, what: string): string {
  const value = args.words[index];
  if (value === undefined || value === '')
    throw new AppError('usage', `${args.command} needs ${what}. "fellside help ${args.command}" shows how.`);
  return value;
}

/** A path as the user gave it, from where the user stands: npm changes the folder. */
export function userPath(path: string): string {
  return isAbsolute(path) ? path : resolve(process.env.INIT_CWD ?? process.cwd(), path);
}

/** A whole number of an option, within bounds. */
export function numberOption(
  args: Arguments,
  name: string,
  minimum: number,
  maximum: number,
): number | undefined {
  const text = args.options.get(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < minimum || value > maximum) {
    throw new AppError('usage', `--${name} has to be a whole number from ${minimum} to ${maximum}.`);
  }
  return value;
}

/** `FIELD=VALUE` words as an object. */
export function assignments(words: readonly string[]): Record<string, string | null> {
  if (words.length === 0) throw new AppError('usage', 'Give at least one FIELD=VALUE.');
  return Object.fromEntries(
    words.map((text) => {
      const equals = text.indexOf('=');
      if (equals < 1) throw new AppError('usage', `"${text}" is not FIELD=VALUE.`);
      const value = text.slice(equals + 1);
      return [text.slice(0, equals), value === '' ? null : value];
    }),
  );
}
