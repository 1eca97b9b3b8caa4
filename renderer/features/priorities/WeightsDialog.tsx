import { Button, Dialog, DialogBody, DialogFooter } from '@blueprintjs/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatDate } from '../../../shared/domain/dates.ts';
import {
  priorityWeightSource,
  priorityWeights,
  type WeightName,
  type Weights,
  weightNames,
} from '../../../shared/reference/priorityWeights.ts';
import { refreshQueries, useClient } from '../../app/connection.ts';
import { showMessage } from '../../app/messages.ts';
import { describeError } from '../../app/reportError.ts';
import { useMay } from '../../app/role.ts';
import { prioritiesCopy, weightUnits } from '../../copy/priorities.ts';
import { FormField } from '../../ui/FormField.tsx';

type Texts = Record<WeightName, string>;

const textsOf = (weights: Weights): Texts =>
  Object.fromEntries(weightNames.map((name) => [name, String(weights[name])])) as Texts;

const readNumber = (text: string) => Number(text.replace(',', '.'));

function problemOf(name: WeightName, text: string): string | undefined {
  const { least, most } = priorityWeights[name];
  const value = readNumber(text);
  return text.trim() === '' || Number.isNaN(value) || value < least || value > most
    ? prioritiesCopy.range(least, most)
    : undefined;
}

/** What counts how much for enforcement: the user's to say. Safeguarding has no weights. */
export function WeightsDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const { data, error } = useQuery({
    queryKey: ['priorities', 'weights'],
    queryFn: () => client.priorities.weights(),
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={prioritiesCopy.weightsTitle}
      className="priority-weights"
      canOutsideClickClose={false}
    >
      {error && (
        <DialogBody>
          <p className="tone-danger">{describeError(error).message}</p>
        </DialogBody>
      )}
      {data && <WeightForm weights={data.weights} defaults={data.defaults} onClose={onClose} />}
    </Dialog>
  );
}

function WeightForm({
  weights,
  defaults,
  onClose,
}: {
  weights: Weights;
  defaults: Weights;
  onClose: () => void;
}) {
  const client = useClient();
  const may = useMay();
  const [texts, setTexts] = useState<Texts>(() => textsOf(weights));
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  const isWrong = weightNames.some((name) => problemOf(name, texts[name]) !== undefined);

  async function save(): Promise<void> {
    if (isWrong || !may) return;
    setBusy(true);
    try {
      const wanted = Object.fromEntries(
        weightNames.map((name) => [name, readNumber(texts[name])]),
      ) as Weights;
      const { saved } = await client.priorities.saveWeights({ weights: wanted });
      onClose();
      if (saved) showMessage({ tone: 'done', text: prioritiesCopy.weightsSaved });
      refreshQueries();
    } catch (caught) {
      setTrouble(describeError(caught).words);
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
          {prioritiesCopy.weightsNote} {priorityWeightSource.source}, checked{' '}
          {formatDate(priorityWeightSource.checked)}.
        </p>
        <div className="priority-weight-fields">
          {weightNames.map((name) => {
            const { title, unit, note } = priorityWeights[name];
            const isOwn = readNumber(texts[name]) !== defaults[name];
            return (
              <FormField
                key={name}
                label={title}
                hint={`${note}${isOwn ? ` ${prioritiesCopy.default(defaults[name])}` : ''}`}
                error={problemOf(name, texts[name])}
              >
                {(input) => (
                  <span className="priority-weight">
                    <input
                      {...input}
                      className="value-input"
                      inputMode="decimal"
                      readOnly={!may}
                      value={texts[name]}
                      onChange={(event) => {
                        const text = event.currentTarget.value;
                        setTexts((now) => ({ ...now, [name]: text }));
                      }}
                    />
                    <span className="muted">{weightUnits[unit]}</span>
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
            {may && <Button text={prioritiesCopy.defaults} onClick={() => setTexts(textsOf(defaults))} />}
            <Button text={prioritiesCopy.leave} onClick={onClose} />
            {may && (
              <Button
                type="submit"
                intent="primary"
                text={prioritiesCopy.save}
                loading={busy}
                disabled={isWrong}
              />
            )}
          </>
        }
      />
    </form>
  );
}
