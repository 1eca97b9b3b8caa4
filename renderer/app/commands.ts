import { gridList } from '../../shared/grid/grids.ts';
import { activeGrid } from '../grid/activeGrid.ts';
import { beginWaiting } from '../grid/earlyKeys.ts';
import { redo, undo } from './actions.ts';
import { clearCrossFilter } from './crossFilter.ts';
import { askJustification } from './justification.ts';
import { lockWorkspace } from './locking.ts';
import { showMessage } from './messages.ts';
import { goBack, goForward, goTo, goToGrid, openDossierHere, showDialog } from './navigation.ts';
import { toggleTheme } from './theme.ts';
import { currentUnsaved } from './unsaved.ts';

/** One thing the user can do: a row of the palette, of the shortcuts and of the help. */
export interface Command {
  id: string;
  title: string;
  group: 'Go to' | 'Do' | 'Grid' | 'Window';
  /** As people write it: `Ctrl+K`. Matched against the pressed keys. */
  keys?: string;
  /** Changes the operation, or lets something of it out: not for a reader. */
  changes?: true;
  run: () => void;
}

const own: readonly Command[] = [
  {
    id: 'palette',
    title: 'Find a record or a command',
    group: 'Do',
    keys: 'Ctrl+K',
    run: () => {
      beginWaiting();
      showDialog('palette');
    },
  },
  {
    id: 'import',
    title: 'Import spreadsheets',
    group: 'Do',
    keys: 'Ctrl+I',
    changes: true,
    run: () => showDialog('import'),
  },
  {
    id: 'export',
    title: 'Export a pack',
    group: 'Do',
    keys: 'Ctrl+E',
    changes: true,
    run: () => showDialog('export'),
  },
  {
    id: 'justify',
    title: 'Say what you are doing',
    group: 'Do',
    run: () => void askJustification(),
  },
  { id: 'undo', title: 'Undo', group: 'Do', keys: 'Ctrl+Z', changes: true, run: () => void undo() },
  { id: 'redo', title: 'Redo', group: 'Do', keys: 'Ctrl+Y', changes: true, run: () => void redo() },
  {
    id: 'redo-shift',
    title: 'Redo',
    group: 'Do',
    keys: 'Ctrl+Shift+Z',
    changes: true,
    run: () => void redo(),
  },
  { id: 'back', title: 'Back', group: 'Go to', keys: 'Alt+ArrowLeft', run: goBack },
  { id: 'forward', title: 'Forward', group: 'Go to', keys: 'Alt+ArrowRight', run: goForward },
  { id: 'overview', title: 'Overview', group: 'Go to', keys: 'Alt+1', run: () => goTo({ kind: 'overview' }) },
  {
    id: 'readiness',
    title: 'Readiness',
    group: 'Go to',
    keys: 'Alt+2',
    run: () => goTo({ kind: 'readiness' }),
  },
  { id: 'history', title: 'History', group: 'Go to', keys: 'Alt+3', run: () => goTo({ kind: 'history' }) },
  {
    id: 'board',
    title: 'Board of the day',
    group: 'Go to',
    keys: 'Alt+4',
    run: () => goTo({ kind: 'board' }),
  },
  { id: 'clocks', title: 'Clocks', group: 'Go to', keys: 'Alt+5', run: () => goTo({ kind: 'clocks' }) },
  {
    id: 'briefing',
    title: 'Briefing',
    group: 'Go to',
    keys: 'Alt+7',
    run: () => goTo({ kind: 'briefing', section: null }),
  },
  {
    id: 'search',
    title: 'Search everything',
    group: 'Go to',
    keys: 'Ctrl+Shift+F',
    run: () => goTo({ kind: 'search' }),
  },
  {
    id: 'matches',
    title: 'Who may be the same person',
    group: 'Go to',
    run: () => goTo({ kind: 'matches' }),
  },
  { id: 'calls', title: 'Lines and calls', group: 'Go to', run: () => goTo({ kind: 'calls', ref: null }) },
  { id: 'chart', title: 'Link chart', group: 'Go to', run: () => goTo({ kind: 'chart', from: [] }) },
  { id: 'timeline', title: 'Timeline', group: 'Go to', run: () => goTo({ kind: 'timeline', refs: [] }) },
  { id: 'map', title: 'Map', group: 'Go to', run: () => goTo({ kind: 'map' }) },
  { id: 'network', title: 'Network', group: 'Go to', run: () => goTo({ kind: 'network' }) },
  { id: 'priorities', title: 'Priorities', group: 'Go to', run: () => goTo({ kind: 'priorities' }) },
  {
    id: 'people-and-keys',
    title: 'People and keys',
    group: 'Go to',
    run: () => goTo({ kind: 'security', section: 'people' }),
  },
  {
    id: 'backups',
    title: 'Backups',
    group: 'Go to',
    run: () => goTo({ kind: 'security', section: 'backups' }),
  },
  {
    id: 'audit',
    title: 'Record of who saw and did what',
    group: 'Go to',
    run: () => goTo({ kind: 'security', section: 'audit' }),
  },
  {
    id: 'exchange',
    title: 'Exchange with another copy',
    group: 'Go to',
    run: () => goTo({ kind: 'security', section: 'exchange' }),
  },
  {
    id: 'closing',
    title: 'Closing down',
    group: 'Go to',
    run: () => goTo({ kind: 'security', section: 'closing' }),
  },
  { id: 'risk', title: 'Risk matrix', group: 'Do', run: () => showDialog('risk') },
  {
    id: 'save',
    title: 'Save what is written',
    group: 'Do',
    keys: 'Ctrl+S',
    run: () => void currentUnsaved()?.save(),
  },
  {
    id: 'results',
    title: 'After the day: results',
    group: 'Go to',
    keys: 'Alt+6',
    run: () => goTo({ kind: 'results', premises: null }),
  },
  {
    id: 'dossier',
    title: 'Everything about this record',
    group: 'Go to',
    keys: 'F8',
    run: () => {
      if (!openDossierHere()) showMessage({ tone: 'warning', text: 'Choose a row or open a record first.' });
    },
  },
  {
    id: 'quick-find',
    title: 'Quick find in this grid',
    group: 'Grid',
    keys: 'Ctrl+F',
    run: () => activeGrid()?.focusQuickFind(),
  },
  {
    id: 'clear-filters',
    title: 'Clear the filters of this grid',
    group: 'Grid',
    keys: 'Ctrl+Shift+L',
    run: () => activeGrid()?.clearFilters(),
  },
  {
    id: 'columns',
    title: 'Choose columns',
    group: 'Grid',
    run: () => activeGrid()?.chooseColumns(),
  },
  {
    id: 'add',
    title: 'Add a row to this grid',
    group: 'Grid',
    keys: 'Insert',
    changes: true,
    run: () => activeGrid()?.addRow(),
  },
  { id: 'views', title: 'Saved views', group: 'Grid', keys: 'Alt+V', run: () => activeGrid()?.chooseView() },
  {
    id: 'groups',
    title: 'Group the rows, or close the groups',
    group: 'Grid',
    keys: 'Alt+G',
    run: () => activeGrid()?.toggleGroups(),
  },
  {
    id: 'cell-history',
    title: 'History of the cell',
    group: 'Grid',
    keys: 'Shift+F4',
    run: () => activeGrid()?.showHistory(),
  },
  {
    id: 'source',
    title: 'Show where the value stood in its sheet',
    group: 'Grid',
    keys: 'F4',
    run: () => activeGrid()?.showSource(),
  },
  {
    id: 'make-targets',
    title: 'Make targets of the selected rows',
    group: 'Grid',
    keys: 'Ctrl+Shift+T',
    changes: true,
    run: () => activeGrid()?.makeTargets(),
  },
  {
    id: 'narrow',
    title: 'Narrow everything by the selected rows',
    group: 'Grid',
    keys: 'Ctrl+Shift+K',
    run: () => activeGrid()?.narrow(),
  },
  {
    id: 'show-everything',
    title: 'Show everything again: nothing is narrowed',
    group: 'Grid',
    keys: 'Ctrl+Shift+X',
    run: clearCrossFilter,
  },
  { id: 'theme', title: 'Light or dark theme', group: 'Window', run: toggleTheme },
  { id: 'help', title: 'Keyboard shortcuts', group: 'Window', keys: '?', run: () => showDialog('help') },
  { id: 'help-f1', title: 'Keyboard shortcuts', group: 'Window', keys: 'F1', run: () => showDialog('help') },
  {
    id: 'lock',
    title: 'Lock the workspace',
    group: 'Window',
    keys: 'Ctrl+L',
    run: () => void lockWorkspace(),
  },
];

