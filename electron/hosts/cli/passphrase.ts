/** Where the passphrase comes from: environment, a file, or a prompt that shows nothing. Never an argument. */
import { readFileSync } from 'node:fs';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Arguments } from './arguments.ts';
import { userPath } from './arguments.ts';

export async function readPassphrase(args: Arguments): Promise<string> {
  const fromEnvironment = process.env.FELLSIDE_PASSPHRASE;
  // Children of this process and a dump of its environment need not have it.
  delete process.env.FELLSIDE_PASSPHRASE;
  const file = args.options.get('passphrase-file');
  if (file !== undefined) {
    try {
      return readFileSync(userPath(file), 'utf8').replace(/\r?\n$/, '');
    } catch {
      throw new AppError('usage', 'The passphrase file cannot be read. Check its path and permissions.');
    }
  }
  if (fromEnvironment) return fromEnvironment;
  if (!process.stdin.isTTY)
    throw new AppError('usage', 'No passphrase: set FELLSIDE_PASSPHRASE or give --passphrase-file.');
  return prompt('Passphrase: ');
}

/**
 * The password of protected workbooks, from a file or the environment; undefined when none was given.
 * @throws AppError `usage` when the file cannot be read.
 */
export function readFilePassword(args: Arguments): string | undefined {
  const fromEnvironment = process.env.FELLSIDE_FILE_PASSWORD;
  delete process.env.FELLSIDE_FILE_PASSWORD;
  const file = args.options.get('file-password-file');
  return file === undefined ? fromEnvironment || undefined : readPasswordFile(file);
}

/** The password that protects what is written. @throws AppError `usage` when the file cannot be read or is empty. */
export function readPasswordFile(file: string): string {
  let password: string;
  try {
    password = readFileSync(userPath(file), 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw new AppError('usage', 'The file with the password cannot be read. Check its path and permissions.');
  }
  if (password === '') throw new AppError('usage', 'The file with the password is empty.');
  return password;
}

/**
 * The new passphrase, from a file, the environment or a prompt that asks twice. Without a question nothing is asked,
 * and none is null.
 */
export async function readNewPassphrase(args: Arguments, question: string): Promise<string>;
export async function readNewPassphrase(args: Arguments, question: null): Promise<string | null>;
export async function readNewPassphrase(args: Arguments, question: string | null): Promise<string | null> {
  const fromEnvironment = process.env.FELLSIDE_NEW_PASSPHRASE;
  delete process.env.FELLSIDE_NEW_PASSPHRASE;
  const file = args.options.get('new-passphrase-file');
  if (file !== undefined) return readPasswordFile(file);
  if (fromEnvironment) return fromEnvironment;
  if (question === null) return null;
  if (!process.stdin.isTTY)
    throw new AppError(
      'usage',
      'No new passphrase: set FELLSIDE_NEW_PASSPHRASE or give --new-passphrase-file.',
    );
  const typed = await prompt(question);
  if ((await prompt('Again: ')) !== typed)
    throw new AppError('usage', 'The two are different, so nothing was changed. Try again.');
  return typed;
}

/** The recovery key as it was typed, from a file, the environment or a prompt. */
export async function readRecoveryKeyText(args: Arguments): Promise<string> {
  const fromEnvironment = process.env.FELLSIDE_RECOVERY_KEY;
  delete process.env.FELLSIDE_RECOVERY_KEY;
  const file = args.options.get('recovery-key-file');
  if (file !== undefined) return readPasswordFile(file);
  if (fromEnvironment) return fromEnvironment;
  if (!process.stdin.isTTY)
    throw new AppError('usage', 'No recovery key: set FELLSIDE_RECOVERY_KEY or give --recovery-key-file.');
  return prompt('Recovery key: ');
}

function prompt(question: string): Promise<string> {
  const { stdin, stderr } = process;
  stderr.write(question);
  stdin.setRawMode(true);
  stdin.resume();
  stdin.setEncoding('utf8');
  return new Promise((resolve, reject) => {
    let typed = '';
    const finish = (end: () => void) => {
      stdin.setRawMode(false);
      stdin.pause();
      stdin.off('data', take);
      stderr.write('\n');
      end();
    };
    const take = (text: string) => {
      for (const character of text) {
        if (character === '\r' || character === '\n' || character === '\u0004')
          return finish(() => resolve(typed));
        if (character === '\u0003') return finish(() => reject(new AppError('cancelled', 'Cancelled.')));
        typed =
          character === '\u007f' || character === '\b' ? [...typed].slice(0, -1).join('') : typed + character;
      }
    };
    stdin.on('data', take);
  });
}
