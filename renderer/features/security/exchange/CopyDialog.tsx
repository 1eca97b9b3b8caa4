import { Button, Callout, Dialog, DialogBody, DialogFooter, InputGroup, TextArea } from '@blueprintjs/core';
import { useState } from 'react';
import { refreshQueries, useClient } from '../../../app/connection.ts';
import { native } from '../../../app/native.ts';
import { describeError } from '../../../app/reportError.ts';
import { exchangeCopy } from '../../../copy/exchange.ts';
import { FormField } from '../../../ui/FormField.tsx';

const copy = exchangeCopy.copying;

/** Asks for a name and a place, and makes a copy of the workspace there. */
export function CopyDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const [name, setName] = useState('');
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const [working, setWorking] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const wrong = (text: string) => (missing && text.trim() === '' ? copy.needed : undefined);

  async function make(): Promise<void> {
    if (name.trim() === '' || reason.trim() === '') return setMissing(true);
    setError(null);
    try {
      const folder = await native()?.pickFolder({ purpose: 'new-workspace' });
      if (!folder) return;
      setWorking(true);
      const made = await client.exchange.copy({
        folder: folder.grant,
        name: name.trim(),
        reason: reason.trim(),
      });
      setDone(copy.done(made.letters, made.folderName));
      refreshQueries();
    } catch (caught) {
      const { message, hint } = describeError(caught);
      setError(hint ? `${message} ${hint}` : message);
    } finally {
      setWorking(false);
    }
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={copy.title}
      className="disclosure-dialog"
      canOutsideClickClose={false}
      canEscapeKeyClose={!working}
      isCloseButtonShown={!working}
    >
      <DialogBody>
        {done === null ? (
          <>
            <p className="disclosure-lead">{copy.lead}</p>
            <FormField label={copy.name} hint={copy.nameHint} error={wrong(name)}>
              {(input) => (
                <InputGroup
                  {...input}
                  autoFocus
                  value={name}
                  maxLength={100}
                  onChange={(event) => setName(event.currentTarget.value)}
                />
              )}
            </FormField>
            <FormField label={copy.reason} hint={copy.reasonHint} error={wrong(reason)}>
              {(input) => (
                <TextArea
                  {...input}
                  fill
                  rows={2}
                  value={reason}
                  maxLength={1000}
                  onChange={(event) => setReason(event.currentTarget.value)}
                />
              )}
            </FormField>
            {error && (
              <Callout intent="danger" compact role="alert">
                {error}
              </Callout>
            )}
          </>
        ) : (
          <Callout intent="success" compact role="status">
            {done}
          </Callout>
        )}
      </DialogBody>
      <DialogFooter
        actions={
          done === null ? (
            <>
              <Button text={exchangeCopy.leave} disabled={working} onClick={onClose} />
              <Button
                intent="primary"
                icon="duplicate"
                text={copy.choose}
                loading={working}
                onClick={() => void make()}
              />
            </>
          ) : (
            <Button intent="primary" text={exchangeCopy.close} autoFocus onClick={onClose} />
          )
        }
      />
    </Dialog>
  );
}
