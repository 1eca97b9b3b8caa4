/** What cleaning did to a value, by the code of the repair. */
const words: Readonly<Record<string, string>> = {
  'cell.form': 'The parts of the cell id were put into their usual form.',
  'code.recognised': 'The words were recognised as one of the known codes.',
  'date.century': 'The century was added to a year of two digits.',
  'date.letters': 'Letters that stood for digits were read as digits.',
  'date.serial': 'Read from the number by which the spreadsheet stores a date.',
  'date.time-dropped': 'The time beside the date was left aside.',
  'date.words-removed': 'Words around the date were left aside.',
  'grid.letters': 'Letters that stood for digits were read as digits.',
  'identifier.from-stored': 'Read from the number stored in the cell: its display had lost digits.',
  'identifier.letters':
    'Letters that stood for digits, or digits for letters, were put right by the check character.',
  'identifier.slash': 'The stroke that was missing was put in.',
  'name.remark-removed': 'A remark beside the name was left aside.',
  'nino.letters': 'Letters that stood for digits, or digits for letters, were put right.',
  'phone.extension-removed': 'The extension was left aside.',
  'phone.from-stored': 'Read from the number stored in the cell: its display had lost digits.',
  'phone.letters': 'Letters that stood for digits were read as digits.',
  'phone.prefix-removed': 'The prefix that hides the caller was left aside.',
  'phone.words-removed': 'Words around the number were left aside.',
  'phone.zero-restored': 'The zero that the spreadsheet had dropped was put back.',
  'postcode.extracted': 'The postcode was found among other words.',
  'postcode.letters': 'Letters that stood for digits, or digits for letters, were put right.',
  'time.midnight': '24:00 is midnight at the beginning of the next day.',
  'time.serial': 'Read from the number by which the spreadsheet stores a time.',
  'time.utc': 'The time was marked as UTC.',
  'vehicle.extracted': 'The mark was found among other words.',
  'vehicle.letters': 'Letters that stood for digits, or digits for letters, were put right.',
  'vehicle.words-removed': 'Words around the mark were left aside.',
};

/** A repair in words; an unknown code as it is, without its dots. */
export function repairWords(code: string): string {
  return words[code] ?? `Cleaned on import (${code.replace(/[.-]/g, ' ')}).`;
}
