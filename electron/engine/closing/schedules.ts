/**
 * Drafts of the schedules of unused material for the disclosure officer: MG6C (non-sensitive, goes to the defence) and
 * MG6D (sensitive, never does). A sensitive item is never on an MG6C, and no number of an MG6C tells that there is one.
 */
import type { MaterialItem, ScheduleReport } from '../../../shared/contract/closingSchemas.ts';
import { fileWord, formatMoment } from '../../../shared/packs/format.ts';
import { makeSourceRedactor } from '../../../shared/packs/redact.ts';
import type { ScheduleFacts } from '../../../shared/reference/disclosure.ts';
import { schedules, sensitivityRule } from '../../../shared/reference/disclosure.ts';
import { get, run } from '../database/sql.ts';
import type { PrintedDocument } from '../documents/printed.ts';
import { emptyDocument } from '../documents/printed.ts';
import { writeDocument } from '../documents/writeDocument.ts';
import { writeOutput } from '../intake/outputs/writeOutput.ts';
import { appendEntry } from '../journal/journal.ts';
import { readSourceSecrets } from '../packs/collect/secrets.ts';
import type { Session } from '../session.ts';
import { operationOf } from './certificate.ts';
import { listMaterial } from './material.ts';

export interface ScheduleWish {
  schedule: 'c' | 'd';
  format: 'pdf' | 'docx' | 'xlsx';
  recipient: string;
  reason: string;
}

const sensitive = (item: MaterialItem) => item.sensitive === 'yes';

/** Relevant, unused items of a schedule. Whatever has not been judged yet is on neither, and is counted. */
export function itemsOfSchedule(items: readonly MaterialItem[], schedule: 'c' | 'd'): MaterialItem[] {
  return items.filter(
    (item) =>
      item.relevant === 'yes' &&
      item.used === 'unused' &&
      (schedule === 'd' ? sensitive(item) : item.sensitive === 'no'),
  );
}

/** Relevant or possibly relevant items about which something has still to be said before they can be listed. */
export const openItems = (items: readonly MaterialItem[]): number =>
  items.filter(
    (item) =>
      item.relevant === null ||
      (item.relevant === 'yes' &&
        (item.used === null || (item.used === 'unused' && item.sensitive === null))),
  ).length;

/**
 * Writes a draft; items that are on it for the first time get the next numbers. Journaled as a disclosure.
 * @throws AppError `pack.failed`, `cancelled`
 */
export async function writeSchedule(
  session: Session,
  wish: ScheduleWish,
  options: { folder: string; resources: string | undefined; signal: AbortSignal },
): Promise<ScheduleReport> {
  const facts = schedules.find(({ schedule }) => schedule === wish.schedule);
  if (!facts) throw new Error(`no facts of schedule ${wish.schedule}`);
  await session.exclusively(() =>
    session.writer.transaction(() => giveNumbers(session, wish.schedule, facts.form))(),
  );
  const material = listMaterial(session.reader);
  const items = itemsOfSchedule(material, wish.schedule);
  const document = layoutSchedule(session, facts, items, openItems(material));
  const { content, pages } = await writeDocument(document, wish.format, options);
  const written = await writeOutput(session, {
    folder: options.folder,
    name: `${fileWord(document.marking)}-${facts.form}-draft.${wish.format}`,
    content,
    entry: ({ file, sha256 }) => ({
      operation: 'disclosure',
      method: 'closing.writeSchedule',
      summary: `Wrote a draft of the ${facts.form} with ${items.length} ${items.length === 1 ? 'item' : 'items'}`,
      after: { file, sha256, items: items.map(({ item }) => item) },
      reason: wish.reason,
      recipients: [wish.recipient],
    }),
  });
  return { ...written, items: items.length, ...(pages === undefined ? {} : { pages }) };
}

const numberColumn = { c: 'c_number', d: 'd_number' } as const;

