import { AppError } from '../../../../shared/contract/errors.ts';
import { identifyCompoundFile } from './compoundFile.ts';
import { decodeBytes, guessUtf16 } from './textEncoding.ts';
import type { ByteSource } from './types.ts';

const sampleBytes = 64 * 1024;

const saveAgain = 'save it as .xlsx or CSV and import again';

/** First bytes of formats that are no spreadsheets, and what to call them. */
const signatures: readonly (readonly [string, string])[] = [
  ['%PDF-', 'a PDF document'],
  ['\x89PNG', 'a picture'],
  ['\xff\xd8\xff', 'a picture'],
  ['GIF8', 'a picture'],
  ['II*\0', 'a picture'],
  ['MM\0*', 'a picture'],
  ['RIFF', 'a media file'],
  ['ID3', 'a sound file'],
  ['OggS', 'a media file'],
  ['MZ', 'a program'],
  ['\x7fELF', 'a program'],
  ['\x1f\x8b', 'a compressed archive'],
  ['7z\xbc\xaf\x27\x1c', 'a compressed archive'],
  ['Rar!', 'a compressed archive'],
  ['BZh', 'a compressed archive'],
  ['\xfd7zXZ', 'a compressed archive'],
  ['SQLite format 3\0', 'a database'],
  ['{\\rtf', 'a word-processor document'],
  ['PAR1', 'a data file'],
];

/**
 * What a file is, by its content and never by its name.
 *
 * @returns `zip` for anything in a zip archive, `xls` for a workbook of Excel 5 to 2003, `encrypted` for a
 *   workbook in a container that asks for a password, `text` for what may be delimited text
 * @throws AppError `file.unsupported` or `file.not-spreadsheet`, in words that
 *   say what the file is and what to do
 */
export async function sniffFormat(source: ByteSource): Promise<'zip' | 'xls' | 'encrypted' | 'text'> {
  const sample = await source.read(0, sampleBytes);
  const head = sample.toString('latin1', 0, 32);
  if (head.startsWith('PK\x03\x04') || head.startsWith('PK\x05\x06')) return 'zip';
  if (head.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return sniffCompoundFile(source);
  if (isBareOldExcel(sample)) return 'xls';
  if (head.slice(4, 8) === 'ftyp') throw describeNotSpreadsheet(source.name, 'a media file');
  if (head.startsWith('BM') && sample.readUInt32LE(Math.min(2, sample.length - 4)) === source.size) {
    throw describeNotSpreadsheet(source.name, 'a picture');
  }
  for (const [signature, what] of signatures) {
    // Letters alone could begin a heading, so a short signature of letters must not be plain text.
    if (
      head.startsWith(signature) &&
      (/[^\x20-\x7e]/.test(signature) || signature.length > 3 || isBinary(sample))
    ) {
      throw describeNotSpreadsheet(source.name, what);
    }
  }
  if (head.startsWith('\xff\xfe\0\0') || head.startsWith('\0\0\xfe\xff')) {
    throw describeUnsupported(source.name, 'is text in UTF-32');
  }
  const marked = head.startsWith('\xff\xfe') || head.startsWith('\xfe\xff');
  const wide = guessUtf16(sample);
  if (!marked && !wide && isBinary(sample)) throw describeNotSpreadsheet(source.name, 'binary data');
  refuseMarkup(source.name, readHead(sample, wide));
  return 'text';
}

/** The error for a format that Excel can open and this reader cannot. */
export function describeUnsupported(name: string, what: string): AppError {
  return new AppError(
    'file.unsupported',
    `“${name}” ${what}, which cannot be imported. Open it in Excel, ${saveAgain}.`,
    { file: name },
  );
}

/** The error for a file that holds no table at all. */
export function describeNotSpreadsheet(name: string, what: string): AppError {
  return new AppError(
    'file.not-spreadsheet',
    `“${name}” is not a spreadsheet: it looks like ${what}. Choose an .xlsx, .xlsm, .xls, .xlsb, .ods, .csv or .tsv file.`,
    { file: name },
  );
}

/** The error for a workbook that asks for a password. */
export function describeEncrypted(name: string): AppError {
  return new AppError(
    'file.encrypted',
    `“${name}” is protected with a password. Give the password (on the command line: --file-password-file FILE), or remove it in Excel and import the file again.`,
    { file: name },
  );
}

async function sniffCompoundFile(source: ByteSource): Promise<'xls' | 'encrypted'> {
  switch (await identifyCompoundFile(source)) {
    case 'encrypted-workbook':
      return 'encrypted';
    case 'old-workbook':
      return 'xls';
    case 'old-document':
      throw describeNotSpreadsheet(source.name, 'a Word, PowerPoint or Outlook file');
    default:
      throw describeUnsupported(source.name, 'is in an old Office format');
  }
}

function refuseMarkup(name: string, head: string): void {
  if (!head.startsWith('<')) return;
  const lower = head.toLowerCase();
  if (lower.includes('urn:schemas-microsoft-com:office:spreadsheet')) {
    throw describeUnsupported(name, 'is an XML spreadsheet of Excel 2003');
  }
  if (/<(?:!doctype html|html|table|body|head|meta)\b/.test(lower)) {
    throw describeUnsupported(name, 'is a web page (HTML) under the name of a spreadsheet');
  }
  if (/^<(?:\?xml|!doctype)/.test(lower) || (/^<[a-z_][\w:.-]*[\s/>]/.test(lower) && lower.includes('</'))) {
    if (lower.includes('office:spreadsheet')) {
      throw describeUnsupported(name, 'is a flat OpenDocument spreadsheet');
    }
    throw describeNotSpreadsheet(name, 'an XML file');
  }
}

function readHead(sample: Buffer, wide: 'utf-16le' | 'utf-16be' | undefined): string {
  const encoding = sample[0] === 0xff ? 'utf-16le' : sample[0] === 0xfe ? 'utf-16be' : wide;
  const text = decodeBytes(sample.subarray(0, 4096), encoding ?? 'utf-8');
  return text.replace(/^\ufeff/, '').trimStart();
}

/** Excel before version 5 wrote its records without a container: BOF (9) of version 2, 3, 4 or 8. */
function isBareOldExcel(sample: Buffer): boolean {
  return sample[0] === 9 && [0, 2, 4, 8].includes(sample[1] ?? 1) && sample[3] === 0;
}

/** Text has next to no control characters; a stray NUL or two still passes. */
function isBinary(sample: Buffer): boolean {
  let controls = 0;
  for (const byte of sample) {
    if (byte < 32 && (byte < 9 || byte > 13) && byte !== 26 && byte !== 27) controls++;
  }
  return controls > Math.max(2, sample.length * 0.02);
}
