/** Loads a postcode file: one transaction and one entry, every row counted; a failed or cancelled one changes nothing. */
import type { PostcodeReport } from '../../../../shared/contract/areas/places.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { Progress } from '../../../../shared/contract/schemas.ts';
import { databaseError } from '../../database/connection.ts';
import { get, prepare, run } from '../../database/sql.ts';
import type { GrantedFile } from '../../grants.ts';
import { fingerprint } from '../../intake/files.ts';
import { openSpreadsheet } from '../../intake/readers/openSpreadsheet.ts';
import type { OpenedFile, SheetRow } from '../../intake/readers/types.ts';
import { appendEntry } from '../../journal/journal.ts';
import type { Session } from '../../session.ts';
import { AreaCounts } from './areaCounts.ts';
import { replacedFile, savePlaceFile } from './placeFiles.ts';
import {
  findPostcodeColumns,
  type PostcodeColumns,
  type RefusedReason,
  readPostcodeRow,
  sampledRows,
} from './postcodeColumns.ts';

/** The whole country has about 2.7 million, ended ones among them. */
export const mostPostcodes = 3_000_000;
/** Refused rows that are listed; the rest are counted. */
const mostListed = 100_000;
const count = (value: number) => value.toLocaleString('en-GB');

export interface LoadOptions {
  attribution: string;
  signal?: AbortSignal | undefined;
  progress: (progress: Progress) => void;
}

/**
 * Takes the place of the postcodes that were loaded before.
 * @throws AppError `invalid` where no columns of postcodes and positions can be told or no row gives a place,
 *   `file.too-many-rows`, `cancelled`, and what the readers say of the file.
 */
export async function loadPostcodes(
  session: Session,
  file: GrantedFile,
  options: LoadOptions,
): Promise<PostcodeReport> {
  const source = await file.open();
  options.progress({
    type: 'progress',
    stage: `Taking the fingerprint of ${file.name}`,
    done: 0,
    total: null,
    unit: 'rows',
  });
  let sha256: string;
  try {
    sha256 = await fingerprint(source, options.signal);
  } catch (error) {
    await source.close();
    throw options.signal?.aborted ? stopped() : error;
  }
  const opened = await openSpreadsheet(source, { signal: options.signal });
  try {
    const { rows, columns } = await chooseSheet(opened, file.name, options.signal);
    return await session.exclusively(() =>
      takeRows(session, rows, columns, { file: file.name, sha256, bytes: source.size, ...options }),
    );
  } catch (error) {
    if (options.signal?.aborted) throw stopped();
    if (error instanceof AppError) throw error;
    throw (error as { code?: string }).code?.startsWith('SQLITE') ? databaseError(error) : error;
  } finally {
    await opened.close();
  }
}

const stopped = () =>
  new AppError('cancelled', 'Loading was stopped; the postcodes that were loaded before are still there.');

/** The first sheet with postcodes and positions. */
async function chooseSheet(
  opened: OpenedFile,
  name: string,
  signal?: AbortSignal,
): Promise<{ rows: () => AsyncIterable<SheetRow[]>; columns: PostcodeColumns }> {
  for (const sheet of opened.sheets) {
    const sample: SheetRow[] = [];
    for await (const batch of sheet.rows(signal)) {
      sample.push(...batch.slice(0, sampledRows - sample.length));
      if (sample.length >= sampledRows) break;
    }
    const columns = findPostcodeColumns(sample);
    if (columns) return { rows: () => sheet.rows(signal), columns };
  }
  throw new AppError(
    'invalid',
    `“${name}” has no column of postcodes with a position beside it. Wanted are a column such as "postcode" or "pcds" and either "latitude" and "longitude" or "eastings" and "northings".`,
  );
}

interface Taking extends LoadOptions {
  file: string;
  sha256: string;
  bytes: number;
}

