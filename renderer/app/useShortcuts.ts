import { useEffect } from 'react';
import { shellCopy } from '../copy/shell.ts';
import { keepEarlyKey } from '../grid/earlyKeys.ts';
import { findCommand } from './commands.ts';
import { showMessage } from './messages.ts';
import { openDialogName, useDialog } from './navigation.ts';
import { mayNow } from './role.ts';

/** Commands that leave text alone: in a field their keys belong to the field. */
const textKeys = new Set(['undo', 'redo', 'redo-shift', 'help', 'source', 'add']);

function isTextField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)) &&
    (target as HTMLInputElement).type !== 'checkbox'
  );
}

/**
 * What is typed between the key that opens a dialog and the moment its field has the focus is kept for the
 * field. It must never reach the grid below, where a letter opens a cell.
 */
function guardOpeningDialog(event: KeyboardEvent): void {
  if (openDialogName() === null || event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey)
    return;
  if (event.target instanceof Element && event.target.closest('[role="dialog"]:not(.ag-popup-editor)'))
    return;
  keepEarlyKey(event);
  event.preventDefault();
  event.stopPropagation();
}

/** Runs commands by their keys. While a dialog is open only the dialog has the keyboard. */
export function useShortcuts(): void {
  const dialog = useDialog();
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat) return;
      const command = findCommand(event);
      if (!command) return;
      // A lock is never in the way of what is open: what is written in it is kept.
      const always = command.id === 'lock' || (dialog === 'help' && command.id === 'palette');
      if (dialog !== null && !always) {
        if (event.ctrlKey || event.metaKey) event.preventDefault();
        return;
      }
      if (textKeys.has(command.id) && isTextField(event.target)) return;
      event.preventDefault();
      if (command.changes && !mayNow('analyst')) showMessage({ tone: 'warning', text: shellCopy.readerOnly });
      else command.run();
    };
    window.addEventListener('keydown', guardOpeningDialog, true);
    window.addEventListener('keydown', listen);
    return () => {
      window.removeEventListener('keydown', guardOpeningDialog, true);
      window.removeEventListener('keydown', listen);
    };
  }, [dialog]);
}
