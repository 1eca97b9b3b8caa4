import { Button, Checkbox, InputGroup } from '@blueprintjs/core';
import { useState } from 'react';
import { LockSettings } from '../../../../shared/contract/areas/locking.ts';
import { refreshQueries, useClient, useRole } from '../../../app/connection.ts';
import { lockWorkspace } from '../../../app/locking.ts';
import { showMessage } from '../../../app/messages.ts';
import { describeError } from '../../../app/reportError.ts';
import { lockingCopy } from '../../../copy/locking.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FormField } from '../../../ui/FormField.tsx';
import { useLockSettings } from './IdleWatch.tsx';

/** When the workspace locks itself, what goes with it, and the lock itself. */
export function LockSection() {
  const query = useLockSettings();
  return (
    <section className="lock-section" aria-label={lockingCopy.title}>
      <div className="lock-head">
        <p>{lockingCopy.lead}</p>
        <Button
          intent="primary"
          icon="lock"
          text={lockingCopy.lockNow}
          title="Ctrl+L"
          onClick={() => void lockWorkspace()}
        />
      </div>
      <h3>{lockingCopy.when}</h3>
      <table className="lock-when">
        <tbody>
          {lockingCopy.whenRows.map(([what, when]) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td>{when}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {query.error && <EmptyState icon="error" title={describeError(query.error).message} description="" />}
      {query.data && <SettingsForm key={JSON.stringify(query.data)} settings={query.data} />}
    </section>
  );
}

function SettingsForm({ settings }: { settings: LockSettings }) {
  const client = useClient();
  const role = useRole();
  const isLead = role === 'lead';
  const isReader = role === 'reader';
  const [never, setNever] = useState(settings.idleMinutes === null);
  const [minutes, setMinutes] = useState(String(settings.idleMinutes ?? 10));
  const [seconds, setSeconds] = useState(String(settings.clipboardSeconds));
  const [protectScreen, setProtectScreen] = useState(settings.protectScreen);
  const [errors, setErrors] = useState<{ minutes?: string; seconds?: string; form?: string }>({});
  const [busy, setBusy] = useState(false);

  async function save(): Promise<void> {
    const read = LockSettings.safeParse({
      idleMinutes: never ? null : Number(minutes.trim() || Number.NaN),
      clipboardSeconds: Number(seconds.trim() || Number.NaN),
      protectScreen,
    });
    if (!read.success) {
      const wrong = read.error.issues.map(({ path }) => path[0]);
      setErrors({
        ...(wrong.includes('idleMinutes') ? { minutes: lockingCopy.wrongMinutes } : {}),
        ...(wrong.includes('clipboardSeconds') ? { seconds: lockingCopy.wrongSeconds } : {}),
      });
      return;
    }
    setBusy(true);
    setErrors({});
    try {
      await client.locking.change(read.data);
      refreshQueries();
      showMessage({ tone: 'done', text: lockingCopy.saved });
    } catch (caught) {
      setErrors({ form: describeError(caught).words });
    } finally {
      setBusy(false);
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h3>{lockingCopy.settings}</h3>
      <FormField label={lockingCopy.idle} hint={lockingCopy.idleHint} error={errors.minutes}>
        {(input) => (
          <InputGroup
            {...input}
            className="lock-number"
            inputMode="numeric"
            value={never ? '' : minutes}
            disabled={never || isReader}
            maxLength={3}
            onChange={(event) => setMinutes(event.currentTarget.value)}
          />
        )}
      </FormField>
      <Checkbox
        checked={never}
        disabled={!isLead && !never}
        label={lockingCopy.never}
        onChange={(event) => setNever(event.currentTarget.checked)}
      />
      <p className="muted">{isLead ? lockingCopy.neverHint : lockingCopy.neverRefused}</p>
      <FormField label={lockingCopy.clipboard} hint={lockingCopy.clipboardHint} error={errors.seconds}>
        {(input) => (
          <InputGroup
            {...input}
            className="lock-number"
            inputMode="numeric"
            value={seconds}
            disabled={isReader}
            maxLength={4}
            onChange={(event) => setSeconds(event.currentTarget.value)}
          />
        )}
      </FormField>
      <Checkbox
        checked={protectScreen}
        disabled={isReader}
        label={lockingCopy.screenshots}
        onChange={(event) => setProtectScreen(event.currentTarget.checked)}
      />
      <p className="muted">{lockingCopy.screenshotsHint}</p>
      {errors.form && (
        <p className="tone-danger" role="alert">
          {errors.form}
        </p>
      )}
      <Button type="submit" text={lockingCopy.save} loading={busy} disabled={isReader} />
    </form>
  );
}
