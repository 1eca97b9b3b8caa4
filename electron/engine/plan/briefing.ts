/** The briefing: sections of IIMARCH or SAFCORM kept in the operation, versioned by the journal, facts filled in live. */
import { AppError } from '../../../shared/contract/errors.ts';
import type { Briefing, BriefingVersion } from '../../../shared/contract/planSchemas.ts';
import { briefingFacts, fillFacts } from '../../../shared/domain/briefingFacts.ts';
import { parseMarking } from '../../../shared/domain/markings.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import { iimarch, safcorm } from '../../../shared/reference/briefing.ts';
import type { ReadDatabase } from '../database/connection.ts';
import type { Moment } from '../database/queries/expressions.ts';
import { readRow } from '../database/queries/rows.ts';
import { all } from '../database/sql.ts';
import { receiveMethod } from '../journal/journal.ts';
import type { Session } from '../session.ts';
import { editRows } from './edit.ts';
import { readPlan } from './readPlan.ts';

const operationId = 1;
const saveMethod = 'briefing.save';

const models = { IIMARCH: iimarch, SAFCORM: safcorm } as const;
type Model = keyof typeof models;

/** `field: marking; field: marking`, as the operation keeps them. */
function readMarkings(text: unknown): Map<string, string> {
  return new Map(
    String(text ?? '')
      .split(';')
      .flatMap((part): [string, string][] => {
        const [field, ...marking] = part.split(':');
        return field?.trim() && marking.length > 0 ? [[field.trim(), marking.join(':').trim()]] : [];
      }),
  );
}

const writeMarkings = (markings: ReadonlyMap<string, string>) =>
  [...markings].map(([field, marking]) => `${field}: ${marking}`).join('; ');

interface Save {
  seq: number;
  at: string;
  user: string;
}

/** Saves that stand, oldest first: the nth is version n. What came from another copy of the operation is one too. */
function readSaves(database: ReadDatabase): Save[] {
  return all<Save>(
    database,
    `SELECT e.seq, e.at, e.user FROM journal e
     WHERE (e.method = ? OR (e.method = '${receiveMethod}' AND json_extract(e.after, '$."OP-1"') IS NOT NULL))
       AND (SELECT count(*) FROM journal u WHERE u.undoes = e.seq) = (SELECT count(*) FROM journal r WHERE r.redoes = e.seq)
     ORDER BY e.seq`,
    saveMethod,
  );
}

/** The operation's values as they were after an entry: what stands up to it, in order. */
function valuesUpTo(database: ReadDatabase, seq: number): Record<string, CellValue> {
  const entries = all<{ seq: number; after: string | null }>(
    database,
    `SELECT e.seq, e.after FROM journal_ref j JOIN journal e ON e.seq = j.seq
     WHERE j.grid = 'operation' AND j.row_id = ? AND e.seq <= ? AND (e.undoable = 1 OR e.method = '${receiveMethod}')
       AND (SELECT count(*) FROM journal u WHERE u.undoes = e.seq) = (SELECT count(*) FROM journal r WHERE r.redoes = e.seq)
     ORDER BY e.seq`,
    operationId,
    seq,
  );
  const values: Record<string, CellValue> = {};
  for (const entry of entries)
    Object.assign(
      values,
      entry.after === null
        ? keptValues(database, entry.seq)
        : (JSON.parse(entry.after) as Record<string, unknown>)['OP-1'],
    );
  return values;
}

/** What is left of an entry whose content an erasure took: its values, in which the person no longer stands. */
const keptValues = (database: ReadDatabase, seq: number): Record<string, CellValue> =>
  Object.fromEntries(
    all<{ field: string; value: CellValue }>(
      database,
      "SELECT field, value FROM manual_value WHERE grid = 'operation' AND row_id = ? AND seq = ?",
      operationId,
      seq,
    ).map(({ field, value }) => [field, value]),
  );

export function listBriefingVersions(database: ReadDatabase): BriefingVersion[] {
  return readSaves(database)
    .map((save, index) => ({ version: index + 1, at: save.at, by: save.user }))
    .reverse();
}

/**
 * The briefing as it stands, or as it was saved as `version`; facts are always those of now.
 * @throws AppError `not-found` for a version there is not.
 */
export function readBriefing(database: ReadDatabase, moment: Moment, version?: number): Briefing {
  const saves = readSaves(database);
  const save = version === undefined ? saves.at(-1) : saves[version - 1];
  if (version !== undefined && !save)
    throw new AppError('not-found', `There is no version ${version} of the briefing.`);
  const values: Record<string, unknown> =
    version !== undefined && save
      ? valuesUpTo(database, save.seq)
      : readRow(database, 'operation', operationId, moment);
  const model: Model = values.briefingModel === 'SAFCORM' ? 'SAFCORM' : 'IIMARCH';
  const markings = readMarkings(values.sectionMarkings);
  const facts = briefingFacts(readPlan(database, moment));
  return {
    model,
    sections: models[model].codes.map((section) => {
      const text = String(values[section.code] ?? '');
      const { filled, unknown } = fillFacts(text, facts);
      return {
        key: section.code,
        title: section.label,
        holds: section.note ?? '',
        text,
        filled,
        marking: markings.get(section.code) ?? null,
        unknownFacts: unknown,
      };
    }),
    version: version ?? saves.length,
    savedAt: save?.at ?? null,
    savedBy: save?.user ?? null,
    facts,
  };
}

/**
 * Saves sections as the next version; nothing is saved when nothing changed.
 * @throws AppError `stale` when another version was saved since, `invalid` for an unknown section or marking.
 */
export function saveBriefing(
  session: Session,
  wanted: {
    model: Model;
    sections: Readonly<Record<string, { text: string; marking: string | null }>>;
    version: number;
  },
): void {
  const saves = readSaves(session.writer);
  if (saves.length !== wanted.version)
    throw new AppError('stale', 'The briefing was saved in the meantime. Look at the newest version first.');
  const known = new Set(models[wanted.model].codes.map((section) => section.code));
  const values: Record<string, CellValue> = { briefingModel: wanted.model };
  const markings = readMarkings(readRow(session.writer, 'operation', operationId).sectionMarkings);
  for (const [key, section] of Object.entries(wanted.sections)) {
    if (!known.has(key)) throw new AppError('invalid', `${wanted.model} has no section "${key}".`);
    values[key] = section.text;
    if (section.marking === null || section.marking.trim() === '') markings.delete(key);
    else {
      const marking = parseMarking(section.marking);
      if (marking.refused || marking.flag || section.marking.includes(';'))
        throw new AppError('invalid', 'The marking of a section has to be one that this system may hold.');
      markings.set(key, section.marking.trim());
    }
  }
  values.sectionMarkings = writeMarkings(markings);
  editRows(session, [{ ref: 'OP-1', values }], undefined, {
    method: saveMethod,
    summary: `Saved version ${saves.length + 1} of the briefing`,
  });
}
