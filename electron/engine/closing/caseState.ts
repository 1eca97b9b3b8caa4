/** Where the criminal case stands: until it is over, nothing relevant goes. */
import type { CaseReport } from '../../../shared/contract/closingSchemas.ts';
import { CaseState } from '../../../shared/contract/closingSchemas.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { earliestRemoval } from '../../../shared/domain/retentionPeriods.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { readSetting, saveSetting } from '../database/settings.ts';
import { appendEntry } from '../journal/journal.ts';
import type { Session } from '../session.ts';
import { readArchived } from './archived.ts';

const key = 'closing.case';

const unsaid: CaseState = {
  proceedings: 'undecided',
  concludedOn: null,
  convictedOn: null,
  releasedOn: null,
  custody: false,
  appeal: 'none',
  appealDecidedOn: null,
};

export function readCase(database: ReadDatabase): CaseState {
  // What is not understood keeps the material, as if nothing had been said.
  return readSetting(database, key, CaseState) ?? unsaid;
}

export function reportCase(database: ReadDatabase, today: string): CaseReport {
  const state = readCase(database);
  const { earliest, free, why } = earliestRemoval(state, today);
  return { state, earliest, why, mayErase: free, archivedAt: readArchived(database)?.at ?? null };
}

/** Keeps what is said of the case, journaled. Inside the queue of changes. */
export function saveCase(session: Session, wanted: CaseState, reason: string): void {
  const before = readCase(session.writer);
  const seq = session.writer.transaction(() => {
    saveSetting(session.writer, key, wanted);
    return appendEntry(session, {
      operation: 'alteration',
      method: 'closing.saveCase',
      summary: 'Said where the criminal case stands',
      before,
      after: wanted,
      reason,
    });
  })();
  session.announce({ seq, grids: [] });
}

/** @throws AppError `closing.open` while relevant material has to be kept. */
export function refuseOpenCase(database: ReadDatabase, today: string): void {
  const { mayErase, earliest, why } = reportCase(database, today);
  if (mayErase) return;
  throw new AppError(
    'closing.open',
    `Nothing can be erased now. ${why}${earliest ? ` The first day is ${earliest.split('-').reverse().join('/')}.` : ' Set it under Security, Closing down, when that changes.'}`,
  );
}
