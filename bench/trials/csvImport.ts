/** The import of a million calls into an encrypted workspace, against the plainest import there is. */
import { spawnSync } from 'node:child_process';
import { createReadStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import Database from 'better-sqlite3';
import { parse } from 'csv-parse';
import { callHeadings, preamble } from '../support/callFile.ts';
import type { OpenTrial } from '../support/workspace.ts';
import { callFile, databaseBytes, importCalls, newWorkspace, prepareCallFile } from '../support/workspace.ts';
import type { Trial, TrialContext } from '../trial.ts';

const plainFile = (context: TrialContext) => join(context.folder, 'plain.db');

/** `sqlite3 .import` into a plain file; where there is no sqlite3, csv-parse into one. */
async function importPlain(context: TrialContext) {
  rmSync(plainFile(context), { force: true });
  const imported = spawnSync(
    'sqlite3',
    [plainFile(context), '.mode csv', `.import --skip ${preamble.length} "${callFile(context)}" calls`],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  if (!imported.error && imported.status === 0) return { 'baseline by sqlite3': 1 };
  rmSync(plainFile(context), { force: true });
  const database = new Database(plainFile(context));
  database.exec(
    `CREATE TABLE calls (${callHeadings.map((heading) => `"${heading}" TEXT`).join(', ')}); BEGIN`,
  );
  const insert = database.prepare(`INSERT INTO calls VALUES (${callHeadings.map(() => '?').join(', ')})`);
  const parser = parse({ from_line: preamble.length + 2, relax_column_count: true });
  parser.on('data', (record: string[]) => insert.run(record));
  await pipeline(createReadStream(callFile(context)), parser);
  database.exec('COMMIT');
  database.close();
  return { 'baseline by csv-parse': 1 };
}

let open: OpenTrial | undefined;

async function setup(context: TrialContext): Promise<void> {
  rmSync(join(context.folder, 'import.fellside'), { recursive: true, force: true });
  open = await newWorkspace(context, 'import');
}

async function importEncrypted(context: TrialContext) {
  if (!open) throw new Error('setup comes first');
  await importCalls(context, open.session);
  await open.engine.close();
  return { 'workspace bytes': databaseBytes(context, 'import') };
}

const note =
  'CPU of the import (encrypted, cleaned, indexed, with the original kept) over sqlite3 .import into a plain file; peak memory under 400 MB';

/** A million calls in order of time, 25,000 numbers. */
export const csvImport: Trial = {
  name: 'CSV import, 1,000,000 calls, 25,000 numbers',
  note,
  budget: 4,
  prepare: (context) => prepareCallFile(context, 0.025),
  setup,
  baseline: importPlain,
  subject: importEncrypted,
};

/** The same in no order of time. */
export const csvImportMixed: Trial = {
  ...csvImport,
  name: 'CSV import, 1,000,000 calls, 25,000 numbers, times mixed',
  prepare: (context) => prepareCallFile(context, 0.025, 'mixed'),
};

/** Nearly every call with a number that no other has: the most that memory has to bear. */
export const csvImportDistinct: Trial = {
  ...csvImport,
  name: 'CSV import, 1,000,000 calls, 900,000 numbers',
  prepare: (context) => prepareCallFile(context, 0.9),
};
