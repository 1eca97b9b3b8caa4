/** Words of backups, of the check of a workspace, and of restoring. */
import type { BackupReason } from '../../shared/contract/areas/backups.ts';

export const backupsCopy = {
  title: 'Backups',
  list: 'List of backups',
  lead: 'A backup is one encrypted file that opens with the passphrases of its day. Each is read back and proved before it counts. Edits go on meanwhile.',
  none: 'There is no backup of this workspace yet.',
  noneHint:
    'One is made by itself when the workspace is a day old. Make one now if you would miss today’s work.',
  now: 'Back up now',
  toFile: 'Back up to a file',
  working: 'Backing up.',
  stop: 'Stop',
  done: 'Backed up and read back.',
  due: 'The last backup is older than the setting says. One is made by itself; make one now to be sure.',
  failed: 'The last backup failed.',
  columns: { when: 'Made', why: 'Why', entries: 'Entries', size: 'Size', state: 'State', name: 'File' },
  reasons: {
    regular: 'Regular',
    import: 'After an import',
    asked: 'Asked for',
    file: 'To a file',
    'before-migration': 'Before an update',
    'before-receiving': 'Before receiving',
  } satisfies Record<BackupReason, string>,
  states: {
    verified: 'Proved',
    'other-key': 'Earlier key, or damaged',
    unknown: 'Not looked at',
  },
  check: {
    title: 'Check this workspace',
    lead: 'Looks at every page, the whole history, every imported file, every issued pack and every photograph.',
    button: 'Check this workspace',
    deep: 'Also indexes, references and every backup (slower)',
    working: 'Checking.',
    good: 'This workspace is whole.',
    bad: 'This workspace is not whole.',
  },
  restoring: {
    title: 'Restoring',
    steps: [
      'Keep the damaged or wrong workspace as it is. Nothing is ever restored over it.',
      'Lock this workspace. Choose “Restore a backup” on the first screen, then the backup file. Backups of a workspace are in its folder “backups”.',
      'Give the passphrase that was yours on the day of the backup, and a name for the restored workspace.',
      'Open it, look at the history for the last entry, and enter again what was done since then.',
    ],
  },
  file: {
    title: 'Back up to a file',
    lead: 'Writes the whole workspace, encrypted, as one file into a folder of your choice. It is recorded as a disclosure: whoever has the file and a passphrase of this workspace has everything.',
    reasonNeeded: 'Needed: a copy of everything is recorded with its reason.',
    choose: 'Choose a folder and back up',
    written: (name: string) => `Written and read back: ${name}`,
  },
  settings: {
    title: 'When, and how many stay',
    leadOnly: 'Only a lead changes this.',
    everyHours: 'Hours between backups',
    afterRows: 'After imports from rows',
    newest: 'Newest kept',
    days: 'One a day, for days',
    weeks: 'One a week, for weeks',
    megabytes: 'Space at most, MB',
    hint: 'The newest good backup stays, whatever stands here.',
    save: 'Save',
    saved: 'Saved. It holds from the next backup on.',
    wrong: 'Whole numbers within reason, please.',
  },
  status: 'Backup due',
  statusFailed: 'Backup failed',
};

export const restoreCopy = {
  button: 'Restore a backup',
  title: 'Restore a backup',
  lead: 'Makes a workspace from a backup, and only when every page and entry of it holds. Nothing is written over.',
  passphrase: 'Passphrase on the day of the backup',
  choose: 'Choose a place and restore',
  working: 'Restoring.',
  stop: 'Stop',
  back: 'Back',
  needed: 'Needed',
  byKey: 'Use a recovery key instead',
  byPassphrase: 'Use a passphrase instead',
  done: (entries: string, when: string, byKey: boolean) =>
    `Restored as it was on ${when}: ${entries}, all of them checked. ${
      byKey
        ? 'Open it with the same recovery key under “Passphrase lost”.'
        : 'Open it with the same passphrase.'
    }`,
  openIt: 'Open the restored workspace',
  damage: {
    older: 'Open this copy all the same',
    olderHint: 'It is written into the history that an older copy was accepted.',
    check: 'Find out what is broken',
    checking: 'Checking.',
    offer: 'Backups in this folder, newest first. Keep the folder as it is and restore under another name.',
    newestGood: 'The newest good one',
    none: 'There is no backup in the folder of this workspace. Look for a backup file elsewhere, and choose “Restore a backup”.',
    restore: 'Restore this one',
  },
};
