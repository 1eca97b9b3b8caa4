import { Button } from '@blueprintjs/core';
import { useCallback, useState } from 'react';
import type { WorkspaceSummary } from '../../../../shared/contract/schemas.ts';
import { useClient } from '../../../app/connection.ts';
import { peopleCopy } from '../../../copy/people.ts';
import { unlockCopy } from '../../../copy/unlock.ts';
import { showMoment } from '../../../ui/dates.ts';
import { PrintSheet } from '../../../ui/PrintSheet.tsx';
import { PassphraseInput } from '../../unlock/PassphraseInput.tsx';
import { FormDialog, ResultDialog } from './FormDialog.tsx';
import { useAction } from './useAction.ts';

/** Makes a recovery key, shows it once and prints it. It lives in this component alone. */
export function RecoveryDialog(props: {
  workspace: WorkspaceSummary;
  replaces: boolean;
  onClose: () => void;
}) {
  const client = useClient();
  const copy = peopleCopy.recoveryDialog;
  const [current, setCurrent] = useState('');
  const [missing, setMissing] = useState(false);
  const [groups, setGroups] = useState<string[] | null>(null);
  const [printing, setPrinting] = useState(false);
  const action = useAction();
  const printed = useCallback(() => setPrinting(false), []);

  async function make(): Promise<void> {
    if (current === '') return setMissing(true);
    const made = await action.run(() => client.users.makeRecoveryKey({ current }));
    setCurrent('');
    if (made) setGroups(made.groups);
  }

  if (groups)
    return (
      <ResultDialog
        title={copy.title}
        button={copy.kept}
        onClose={props.onClose}
        actions={<Button icon="print" text={copy.print} onClick={() => setPrinting(true)} />}
      >
        <p className="people-words">
          <strong>{copy.shown}</strong>
        </p>
        <Groups groups={groups} />
        <p className="people-words muted">{copy.check}</p>
        {printing && (
          <PrintSheet marking={props.workspace.marking} onPrinted={printed}>
            <h1>{copy.sheet.title}</h1>
            <dl>
              <dt>{copy.sheet.workspace}</dt>
              <dd>{props.workspace.folderName}</dd>
              <dt>{copy.sheet.user}</dt>
              <dd>{props.workspace.user.name}</dd>
              <dt>{copy.sheet.made}</dt>
              <dd>{showMoment(new Date().toISOString())}</dd>
            </dl>
            <div className="print-groups">
              {groups.map((group, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the place is what tells groups apart
                <span key={place}>{group}</span>
              ))}
            </div>
            <p>{copy.sheet.how}</p>
            <p>{copy.sheet.safe}</p>
          </PrintSheet>
        )}
      </ResultDialog>
    );
  return (
    <FormDialog
      title={copy.title}
      words={copy.words}
      button={copy.button}
      icon="key"
      busy={action.busy}
      error={null}
      onSubmit={() => void make()}
      onClose={props.onClose}
    >
      {props.replaces && <p className="people-words">{copy.replaces}</p>}
      <PassphraseInput
        label={copy.current}
        value={current}
        onChange={(value) => {
          setCurrent(value);
          setMissing(false);
          action.clear();
        }}
        error={missing ? unlockCopy.required : action.failure?.message}
        autoFocus
      />
    </FormDialog>
  );
}

/** The groups with their numbers, as the message about a typing mistake names them. */
function Groups({ groups }: { groups: readonly string[] }) {
  return (
    <ol className="people-groups" aria-label={peopleCopy.recoveryDialog.groups}>
      {groups.map((group, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is what tells groups apart
        <li key={place}>
          <span className="muted">{place + 1}</span> {group}
        </li>
      ))}
    </ol>
  );
}
