import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BookType, utils, type WorkBook, type WorkSheet, write } from '@e965/xlsx';
import { encrypt } from 'officecrypto-tool';

type Line = readonly (string | number | null)[];

/** Password of the protected workbook. */
export const awkwardPassword = 'merlin over grasmere';

function sheetOf(lines: readonly Line[]): WorkSheet {
  return utils.aoa_to_sheet(lines.map((line) => [...line]));
}

function bookOf(sheets: Readonly<Record<string, WorkSheet>>): WorkBook {
  const book = utils.book_new();
  for (const [name, sheet] of Object.entries(sheets)) utils.book_append_sheet(book, sheet, name);
  return book;
}

function bytesOf(book: WorkBook, bookType: BookType): Buffer {
  return write(book, { type: 'buffer', bookType }) as Buffer;
}

/** Windows-1252, where the dash of a word processor is one byte. */
function windows1252(text: string): Buffer {
  return Buffer.from(text.replaceAll('–', '\u0096'), 'latin1');
}

/** Text in UTF-16, least byte first, with its mark at the beginning. */
function utf16(text: string): Buffer {
  return Buffer.from(`\uFEFF${text}`, 'utf16le');
}

function makeHiddenSheet(): WorkBook {
  const book = bookOf({
    Vehicles: sheetOf([
      ['VRM', 'Make', 'Model', 'Colour'],
      ['JT19 KXA', 'Ford', 'Focus', 'Blue'],
      ['LM68 ZZT', 'Audi', 'A3', 'Grey'],
    ]),
    'Not shown': sheetOf([
      ['Surname', 'Forename', 'DOB'],
      ['Hollowell', 'Imogen', '14/02/1999'],
    ]),
  });
  book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }] };
  return book;
}

/**
 * Eleven files as they arrive, each awkward in a way of its own; everybody in them is invented. Returns their paths
 * in the order in which they are named here.
 */
export function writeAwkwardFiles(folder: string): string[] {
  const files: Readonly<Record<string, Buffer>> = {
    // Title rows above the heading, a total below.
    '01 title rows.xlsx': bytesOf(
      bookOf({
        Nominals: sheetOf([
          ['OPERATION FELLGATE'],
          ['Nominals as at 1 November 2026', null, null, 'Produced by R. Sturgess'],
          [],
          ['Surname', 'Forename', 'DOB', 'Mobile'],
          ['Ashgrove', 'Daniel', '03/04/1991', '7700900101'],
          ['Brackenridge', 'Tia', '25/12/2003', '07700 900102'],
          ['Total', null, null, 2],
        ]),
      }),
      'xlsx',
    ),
    // A heading over two lines.
    '02 two lines.xls': bytesOf(
      bookOf({
        Custody: sheetOf([
          ['Custody', 'Detained', 'Detained', 'Date of'],
          ['number', 'surname', 'forename', 'birth'],
          ['CB/1041/26', 'Carrowby', 'Niall', '17/09/1988'],
          ['CB/1042/26', 'Dunnock', 'Wren', '30/01/1997'],
        ]),
      }),
      'biff8',
    ),
    // Semicolons and Windows-1252.
    '03 semicolons.csv': windows1252(
      'Surname;Forename;DOB;Address\r\nO’Hara;Zoë;21/05/1985;14 Mill Goit – rear\r\nMüller;René;28/10/1979;2 Café Row\r\n'.replaceAll(
        '’',
        "'",
      ),
    ),
    // Tabs and UTF-16.
    '04 tabs.tsv': utf16(
      'Mobile\tSubscriber\tNetwork\r\n07700 900111\tErin Fothergill\tVodafone\r\n+44 7700 900112\tUnregistered\tO2\r\n',
    ),
    '05 hidden sheet.ods': bytesOf(makeHiddenSheet(), 'ods'),
    '06 binary.xlsb': bytesOf(
      bookOf({
        Officers: sheetOf([
          ['Collar number', 'Rank', 'Surname', 'Forename'],
          ['PC 4471', 'PC', 'Garstang', 'Holly'],
          ['DS 2210', 'DS', 'Inskip', 'Martin'],
        ]),
      }),
      'xlsb',
    ),
    '07 protected.xlsx': encrypt(
      bytesOf(
        bookOf({
          Premises: sheetOf([
            ['Address', 'Postcode', 'Cuckooed'],
            ['9 Jetty Lane', 'CA1 2BD', 'Yes'],
            ['31 Kiln Bank', 'CA2 4DF', 'No'],
          ]),
        }),
        'xlsx',
      ),
      { password: awkwardPassword },
    ),
    // Every date could be day first or month first.
    '08 either date.csv': Buffer.from(
      'Surname,Forename,DOB\r\nLangrigg,Owen,03/04/1991\r\nMoresby,Kit,05/06/1992\r\nNewlands,Ada,07/08/1993\r\n',
    ),
    // Two tables, one below the other.
    '09 stacked.xlsx': bytesOf(
      bookOf({
        Return: sheetOf([
          ['Surname', 'Forename', 'DOB'],
          ['Ormathwaite', 'Jude', '19/03/1990'],
          ['Patterdale', 'Sam', '23/07/1994'],
          [],
          [],
          ['VRM', 'Make', 'Colour'],
          ['KX21 ABD', 'Vauxhall', 'White'],
          ['YK70 OPL', 'Seat', 'Red'],
        ]),
      }),
      'xlsx',
    ),
    // Rows that cannot come in: nobody is named.
    '10 rejected.csv': Buffer.from(
      'Surname,Forename,DOB,Mobile\r\nQuernmore,Billie,13/01/2001,07700 900121\r\n,,14/06/1999,07700 900122\r\n,,,\r\nRaisbeck,Frankie,31/02/1998,07700 900123\r\n',
    ),
    // Who with whom: a filled cell says that the two were seen together.
    '11 matrix.xlsx': bytesOf(
      bookOf({
        Associations: sheetOf([
          ['', 'Daniel Ashgrove', 'Tia Brackenridge', 'Niall Carrowby', 'Wren Dunnock'],
          ['Daniel Ashgrove', '-', 'x', '', 'x'],
          ['Tia Brackenridge', 'x', '-', 'x', ''],
          ['Niall Carrowby', '', 'x', '-', 'x'],
          ['Wren Dunnock', 'x', '', 'x', '-'],
        ]),
      }),
      'xlsx',
    ),
  };
  return Object.entries(files).map(([name, bytes]) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  });
}
