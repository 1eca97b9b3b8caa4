import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/contract/errors.ts';
import { fileWord } from '../../../shared/packs/format.ts';
import type { PackData, PackPhotographs } from '../../../shared/packs/packData.ts';
import type { PackFormat } from '../../../shared/packs/packSpec.ts';
import type { PackFile } from './manifest.ts';
import { writePdf } from './pdf/writePdf.ts';
import { preparePictures } from './preparePictures.ts';
import { protectWorkbook } from './xlsx/protectWorkbook.ts';
import { writeXlsx } from './xlsx/writeXlsx.ts';

/**
 * Writes the files of a pack in the wanted formats, each once. Reads neither the database nor the
 * clock: the same data gives the same bytes.
 */
export async function writePack(
  data: PackData,
  photographs: PackPhotographs,
  options: {
    readonly formats: readonly PackFormat[];
    readonly resources?: string;
    /** Ends the layout of a PDF early, with `cancelled`. */
    readonly signal?: AbortSignal;
    /** Protects the workbook: its bytes then differ from one writing to the next. */
    readonly password?: string;
  },
): Promise<PackFile[]> {
  if (options.password !== undefined && !options.formats.includes('xlsx'))
    throw new AppError(
      'usage',
      'A password protects the Excel workbook alone. Add it, or leave the password out.',
    );
  const files: PackFile[] = [];
  const pictures = await preparePictures(data, photographs, options.signal);
  for (const format of new Set(options.formats)) {
    const name = `${nameOf(data)}.${format}`;
    if (format === 'xlsx') {
      const { bytes: open, sheets } = await writeXlsx(data, pictures);
      const bytes = options.password === undefined ? open : protectWorkbook(open, options.password);
      files.push({ name, format, bytes, sha256: hash(bytes), sheets });
    } else if (format === 'pdf') {
      const { bytes, pages } = await writePdf(data, pictures, {
        ...(options.resources === undefined ? {} : { resources: options.resources }),
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      });
      files.push({ name, format, bytes, sha256: hash(bytes), pages });
    } else if (format === 'docx') {
      // Loaded when they are wanted: the libraries would cost every start of the program.
      const { writeDocx } = await import('./docx/writeDocx.ts');
      const bytes = await writeDocx(data, pictures);
      files.push({ name, format, bytes, sha256: hash(bytes) });
    } else {
      const { writePptx } = await import('./pptx/writePptx.ts');
      const { bytes, slides } = await writePptx(data, pictures);
      files.push({ name, format, bytes, sha256: hash(bytes), pages: slides });
    }
  }
  return files;
}

/** `Operation-Bramling-command-v3-copy-2`; the team's name stands behind the pack's. */
function nameOf({ header, spec }: PackData): string {
  const team = header.team === null ? '' : `-${fileWord(header.team)}`;
  return `${fileWord(header.operation)}-${spec.id}${team}-v${header.version}-copy-${header.copy}`;
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
