import { Button, Dialog, DialogBody, DialogFooter, Spinner } from '@blueprintjs/core';
import { useQuery } from '@tanstack/react-query';
import { formatDateTime } from '../../shared/domain/dates.ts';
import { findColumn, parseRef } from '../../shared/grid/grids.ts';
import type { CellValue } from '../../shared/grid/query.ts';
import { useClient } from '../app/connection.ts';
import { showSource } from '../app/navigation.ts';
import { describeError } from '../app/reportError.ts';
import { formatValue, showLabel } from './format.ts';

/** Every value that a cell has had: who, when, from what to what, and from which file. */
export function CellHistoryDialog(props: { cell: { ref: string; field: string }; onClose: () => void }) {
  const { ref, field } = props.cell;
  const client = useClient();
  const history = useQuery({
    queryKey: ['cellHistory', ref, field],
    queryFn: () => client.records.cellHistory({ ref, field }),
  });
  const grid = parseRef(ref)?.grid;
  const column = grid ? findColumn(grid, field) : undefined;
  const labels = history.data?.labels ?? {};
  const show = (value: CellValue) =>
    (column ? formatValue(column, value, labels) : String(value ?? '')) || '(blank)';
  const changes = history.data?.changes ?? [];
  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={`${column?.title ?? field} of ${showLabel(ref, labels)}`}
      className="history-dialog"
    >
      <DialogBody>
        {history.isPending && <Spinner size={20} aria-label="Reading the history" />}
        {history.error && (
          <p className="tone-danger" role="alert">
            {describeError(history.error).message}
          </p>
        )}
        {history.data && changes.length === 0 && <p>This value has never been set or changed.</p>}
        {changes.length > 0 && (
          <table className="cell-history">
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Who</th>
                <th scope="col">Before → after</th>
                <th scope="col">From</th>
              </tr>
            </thead>
            <tbody>
              {changes.map((change, index) => (
                // One import may say the same cell twice.
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                <tr key={`${change.seq}-${index}`}>
                  <td>{formatDateTime(change.at)}</td>
                  <td>{change.by}</td>
                  <td>
                    {change.source === null && (
                      <>
                        <del>{show(change.before)}</del> <span aria-hidden="true">→</span>{' '}
                      </>
                    )}
                    <ins>{show(change.value)}</ins>
                  </td>
                  <td>{change.source ?? change.reason ?? 'typed in'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </DialogBody>
      <DialogFooter
        actions={
          <>
            {changes.some(({ source }) => source !== null) && (
              <Button
                text="Show where it stood in its sheet"
                onClick={() => {
                  props.onClose();
                  showSource(ref, field);
                }}
              />
            )}
            <Button intent="primary" text="Close" onClick={props.onClose} />
          </>
        }
      />
    </Dialog>
  );
}
