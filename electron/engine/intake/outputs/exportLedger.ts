/** The loss ledger of an import as a PDF, for the file. */
import { makeRef } from '../../../../shared/grid/grids.ts';
import { get } from '../../database/sql.ts';
import { compileApart } from '../../packs/pdf/compileApart.ts';
import { countPages } from '../../packs/pdf/countPages.ts';
import { findResources, readFonts, readTemplate } from '../../packs/resources.ts';
import type { Session } from '../../session.ts';
import { markingOf } from './exportRejected.ts';
import { findImport } from './findImport.ts';
import { layoutLedger } from './layoutLedger.ts';
import { writeOutput } from './writeOutput.ts';

export interface LedgerOptions {
  folder: string;
  reason: string;
  resources: string | undefined;
  signal: AbortSignal | undefined;
}

/** Writes the ledger and journals it as a disclosure. @throws AppError `not-found`, `pack.failed`, `cancelled`. */
export async function exportLedger(
  session: Session,
  ref: string,
  options: LedgerOptions,
): Promise<{ file: string; pages: number; sha256: string }> {
  const found = findImport(session.reader, ref);
  const name = get<{ name: string | null }>(session.reader, 'SELECT name FROM operation WHERE id = 1')?.name;
  const operation = { name: name ?? '', marking: markingOf(session.reader) };
  const resources = findResources(options.resources);
  const printed = JSON.stringify(layoutLedger(found, operation, session.clock()));
  const pdf = Buffer.from(
    await compileApart(
      {
        template: readTemplate(resources, 'ledger'),
        fonts: readFonts(resources),
        files: new Map([['ledger.json', Buffer.from(printed, 'utf8')]]),
      },
      options.signal,
    ),
  );
  const pages = countPages(pdf);
  const written = await writeOutput(session, {
    folder: options.folder,
    name: `${makeRef('imports', found.id)} loss ledger.pdf`,
    content: [pdf],
    entry: ({ file, sha256 }) => ({
      operation: 'disclosure',
      method: 'imports.exportLedger',
      target: ref,
      summary: `Wrote the loss ledger of ${ref} out of the workspace`,
      after: { file, sha256, pages },
      reason: options.reason,
      rows: [{ grid: 'imports', id: found.id }],
    }),
  });
  return { ...written, pages };
}
