import { AppError } from '../../../../../shared/contract/errors.ts';
import { describeEncrypted, describeNotSpreadsheet, describeUnsupported } from '../sniff.ts';
import type { ByteSource, OpenedFile } from '../types.ts';
import { noteExtras } from '../xlsx/openXlsx.ts';
import type { ZipArchive } from '../xlsx/zipArchive.ts';
import { openWhole, type WholeOptions } from './openWhole.ts';

const maxManifestBytes = 4 * 1024 * 1024;

/**
 * Opens what a zip archive holds that is no .xlsx: a binary workbook or an OpenDocument spreadsheet.
 *
 * @throws AppError `file.unsupported`, `file.not-spreadsheet`, `file.encrypted` in words that say what it
 *   is, and what `openWhole` throws
 */
export async function openOtherArchive(
  source: ByteSource,
  archive: ZipArchive,
  options: WholeOptions,
): Promise<OpenedFile> {
  const fileName = source.name;
  const holds = (pattern: RegExp) => archive.names.some((name) => pattern.test(name));
  if (holds(/(?:^|\/)workbook\.bin$/i)) {
    const opened = await openWhole(source, 'xlsb', options, archive);
    noteExtras(archive, opened.notes);
    return opened;
  }
  if (holds(/^Index\/.*\.iwa$/i) || holds(/^Index\.zip$/i)) {
    throw describeUnsupported(fileName, 'is an Apple Numbers or Pages file');
  }
  if (holds(/^EncryptedPackage$/i)) throw describeEncrypted(fileName);
  if (holds(/^word\//i) || holds(/^ppt\//i)) {
    throw describeNotSpreadsheet(fileName, 'a Word or PowerPoint file');
  }
  if (holds(/^content\.xml$/i) && holds(/^META-INF\/manifest\.xml$/i)) {
    const type = archive.has('mimetype')
      ? (await archive.readWhole('mimetype', maxManifestBytes)).toString('latin1')
      : 'spreadsheet';
    if (!type.includes('spreadsheet'))
      throw describeNotSpreadsheet(fileName, 'an OpenDocument text or drawing');
    const manifest = await archive.readWhole('META-INF/manifest.xml', maxManifestBytes);
    if (manifest.includes('encryption-data')) throw describeEncryptedDocument(fileName);
    return openWhole(source, 'ods', options, archive);
  }
  throw describeNotSpreadsheet(fileName, 'a zip archive');
}

/** OpenDocument protects each part in its own way, which no password given here opens. */
function describeEncryptedDocument(fileName: string): AppError {
  return new AppError(
    'file.encrypted',
    `“${fileName}” is protected with a password. Open it in LibreOffice or Excel, save it without the password as .ods or .xlsx and import that.`,
    { file: fileName },
  );
}
