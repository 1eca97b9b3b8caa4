import {
  Button,
  Callout,
  Dialog,
  DialogBody,
  DialogFooter,
  type IconName,
  type Intent,
} from '@blueprintjs/core';
import type { ReactNode } from 'react';
import { peopleCopy } from '../../../copy/people.ts';

/** A dialog that asks something and does it: words, fields, what went wrong, and two buttons. */
export function FormDialog(props: {
  title: string;
  words?: string | undefined;
  button: string;
  icon?: IconName;
  intent?: Intent;
  busy: boolean;
  error: string | null | undefined;
  onSubmit: () => void;
  onClose: () => void;
  /** Stops what runs, where it can be stopped. */
  onStop?: (() => void) | undefined;
  children?: ReactNode;
}) {
  return (
    <Dialog
      isOpen
      title={props.title}
      className="people-dialog"
      onClose={props.onClose}
      canOutsideClickClose={false}
      canEscapeKeyClose={!props.busy}
      isCloseButtonShown={!props.busy}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!props.busy) props.onSubmit();
        }}
      >
        <DialogBody>
          {props.words && <p className="people-words">{props.words}</p>}
          {props.children}
          {props.error && (
            <Callout intent="danger" compact role="alert">
              {props.error}
            </Callout>
          )}
        </DialogBody>
        <DialogFooter
          actions={
            <>
              <Button
                text={props.busy && props.onStop ? peopleCopy.rotateDialog.stop : peopleCopy.cancel}
                disabled={props.busy && !props.onStop}
                onClick={() => (props.busy ? props.onStop?.() : props.onClose())}
              />
              <Button
                type="submit"
                intent={props.intent ?? 'primary'}
                {...(props.icon ? { icon: props.icon } : {})}
                loading={props.busy}
                text={props.button}
              />
            </>
          }
        />
      </form>
    </Dialog>
  );
}

/** A dialog that shows what came of it. */
export function ResultDialog(props: {
  title: string;
  button: string;
  onClose: () => void;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Dialog
      isOpen
      title={props.title}
      className="people-dialog"
      onClose={props.onClose}
      canOutsideClickClose={false}
      canEscapeKeyClose={false}
      isCloseButtonShown={false}
    >
      <DialogBody>{props.children}</DialogBody>
      <DialogFooter
        actions={
          <>
            {props.actions}
            <Button intent="primary" text={props.button} onClick={props.onClose} />
          </>
        }
      />
    </Dialog>
  );
}
