/** One page of `imports.rows`: opens the file, or goes on where the page before ended. */

import { AppError } from '../../../../shared/contract/errors.ts';
import type { PreviewPage, RowFilter } from '../../../../shared/contract/intakeSchemas.ts';
import type { SheetMapping } from '../../../../shared/contract/schemas.ts';
import { checkFit } from '../chooseMappings.ts';
import { planSheet } from '../planSheet.ts';
import { openSpreadsheet } from '../readers/openSpreadsheet.ts';
import type { ByteSource } from '../readers/types.ts';
import { tableRows } from '../tableRows.ts';
import type { HeldPreview, PreviewCursors } from './previewCursors.ts';
import { defaultPageRows, PreviewPosition } from './previewRows.ts';

export interface PreviewRequest {
  /** Stands for the file: the same file has the same grant. */
  grant: string;
  name: string;
  open: () => Promise<ByteSource>;
  password: string | undefined;
  mapping: SheetMapping;
  only: RowFilter;
  from: number | undefined;
  limit: number | undefined;
  /** ISO date. */
  today: string;
}

/** @throws AppError `mapping.misfit`, `cancelled`, or what the readers throw. */
export async function previewSheet(
  cursors: PreviewCursors,
  request: PreviewRequest,
  signal: AbortSignal | undefined,
): Promise<PreviewPage> {
  const keyAt = (row: number | undefined) =>
    JSON.stringify([request.grant, request.password, request.mapping, request.only, row]);
  const held = cursors.take(keyAt(request.from)) ?? (await openPreview(request, signal));
  try {
    const page = await held.position.page(request.limit ?? defaultPageRows, signal);
    if (page.next === null) await held.close();
    else cursors.keep(keyAt(page.next), held);
    return page;
  } catch (error) {
    await held.close();
    if (signal?.aborted) throw new AppError('cancelled', 'Reading was stopped before the end.');
    throw error;
  }
}

async function openPreview(request: PreviewRequest, signal: AbortSignal | undefined): Promise<HeldPreview> {
  const { mapping, password } = request;
  const opened = await openSpreadsheet(await request.open(), { password, signal });
  try {
    const sheet = await checkFit(request.name, opened, mapping, signal);
    const { plan } = await planSheet(sheet, mapping, request.today, signal);
    const batches = tableRows(sheet, mapping, undefined);
    const position = new PreviewPosition(batches, plan, request.only, request.from ?? 1);
    return {
      position,
      async close() {
        await position.close();
        await opened.close();
      },
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}
