import { Button, Dialog, DialogBody, DialogFooter } from '@blueprintjs/core';
import { useId, useState } from 'react';
import type { Finding } from '../../../shared/contract/schemas.ts';
import { refreshQueries, useClient } from '../../app/connection.ts';
import { isText, useDraftState } from '../../app/drafts.ts';
import { showMessage } from '../../app/messages.ts';
import { describeError } from '../../app/reportError.ts';

/** Sets a finding aside for a reason, which goes on record with the name of who gave it. */
export function AcceptDialog({ finding, onClose }: { finding: Finding; onClose: () => void }) {
  const client = useClient();
  const [reason, setReason] = useDraftState(
    `accept/${finding.rule}/${finding.refs.slice(0, 8).join('/')}`,
    '',
    isText,
  );
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const field = useId();

  async function accept(): Promise<void> {
    if (reason.trim().length < 3) {
      setError('Say why in a few words.');
      return;
    }
    setBusy(true);
    try {
      await client.readiness.accept({ rule: finding.rule, refs: finding.refs, reason: reason.trim() });
      refreshQueries();
      onClose();
      showMessage({ tone: 'done', text: 'Accepted. It stands below the findings, with the reason.' });
    } catch (caught) {
      const { message, hint } = describeError(caught);
      setError(hint ? `${message} ${hint}` : message);
      setBusy(false);
    }
  }

  return (
    <Dialog isOpen onClose={onClose} title="Accept with a reason" canOutsideClickClose={false}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void accept();
        }}
      >
        <DialogBody>
          <p className="finding-message">{finding.message}</p>
          <p className="finding-mend">{finding.mend}</p>
          <label className="accept-reason" htmlFor={field}>
            Reason
          </label>
          <input
            id={field}
            className="value-input"
            autoFocus
            value={reason}
            aria-invalid={error !== ''}
            onChange={(event) => {
              setReason(event.currentTarget.value);
              setError('');
            }}
          />
          <p className="muted">The reason and your name go into the history. It can be withdrawn.</p>
          {error && (
            <p className="tone-danger" role="alert">
              {error}
            </p>
          )}
        </DialogBody>
        <DialogFooter
          actions={
            <>
              <Button text="Leave" onClick={onClose} />
              <Button type="submit" intent="primary" text="Accept" loading={busy} />
            </>
          }
        />
      </form>
    </Dialog>
  );
}
