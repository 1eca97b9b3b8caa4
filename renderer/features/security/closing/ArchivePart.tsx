import { Button } from '@blueprintjs/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useClient } from '../../../app/connection.ts';
import { closingCopy } from '../../../copy/closing.ts';
import { DisclosureDialog } from '../../../ui/DisclosureDialog.tsx';
import { ReasonDialog } from './ReasonDialog.tsx';
import { useCaseReport } from './useCaseReport.ts';

const copy = closingCopy.archive;

/** Seals the operation into one encrypted file, or works with an archived one again. */
export function ArchivePart({ isLead }: { isLead: boolean }) {
  const client = useClient();
  const queries = useQueryClient();
  const report = useCaseReport();
  const [asking, setAsking] = useState<'archive' | 'reopen' | null>(null);
  const archived = report.data?.archivedAt ?? null;
  const refresh = () => queries.invalidateQueries({ queryKey: ['closing'] });
  return (
    <>
      <p className="muted closing-words">{copy.lead}</p>
      {!isLead && <p className="muted">{closingCopy.leadOnly}</p>}
      {isLead && archived === null && (
        <Button icon="archive" intent="primary" text={copy.button} onClick={() => setAsking('archive')} />
      )}
      {isLead && archived !== null && (
        <Button icon="unarchive" text={copy.reopen} onClick={() => setAsking('reopen')} />
      )}
      {asking === 'archive' && (
        <DisclosureDialog
          title={copy.title}
          lead={copy.lead}
          button={copy.write}
          reasonAlways
          encrypted
          onClose={() => {
            setAsking(null);
            void refresh();
          }}
          onWrite={async (folder, reason) => {
            for await (const event of await client.closing.archive({ folder, certificate: true, reason }))
              if (event.type === 'done') return copy.done(event.report.file, event.report.sha256);
            throw new Error('the archive ended without a report');
          }}
        />
      )}
      {asking === 'reopen' && (
        <ReasonDialog
          title={copy.reopenTitle}
          lead={copy.reopenLead}
          button={copy.reopen}
          onClose={() => setAsking(null)}
          onDone={async (reason) => {
            await client.closing.reopen({ reason });
            await refresh();
          }}
        />
      )}
    </>
  );
}
