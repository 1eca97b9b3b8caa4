/**
 * Findings that were set aside with a reason: on record, undoable, and only as long as the finding says the same.
 */
import { AppError } from '../../../shared/contract/errors.ts';
import type { Acceptance } from '../../../shared/contract/planSchemas.ts';
import type { Finding } from '../../../shared/contract/schemas.ts';
import type { ReadinessFinding } from '../../../shared/domain/readiness/facts.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { all, get, run, takeNumbers } from '../database/sql.ts';
import { appendEntry, nextSeq } from '../journal/journal.ts';
import type { Session } from '../session.ts';

interface Row {
  id: number;
  rule: string;
  refs: string;
  message: string;
  reason: string;
  by: string;
  at: string;
}

const keyOf = (finding: { rule: string; refs: readonly string[] }) =>
  `${finding.rule} ${[...finding.refs].sort().join(',')}`;

/**
 * The findings that an acceptance stands for, each finished by `finish` and with who set it aside. One whose words have
 * changed counts as new, and one that may not be set aside never counts as accepted.
 */
export function findAccepted(
  database: ReadDatabase,
  findings: readonly ReadinessFinding[],
  finish: (finding: ReadinessFinding) => Finding,
): ReadonlyMap<ReadinessFinding, Finding> {
  const accepted = new Map<ReadinessFinding, Finding>();
  const rows = all<Row>(
    database,
    'SELECT id, rule, refs, message, reason, by, at FROM acceptance WHERE standing = 1',
  );
  if (rows.length === 0) return accepted;
  const rules = new Set(rows.map((row) => row.rule));
  const known = new Map(rows.map((row) => [keyOf({ rule: row.rule, refs: row.refs.split(',') }), row]));
  for (const found of findings) {
    const row = rules.has(found.rule) ? known.get(keyOf(found)) : undefined;
    if (row === undefined || row.message !== found.message) continue;
    const finding = finish(found);
    if (finding.acceptable === false) continue;
    accepted.set(found, {
      ...finding,
      accepted: { id: row.id, by: row.by, at: row.at, reason: row.reason },
    });
  }
  return accepted;
}

/**
 * Sets a finding of the plan as it stands aside; `findings` are those of that plan.
 * @throws AppError `not-found` when the plan has no such finding, `invalid` when it may not be set aside.
 */
export function acceptFinding(
  session: Session,
  wanted: { rule: string; refs: readonly string[]; reason: string },
  findings: readonly Finding[],
): Acceptance {
  const finding = findings.find((each) => keyOf(each) === keyOf(wanted) && !each.accepted);
  if (!finding)
    throw new AppError('not-found', 'The plan has no such finding any more. Run the check again.');
  if (finding.acceptable === false)
    throw new AppError(
      'invalid',
      'A finding about a child or a person at risk cannot be set aside. Mend it: the finding says how.',
    );
  const acceptance = session.writer.transaction(() => {
    const id = takeNumbers(session.writer, 'acceptances', 1);
    const row: Acceptance = {
      id,
      rule: finding.rule,
      refs: finding.refs,
      reason: wanted.reason,
      by: session.workspace.user.name,
      at: session.clock(),
    };
    run(
      session.writer,
      'INSERT INTO acceptance (id, seq, rule, refs, message, reason, by, at, standing) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)',
      id,
      nextSeq(session.writer),
      row.rule,
      row.refs.join(','),
      finding.message,
      row.reason,
      row.by,
      row.at,
    );
    appendEntry(session, {
      operation: 'alteration',
      method: 'readiness.accept',
      ...(finding.refs[0] ? { target: finding.refs[0] } : {}),
      summary: `Accepted the finding ${finding.rule} of ${finding.refs.join(', ')}`,
      after: { acceptance: id },
      reason: wanted.reason,
      undoable: true,
    });
    return row;
  })();
  session.announce({ seq: nextSeq(session.writer) - 1, grids: [] });
  return acceptance;
}

/** Takes an acceptance back: the finding counts again. False when there is none that stands. */
export function withdrawAcceptance(session: Session, id: number): boolean {
  const row = get<Row>(
    session.writer,
    'SELECT id, rule, refs, message, reason, by, at FROM acceptance WHERE id = ? AND standing = 1',
    id,
  );
  if (!row) return false;
  session.writer.transaction(() => {
    run(session.writer, 'UPDATE acceptance SET standing = 0 WHERE id = ?', id);
    appendEntry(session, {
      operation: 'alteration',
      method: 'readiness.withdraw',
      summary: `Withdrew the acceptance of ${row.rule} of ${row.refs.replaceAll(',', ', ')}`,
      after: { acceptance: id },
      undoable: true,
    });
  })();
  session.announce({ seq: nextSeq(session.writer) - 1, grids: [] });
  return true;
}

/** Undo or redo of an entry of this file. Inside a transaction. */
export function swapAcceptance(
  session: Session,
  entry: { method: string; after: string | null },
  side: 'before' | 'after',
): void {
  const { acceptance } = JSON.parse(entry.after ?? '{}') as { acceptance?: number };
  if (acceptance === undefined) throw new Error('an entry names no acceptance');
  const accepted = (entry.method === 'readiness.accept') === (side === 'after');
  run(session.writer, 'UPDATE acceptance SET standing = ? WHERE id = ?', accepted ? 1 : 0, acceptance);
}
