import { Button, Callout, Dialog, DialogBody, DialogFooter, TextArea } from '@blueprintjs/core';
import { useState } from 'react';
import type { IssuedPack, RecallList } from '../../../../shared/contract/packSchemas.ts';
import { refreshQueries, useClient, useConnection } from '../../../app/connection.ts';
import { isText, useDraftState } from '../../../app/drafts.ts';
import { showMessage } from '../../../app/messages.ts';
import { describeError } from '../../../app/reportError.ts';
import { packCopy } from '../../../copy/packs.ts';
import { copyText } from '../../../grid/copy.ts';
import { FormField } from '../../../ui/FormField.tsx';
import { CopyList } from './CopyList.tsx';
import { writeRecallText } from './recallText.ts';

/** Recalls copies, and then shows whom to ask for which. */
export function RecallDialog(props: { packs: readonly IssuedPack[]; onClose: () => void }) {
  const client = useClient();
  const connection = useConnection();
  const [reason, setReason] = useDraftState('recall', '', isText);
  const [error, setError] = useState<{ reason?: string; form?: string }>({});
  const [busy, setBusy] = useState(false);
  const [list, setList] = useState<RecallList | null>(null);
  const open = connection.phase === 'connected' ? connection.open : null;

  async function recall(): Promise<void> {
    if (reason.trim() === '') {
      setError({ reason: 'Needed: it stands on the list, and in the history.' });
      return;
    }
    setBusy(true);
    try {
      setList(await client.packs.recall({ refs: props.packs.map(({ ref }) => ref), reason: reason.trim() }));
      refreshQueries();
    } catch (caught) {
      const { message, hint } = describeError(caught);
      setError({ form: hint ? `${message} ${hint}` : message });
    } finally {
      setBusy(false);
    }
  }

  if (list) {
    const text = writeRecallText(list, open?.name ?? '', open?.marking ?? '');
    return (
      <Dialog isOpen onClose={props.onClose} title="Recall list" className="recall-dialog">
        <DialogBody>
          <p>{packCopy.recallLead}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard */}
          <section className="recall-text" tabIndex={0} aria-label="Recall list as text">
            {text}
          </section>
        </DialogBody>
        <DialogFooter
          actions={
            <>
              <Button
                icon="clipboard"
                text="Copy as text"
                autoFocus
                onClick={() => {
                  copyText(text);
                  showMessage({ tone: 'done', text: 'The recall list is on the clipboard.' });
                }}
              />
              <Button intent="primary" text="Done" onClick={props.onClose} />
            </>
          }
        />
      </Dialog>
    );
  }
  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={
        props.packs.length === 1 ? `Recall ${props.packs[0]?.ref}` : `Recall ${props.packs.length} copies`
      }
      canOutsideClickClose={false}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void recall();
        }}
      >
        <DialogBody>
          <CopyList packs={props.packs} />
          <FormField label="Reason" error={error.reason} hint="Stands on the recall list and in the history">
            {(input) => (
              <TextArea
                {...input}
                fill
                autoFocus
                rows={2}
                value={reason}
                maxLength={1000}
                onChange={(event) => {
                  setReason(event.currentTarget.value);
                  setError({});
                }}
              />
            )}
          </FormField>
          {error.form && (
            <Callout intent="danger" compact role="alert">
              {error.form}
            </Callout>
          )}
        </DialogBody>
        <DialogFooter
          actions={
            <>
              <Button text="Leave" disabled={busy} onClick={props.onClose} />
              <Button type="submit" intent="primary" text="Recall" loading={busy} />
            </>
          }
        />
      </form>
    </Dialog>
  );
}
