/** Words of the dialogs that write something outside, and of the reason that goes with it. */
export const disclosureCopy = {
  reason: 'Reason',
  reasonHint: 'Recorded in the history',
  reasonNeeded: 'Needed: a disclosure is recorded with its reason.',
  folder: 'Folder',
  chooseFolder: 'Choose a folder',
  folderNeeded: 'Choose the folder that the file goes to.',
  showFolder: 'Show the folder',
  written: (folder: string, file: string) => `Written into ${folder}: ${file}.`,
  inClear: 'It is not encrypted: handle it by its marking.',
  stop: 'Stop',
  leave: 'Leave',
  close: 'Close',
};
