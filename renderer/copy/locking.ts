import type { LockReason } from '../../shared/contract/lockReason.ts';
import { findColumn, grids, parseRef } from '../../shared/grid/grids.ts';
import type { GridName } from '../../shared/grid/types.ts';

const reasons: Record<LockReason, string> = {
  asked: 'Locked.',
  idle: 'Locked because nobody had worked in it for a while.',
  screen: 'Locked because the screen was locked.',
  sleep: 'Locked because the machine went to sleep.',
  'user-switched': 'Locked because another user of the machine was switched to.',
};

/** Words of locking, of what survives it, and of its settings. */
export const lockingCopy = {
  locking: 'Locking',
  reasons,
  kept: 'What was written and not saved is kept in the workspace.',
  restored: (what: string) => `What you were writing is still here, not saved: ${what}.`,
  cellKept: 'Written before, and not saved. Edit again to go on, or leave the cell as it was.',
  show: 'Show',
  soon: (seconds: number) => `Locks in ${seconds} s`,
  soonTitle: 'The workspace is about to lock',
  soonLead: 'Press a key or move the mouse to stay. What is written and not saved is kept.',
  lockNow: 'Lock now',
  title: 'Lock',
  lead: 'A lock ends the process that holds the keys, and the page that shows the operation. What is written and not saved is kept in the workspace, encrypted, and shown again after unlocking.',
  when: 'When it locks',
  whenRows: [
    ['Ctrl+L, or Lock at the top', 'At once.'],
    ['Nobody works', 'After the minutes below. The last 30 seconds are counted down.'],
    [
      'The screen is locked, the machine sleeps, another user is switched to',
      'At once in the installed program. In a browser window only sleep is noticed, on waking: lock the workspace yourself.',
    ],
    ['The window is closed, or the engine fails', 'At once.'],
  ],
  settings: 'Settings of this workspace',
  idle: 'Minutes without a key, a click or a movement',
  idleHint: '1 to 60. An import that runs counts as work, for an hour at most.',
  never: 'Never by itself',
  neverHint: 'Only a lead can choose this. The workspace then stays open on an unattended machine.',
  neverRefused: 'Only a lead can choose this.',
  clipboard: 'Seconds until what was copied is taken off the clipboard',
  clipboardHint:
    '10 to 600, and at every lock. What was copied from another program since is left. A browser lets nobody at the clipboard while its window is behind another: it is cleared when the window comes forward again.',
  screenshots: 'Keep the window out of screenshots and shared screens',
  screenshotsHint:
    'Windows and macOS leave the window out of what is captured. Linux has no such thing, and a browser window neither. No camera in front of the screen is stopped.',
  save: 'Save',
  saved: 'Saved. It is in the history.',
  wrongMinutes: 'Whole minutes from 1 to 60.',
  wrongSeconds: 'Whole seconds from 10 to 600.',
};

/** What a draft is of, by its key; null for what is not worth a word. */
export function describeDraft(key: string): string | null {
  const [kind = '', ...rest] = key.split('/');
  const titleOf = (ref = '', field = '') => {
    const grid = parseRef(ref)?.grid;
    const title = grid && findColumn(grid, field)?.title;
    return title ? `${title} of ${ref}` : null;
  };
  switch (kind) {
    case 'place':
      return null;
    case 'briefing':
      return 'the briefing';
    case 'cell':
    case 'open':
    case 'record':
      return titleOf(rest[0], rest[1]);
    case 'result':
      return titleOf(rest[0], rest[1]) ?? 'a result of the day';
    case 'add':
      return `a new ${grids[rest[0] as GridName]?.noun ?? 'row'}`;
    case 'accept':
      return 'why a finding is accepted';
    case 'kinds':
      return 'a kind of pack';
    case 'export':
      return 'the pack that you were about to issue';
    case 'import':
      return 'how files are read in the import';
    case 'recall':
      return 'why copies are recalled';
    case 'settle':
      return 'what became of copies';
    case 'disclosure':
      return 'why a file is written';
    case 'risk':
      return 'the risk matrix';
    case 'photograph':
      return `the caption of a photograph of ${rest[0] ?? ''}`;
    default:
      return 'a form';
  }
}
