import type { PackData, PackPhotographs } from '../../../../shared/packs/packData.ts';
import { readPicture } from '../photographs.ts';
import { findResources, readFonts, readTemplate } from '../resources.ts';
import { compileApart } from './compileApart.ts';
import { countPages } from './countPages.ts';
import { layoutDocument } from './layout.ts';

/**
 * Writes a pack as a tagged PDF with embedded fonts. The same data gives the same bytes. Data goes to
 * the template as a JSON file of strings, so nothing in it can act as markup.
 */
export async function writePdf(
  data: PackData,
  photographs: PackPhotographs,
  options: {
    readonly resources?: string;
    readonly signal?: AbortSignal;
    /** False for a look before the issue: the pages say `NOT ISSUED` and carry no number. */
    readonly issued?: boolean;
  } = {},
): Promise<{ bytes: Buffer; pages: number }> {
  const resources = findResources(options.resources);
  const files = new Map<string, Uint8Array>();
  const pictures = new Map<string, string>();
  for (const { id } of data.photographs) {
    const bytes = photographs.get(id);
    const picture = bytes === undefined ? undefined : readPicture(bytes);
    if (picture === undefined) continue;
    // Names are numbers: an id is data and could hold anything.
    const name = `${pictures.size + 1}.${picture.format === 'jpeg' ? 'jpg' : 'png'}`;
    pictures.set(id, name);
    files.set(`photographs/${name}`, picture.bytes);
  }
  files.set(
    'pack.json',
    Buffer.from(JSON.stringify(layoutDocument(data, pictures, options.issued ?? true)), 'utf8'),
  );
  const pdf = await compileApart(
    { template: readTemplate(resources), fonts: readFonts(resources), files },
    options.signal,
  );
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  return { bytes, pages: countPages(bytes) };
}
