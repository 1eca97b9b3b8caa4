import { AppError } from '../../../shared/contract/errors.ts';
import { recordedOf } from '../../../shared/contract/recorded.ts';
import type { Session } from '../session.ts';
import { readArchived } from './archived.ts';

const changing = new Set(['collection', 'alteration', 'combination']);

/** What goes on in an archived workspace: deciding about its end, its people and its keys, and what is kept how long. */
const allowed = /^(closing|users|audit|locking|backups)\./;

/**
 * An archived workspace is read only: it says what its archive says. Looking, disclosing and erasing go on.
 * @throws AppError `closing.archived`
 */
export function refuseArchived(session: Session, method: string): void {
  const recorded = recordedOf(method);
  if (!recorded || 'none' in recorded || !changing.has(recorded.operation) || allowed.test(method)) return;
  if (!readArchived(session.reader)) return;
  throw new AppError(
    'closing.archived',
    'This workspace was sealed into an archive and is read only. A lead can open it for work again under Security, Closing down.',
  );
}
