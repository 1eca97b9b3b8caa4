import type { Role } from '../../shared/contract/areas/users.ts';

/** Words of people and keys: users, passphrases, recovery keys, the data key. */
export const peopleCopy = {
  title: 'People and keys',
  lead: 'Everybody who works in this workspace opens it with a passphrase of their own. What each may do is checked by the engine for every step, and each entry of the history is signed with the key of its user.',
  users: 'Users',
  add: 'Add a user',
  columns: { name: 'Name', role: 'Role', added: 'Added', by: 'By', state: 'State', actions: 'Actions' },
  roles: { lead: 'Lead', analyst: 'Analyst', reader: 'Reader' } satisfies Record<Role, string>,
  roleHints: {
    lead: 'Also decides about people, keys, the record and the end of the operation.',
    analyst: 'Imports, edits the plan and issues packs.',
    reader: 'Looks and searches. Changes nothing and lets nothing out.',
  } satisfies Record<Role, string>,
  you: 'You',
  waiting: 'Has not set a passphrase yet',
  recovery: 'Has a recovery key',
  noRecovery: 'No recovery key',
  removed: (day: string) => `Removed ${day}`,
  founder: 'Created the workspace',
  reset: 'Give new keys',
  remove: 'Remove',
  showRemoved: 'Show removed users',
  leadOnly: 'Only a lead adds, changes or removes users.',
  roleChanged: (name: string, role: Role) => `${name} is ${peopleCopyArticle[role]} now.`,
  yourself: 'Yourself',
  rename: 'Change your name',
  passphrase: 'Change your passphrase',
  recoveryKey: 'Make a recovery key',
  recoveryAgain: 'Make another recovery key',
  recoveryHint:
    'Without one, a lost passphrase can only be replaced by a lead; that of the only lead not at all.',
  key: 'Data key',
  keyLead: 'The database is encrypted under the data key, which is sealed to every user.',
  keyState: (generation: number, changed: string | null) =>
    changed === null
      ? `Number ${generation}; it has not been changed since the workspace was created.`
      : `Number ${generation}; changed on ${changed}.`,
  rotate: 'Change the data key',

  addDialog: {
    title: 'Add a user',
    name: 'Name',
    nameHint: 'As it stands in the history, for instance with a collar number',
    role: 'Role',
    button: 'Add',
  },
  oneTime: {
    title: (name: string) => `Passphrase for ${name}`,
    words:
      'It opens the workspace once and is shown only now. Hand it over in person, not with the workspace. Before anything else they set a passphrase of their own, with new keys that nobody else has held.',
    label: 'Passphrase for the first opening',
    close: 'I have passed it on',
  },
  resetDialog: {
    title: (name: string) => `Give ${name} new keys`,
    words:
      'For somebody who lost their passphrase, or whose passphrase somebody else knows. What they signed before still holds. Their old passphrase and recovery key stop working.',
    alsoRotate:
      'If somebody else has a copy of the workspace folder as well, change the data key afterwards.',
    button: 'Give new keys',
  },
  removeDialog: {
    title: (name: string) => `Remove ${name}`,
    words: 'Their passphrase opens nothing any more. What they did stays in the history under their name.',
    rotate: 'Change the data key as well',
    rotateHint:
      'Then the key that they know opens nothing that is written from now on. It takes as long as a backup. Without it, somebody who kept the key can read this workspace.',
    button: 'Remove',
    working: 'Changing the data key',
    done: (name: string) => `${name} is removed.`,
    doneRotated: (generation: number) => `The data key was changed: it is number ${generation} now.`,
    notRotated: 'The data key is what it was. It can be changed at any time below.',
  },
  rotateDialog: {
    title: 'Change the data key',
    words:
      'The whole database is written again under a new key, which is sealed to every user. Passphrases stay as they are. It can be stopped at any time before the end; the old key stands then.',
    button: 'Change the key',
    stop: 'Stop',
  },
  olderBackups: {
    title: (count: number) =>
      count === 1
        ? 'One backup opens under an earlier key only'
        : `${count} backups open under an earlier key only`,
    words:
      'They open with the passphrases of their time, also those of people who were removed since. Delete what nobody needs, here and wherever copies lie, and make a new backup.',
    none: 'There is no backup under an earlier key in this workspace. Copies elsewhere still open with the passphrases of their time.',
  },
  renameDialog: { title: 'Change your name', name: 'Your name', button: 'Change' },
  passphraseDialog: {
    title: 'Change your passphrase',
    current: 'Passphrase now',
    next: 'New passphrase',
    repeat: 'New passphrase again',
    button: 'Change',
    done: 'Your passphrase was changed.',
    note: 'Whoever has a copy of the folder from before can still open that copy with the old passphrase.',
  },
  firstPassphrase: {
    title: 'Set a passphrase of your own',
    words: (name: string) =>
      `${name}, the passphrase that you were given opens this workspace once. The one that you set now is known to nobody else.`,
    current: 'Passphrase that you were given',
    button: 'Set and go on',
    later: 'Close the workspace',
  },
  recoveryDialog: {
    title: 'Recovery key',
    words:
      'A key on paper that opens the workspace as you when the passphrase is lost. It is shown once, and kept nowhere. Whoever has it and the folder reads everything: lock it away, apart from the machine.',
    replaces: 'The recovery key that you made before stops working.',
    current: 'Your passphrase',
    button: 'Make and show it',
    shown: 'Write it down or print it now. It is not shown again.',
    groups: 'Recovery key, eight groups',
    check:
      'The last character of each group checks the others: a typing mistake is found and its group named.',
    print: 'Print',
    kept: 'I have it on paper',
    sheet: {
      title: 'Recovery key of a Fellside workspace',
      workspace: 'Workspace',
      user: 'Opens it as',
      made: 'Made on',
      how: 'In Fellside, choose the workspace, then "Passphrase lost". Type the eight groups in order. The key is used up by that.',
      safe: 'Whoever has this sheet and the workspace folder reads everything in it. Keep it locked away.',
    },
  },
  recover: {
    link: 'Passphrase lost',
    title: 'Open with a recovery key',
    words: 'Type the eight groups from the print. The key is used up, and you set a new passphrase.',
    key: 'Recovery key',
    keyHint: 'Capitals, blanks and dashes do not matter',
    noKey:
      'No recovery key: a lead can give you new keys. Without a lead and without a key, the workspace stays closed.',
    button: 'Open and set the passphrase',
  },
  strength: {
    empty: 'Four or more unrelated words are easy to remember and hard to guess.',
    scores: ['Guessed at once', 'Weak', 'Fair', 'Good', 'Strong'],
    refused: 'not strong enough to be taken',
    time: (time: string, machines: string) =>
      `Somebody who copied the folder and tries on ${machines} ordinary computers would probably have it ${time}. An estimate: what stands in a book or is used elsewhere falls sooner.`,
    mismatch: 'The two passphrases are different.',
    needed: 'Needed',
    short: (least: number) => `Too short: at least ${least} characters.`,
    weak: 'Too weak to be taken: see below.',
  },
  wait: (seconds: number) =>
    seconds < 60
      ? `Wait ${seconds} second${seconds === 1 ? '' : 's'}`
      : `Wait ${Math.floor(seconds / 60)} min ${seconds % 60} s`,
  cancel: 'Cancel',
  close: 'Close',
};

const peopleCopyArticle: Record<Role, string> = { lead: 'a lead', analyst: 'an analyst', reader: 'a reader' };

/** `seconds` as a person would say how long something takes: within a minute, in about 3 days. */
export function sayTime(seconds: number): string {
  const about = (value: number, unit: string) => {
    const rounded = value < 10 ? Math.round(value) : Number(value.toPrecision(2));
    return `in about ${rounded.toLocaleString('en-GB')} ${unit}${rounded === 1 ? '' : 's'}`;
  };
  if (seconds < 1) return 'at once';
  if (seconds < 60) return 'within a minute';
  if (seconds < 3600) return about(seconds / 60, 'minute');
  if (seconds < 86_400) return about(seconds / 3600, 'hour');
  if (seconds < 86_400 * 60) return about(seconds / 86_400, 'day');
  if (seconds < 86_400 * 365 * 2) return about(seconds / (86_400 * 30.4), 'month');
  if (seconds < 86_400 * 365 * 1000) return about(seconds / (86_400 * 365), 'year');
  return 'after more than a thousand years';
}
