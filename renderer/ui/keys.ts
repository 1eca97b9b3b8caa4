/** `Alt+ArrowLeft` as people read it: `Alt + Left`. */
export function showKeys(keys: string): string {
  return keys
    .replace(/Arrow(?=[A-Z])/g, '')
    .split('+')
    .join(' + ');
}