/** Every command, in the order in which lists show them. */
export const commands: readonly Command[] = [
  ...own,
  ...gridList
    .filter(({ name }) => name !== 'operation')
    .map(
      (grid): Command => ({
        id: `grid-${grid.name}`,
        title: grid.title,
        group: 'Go to',
        run: () => goToGrid(grid.name),
      }),
    ),
];

/** Keys that act inside a grid and are handled there; listed in the help beside the commands. */
export const gridKeys: readonly { keys: string; title: string }[] = [
  { keys: 'Arrow keys', title: 'Move between cells' },
  { keys: 'Enter', title: 'Open the record' },
  { keys: 'F2', title: 'Edit the cell; typing replaces its value' },
  { keys: 'Ctrl+Enter', title: 'While editing: put the value into every chosen row' },
  { keys: 'Shift+Arrow', title: 'Choose cells; with Ctrl as far as there are rows or columns' },
  { keys: 'Ctrl+D', title: 'Fill down: the first chosen row into those below' },
  { keys: 'Delete', title: 'Blank the chosen cells' },
  { keys: 'Ctrl+V', title: 'Paste a block from a spreadsheet, after a preview' },
  { keys: 'Esc', title: 'Leave the cell as it was; close the record' },
  { keys: 'Space', title: 'Select the row' },
  { keys: 'Alt+ArrowDown', title: 'Filter by this column' },
  { keys: 'Ctrl+C', title: 'Copy the chosen cells, or the selected rows with headings' },
  { keys: 'Shift+F10', title: 'Menu of the cell' },
];

