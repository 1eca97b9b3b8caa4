import { Button, Callout } from '@blueprintjs/core';
import type { ReactNode } from 'react';
import { peopleCopy } from '../../copy/people.ts';
import { unlockCopy } from '../../copy/unlock.ts';

/** The frame of a form before an open workspace: what it asks, what went wrong as a whole, and its buttons. */
export function UnlockForm(props: {
  title: string;
  /** What belongs to no field. */
  error?: string | undefined;
  onSubmit: () => void;
  buttons: ReactNode;
  /** What stands below the buttons. */
  below?: ReactNode;
  children: ReactNode;
}) {
  return (
    <form
      className="unlock-form"
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      <h2>{props.title}</h2>
      {props.children}
      {props.error && (
        <Callout intent="danger" compact role="alert">
          {props.error}
        </Callout>
      )}
      <div className="form-actions">{props.buttons}</div>
      {props.below}
    </form>
  );
}

/** The button that opens a workspace; after wrong passphrases it counts down first. */
export function UnlockButton({ text, busy, seconds }: { text: string; busy: boolean; seconds: number }) {
  return (
    <Button
      type="submit"
      intent="primary"
      icon="unlock"
      loading={busy}
      disabled={seconds > 0}
      text={seconds > 0 ? peopleCopy.wait(seconds) : text}
      aria-label={busy ? unlockCopy.unlocking : undefined}
    />
  );
}
