/** `fellside users`: who may open a workspace, in which role, with which key. */
import { Role, type User } from '../../../shared/contract/areas/users.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { formatDateTime } from '../../../shared/domain/dates.ts';
import { userPath, word } from './arguments.ts';
import { awaitReport } from './awaitReport.ts';
import { plain, printJson, printLine, printTable } from './output.ts';
import { readNewPassphrase, readPassphrase, readRecoveryKeyText } from './passphrase.ts';
import type { Run, Status } from './run.ts';

const actions: Record<string, (run: Run) => Promise<void>> = {
  list,
  add,
  remove,
  role,
  reset,
  passphrase,
  rename,
  recovery,
  recover,
  rotate,
};

export async function users(run: Run): Promise<Status> {
  const name = run.args.words[1] ?? 'list';
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (!action)
    throw new AppError(
      'usage',
      `users does not know "${plain(name)}". "fellside help users" lists what it does.`,
    );
  await action(run);
  return 0;
}

/** Prints the JSON of a result, or its lines. */
function print(run: Run, json: unknown, lines: readonly string[]): void {
  if (run.args.json) printJson(json);
  else for (const line of lines) printLine(plain(line));
}

const listed = ({ name, role, addedAt, addedBy, removedAt }: User) => ({
  name,
  role,
  addedAt,
  addedBy,
  removedAt,
});

async function list(run: Run): Promise<void> {
  await run.open();
  const found = await run.client.users.list();
  if (run.args.json) {
    printJson({ users: found.users.map(listed), keyGeneration: found.keyGeneration });
    return;
  }
  const day = (at: string | null) => (at === null ? '' : formatDateTime(at.slice(0, 16)));
  printTable(
    ['Name', 'Role', 'Added', 'By', 'Removed', 'Note'],
    found.users.map((user) => [
      user.name,
      user.role,
      day(user.addedAt),
      user.addedBy ?? '',
      day(user.removedAt),
      user.isWaiting ? 'has not set a passphrase yet' : user.hasRecoveryKey ? 'has a recovery key' : '',
    ]),
  );
  printLine(`Data key number ${found.keyGeneration}.`);
}

/** The number of a user by name. @throws AppError `not-found`. */
async function userNamed(run: Run, name: string): Promise<number> {
  const { users: all } = await run.client.users.list();
  const same = (text: string) => text.trim().toLocaleLowerCase('en-GB');
  const found = all.find((user) => user.removedAt === null && same(user.name) === same(name));
  if (!found)
    throw new AppError(
      'not-found',
      `There is no user "${plain(name)}" in this workspace. "users WORKSPACE list" shows them.`,
    );
  return found.id;
}

function roleOf(text: string | undefined): Role {
  const role = Role.safeParse(text);
  if (!role.success) throw new AppError('usage', `A role is one of ${Role.options.join(', ')}.`);
  return role.data;
}

async function add(run: Run): Promise<void> {
  const name = word(run.args, 2, 'a name');
  const wanted = roleOf(run.args.options.get('role'));
  const given = await readNewPassphrase(run.args, null);
  await run.open();
  const added = await run.client.users.add({
    name,
    role: wanted,
    ...(given === null ? {} : { passphrase: given }),
  });
  printAdmission(run, `Added ${added.name} (${added.role}).`, added, given);
}

async function reset(run: Run): Promise<void> {
  const name = word(run.args, 2, 'the name of a user');
  const given = await readNewPassphrase(run.args, null);
  await run.open();
  const id = await userNamed(run, name);
  const done = await run.client.users.reset({ id, ...(given === null ? {} : { passphrase: given }) });
  printAdmission(run, `${done.name} has new keys.`, done, given);
}

/** A passphrase that was given is not said again. */
function printAdmission(
  run: Run,
  line: string,
  { name, role: of, oneTimePassphrase }: { name: string; role: Role; oneTimePassphrase: string },
  given: string | null,
): void {
  print(run, { name, role: of, ...(given === null ? { oneTimePassphrase } : {}) }, [
    line,
    ...(given === null
      ? [
          `Passphrase for the first opening, shown once: ${oneTimePassphrase}`,
          'Hand it over in person. Nothing works before they have set one of their own: users WORKSPACE passphrase.',
        ]
      : [
          'Nothing works for them before they have set a passphrase of their own: users WORKSPACE passphrase.',
        ]),
  ]);
}

