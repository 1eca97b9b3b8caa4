import { useEffect } from 'react';
import { findCommand } from './commands.ts';
import { useDialog } from './navigation.ts';

/** Commands that leave text alone: in a field their keys belong to the field. */
const textKeys = new Set(['undo', 'redo', 'redo-shift', 'help']);

function isTextField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)) &&
    (target as HTMLInputElement).type !== 'checkbox'
  );
}

/** Runs commands by their keys. While a dialog is open only the dialog has the keyboard. */
export function useShortcuts(): void {
  const dialog = useDialog();
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat) return;
      const command = findCommand(event);
      if (!command) return;
      if (dialog !== null && !(dialog === 'help' && command.id === 'palette')) {
        if (event.ctrlKey || event.metaKey) event.preventDefault();
        return;
      }
      if (textKeys.has(command.id) && isTextField(event.target)) return;
      event.preventDefault();
      command.run();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [dialog]);
}
