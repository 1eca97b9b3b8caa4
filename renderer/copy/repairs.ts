/** What cleaning did to a value, by the code of the repair. */
const words: Readonly<Record<string, string>> = {
  'phone.zero-restored': 'The zero that the spreadsheet had dropped was put back.',
  'phone.from-stored': 'Read from the number stored in the cell: its display had lost digits.',
  'time.utc': 'The time was marked as UTC.',
};

/** A repair in words; an unknown code as it is, without its dots. */
export function repairWords(code: string): string {
  return words[code] ?? `Cleaned on import (${code.replace(/[.-]/g, ' ')}).`;
}
