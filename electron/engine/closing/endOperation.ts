/** Ends an operation for good: certificate outside, keys destroyed, files written over and removed. */
import { AppError } from '../../../shared/contract/errors.ts';
import { fileWord, formatMoment } from '../../../shared/packs/format.ts';
import { emptyDocument } from '../documents/printed.ts';
import { printPdf } from '../documents/writeDocument.ts';
import { writeOutput } from '../intake/outputs/writeOutput.ts';
import type { Session } from '../session.ts';
import { today } from '../session.ts';
import { readHead } from '../workspace/recentEntries.ts';
import { countContent } from './archive.ts';
import { refuseOpenCase } from './caseState.ts';
import { operationOf } from './certificate.ts';
import { destroyWorkspace, refuseInside } from './erasure/eraseOperation.ts';

export interface Ended {
  certificate: string;
  files: number;
  bytes: number;
  entries: number;
  head: string | null;
}

/**
 * @param wish `confirm` is the name of the operation, typed by whoever ends it
 * @param close closes the workspace; it is destroyed after that
 * @throws AppError `usage` for another name or a folder inside, `closing.open`, `pack.failed`
 */
export async function endOperation(
  session: Session,
  wish: { confirm: string; reason: string; folder: string; resources: string | undefined },
  close: () => Promise<unknown>,
): Promise<Ended> {
  const operation = operationOf(session);
  if (wish.confirm.trim() !== operation.name.trim())
    throw new AppError('usage', 'That is not the name of the operation. Type it as it stands above.');
  refuseInside(session.workspace.folder, wish.folder);
  refuseOpenCase(session.reader, today(session));
  const head = readHead(session.reader);
  const at = session.clock();
  const pdf = await printPdf(
    {
      ...emptyDocument,
      marking: operation.marking,
      title: 'Certificate of the erasure of an operation',
      footer: `${operation.name}, erased ${formatMoment(at)}`,
      at,
      facts: [
        ['Operation', operation.name],
        ['Erased', `${formatMoment(at)} by ${session.workspace.user.name}`],
        ['Reason', wish.reason],
        ['Entries of the record', head.seq.toLocaleString('en-GB')],
        ['Head of the record', head.hash ?? ''],
      ],
      paragraphs: [
        'The key slots were written over first: without them no copy of the encrypted files that a disk may still hold can be read. Then every file of the workspace was written over and removed. On a solid-state drive the hardware may keep old blocks; they are encrypted and their key is gone.',
        'Not reached: backups, archives and packs that were copied elsewhere. Archives and backups still open with a passphrase of their time. Destroy them where they are kept.',
      ],
      tables: [
        {
          title: 'What the workspace held',
          headings: ['What', 'Count'],
          widths: [3, 1],
          rows: countContent(session.reader).map(([title, rows]) => [title, rows.toLocaleString('en-GB')]),
          empty: '',
          note: '',
        },
      ],
      signatures: ['Name', 'Signature', 'Date'],
    },
    { resources: wish.resources },
  );
  const { file } = await writeOutput(session, {
    folder: wish.folder,
    name: `${fileWord(operation.marking)}-${fileWord(operation.name)}-erased.pdf`,
    content: [pdf],
    entry: ({ file, sha256 }) => ({
      operation: 'erasure',
      method: 'closing.eraseOperation',
      summary: 'Erases the whole operation',
      after: { file, sha256 },
      reason: wish.reason,
    }),
  });
  const { folder } = session.workspace;
  await close();
  return { certificate: file, ...destroyWorkspace(folder), entries: head.seq, head: head.hash };
}