async function takeRows(
  session: Session,
  rows: () => AsyncIterable<SheetRow[]>,
  columns: PostcodeColumns,
  options: Taking,
): Promise<PostcodeReport> {
  const database = session.writer;
  database.exec('BEGIN IMMEDIATE');
  try {
    const replaced = replacedFile(database, 'postcodes');
    run(database, 'DELETE FROM postcode');
    run(database, 'DELETE FROM postcode_refused');
    const taken = await insertRows(session, rows, columns, options);
    if (taken.loaded === 0)
      throw new AppError(
        'invalid',
        `No row of “${options.file}” gives a place, so nothing was changed. ${reasonsText(taken.refused)}`,
      );
    taken.areas.write(database);
    const { areas: _, ...counts } = taken;
    const report: PostcodeReport = {
      file: options.file,
      sha256: options.sha256,
      ...counts,
      columns: columns.names,
      districts:
        get<{ districts: number }>(
          database,
          "SELECT count(*) AS districts FROM postcode_area WHERE instr(area, ' ') = 0",
        )?.districts ?? 0,
      attribution: options.attribution,
    };
    savePlaceFile(session, 'postcodes', report);
    const refused = Object.values(report.refused).reduce((sum, each) => sum + each, 0);
    const seq = appendEntry(session, {
      operation: 'collection',
      method: 'places.load',
      summary: `Loaded ${count(report.loaded)} postcodes from ${options.file}; ${count(refused)} rows give no place`,
      after: { ...report, ...(replaced ? { replaced } : {}) },
    });
    options.signal?.throwIfAborted();
    database.exec('COMMIT');
    session.announce({ seq, grids: [] });
    return report;
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

const reasonsText = (refused: Record<string, number>) =>
  Object.entries(refused)
    .map(([reason, times]) => `${count(times)} rows: ${reason}.`)
    .join(' ');

interface Taken {
  rows: number;
  loaded: number;
  ended: number;
  blank: number;
  refused: Record<string, number>;
  areas: AreaCounts;
}

async function insertRows(
  session: Session,
  rows: () => AsyncIterable<SheetRow[]>,
  columns: PostcodeColumns,
  { file, signal, progress }: Taking,
): Promise<Taken> {
  const database = session.writer;
  const insert = prepare(
    database,
    'INSERT INTO postcode (postcode, easting, northing, ended) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const refuse = prepare(database, 'INSERT INTO postcode_refused (row, reason, text) VALUES (?, ?, ?)');
  const taken: Taken = { rows: 0, loaded: 0, ended: 0, blank: 0, refused: {}, areas: new AreaCounts() };
  let listed = 0;
  const refused = (row: number, reason: RefusedReason, text: string) => {
    taken.refused[reason] = (taken.refused[reason] ?? 0) + 1;
    if (listed < mostListed) refuse.run(row, reason, text.trim().slice(0, 12));
    listed += 1;
  };
  for await (const batch of rows()) {
    signal?.throwIfAborted();
    for (const { row, text } of batch) {
      if (row <= columns.headingRow) continue;
      taken.rows += 1;
      if (taken.rows > mostPostcodes)
        throw new AppError(
          'file.too-many-rows',
          `“${file}” has more than ${count(mostPostcodes)} rows. Take the areas that you need out of it into a file of their own and load that.`,
        );
      if (!text.some((cell) => cell.trim() !== '')) {
        taken.blank += 1;
        continue;
      }
      const read = readPostcodeRow(text, columns);
      if ('reason' in read) refused(row, read.reason, text[columns.postcode] ?? '');
      else if (insert.run(read.postcode, read.easting, read.northing, read.ended).changes === 0)
        refused(row, sameAsKept(session, read) ? 'repeated' : 'conflicting', read.postcode);
      else {
        taken.loaded += 1;
        if (read.ended !== null) taken.ended += 1;
        taken.areas.add(read);
      }
    }
    progress({ type: 'progress', stage: `Reading ${file}`, done: taken.rows, total: null, unit: 'rows' });
  }
  return taken;
}

function sameAsKept(session: Session, row: { postcode: string; easting: number; northing: number }): boolean {
  const kept = get<{ easting: number; northing: number }>(
    session.writer,
    'SELECT easting, northing FROM postcode WHERE postcode = ?',
    row.postcode,
  );
  return kept?.easting === row.easting && kept.northing === row.northing;
}
