import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../../shared/contract/errors.ts';

/**
 * The folder `resources` of the program: given by the host, else looked for upwards from this file,
 * which finds it in a checkout and in the packaged application alike.
 */
export function findResources(given?: string): string {
  if (given !== undefined) return given;
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const resources = join(folder, 'resources');
    if (existsSync(join(resources, 'packs', 'pack.typ'))) return resources;
    if (dirname(folder) === folder) {
      throw new AppError('pack.failed', 'The templates of the packs are missing. Install Fellside again.');
    }
  }
}

/** The fonts that the PDF embeds, in a fixed order. */
export function readFonts(resources: string): Buffer[] {
  const folder = join(resources, 'fonts');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ttf'))
    .sort()
    .map((name) => readFileSync(join(folder, name)));
}

/** The template that prints a pack, the loss ledger of an import, or a document of facts and tables. */
export function readTemplate(resources: string, name: 'pack' | 'ledger' | 'document' = 'pack'): string {
  return readFileSync(join(resources, 'packs', `${name}.typ`), 'utf8');
}
