import { useQuery } from '@tanstack/react-query';
import { useClient } from '../../app/connection.ts';
import { describeError } from '../../app/reportError.ts';
import { ImportOutputs } from '../intake/ImportOutputs.tsx';
import { LedgerTable } from '../intake/LedgerTable.tsx';

/** The loss ledger of a past import. */
export function ImportDetail({ reference }: { reference: string }) {
  const client = useClient();
  const report = useQuery({
    queryKey: ['import-report', reference],
    queryFn: () => client.imports.report({ ref: reference }),
  });
  return (
    <section className="panel-section">
      <h3>What became of the rows</h3>
      {report.error && <p className="tone-danger">{describeError(report.error).message}</p>}
      {report.data && (
        <>
          <LedgerTable report={report.data} />
          <div className="import-outputs">
            <ImportOutputs report={report.data} reference={reference} />
          </div>
        </>
      )}
    </section>
  );
}
