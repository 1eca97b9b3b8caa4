/** Which files of a folder or an archive may be spreadsheets. What opens is decided later, by content. */

/** Endings of what the readers open. */
const spreadsheet = /\.(?:xlsx|xlsm|xltx|xltm|xlsb|xls|xlt|ods|ots|csv|tsv|tab|psv|txt)$/i;

export const nestedArchive = /\.(?:zip|7z|rar|gz|tgz|bz2|xz|tar|zst|cab)$/i;

type Refused = { code: string; message: string };

/** Code of files that nobody meant to import: they are named and left out, and are no problem. */
export const leftOutCode = 'file.left-out';

/** Why a file is left out without a further look, by its path; null when it is not. */
export function leaveOut(path: string): Refused | null {
  const parts = path.split('/').filter((part) => part !== '' && part !== '..');
  const name = parts.at(-1) ?? '';
  if (name.startsWith('~$'))
    return {
      code: leftOutCode,
      message: 'Left out: the lock file of a workbook that somebody has open.',
    };
  if (
    parts.some((part) => part.startsWith('.') || part === '__MACOSX') ||
    /^(?:thumbs\.db|desktop\.ini)$/i.test(name)
  )
    return { code: leftOutCode, message: 'Left out: a hidden file.' };
  return null;
}

/** Why a file is no spreadsheet, by its name or else its first bytes; null when it may be one. */
export async function recognise(
  shown: string,
  name: string,
  readHead: (length: number) => Promise<Buffer>,
): Promise<Refused | null> {
  if (spreadsheet.test(name)) return null;
  const start = (await readHead(300)).toString('latin1');
  if (start.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return null;
  if (start.startsWith('PK\x03\x04')) {
    if (/\[Content_Types\]\.xml|mimetypeapplication\/vnd\.oasis/.test(start)) return null;
    return {
      code: 'file.unsupported',
      message: `“${shown}” is an archive inside an archive. Unpack it and import what is in it.`,
    };
  }
  return {
    code: 'file.not-spreadsheet',
    message: `“${shown}” is no spreadsheet by its name. If it holds a table, give it the ending .csv and import it again.`,
  };
}
