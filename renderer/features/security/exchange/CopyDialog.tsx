import { InputGroup } from '@blueprintjs/core';
import { useState } from 'react';
import { refreshQueries, useClient } from '../../../app/connection.ts';
import { native } from '../../../app/native.ts';
import { describeError } from '../../../app/reportError.ts';
import { exchangeCopy } from '../../../copy/exchange.ts';
import { FormField } from '../../../ui/FormField.tsx';
import { ReasonField } from '../../../ui/ReasonField.tsx';
import { WriteDialog } from '../../../ui/WriteDialog.tsx';

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
      setError(describeError(caught).words);
    } finally {
      setWorking(false);
    }
  }

  return (
    <WriteDialog
      title={copy.title}
      lead={copy.lead}
      button={copy.choose}
      icon="duplicate"
      busy={working}
      error={error}
      written={done}
      onWrite={() => void make()}
      onClose={onClose}
    >
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
      <ReasonField value={reason} error={wrong(reason)} onChange={setReason} />
    </WriteDialog>
  );
}
