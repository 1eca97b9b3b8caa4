import { Button, Callout, Dialog, DialogBody, DialogFooter, type IconName } from '@blueprintjs/core';
import type { ReactNode } from 'react';
import { disclosureCopy } from '../copy/disclosure.ts';

/** The frame of a dialog that writes something: what it asks, how far it is, what went wrong, and what came of it. */
export function WriteDialog(props: {
  title: string;
  lead: string;
  button: string;
  icon?: IconName;
  busy: boolean;
  error: string | null | undefined;
  /** What was written; shown in place of the questions. */
  written: ReactNode;
  /** Buttons beside the one that closes, once it is written. */
  writtenActions?: ReactNode;
  onWrite: () => void;
  onClose: () => void;
  /** Stops what runs, where it can be stopped. */
  onStop?: () => void;
  children?: ReactNode;
}) {
  const { busy, onStop, written } = props;
  const isAsking = written === null;
  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={props.title}
      className="disclosure-dialog"
      canOutsideClickClose={false}
      canEscapeKeyClose={!busy}
      isCloseButtonShown={!busy}
    >
      <DialogBody>
        {isAsking ? (
          <>
            <p className="disclosure-lead">{props.lead}</p>
            {props.children}
            {props.error && (
              <Callout intent="danger" compact role="alert">
                {props.error}
              </Callout>
            )}
          </>
        ) : (
          <Callout intent="success" compact role="status">
            {written}
          </Callout>
        )}
      </DialogBody>
      <DialogFooter
        actions={
          isAsking ? (
            <>
              <Button
                text={busy && onStop ? disclosureCopy.stop : disclosureCopy.leave}
                disabled={busy && !onStop}
                onClick={() => (busy ? onStop?.() : props.onClose())}
              />
              <Button
                intent="primary"
                {...(props.icon ? { icon: props.icon } : {})}
                text={props.button}
                loading={busy}
                onClick={props.onWrite}
              />
            </>
          ) : (
            <>
              {props.writtenActions}
              <Button intent="primary" text={disclosureCopy.close} autoFocus onClick={props.onClose} />
            </>
          )
        }
      />
    </Dialog>
  );
}
