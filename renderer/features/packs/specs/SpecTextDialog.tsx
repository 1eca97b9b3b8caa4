import { Button, Callout, Dialog, DialogBody, DialogFooter, TextArea } from '@blueprintjs/core';
import { useState } from 'react';
import { PackSpec } from '../../../../shared/packs/packSpec.ts';
import { showMessage } from '../../../app/messages.ts';
import { packCopy } from '../../../copy/packs.ts';
import { copyText } from '../../../grid/copy.ts';

/** A kind of pack as text, to be kept or given to another force; or the place to put such a text. */
export function SpecTextDialog(props: {
  /** The pack that is shown, or null where one is read. */
  spec: PackSpec | null;
  onRead: (spec: PackSpec) => void;
  onClose: () => void;
}) {
  const shown = props.spec === null ? null : JSON.stringify(props.spec, null, 2);
  const [text, setText] = useState('');
  const [error, setError] = useState('');

  function read(): void {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      setError('This is not the text of a pack: it is no JSON.');
      return;
    }
    const found = PackSpec.safeParse(value);
    if (found.success) props.onRead(found.data);
    else {
      const path = found.error.issues[0]?.path.join('.') ?? '';
      setError(`This is not the text of a pack${path === '' ? '' : `: look at "${path}"`}.`);
    }
  }

  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={shown === null ? packCopy.readText : `${props.spec?.title} as text`}
      className="spec-text-dialog"
      canOutsideClickClose={shown !== null}
    >
      <DialogBody>
        <p>{shown === null ? packCopy.readTextLead : packCopy.asTextLead}</p>
        <TextArea
          fill
          autoFocus
          rows={18}
          className="spec-text"
          aria-label="Text of the pack"
          readOnly={shown !== null}
          value={shown ?? text}
          maxLength={200_000}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setError('');
          }}
        />
        {error !== '' && (
          <Callout intent="danger" compact role="alert">
            {error}
          </Callout>
        )}
      </DialogBody>
      <DialogFooter
        actions={
          shown === null ? (
            <>
              <Button text="Leave" onClick={props.onClose} />
              <Button intent="primary" text="Take it" disabled={text.trim() === ''} onClick={read} />
            </>
          ) : (
            <>
              <Button
                icon="clipboard"
                text="Copy"
                onClick={() => {
                  copyText(shown);
                  showMessage({ tone: 'done', text: 'The text is on the clipboard.' });
                }}
              />
              <Button intent="primary" text="Done" onClick={props.onClose} />
            </>
          )
        }
      />
    </Dialog>
  );
}
