/** A setting of the workspace whose change is an entry of the journal that can be undone. */
import type { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { readSetting, saveSetting } from '../database/settings.ts';
import type { Session } from '../session.ts';
import { appendEntry } from './journal.ts';

interface Spec<Value> {
  /** Where it is kept. */
  key: string;
  /** Of its entries; `undo.ts` finds the swap by what stands before the dot. */
  method: string;
  /** What is kept and written into entries. */
  schema: z.ZodType<Value>;
  /** What holds where nothing was kept. */
  initial: Value;
  /** The entry in words; null where nothing changed. */
  summary: (before: Value, after: Value) => string | null;
  /** Why an entry cannot be undone once a later one changed the same. */
  blocked: string;
}

export interface UndoableSetting<Value> {
  read(database: ReadDatabase): Value;
  /** False where it is so already. */
  save(session: Session, value: Value): Promise<boolean>;
  /**
   * Undo (`to` = before) and redo (`to` = after) of one of its entries. Inside a transaction.
   * @throws AppError `journal.blocked` when a later entry changed it again.
   */
  swap(
    session: Session,
    entry: { before: string | null; after: string | null },
    to: 'before' | 'after',
  ): void;
}

export function undoableSetting<Value>(spec: Spec<Value>): UndoableSetting<Value> {
  const read = (database: ReadDatabase) => readSetting(database, spec.key, spec.schema) ?? spec.initial;
  return {
    read,
    save: (session, value) =>
      session.exclusively(() => {
        const before = read(session.writer);
        const summary = spec.summary(before, value);
        if (summary === null) return false;
        const seq = session.writer.transaction(() => {
          saveSetting(session.writer, spec.key, value);
          return appendEntry(session, {
            operation: 'alteration',
            method: spec.method,
            summary,
            before,
            after: value,
            undoable: true,
          });
        })();
        session.announce({ seq, grids: [] });
        return true;
      }),
    swap: (session, entry, to) => {
      const sideOf = (side: 'before' | 'after') => spec.schema.parse(JSON.parse(entry[side] ?? '{}'));
      const standing = sideOf(to === 'before' ? 'after' : 'before');
      if (spec.summary(standing, read(session.writer)) !== null)
        throw new AppError('journal.blocked', spec.blocked);
      saveSetting(session.writer, spec.key, sideOf(to));
    },
  };
}

/** Which of several numbers changed, as an entry tells it; null where none did. */
export function changedNumbers<Name extends string>(
  fields: Readonly<Record<Name, { title: string }>>,
  before: Readonly<Record<Name, number>>,
  after: Readonly<Record<Name, number>>,
): string | null {
  const changed = (Object.keys(fields) as Name[]).filter((name) => before[name] !== after[name]);
  return changed.length === 0
    ? null
    : changed.map((name) => `${fields[name].title} ${after[name]}`).join(', ');
}
