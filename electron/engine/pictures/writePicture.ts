/** A picture and its table as files, under the rules of the tables for other tools, journaled as a disclosure. */
import { createHash } from 'node:crypto';
import type { DrawnPicture } from '../../../shared/contract/areas/pictures.ts';
import { fileWord, formatMarking } from '../../../shared/packs/format.ts';
import { makeSourceRedactor } from '../../../shared/packs/redact.ts';
import { labelOf } from '../../../shared/reference/codeLists.ts';
import { get } from '../database/sql.ts';
import { csvLine, utf8Mark } from '../exports/csv.ts';
import { readWithheldItems } from '../exports/withheldItems.ts';
import { appendEntry } from '../journal/journal.ts';
import { readSourceSecrets } from '../packs/collect/secrets.ts';
import { handOver } from '../packs/putFiles.ts';
import { now, type Session } from '../session.ts';
import { cleanPng } from './cleanPng.ts';
import { judgePicture } from './judge.ts';
import { checkTable, readShown } from './keepPictures.ts';

export interface WrittenPicture {
  files: { file: string; sha256: string }[];
  withheld: { reason: string; count: number }[];
  leftOut: string | null;
}

/**
 * Writes `MARKING-OPERATION-KIND-TIME.png` and `.csv`: a title may name somebody, and names of files are seen. A picture cannot be redacted: where it shows what may not leave, the
 * table goes alone, without the rows that tell of it.
 * @throws AppError `invalid`, what `cleanPng` throws, `pack.failed` when the folder cannot be written.
 */
export async function writePicture(
  session: Session,
  drawn: DrawnPicture & { recipient: string; reason: string },
  folder: string,
): Promise<WrittenPicture> {
  checkTable(drawn.table);
  const png = await cleanPng(drawn.png);
  const { table, whole, withheld, stem } = session.reader.transaction(() => prepare(session, drawn))();
  const lines = [table.headings, ...table.rows].map(csvLine).join('');
  const files = [
    ...(whole ? [{ name: `${stem}.png`, bytes: png.bytes }] : []),
    { name: `${stem}.csv`, bytes: Buffer.from(utf8Mark + lines, 'utf8') },
  ];
  const listed = files.map(({ name, bytes }) => ({
    file: name,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }));
  const entry = { operation: 'disclosure', method: 'pictures.write', target: 'OP-1' } as const;
  await handOver(
    folder,
    files,
    () =>
      session.writer.transaction(() =>
        appendEntry(session, {
          ...entry,
          summary: `Wrote the ${drawn.kind} "${drawn.title}"${whole ? ' and its table' : ' as a table alone'}`,
          after: { files: listed, withheld },
          reason: drawn.reason,
          recipients: [drawn.recipient],
        }),
      )(),
    () =>
      session.writer.transaction(() =>
        appendEntry(session, {
          ...entry,
          summary: `Could not write the ${drawn.kind} "${drawn.title}": nothing was handed over`,
        }),
      )(),
  );
  return {
    files: listed,
    withheld,
    leftOut: whole
      ? null
      : 'The picture shows what may not leave, and no part of a picture can be taken out. The table was written without it.',
  };
}

function prepare(session: Session, drawn: DrawnPicture) {
  const database = session.reader;
  const held = readWithheldItems(database);
  const shown = readShown(database, drawn.refs);
  const judged = judgePicture(database, { shown, table: drawn.table }, held);
  const redact = makeSourceRedactor(readSourceSecrets(database));
  // What may stand in the pixels, and is not written as words.
  const tells = [drawn.title, ...shown.flatMap(([, label, said]) => [label, ...said])].some(
    (text) => redact(text).taken > 0,
  );
  let taken = 0;
  const outward = (words: string) => {
    const result = redact(words);
    taken += result.taken;
    return result.text;
  };
  const table = {
    headings: judged.table.headings.map(outward),
    rows: judged.table.rows.map((row) => row.map(outward)),
  };
  const operation = get<{ name: string; marking: string }>(
    database,
    'SELECT name, marking FROM operation ORDER BY id LIMIT 1',
  );
  const marking = formatMarking(labelOf('marking', operation?.marking ?? '') || 'OFFICIAL-SENSITIVE');
  return {
    table,
    whole: judged.whole && taken === 0 && !tells,
    withheld: [
      ...(judged.dropped === 0 ? [] : [{ reason: 'rests on withheld intelligence', count: judged.dropped }]),
      ...(taken === 0 ? [] : [{ reason: 'source words taken out', count: taken }]),
    ],
    stem: `${fileWord(marking)}-${fileWord(operation?.name ?? 'operation')}-${drawn.kind}-${now(session).replaceAll(/\D/g, '')}`,
  };
}
