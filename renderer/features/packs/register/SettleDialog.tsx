import { Button, Callout, Dialog, DialogBody, DialogFooter, InputGroup, TextArea } from '@blueprintjs/core';
import { useState } from 'react';
import type { IssuedPack } from '../../../../shared/contract/packSchemas.ts';
import { refreshQueries, useClient } from '../../../app/connection.ts';
import { isText, useDraftState } from '../../../app/drafts.ts';
import { showMessage } from '../../../app/messages.ts';
import { describeError } from '../../../app/reportError.ts';
import { readDate, today } from '../../../ui/dates.ts';
import { FormField } from '../../../ui/FormField.tsx';
import { CopyList } from './CopyList.tsx';

export type Settling = 'held' | 'returned' | 'destroyed' | 'lost';

const words: Readonly<Record<Settling, { title: string; button: string; done: string; note: string }>> = {
  returned: {
    title: 'Returned',
    button: 'Mark as returned',
    done: 'returned',
    note: 'Who took it back',
  },
  destroyed: {
    title: 'Destroyed',
    button: 'Mark as destroyed',
    done: 'destroyed',
    note: 'Who destroyed it, and how',
  },
  lost: { title: 'Lost', button: 'Mark as lost', done: 'lost', note: 'When and where it was seen last' },
  held: { title: 'Held after all', button: 'Mark as held', done: 'held', note: 'Why' },
};

/** Says what has become of one or more copies. It is recorded, and can be said anew; it is not undone. */
export function SettleDialog(props: {
  packs: readonly IssuedPack[];
  state: Settling;
  onClose: () => void;
  onDone: () => void;
}) {
  const client = useClient();
  const [note, setNote] = useDraftState('settle', '', isText);
  const [day, setDay] = useState('');
  const [error, setError] = useState<{ day?: string; note?: string; form?: string }>({});
  const [busy, setBusy] = useState(false);
  const { title, button, done, note: hint } = words[props.state];
  const count = props.packs.length;

  async function settle(): Promise<void> {
    const at = day.trim() === '' ? null : readDate(day);
    const found = {
      ...(day.trim() !== '' && at === null ? { day: 'Not a date. Write DD/MM/YYYY.' } : {}),
      ...(at !== null && at > today() ? { day: 'That day is still to come.' } : {}),
      ...(props.state === 'lost' && note.trim() === '' ? { note: 'Needed: say what is known.' } : {}),
    };
    setError(found);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      await client.packs.settle({
        refs: props.packs.map(({ ref }) => ref),
        state: props.state,
        ...(note.trim() === '' ? {} : { note: note.trim() }),
        ...(at === null ? {} : { at }),
      });
      refreshQueries();
      props.onDone();
      showMessage({
        tone: 'done',
        text: `${count === 1 ? props.packs[0]?.ref : `${count} copies`} marked as ${done}.`,
      });
    } catch (caught) {
      const { message, hint: advice } = describeError(caught);
      setError({ form: advice ? `${message} ${advice}` : message });
      setBusy(false);
    }
  }

  return (
    <Dialog isOpen onClose={props.onClose} title={title} canOutsideClickClose={false}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void settle();
        }}
      >
        <DialogBody>
          <CopyList packs={props.packs} />
          <FormField label="Note" error={error.note} hint={`${hint}. Kept in the register and the history`}>
            {(input) => (
              <TextArea
                {...input}
                fill
                autoFocus
                rows={2}
                value={note}
                maxLength={1000}
                onChange={(event) => setNote(event.currentTarget.value)}
              />
            )}
          </FormField>
          <FormField label="Day" error={error.day} hint="DD/MM/YYYY; now when left empty">
            {(input) => (
              <InputGroup
                {...input}
                value={day}
                maxLength={20}
                onChange={(event) => setDay(event.currentTarget.value)}
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
              <Button type="submit" intent="primary" text={button} loading={busy} />
            </>
          }
        >
          <span className="muted">This is recorded. A mistake is mended by saying what is so.</span>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