/** Inside a transaction. A number that was given stays with its item, whatever becomes of the draft. */
function giveNumbers(session: Session, schedule: 'c' | 'd', form: string): void {
  const database = session.writer;
  const column = numberColumn[schedule];
  const fresh = itemsOfSchedule(listMaterial(database), schedule).filter(
    (item) => (schedule === 'c' ? item.cNumber : item.dNumber) === null,
  );
  if (fresh.length === 0) return;
  const last =
    get<{ last: number | null }>(database, `SELECT max(${column}) AS last FROM disclosure_item`)?.last ?? 0;
  for (const [index, { item }] of fresh.entries())
    run(database, `UPDATE disclosure_item SET ${column} = ? WHERE item = ?`, last + 1 + index, item);
  appendEntry(session, {
    operation: 'alteration',
    method: 'closing.writeSchedule',
    summary: `Gave ${fresh.length} ${fresh.length === 1 ? 'item its number' : 'items their numbers'} on the ${form}`,
    after: { form, first: last + 1, items: fresh.map(({ item }) => item) },
  });
}

function layoutSchedule(
  session: Session,
  facts: ScheduleFacts,
  items: readonly MaterialItem[],
  open: number,
): PrintedDocument {
  const operation = operationOf(session);
  const at = session.clock();
  const c = facts.schedule === 'c';
  // What a user wrote may say who a source is; no schedule does.
  const redact = makeSourceRedactor(readSourceSecrets(session.reader));
  const outward = (text: string) => redact(text).text;
  const numbered = items
    .map((item) => ({ item, number: (c ? item.cNumber : item.dNumber) ?? 0 }))
    .sort((one, other) => one.number - other.number);
  // Numbers of items that have left the schedule stay blank, so that the run of numbers has no hole.
  const last = numbered.at(-1)?.number ?? 0;
  const byNumber = new Map(numbered.map((each) => [each.number, each.item]));
  const numbers = Array.from({ length: last }, (_, index) => index + 1);
  return {
    ...emptyDocument,
    marking: operation.marking,
    title: `${facts.form}: ${facts.title}`,
    draft: `DRAFT for the disclosure officer. Not a schedule until the officer has checked, completed and signed it.${c ? '' : ' NEVER TO THE DEFENCE.'}`,
    footer: `${operation.name}, draft ${facts.form}, ${formatMoment(at)}`,
    at,
    landscape: true,
    facts: [
      ['Operation', operation.name],
      ['Drafted', `${formatMoment(at)} by ${session.workspace.user.name}`],
      ['Items', items.length.toLocaleString('en-GB')],
      ...(open === 0
        ? []
        : [
            [
              'Not yet judged',
              `${open.toLocaleString('en-GB')} items of the workspace: they are on no schedule until somebody says whether they are relevant, used and sensitive.`,
            ] as const,
          ]),
    ],
    paragraphs: [facts.rule, ...(c ? [] : [sensitivityRule])],
    tables: [
      {
        title: '',
        headings: c
          ? ['Item', 'Description', 'Location', 'Disclosure officer', 'Prosecutor']
          : ['Item', 'Description', 'Why it is sensitive', 'Location', 'Prosecutor'],
        widths: c ? [0.5, 4, 1.6, 1.4, 1.4] : [0.5, 3, 3, 1.4, 1.2],
        rows: numbers.map((number) => {
          const item = byNumber.get(number);
          if (!item) return [String(number), 'No longer listed: see the disclosure officer.', '', '', ''];
          const words = outward(item.description ?? item.suggested);
          const location = outward(item.location ?? '');
          return c
            ? [String(number), words, location, '', '']
            : [String(number), words, outward(item.sensitiveReason ?? ''), location, ''];
        }),
        empty: c
          ? 'No item has been judged relevant, unused and not sensitive.'
          : 'NIL RETURN. No item has been judged relevant, unused and sensitive. The disclosure officer endorses and signs this return.',
        note: '',
      },
    ],
    signatures: ['Disclosure officer', 'Signature', 'Date'],
  };
}
