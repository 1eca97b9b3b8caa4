import { Button, Dialog, DialogBody, DialogFooter, type Intent } from '@blueprintjs/core';
import type { ReactNode } from 'react';
import { disclosureCopy } from '../../../copy/disclosure.ts';

/** The frame of a dialog that decides something: its fields, what went wrong, and two buttons. */
export function ClosingDialog(props: {
  title: string;
  lead?: string;
  button: string;
  intent?: Intent;
  busy: boolean;
  error: string | undefined;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const { busy } = props;
  return (
    <Dialog
      isOpen
      title={props.title}
      onClose={props.onClose}
      canOutsideClickClose={false}
      canEscapeKeyClose={!busy}
      isCloseButtonShown={!busy}
      className="closing-dialog"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          props.onSubmit();
        }}
      >
        <DialogBody>
          {props.lead && <p className="closing-dialog-lead">{props.lead}</p>}
          {props.children}
          {props.error && (
            <p className="tone-danger" role="alert">
              {props.error}
            </p>
          )}
        </DialogBody>
        <DialogFooter
          actions={
            <>
              <Button text={disclosureCopy.leave} disabled={busy} onClick={props.onClose} />
              <Button type="submit" intent={props.intent ?? 'primary'} text={props.button} loading={busy} />
            </>
          }
        />
      </form>
    </Dialog>
  );
}
