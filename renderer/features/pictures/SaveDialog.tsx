import { InputGroup } from '@blueprintjs/core';
import { useState } from 'react';
import { useClient, useConnection } from '../../app/connection.ts';
import { picturesCopy } from '../../copy/pictures.ts';
import { DisclosureDialog } from '../../ui/DisclosureDialog.tsx';
import { FormField } from '../../ui/FormField.tsx';
import { drawPicture, type PictureSource } from './drawnPicture.ts';
import { markPng } from './markPng.ts';

/** Writes the picture and its table into a folder. */
export function SaveDialog({ source, onClose }: { source: PictureSource; onClose: () => void }) {
  const client = useClient();
  const now = useConnection();
  const marking = now.phase === 'connected' ? (now.open?.marking ?? '') : '';
  // The timeline and the map draw their marking themselves; a pack marks its pages.
  const marked: PictureSource =
    source.kind === 'chart'
      ? { ...source, makePng: async () => markPng(await source.makePng(), marking) }
      : source;
  const [recipient, setRecipient] = useState('');
  const [missing, setMissing] = useState(false);
  return (
    <DisclosureDialog
      title={picturesCopy.saveTitle}
      lead={picturesCopy.saveLead}
      button={picturesCopy.saveButton}
      onClose={onClose}
      onWrite={async (folder, reason) => {
        const drawn = await drawPicture(marked, source.title);
        const { files, leftOut } = await client.pictures.write({
          ...drawn,
          folder,
          recipient: recipient.trim(),
          reason,
        });
        return `${files.map(({ file }) => file).join(', ')}${leftOut === null ? '' : `. ${leftOut}`}`;
      }}
      check={() => {
        setMissing(recipient.trim() === '');
        return recipient.trim() !== '';
      }}
    >
      <FormField label={picturesCopy.recipient} error={missing ? picturesCopy.recipientNeeded : undefined}>
        {(input) => (
          <InputGroup
            {...input}
            fill
            maxLength={200}
            value={recipient}
            onChange={(event) => {
              setRecipient(event.currentTarget.value);
              setMissing(false);
            }}
          />
        )}
      </FormField>
    </DisclosureDialog>
  );
}