async function role(run: Run): Promise<void> {
  const name = word(run.args, 2, 'the name of a user');
  const wanted = roleOf(run.args.words[3] ?? run.args.options.get('role'));
  await run.open();
  const found = await run.client.users.setRole({ id: await userNamed(run, name), role: wanted });
  print(run, { users: found.users.map(listed), keyGeneration: found.keyGeneration }, [
    `${name} is ${wanted} now.`,
  ]);
}

const backupWords = (files: readonly string[]) =>
  files.length === 0
    ? []
    : [
        `${files.length} backup${files.length === 1 ? '' : 's'} in this workspace open${files.length === 1 ? 's' : ''} with the passphrases of their time only: ${files.join(', ')}. Delete those that nobody needs.`,
      ];

async function remove(run: Run): Promise<void> {
  const name = word(run.args, 2, 'the name of a user');
  await run.open();
  const id = await userNamed(run, name);
  const rotateToo = !run.args.options.has('keep-key');
  const report = await awaitReport(
    () => run.client.users.remove({ id, rotate: rotateToo }, { signal: run.signal }),
    'Cancelled: the user is removed, the data key is what it was. "users WORKSPACE rotate" changes it.',
  );
  print(run, { removed: name, ...report }, [
    `Removed ${name}.`,
    report.rotated
      ? `The data key was changed: it is number ${report.keyGeneration} now.`
      : 'The data key is what it was: who knows it can still read this workspace. "users WORKSPACE rotate" changes it.',
    ...backupWords(report.olderBackups),
  ]);
}

async function rotate(run: Run): Promise<void> {
  await run.open();
  const report = await awaitReport(
    () => run.client.users.rotate(undefined, { signal: run.signal }),
    'Cancelled: the data key is what it was.',
  );
  print(run, report, [
    `The data key was changed: it is number ${report.keyGeneration} now. Every passphrase opens as before.`,
    ...backupWords(report.olderBackups),
  ]);
}

async function rename(run: Run): Promise<void> {
  const name = word(run.args, 2, 'your new name');
  await run.open();
  const found = await run.client.users.rename({ name });
  print(run, { users: found.users.map(listed), keyGeneration: found.keyGeneration }, [
    `You are ${name} now.`,
  ]);
}

/** Opens the workspace and gives the passphrase that opened it, for what asks for it again. */
async function openKnowing(run: Run): Promise<string> {
  const current = await readPassphrase(run.args);
  const grant = run.engine.grants.add(userPath(word(run.args, 0, 'a workspace folder')), 'open-workspace');
  await run.client.workspace.open({ grant, passphrase: current });
  return current;
}

async function passphrase(run: Run): Promise<void> {
  const current = await openKnowing(run);
  const next = await readNewPassphrase(run.args, 'New passphrase: ');
  await run.client.users.changePassphrase({ current, passphrase: next });
  print(run, { changed: true }, ['Your passphrase was changed.']);
}

async function recovery(run: Run): Promise<void> {
  const current = await openKnowing(run);
  const made = await run.client.users.makeRecoveryKey({ current });
  print(run, { recoveryKey: made.groups.join('-'), groups: made.groups }, [
    'Your recovery key, shown once and kept nowhere. Write it down and lock it away, apart from the workspace:',
    '',
    `  ${made.groups.slice(0, 4).join('-')}`,
    `  ${made.groups.slice(4).join('-')}`,
    '',
    'Whoever has it opens the workspace as you. One that was made before opens nothing any more.',
  ]);
}

async function recover(run: Run): Promise<void> {
  const grant = run.engine.grants.add(userPath(word(run.args, 0, 'a workspace folder')), 'open-workspace');
  const recoveryKey = await readRecoveryKeyText(run.args);
  const next = await readNewPassphrase(run.args, 'New passphrase: ');
  const summary = await run.client.users.recover({ grant, recoveryKey, passphrase: next });
  print(run, { user: summary.user, changed: true }, [
    `The workspace opens for ${summary.user.name} with the new passphrase. The recovery key is used up: make another with "users WORKSPACE recovery".`,
  ]);
}
