import { Button, Callout, Dialog, DialogBody, DialogFooter, InputGroup } from '@blueprintjs/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  checkRiskMatrix,
  type RiskMatrix,
  riskBandOf,
  riskScaleOf,
} from '../../../shared/domain/riskMatrix.ts';
import { placeholderRiskMatrix } from '../../../shared/reference/riskMatrix.ts';
import { refreshQueries, useClient } from '../../app/connection.ts';
import { goToGrid } from '../../app/navigation.ts';
import { describeError } from '../../app/reportError.ts';
import { FormField } from '../../ui/FormField.tsx';

const fields: readonly { field: keyof RiskMatrix; label: string; hint: string }[] = [
  { field: 'riskScale', label: 'Highest score', hint: 'Of harm and of likelihood, from 0' },
  { field: 'riskHighFrom', label: 'High from', hint: 'Of harm × likelihood' },
  { field: 'riskMediumFrom', label: 'Medium from', hint: 'Of harm × likelihood; below it is low' },
];

/** A matrix larger than this is not drawn. */
const mostDrawn = 12;

type Typed = Record<keyof RiskMatrix, string>;

const readNumber = (text: string) => (text.trim() === '' ? null : Number(text));
const shown = (value: unknown) => (typeof value === 'number' ? String(value) : '');

/** Scale and bands by which targets are scored: the operation's own, a placeholder until the force sets them. */
export function RiskMatrixDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const [typed, setTyped] = useState<Typed | null>(null);
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState('');
  const query = useQuery({
    queryKey: ['risk-matrix'],
    queryFn: async () =>
      (await client.grids.page({ grid: 'operation', offset: 0, limit: 1 })).rows[0] ?? { ref: 'OP-1' },
  });
  const row = query.data;
  const current: Typed = typed ?? {
    riskScale: shown(row?.riskScale),
    riskHighFrom: shown(row?.riskHighFrom),
    riskMediumFrom: shown(row?.riskMediumFrom),
  };
  const matrix: RiskMatrix = {
    riskScale: readNumber(current.riskScale),
    riskHighFrom: readNumber(current.riskHighFrom),
    riskMediumFrom: readNumber(current.riskMediumFrom),
  };
  const wrong = checkRiskMatrix(matrix);
  const isRight = Object.keys(wrong).length === 0;
  const isPlaceholder = Object.entries(placeholderRiskMatrix).every(
    ([field, value]) => matrix[field as keyof RiskMatrix] === value,
  );

  async function save(): Promise<void> {
    if (!row || !isRight) return;
    setSaving(true);
    try {
      await client.records.set({
        edits: [
          {
            ref: row.ref,
            values: { ...matrix },
            ...(row.revision === undefined ? {} : { revision: row.revision }),
          },
        ],
      });
      refreshQueries();
      onClose();
    } catch (caught) {
      const { message, hint } = describeError(caught);
      setError(hint ? `${message} ${hint}` : message);
    } finally {
      setSaving(false);
    }
  }

  return (
    <Dialog isOpen onClose={onClose} title="Risk matrix" className="risk-dialog">
      <DialogBody>
        <Callout compact intent={isPlaceholder ? 'warning' : 'none'} icon="info-sign">
          {isPlaceholder
            ? 'A placeholder: these scores are made up and stand for no published scheme. Set the values of your force before anything rests on them.'
            : 'Set for this operation. No published scheme stands behind it unless your force says so.'}
        </Callout>
        <form
          className="risk-fields"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          {fields.map(({ field, label, hint }) => (
            <FormField key={field} label={label} hint={hint} error={wrong[field]}>
              {(input) => (
                <InputGroup
                  {...input}
                  inputMode="numeric"
                  value={current[field]}
                  disabled={!row}
                  onChange={(event) => setTyped({ ...current, [field]: event.currentTarget.value })}
                />
              )}
            </FormField>
          ))}
          <button type="submit" hidden>
            Save
          </button>
        </form>
        {isRight && <Matrix matrix={matrix} />}
        {error && (
          <Callout intent="danger" compact role="alert">
            {error}
          </Callout>
        )}
      </DialogBody>
      <DialogFooter
        actions={
          <>
            <Button
              text="Show targets"
              onClick={() => {
                onClose();
                goToGrid('targets');
              }}
            />
            <Button text="Leave" onClick={onClose} />
            <Button
              intent="primary"
              text="Save"
              loading={saving}
              disabled={!isRight || typed === null}
              onClick={() => void save()}
            />
          </>
        }
      />
    </Dialog>
  );
}

const bandTitles = { high: 'high', medium: 'medium', low: 'low' } as const;

/** Every score with its band in words and colour. */
function Matrix({ matrix }: { matrix: RiskMatrix }) {
  const scale = riskScaleOf(matrix);
  if (scale > mostDrawn) return null;
  const scores = Array.from({ length: scale + 1 }, (_, score) => score);
  return (
    <table className="risk-matrix">
      <caption>Harm downwards, likelihood across</caption>
      <thead>
        <tr>
          <td />
          {scores.map((likelihood) => (
            <th key={likelihood} scope="col">
              {likelihood}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...scores].reverse().map((harm) => (
          <tr key={harm}>
            <th scope="row">{harm}</th>
            {scores.map((likelihood) => {
              const band = riskBandOf(harm * likelihood, matrix);
              return (
                <td key={likelihood} className={band ? `risk-${band}` : ''}>
                  {harm * likelihood}
                  {band && <span className="only-spoken"> {bandTitles[band]}</span>}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
