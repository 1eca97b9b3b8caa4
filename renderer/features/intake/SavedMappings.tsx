import { Button, Dialog, DialogBody } from '@blueprintjs/core';
import { useQuery } from '@tanstack/react-query';
import { refreshQueries, useClient } from '../../app/connection.ts';
import { describeError, reportError } from '../../app/reportError.ts';
import { kindTitles } from '../../copy/intake.ts';
import { showMoment } from '../../ui/dates.ts';

/** Every saved mapping of the workspace, each of which can be removed. */
export function SavedMappings({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const list = useQuery({ queryKey: ['mappings'], queryFn: () => client.mappings.list(), staleTime: 0 });

  async function remove(id: number): Promise<void> {
    try {
      await client.mappings.remove({ id });
      await list.refetch();
      refreshQueries();
    } catch (caught) {
      reportError(caught);
    }
  }

  return (
    <Dialog isOpen onClose={onClose} title="Saved mappings" className="mappings-dialog">
      <DialogBody>
        {list.error && (
          <p className="tone-danger" role="alert">
            {describeError(list.error).message}
          </p>
        )}
        {list.data?.mappings.length === 0 && (
          <p className="muted">None yet. Save one beside a sheet: it is offered for the next file like it.</p>
        )}
        {(list.data?.mappings.length ?? 0) > 0 && (
          <table className="table">
            <thead>
              <tr>
                <th>Name</th>
                <th>Holds</th>
                <th className="num">Columns</th>
                <th>Saved</th>
                <th>
                  <span className="only-spoken">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {list.data?.mappings.map((saved) => (
                <tr key={saved.id}>
                  <td className="wide">{saved.name}</td>
                  <td className="nowrap">{saved.mapping.kind ? kindTitles[saved.mapping.kind] : ''}</td>
                  <td className="num">{saved.mapping.columns.filter((field) => field !== null).length}</td>
                  <td className="nowrap">
                    {showMoment(saved.savedAt)}, {saved.savedBy}
                  </td>
                  <td className="cell-action">
                    <Button
                      size="small"
                      variant="minimal"
                      icon="trash"
                      text="Remove"
                      aria-label={`Remove the mapping ${saved.name}`}
                      onClick={() => void remove(saved.id)}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </DialogBody>
    </Dialog>
  );
}
