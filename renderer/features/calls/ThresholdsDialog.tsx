import { Button, Dialog, DialogBody, DialogFooter } from '@blueprintjs/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { formatDate } from '../../../shared/domain/dates.ts';
import {
  callThresholdSource,
  callThresholds,
  type ThresholdName,
  type Thresholds,
  thresholdNames,
} from '../../../shared/reference/callThresholds.ts';
import { refreshQueries, useClient } from '../../app/connection.ts';
import { showMessage } from '../../app/messages.ts';
import { describeError } from '../../app/reportError.ts';
import { callsCopy } from '../../copy/calls.ts';
import { FormField } from '../../ui/FormField.tsx';

const unitWords = {
  numbers: 'numbers',
  minutes: 'minutes',
  hours: 'hours',
  days: 'days',
  seconds: 'seconds',
  times: 'times',
  rows: 'rows',
  percent: '%',
  points: 'of 100',
} as const;

type Texts = Record<ThresholdName, string>;

const textsOf = (thresholds: Thresholds): Texts =>
  Object.fromEntries(thresholdNames.map((name) => [name, String(thresholds[name])])) as Texts;

/** What is wrong with a typed limit, or nothing. */
function problemOf(name: ThresholdName, text: string): string | undefined {
  const { least, most } = callThresholds[name];
  const value = Number(text.replace(',', '.'));
  return text.trim() === '' || Number.isNaN(value) || value < least || value > most
    ? `A number from ${least} to ${most}.`
    : undefined;
}

/** When something in call data counts as a finding: the user's to say. */
export function ThresholdsDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const { data, error } = useQuery({
    queryKey: ['calls', 'thresholds'],
    queryFn: () => client.calls.thresholds(),
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={callsCopy.thresholdsTitle}
      className="calls-dialog calls-thresholds"
      canOutsideClickClose={false}
    >
      {error && (
        <DialogBody>
          <p className="tone-danger">{describeError(error).message}</p>
        </DialogBody>
      )}
      {data && <ThresholdForm thresholds={data.thresholds} defaults={data.defaults} onClose={onClose} />}
    </Dialog>
  );
}

function ThresholdForm({
  thresholds,
  defaults,
  onClose,
}: {
  thresholds: Thresholds;
  defaults: Thresholds;
  onClose: () => void;
}) {
  const client = useClient();
  const queries = useQueryClient();
  const [texts, setTexts] = useState<Texts>(() => textsOf(thresholds));
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  const problems = thresholdNames.flatMap((name) => problemOf(name, texts[name]) ?? []);

  async function save(): Promise<void> {
    if (problems.length > 0) return;
    setBusy(true);
    try {
      const wanted = Object.fromEntries(
        thresholdNames.map((name) => [name, Number(texts[name].replace(',', '.'))]),
      ) as Thresholds;
      const { saved } = await client.calls.saveThresholds({ thresholds: wanted });
      onClose();
      if (saved) showMessage({ tone: 'done', text: callsCopy.thresholdsSaved });
      await queries.invalidateQueries({ queryKey: ['calls'] });
      refreshQueries();
    } catch (caught) {
      const { message, hint } = describeError(caught);
      setTrouble(hint ? `${message} ${hint}` : message);
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
      <DialogBody>
        <p className="muted">
          {callsCopy.thresholdsNote} {callThresholdSource.source}, checked{' '}
          {formatDate(callThresholdSource.checked)}.
        </p>
        <div className="calls-threshold-fields">
          {thresholdNames.map((name) => {
            const { title, unit, note } = callThresholds[name];
            const isOwn = Number(texts[name]) !== defaults[name];
            return (
              <FormField
                key={name}
                label={title}
                hint={`${note}${isOwn ? ` Default ${defaults[name]}.` : ''}`}
                error={problemOf(name, texts[name])}
              >
                {(input) => (
                  <span className="calls-threshold">
                    <input
                      {...input}
                      className="value-input"
                      inputMode="decimal"
                      value={texts[name]}
                      onChange={(event) => {
                        const text = event.currentTarget.value;
                        setTexts((now) => ({ ...now, [name]: text }));
                      }}
                    />
                    <span className="muted">{unitWords[unit]}</span>
                  </span>
                )}
              </FormField>
            );
          })}
        </div>
        {trouble && (
          <p className="tone-danger" role="alert">
            {trouble}
          </p>
        )}
      </DialogBody>
      <DialogFooter
        actions={
          <>
            <Button text={callsCopy.defaults} onClick={() => setTexts(textsOf(defaults))} />
            <Button text="Leave" onClick={onClose} />
            <Button
              type="submit"
              intent="primary"
              text="Save"
              loading={busy}
              disabled={problems.length > 0}
            />
          </>
        }
      />
    </form>
  );
}
