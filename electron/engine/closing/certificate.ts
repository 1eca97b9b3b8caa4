/** Certificates: what a sealed archive holds, and what was erased. They hold counts and hashes, and no value. */
import type { Erasure } from '../../../shared/contract/closingSchemas.ts';
import { fileWord, formatMoment } from '../../../shared/packs/format.ts';
import { get } from '../database/sql.ts';
import type { PrintedDocument } from '../documents/printed.ts';
import { emptyDocument } from '../documents/printed.ts';
import { printPdf } from '../documents/writeDocument.ts';
import { writeOutput } from '../intake/outputs/writeOutput.ts';
import { printedMarking } from '../journal/report/layoutRecord.ts';
import type { Session } from '../session.ts';

/** What is counted, as a certificate calls it. */
export const erasedWords: Readonly<Record<string, string>> = {
  rows: 'Rows of evidence blanked',
  cells: 'Cells blanked in rows about others',
  originals: 'Original files removed, fingerprints kept',
  records: 'Records read from evidence',
  values: 'Values entered by hand',
  links: 'Links to other records',
  photographs: 'Photographs',
  dependants: 'Rows about the person alone: targets, safeguarding, custody, arrests',
  packs: 'Issued packs emptied, register kept',
  views: 'Saved views and filters',
  pictures: 'Kept pictures',
  drafts: 'Drafts',
  entries: 'Entries of the record whose content was removed',
  backups: 'Backups in the workspace folder',
};

const count = (value: number) => value.toLocaleString('en-GB');

export function operationOf(session: Session): { name: string; marking: string } {
  const row = get<{ name: string | null; marking: string | null }>(
    session.reader,
    'SELECT name, marking FROM operation WHERE id = 1',
  );
  return { name: row?.name ?? '', marking: printedMarking(row?.marking ?? 'OFFICIAL-SENSITIVE') };
}

export function layoutErasure(
  erasure: Erasure,
  operation: { name: string; marking: string },
): PrintedDocument {
  return {
    ...emptyDocument,
    marking: operation.marking,
    title: 'Certificate of erasure',
    footer: `${operation.name}, erasure of ${erasure.ref}, ${formatMoment(erasure.at)}`,
    at: erasure.at,
    facts: [
      ['Operation', operation.name],
      ['Erased', erasure.refs.join(', ')],
      ['By', erasure.by],
      ['When', formatMoment(erasure.at)],
      ['Reason', erasure.reason],
      ['Entry of the record', count(erasure.seq)],
      ['Head before', erasure.headBefore ?? ''],
      ['Head after', erasure.headAfter ?? ''],
      [
        'Searched afterwards',
        erasure.verified
          ? `Nothing that tells of the person for certain was found in any table or file of the workspace.${erasure.left.length === 0 ? '' : ' Surnames and aliases that somebody else may have are listed below.'}`
          : `${count(erasure.left.length)} places still tell of the person: they are listed below for a decision.`,
      ],
    ],
    paragraphs: [
      'The record keeps who erased whom and when, and no value that was erased. It cannot be undone.',
      'Not reached by this erasure: packs and copies that were handed out, backups and archives outside the workspace folder, and what storage hardware keeps of its own accord. All of it that is Fellside’s is encrypted; changing the data key makes what the hardware may keep unreadable.',
    ],
    tables: [
      {
        title: 'What was erased',
        headings: ['What', 'Count'],
        widths: [4, 1],
        rows: Object.entries(erasure.counts).map(([key, value]) => [erasedWords[key] ?? key, count(value)]),
        empty: '',
        note: '',
      },
      {
        title: 'What is left for a decision',
        headings: ['Record', 'Place', 'Count'],
        widths: [1, 3, 0.6],
        rows: erasure.left.map(({ ref, place, count: value }) => [ref ?? '', place, count(value)]),
        empty: 'Nothing.',
        note: '',
      },
    ],
    signatures: ['Name', 'Signature', 'Date'],
  };
}

/** Writes a certificate as a PDF and journals it. @throws AppError `pack.failed`. */
export async function writeCertificate(
  session: Session,
  document: PrintedDocument,
  options: { folder: string; resources: string | undefined; name: string; target?: string; method: string },
): Promise<string> {
  const pdf = await printPdf(document, { resources: options.resources });
  const { file } = await writeOutput(session, {
    folder: options.folder,
    name: `${fileWord(document.marking)}-${options.name}.pdf`,
    content: [pdf],
    entry: ({ file, sha256 }) => ({
      operation: 'disclosure',
      method: options.method,
      ...(options.target === undefined ? {} : { target: options.target }),
      summary: `Wrote a certificate: ${document.title}`,
      after: { file, sha256 },
      reason: 'Certificate',
    }),
  });
  return file;
}
