/** The report of the record, laid out for paper: strings that are printed as they stand. Pure. */
import type { EntryCounts, EntryFilter, Head } from '../../../../shared/contract/auditSchemas.ts';
import type { HistoryEntry, VerifyReport } from '../../../../shared/contract/schemas.ts';
import { formatDate, formatMarking, formatMoment } from '../../../../shared/packs/format.ts';
import { labelOf } from '../../../../shared/reference/codeLists.ts';
import type { PrintedDocument } from '../../documents/printed.ts';
import { emptyDocument } from '../../documents/printed.ts';

export interface RecordLayout {
  entries: readonly HistoryEntry[];
  counts: EntryCounts;
  chain: VerifyReport;
  head: Head;
  filter: EntryFilter;
  by: string;
  recipient: string;
  reason: string;
  at: string;
}

/** The six operations and the rest, as the record calls them. */
export const operationWords: Readonly<Record<HistoryEntry['operation'], string>> = {
  collection: 'Collection',
  alteration: 'Alteration',
  consultation: 'Consultation',
  disclosure: 'Disclosure',
  combination: 'Combination',
  erasure: 'Erasure',
  session: 'Session',
};

const count = (value: number) => value.toLocaleString('en-GB');

export function layoutRecord(layout: RecordLayout): PrintedDocument {
  const { counts, head, chain } = layout;
  return {
    ...emptyDocument,
    marking: printedMarking(head.operation.marking),
    title: 'Record of processing',
    footer: `${head.operation.name}, record of processing, printed ${formatMoment(layout.at)}`,
    at: layout.at,
    landscape: true,
    facts: [
      ['Operation', head.operation.name],
      ['Made by', `${layout.by}, ${formatMoment(layout.at)}`],
      ['For', layout.recipient],
      ...(layout.reason === '' ? [] : [['Reason', layout.reason] as const]),
      ['Chosen', filterWords(layout.filter)],
      ['Entries', entriesWords(counts)],
      ['By user', counts.users.map(({ user, count: each }) => `${user} ${count(each)}`).join(', ') || 'None'],
      [
        'Check',
        chain.ok
          ? `The whole record of ${count(chain.entries)} entries holds: nothing was changed, dropped or put in.`
          : `The record does not hold at entry ${chain.firstBroken?.seq ?? '?'}: ${chain.firstBroken?.what ?? ''}.`,
      ],
      ['Head', `Entry ${count(head.seq)}: ${head.hash}`],
    ],
    paragraphs: [
      'Kept under section 62 of the Data Protection Act 2018. It may be used only to check that processing is lawful, for self-monitoring including discipline, for integrity and security, and in criminal proceedings.',
    ],
    tables: [
      {
        title: 'Entries',
        headings: [
          'Entry',
          'When',
          'Who',
          'Device',
          'Operation',
          'What',
          'Record',
          'Reason',
          'Recipients',
          'Hash',
        ],
        widths: [0.6, 1.3, 1.2, 0.9, 1.1, 2.8, 0.9, 1.7, 1.4, 1.6],
        rows: layout.entries.map((entry) => [
          String(entry.seq),
          formatMoment(entry.at),
          entry.user,
          entry.device,
          operationWords[entry.operation],
          entry.state === 'undone' ? `${entry.summary} (undone)` : entry.summary,
          entry.target ?? '',
          entry.reason ?? '',
          entry.recipients.join('; '),
          entry.hash.slice(0, 16),
        ]),
        empty: 'No entry is in this selection.',
        note: 'Times are those of the United Kingdom. Hashes are shortened to 16 characters; the workspace holds them whole.',
      },
    ],
  };
}

/** A marking as a document prints it. */
export const printedMarking = (marking: string) => formatMarking(labelOf('marking', marking) || marking);

function entriesWords(counts: EntryCounts): string {
  const each = counts.operations.map(
    ({ operation, count: value }) => `${operationWords[operation].toLowerCase()} ${count(value)}`,
  );
  return `${count(counts.total)}${each.length === 0 ? '' : `: ${each.join(', ')}`}. Without a reason: ${count(counts.withoutReason)}`;
}

function filterWords(filter: EntryFilter): string {
  const words = [
    filter.from ? `from ${formatDate(filter.from)}` : '',
    filter.to ? `until ${formatDate(filter.to)}` : '',
    filter.users ? `user ${filter.users.join(', ')}` : '',
    filter.operations ? filter.operations.map((each) => operationWords[each].toLowerCase()).join(', ') : '',
    filter.ref ? `record ${filter.ref.toUpperCase()}` : '',
    filter.text ? `with the words "${filter.text}"` : '',
    filter.withoutReason ? 'without a reason' : '',
  ].filter((part) => part !== '');
  return words.length === 0 ? 'All entries' : words.join('; ');
}
