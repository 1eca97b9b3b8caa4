/** The check on demand: every page, the whole journal, and every file that is kept whole. Runs in a thread of its own. */
import { createHash } from 'node:crypto';
import type { IntegrityProblem } from '../../../../shared/contract/areas/backups.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { VerifyReport } from '../../../../shared/contract/schemas.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { databaseError } from '../../database/connection.ts';
import { pendingMigrations } from '../../database/migrations/migrate.ts';
import { all, get, prepare } from '../../database/sql.ts';
import { readKept } from '../../intake/files.ts';
import { verifyChain } from '../../journal/verify.ts';

export interface DatabaseCheck extends VerifyReport {
  problems: IntegrityProblem[];
  checked: { pages: number; files: number; packs: number; photographs: number };
}

const pieceBytes = 4 * 1024 * 1024;

/**
 * Looks at everything and names what is broken. Never throws for damage: damage is the answer.
 * `deep` also compares indexes with their tables and follows every reference; it takes several times as long.
 */
export function checkDatabase(
  database: ReadDatabase,
  deep: boolean,
  stage: (name: string, done: number, total: number | null) => void,
): DatabaseCheck {
  const result: DatabaseCheck = {
    ok: false,
    entries: 0,
    head: null,
    firstBroken: null,
    problems: [],
    checked: { pages: 0, files: 0, packs: 0, photographs: 0 },
  };
  const note = (part: IntegrityProblem['part'], what: string) => {
    if (result.problems.length < 50) result.problems.push({ part, what });
  };
  /** A part that cannot be read at all is a finding of that part; the others are still looked at. */
  const look = (part: IntegrityProblem['part'], work: () => void) => {
    try {
      work();
    } catch (error) {
      note(part, error instanceof AppError ? error.message : databaseError(error).message);
    }
  };
  look('pages', () => {
    stage('Checking the pages', 0, null);
    result.checked.pages = database.pragma('page_count', { simple: true }) as number;
    for (const row of database.pragma(deep ? 'integrity_check(20)' : 'quick_check(20)') as object[]) {
      const text = String(Object.values(row)[0]);
      if (text !== 'ok') note('pages', `The database is damaged inside: ${withoutValues(text)}.`);
    }
    if (deep)
      for (const row of database.pragma('foreign_key_check') as { table: string; parent: string }[])
        note('pages', `A row of "${row.table}" rests on a row of "${row.parent}" that is not there.`);
  });
  look('schema', () => {
    pendingMigrations(database);
  });
  look('journal', () => {
    stage('Checking the journal', 0, null);
    const chain = verifyChain(database);
    Object.assign(result, chain);
    if (chain.firstBroken)
      note('journal', `The journal is broken at entry ${chain.firstBroken.seq}: ${chain.firstBroken.what}.`);
  });
  look('files', () => checkFiles(database, result, note, stage));
  look('packs', () => {
    stage('Checking issued packs', 0, null);
    result.checked.packs = checkBytes(database, 'pack_file', "'PACK-' || pack_id", (ref) =>
      note('packs', `A file of ${ref} is not what was issued.`),
    );
  });
  look('photographs', () => {
    stage('Checking photographs', 0, null);
    result.checked.photographs = checkBytes(database, 'photograph', 'id', (id) =>
      note('photographs', `Photograph ${id} is not what was attached.`),
    );
  });
  result.ok = result.problems.length === 0;
  return result;
}

/** Messages of SQLite name tables and pages. A cell in them would be a value of the operation: numbers and names stay. */
function withoutValues(text: string): string {
  return text
    .split('\n', 1)
    .join('')
    .replace(/'[^']*'/g, "'…'")
    .slice(0, 160);
}

/** What was erased is missing on purpose, as an entry of the journal says. Older workspaces erased nothing. */
const unerased = (database: ReadDatabase, table: 'source_file' | 'pack') =>
  get(database, "SELECT 1 FROM pragma_table_info(?) WHERE name = 'erased'", table)
    ? 'WHERE erased IS NULL'
    : '';

function checkFiles(
  database: ReadDatabase,
  result: DatabaseCheck,
  note: (part: 'files', what: string) => void,
  stage: (name: string, done: number, total: number | null) => void,
): void {
  const files = all<{ id: number; sha256: string; size: number }>(
    database,
    `SELECT id, sha256, size FROM source_file ${unerased(database, 'source_file')} ORDER BY id`,
  );
  const total = files.reduce((sum, file) => sum + file.size, 0);
  let done = 0;
  for (const file of files) {
    const hash = createHash('sha256');
    const whole = (() => {
      try {
        for (let at = 0; at < file.size; at += pieceBytes) {
          const piece = readKept(database, file.id, at, Math.min(file.size, at + pieceBytes));
          hash.update(piece);
          done += piece.length;
          stage('Checking imported files', done, total);
        }
        return hash.digest('hex') === file.sha256;
      } catch {
        return false;
      }
    })();
    if (!whole) note('files', `An imported file (number ${file.id}) is not what was imported.`);
    result.checked.files += 1;
  }
}

/** Compares every blob of a table with the SHA-256 beside it, one row at a time. Gives how many there are. */
function checkBytes(
  database: ReadDatabase,
  table: 'pack_file' | 'photograph',
  name: string,
  broken: (name: string) => void,
): number {
  let count = 0;
  for (const found of prepare(
    database,
    `SELECT ${name} AS name, sha256, bytes FROM ${table} ${table === 'pack_file' ? `WHERE pack_id IN (SELECT id FROM pack ${unerased(database, 'pack')})` : ''}`,
  ).iterate()) {
    const row = found as { name: string | number; sha256: string; bytes: Buffer };
    if (createHash('sha256').update(row.bytes).digest('hex') !== row.sha256) broken(String(row.name));
    count += 1;
  }
  return count;
}

/** The answer where the database does not even open. */
export function checkFailed(error: AppError): DatabaseCheck {
  return {
    ok: false,
    entries: 0,
    head: null,
    firstBroken: null,
    problems: [{ part: 'pages', what: error.message }],
    checked: { pages: 0, files: 0, packs: 0, photographs: 0 },
  };
}