/** Keys in the rows of a sheet that is being imported, and in the review of a later issue. */
export const importKeys: readonly { keys: string; title: string }[] = [
  { keys: 'N', title: 'Next row to look at' },
  { keys: 'P', title: 'Row to look at before this one' },
  { keys: 'Space', title: 'Review: turn the decision of a row round' },
];

/** Keys on a bar of the board, and in the entry of results. */
export const dayKeys: readonly { keys: string; title: string }[] = [
  { keys: 'ArrowLeft', title: 'Board: the bar five minutes earlier; ArrowRight later' },
  { keys: 'Shift+ArrowLeft', title: 'Board: the strike alone' },
  { keys: 'Enter', title: 'Board: set the times, or open the menu with the teams' },
  { keys: 'Esc', title: 'Board: leave the times as they were' },
  { keys: 'Enter', title: 'Results: save and go to the next field' },
  { keys: 'Y', title: 'Results: yes; N is no, Delete takes the answer back' },
  { keys: 'Alt+PageDown', title: 'Results: next premises' },
];

/** Keys in the packs: the pages before an issue, the register, the sections of a kind of pack. */
export const packKeys: readonly { keys: string; title: string }[] = [
  { keys: 'PageDown', title: 'Pages: the next page; PageUp the page before' },
  { keys: 'Home', title: 'Pages: the first page; End the last' },
  { keys: '+', title: 'Pages: larger; - smaller' },
  { keys: 'ArrowDown', title: 'Register: the next copy; ArrowUp the copy before' },
  { keys: 'Alt+ArrowDown', title: 'Kinds of pack: the section later; Alt+ArrowUp earlier' },
];

/** Keys in the link chart. */
export const chartKeys: readonly { keys: string; title: string }[] = [
  { keys: 'Arrow keys', title: 'The nearest record in that direction; with Shift it is chosen as well' },
  { keys: 'Enter', title: 'Show the neighbours of the chosen' },
  { keys: 'Delete', title: 'Hide the chosen' },
  { keys: 'P', title: 'Pin the chosen, or let them go' },
  { keys: 'Space', title: 'Open the record' },
  { keys: 'Ctrl+A', title: 'Choose all' },
  { keys: 'Ctrl+Z', title: 'Take back the last step of the chart; Ctrl+Y does it again' },
  { keys: '+', title: 'Larger; - smaller, 0 fits the chart into view' },
  { keys: 'Alt+T', title: 'Picture or table' },
];

/** The command whose keys were pressed, or undefined. */
export function findCommand(event: {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}): Command | undefined {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const shift = event.shiftKey && key !== '?' ? 'Shift+' : '';
  const pressed = `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${shift}${key}`;
  return own.find(({ keys }) => keys === pressed);
}
