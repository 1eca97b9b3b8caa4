import { Button, Callout, HTMLSelect, InputGroup } from '@blueprintjs/core';
import { useState } from 'react';
import { setOpenWorkspace, useClient } from '../../app/connection.ts';
import { native } from '../../app/native.ts';
import { describeError } from '../../app/reportError.ts';
import { peopleCopy } from '../../copy/people.ts';
import { unlockCopy } from '../../copy/unlock.ts';
import { findCodes } from '../../grid/codes.ts';
import { FormField } from '../../ui/FormField.tsx';
import { checkNewPassphrase, NewPassphrase } from './NewPassphrase.tsx';
import { UnlockForm } from './UnlockForm.tsx';

interface Draft {
  name: string;
  marking: string;
  user: string;
  passphrase: string;
  repeat: string;
}

type Errors = Partial<Record<keyof Draft | 'form', string | undefined>>;

function findErrors(draft: Draft): Errors {
  const errors: Errors = {};
  if (draft.name.trim() === '') errors.name = unlockCopy.required;
  if (draft.user.trim() === '') errors.user = unlockCopy.required;
  return { ...errors, ...checkNewPassphrase(draft.passphrase, draft.repeat) };
}

/** Creates a workspace: the folder is asked for last, once everything else is right. */
export function CreateForm({ onBack }: { onBack: () => void }) {
  const client = useClient();
  const markings = findCodes('marking');
  const [draft, setDraft] = useState<Draft>({
    name: '',
    marking: markings.find(({ code }) => /SENSITIVE/.test(code))?.code ?? markings[0]?.code ?? '',
    user: '',
    passphrase: '',
    repeat: '',
  });
  const [errors, setErrors] = useState<Errors>({});
  const [busy, setBusy] = useState(false);

  function change(part: Partial<Draft>): void {
    setDraft({ ...draft, ...part });
    const [field] = Object.keys(part) as (keyof Draft)[];
    if (field) setErrors({ ...errors, [field]: undefined, form: undefined });
  }

  async function create(): Promise<void> {
    const found = findErrors(draft);
    setErrors(found);
    if (Object.keys(found).length > 0 || busy) return;
    setBusy(true);
    try {
      // Before the folder is asked for: a refusal afterwards would come as a surprise.
      const { acceptable } = await client.users.strength({
        passphrase: draft.passphrase,
        words: [draft.name.trim(), draft.user.trim()],
      });
      if (!acceptable) return setErrors({ passphrase: peopleCopy.strength.weak });
      const folder = await native()?.pickFolder({
        purpose: 'new-workspace',
        suggestedName: draft.name.trim(),
      });
      if (!folder) return;
      setOpenWorkspace(
        await client.workspace.create({
          grant: folder.grant,
          name: draft.name.trim(),
          marking: draft.marking,
          user: draft.user.trim(),
          passphrase: draft.passphrase,
        }),
      );
    } catch (caught) {
      const { code, words } = describeError(caught);
      setErrors(code === 'workspace.weak-passphrase' ? { passphrase: words } : { form: words });
    } finally {
      setBusy(false);
    }
  }

  return (
    <UnlockForm
      title={unlockCopy.create}
      error={errors.form}
      onSubmit={() => void create()}
      buttons={
        <>
          <Button text={unlockCopy.back} variant="minimal" onClick={onBack} />
          <Button
            type="submit"
            intent="primary"
            icon="folder-new"
            loading={busy}
            text={unlockCopy.createButton}
            aria-label={busy ? unlockCopy.creating : unlockCopy.createButton}
          />
        </>
      }
    >
      <FormField label={unlockCopy.name} hint={unlockCopy.nameHint} error={errors.name}>
        {(input) => (
          <InputGroup
            {...input}
            autoFocus
            value={draft.name}
            maxLength={200}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
        )}
      </FormField>
      <FormField label={unlockCopy.marking}>
        {(input) => (
          <HTMLSelect
            {...input}
            fill
            value={draft.marking}
            onChange={(event) => change({ marking: event.currentTarget.value })}
          >
            {markings.map(({ code, label }) => (
              <option key={code} value={code}>
                {label}
              </option>
            ))}
          </HTMLSelect>
        )}
      </FormField>
      <FormField label={unlockCopy.user} hint={unlockCopy.userHint} error={errors.user}>
        {(input) => (
          <InputGroup
            {...input}
            value={draft.user}
            maxLength={100}
            onChange={(event) => change({ user: event.currentTarget.value })}
          />
        )}
      </FormField>
      <NewPassphrase
        label={unlockCopy.newPassphrase}
        repeatLabel={unlockCopy.repeat}
        passphrase={draft.passphrase}
        repeat={draft.repeat}
        words={[draft.name, draft.user]}
        errors={errors}
        onPassphrase={(passphrase) => change({ passphrase })}
        onRepeat={(repeat) => change({ repeat })}
      />
      <Callout intent="warning" icon="key" compact>
        {unlockCopy.lostWarning}
      </Callout>
    </UnlockForm>
  );
}
