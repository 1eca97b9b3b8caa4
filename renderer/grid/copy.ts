/** Cells with the values behind what is shown, so that a copy inside the window never has to guess again. */
export const cellsType = 'application/x-fellside-cells';

/**
 * Puts text on the clipboard inside a user's action, and beside it `cells` for this window alone. Needs no
 * permission, unlike the asynchronous clipboard.
 */
export function copyText(text: string, cells?: readonly (readonly string[])[]): void {
  const listen = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    if (cells) event.clipboardData?.setData(cellsType, JSON.stringify(cells));
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener('copy', listen, { capture: true, once: true });
  try {
    document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', listen, { capture: true });
  }
}
