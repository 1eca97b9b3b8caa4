import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import type { ImportReport } from '../../../shared/contract/schemas.ts';
import { useClient } from '../../app/connection.ts';
import { DisclosureDialog } from '../../ui/DisclosureDialog.tsx';

/** What can be taken out of an import: its ledger as a PDF, and its rejected rows as a workbook to be mended. */
export function ImportOutputs({ report, reference }: { report: ImportReport; reference: string }) {
  const client = useClient();
  const [open, setOpen] = useState<'ledger' | 'rejected' | null>(null);
  const rejected = report.files.reduce(
    (sum, file) => sum + file.sheets.reduce((inner, sheet) => inner + sheet.rejected, 0),
    0,
  );
  return (
    <>
      <Button icon="print" text="Print the ledger…" onClick={() => setOpen('ledger')} />
      {rejected > 0 && (
        <Button
          icon="th-derived"
          text={`${rejected.toLocaleString('en-GB')} rejected ${rejected === 1 ? 'row' : 'rows'} as a workbook…`}
          onClick={() => setOpen('rejected')}
        />
      )}
      {open === 'ledger' && (
        <DisclosureDialog
          title={`Ledger of ${reference}`}
          lead="A PDF with every count, the reason of every row that did not come in, and how the columns were read."
          button="Write the PDF"
          onClose={() => setOpen(null)}
          onWrite={async (folder, reason) => {
            const { file, pages } = await client.imports.exportLedger({ ref: reference, folder, reason });
            return `${file}, ${pages} ${pages === 1 ? 'page' : 'pages'}`;
          }}
        />
      )}
      {open === 'rejected' && (
        <DisclosureDialog
          title={`Rejected rows of ${reference}`}
          lead="A workbook with each rejected row as it stood and why. Mend the rows there and import the workbook: what came in already is not doubled."
          button="Write the workbook"
          onClose={() => setOpen(null)}
          onWrite={async (folder, reason) => {
            const { file, rows } = await client.imports.exportRejected({ ref: reference, folder, reason });
            return `${file}, ${rows.toLocaleString('en-GB')} ${rows === 1 ? 'row' : 'rows'}`;
          }}
        />
      )}
    </>
  );
}
