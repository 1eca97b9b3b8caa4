import { InputGroup } from '@blueprintjs/core';
import { useState } from 'react';
import { undo } from '../../app/actions.ts';
import { refreshQueries, useClient } from '../../app/connection.ts';
import { isText, useDraftState } from '../../app/drafts.ts';
import { showMessage } from '../../app/messages.ts';
import { describeError } from '../../app/reportError.ts';
import { picturesCopy } from '../../copy/pictures.ts';
import { FormField } from '../../ui/FormField.tsx';
import { ReasonField } from '../../ui/ReasonField.tsx';
import { WriteDialog } from '../../ui/WriteDialog.tsx';
import { drawPicture, type PictureSource } from './drawnPicture.ts';

/** Asks for a title and a reason, and keeps the picture for packs. */
export function KeepDialog({ source, onClose }: { source: PictureSource; onClose: () => void }) {
  const client = useClient();
  const [title, setTitle] = useState(source.title);
  const [reason, setReason] = useDraftState('picture', '', isText);
  const [errors, setErrors] = useState<{ title?: string; reason?: string; form?: string }>({});
  const [busy, setBusy] = useState(false);

  async function keep(): Promise<void> {
    const found = {
      ...(title.trim() === '' ? { title: picturesCopy.titleNeeded } : {}),
      ...(reason.trim() === '' ? { reason: picturesCopy.reasonNeeded } : {}),
    };
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      const drawn = await drawPicture(source, title.trim());
      await client.pictures.keep({ ...drawn, reason: reason.trim() });
      showMessage({
        tone: 'done',
        text: picturesCopy.kept(title.trim()),
        action: { label: 'Undo', run: () => void undo() },
      });
      refreshQueries();
      onClose();
    } catch (caught) {
      setErrors({ form: describeError(caught).words });
      setBusy(false);
    }
  }

  return (
    <WriteDialog
      title={picturesCopy.keepTitle}
      lead={picturesCopy.keepLead}
      button={picturesCopy.keep}
      busy={busy}
      error={errors.form}
      written={null}
      onWrite={() => void keep()}
      onClose={onClose}
    >
      <FormField label={picturesCopy.title} hint={picturesCopy.titleHint} error={errors.title}>
        {(input) => (
          <InputGroup
            {...input}
            fill
            autoFocus
            maxLength={120}
            value={title}
            onChange={(event) => {
              setTitle(event.currentTarget.value);
              setErrors({});
            }}
          />
        )}
      </FormField>
      <ReasonField
        label={picturesCopy.reason}
        value={reason}
        error={errors.reason}
        onChange={(text) => {
          setReason(text);
          setErrors({});
        }}
      />
    </WriteDialog>
  );
}
