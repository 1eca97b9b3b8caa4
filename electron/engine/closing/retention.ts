/** How long people are kept: the group that somebody chose, and when a review is due. It prompts and never deletes. */
import type { RetentionRow } from '../../../shared/contract/closingSchemas.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { reviewDay } from '../../../shared/domain/retentionPeriods.ts';
import { makeRef, parseRef } from '../../../shared/grid/grids.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { readLabels } from '../database/queries/rows.ts';
import { all, get, run } from '../database/sql.ts';
import { appendEntry } from '../journal/journal.ts';
import type { Session } from '../session.ts';

interface Stored {
  id: number;
  retention_group: string | null;
  reason: string | null;
  decided_at: string | null;
  decided_by: string | null;
  review_on: string | null;
}

/**
 * Fields of a record by which its row of evidence tells when somebody came to notice. The day of an import is no such
 * day: a list may be old when it comes.
 */
const noticeFields = [
  'reportDate',
  'date',
  'arrestedAt',
  'executedAt',
  'referredOn',
  'hearingOn',
  'chargedAt',
  'releasedAt',
];

/** Everybody, with group and review; who is due first, then who has no group. */
export function listRetention(database: ReadDatabase, today: string): RetentionRow[] {
  const people = all<Stored>(
    database,
    `SELECT p.id, r.retention_group, r.reason, r.decided_at, r.decided_by, r.review_on
     FROM person p LEFT JOIN retention r ON r.person_id = p.id ORDER BY p.id`,
  );
  const notices = lastNotices(database);
  const refs = people.map(({ id }) => makeRef('people', id));
  const labels = readLabels(database, refs);
  const rows = people.map((person): RetentionRow => {
    const ref = makeRef('people', person.id);
    const lastNotice = notices.get(person.id) ?? null;
    const reviewOn = reviewDay({
      group: person.retention_group,
      lastNotice,
      decidedReview: person.review_on,
    });
    return {
      ref,
      label: labels[ref] ?? ref,
      group: person.retention_group,
      lastNotice,
      reviewOn,
      due: reviewOn !== null && reviewOn <= today,
      reason: person.reason,
      decidedAt: person.decided_at,
      decidedBy: person.decided_by,
    };
  });
  return rows.sort(
    (one, other) =>
      Number(other.due) - Number(one.due) ||
      Number(one.group !== null) - Number(other.group !== null) ||
      (one.reviewOn ?? '9999').localeCompare(other.reviewOn ?? '9999'),
  );
}

/** By person the newest day in the rows of evidence that speak of them, and in what was planned about them. */
function lastNotices(database: ReadDatabase): Map<number, string> {
  const newest = new Map<number, string>();
  const note = (id: number, day: string | null) => {
    if (day && day > (newest.get(id) ?? '')) newest.set(id, day);
  };
  const list = noticeFields.map((field) => `json_extract(d.fields, '$.${field}')`);
  for (const row of all<Record<string, string | null> & { id: number }>(
    database,
    `SELECT n.row_id AS id, ${list.map((field, index) => `max(substr(${field}, 1, 10)) AS day${index}`).join(', ')}
     FROM record_now n JOIN record d ON d.evidence_id = n.evidence_id WHERE n.grid = 'people' GROUP BY n.row_id`,
  ))
    for (const index of noticeFields.keys()) {
      const day = row[`day${index}`];
      if (typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day)) note(row.id, day);
    }
  for (const table of [
    'SELECT person AS ref, max(substr(arrested_at, 1, 10)) AS day FROM arrest WHERE person IS NOT NULL GROUP BY person',
    'SELECT person AS ref, max(hearing_on) AS day FROM court_outcome WHERE person IS NOT NULL GROUP BY person',
  ])
    for (const row of all<{ ref: string; day: string | null }>(database, table)) {
      const found = parseRef(row.ref);
      if (found) note(found.id, row.day);
    }
  return newest;
}

/** Chooses the group of people. Inside the queue of changes. @throws AppError `not-found`. */
export function setRetentionGroup(
  session: Session,
  wish: { refs: readonly string[]; group: string | null; reason: string },
): void {
  const ids = wish.refs.map((ref) => personId(session.writer, ref));
  const refs = ids.map((id) => makeRef('people', id));
  const seq = session.writer.transaction(() => {
    const before = groupsOf(session.writer, ids);
    const entry = appendEntry(session, {
      operation: 'alteration',
      method: 'closing.setGroup',
      summary: `Set the retention group of ${refs.length === 1 ? refs[0] : `${refs.length} people`}: ${wish.group ?? 'to be decided'}`,
      before,
      after: Object.fromEntries(refs.map((ref) => [ref, { retentionGroup: wish.group }])),
      reason: wish.reason,
      rows: ids.map((id) => ({ grid: 'people', id })),
    });
    for (const id of ids)
      run(
        session.writer,
        `INSERT INTO retention (person_id, seq, retention_group, reason) VALUES (@id, @entry, @group, @reason)
         ON CONFLICT (person_id) DO UPDATE SET seq = @entry, retention_group = @group, reason = @reason`,
        { id, entry, group: wish.group, reason: wish.reason },
      );
    return entry;
  })();
  session.announce({ seq, grids: [] });
}

/** Records that a review decided to keep a person, and until when. Every such decision is kept with its reason. */
export function decideToRetain(
  session: Session,
  wish: { ref: string; reviewOn: string; reason: string },
): void {
  const id = personId(session.writer, wish.ref);
  const ref = makeRef('people', id);
  const known = get<{ retention_group: string | null }>(
    session.writer,
    'SELECT retention_group FROM retention WHERE person_id = ?',
    id,
  );
  if (!known?.retention_group) throw new AppError('invalid', `Choose the retention group of ${ref} first.`);
  const seq = session.writer.transaction(() => {
    const entry = appendEntry(session, {
      operation: 'alteration',
      method: 'closing.retain',
      target: ref,
      summary: `Decided to retain ${ref} until a review on ${wish.reviewOn}`,
      after: { [ref]: { reviewOn: wish.reviewOn } },
      reason: wish.reason,
      rows: [{ grid: 'people', id }],
    });
    run(
      session.writer,
      'UPDATE retention SET seq = ?, decided_at = ?, decided_by = ?, review_on = ?, reason = ? WHERE person_id = ?',
      entry,
      session.clock(),
      session.workspace.user.name,
      wish.reviewOn,
      wish.reason,
      id,
    );
    return entry;
  })();
  session.announce({ seq, grids: [] });
}

function personId(database: ReadDatabase, ref: string): number {
  const found = parseRef(ref);
  if (found?.grid.name !== 'people' || !get(database, 'SELECT 1 FROM person WHERE id = ?', found.id))
    throw new AppError('not-found', `There is no person ${ref}. References of people look like NOM-3.`);
  return found.id;
}

const groupsOf = (database: ReadDatabase, ids: readonly number[]) =>
  Object.fromEntries(
    ids.map((id) => [
      makeRef('people', id),
      {
        retentionGroup:
          get<{ retention_group: string | null }>(
            database,
            'SELECT retention_group FROM retention WHERE person_id = ?',
            id,
          )?.retention_group ?? null,
      },
    ]),
  );
