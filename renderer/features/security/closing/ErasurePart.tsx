import { Button, Checkbox, InputGroup } from '@blueprintjs/core';
import { type FormEvent, useState } from 'react';
import type { Erasure, ErasurePlan, LeftOver } from '../../../../shared/contract/closingSchemas.ts';
import type { Progress } from '../../../../shared/contract/schemas.ts';
import { parseRef } from '../../../../shared/grid/grids.ts';
import { refreshQueries, useClient } from '../../../app/connection.ts';
import { openRecord } from '../../../app/navigation.ts';
import { describeError } from '../../../app/reportError.ts';
import { closingCopy } from '../../../copy/closing.ts';
import { FormField } from '../../../ui/FormField.tsx';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';
import { EraseOperation } from './EraseOperation.tsx';
import { ErasePersonDialog } from './ErasePersonDialog.tsx';
import { useCaseReport } from './useCaseReport.ts';

const copy = closingCopy.erasure;

/** The erasure of a person, first shown and then done, and of the whole operation. */
export function ErasurePart({ isLead }: { isLead: boolean }) {
  const client = useClient();
  const report = useCaseReport();
  const [ref, setRef] = useState('');
  const [texts, setTexts] = useState(false);
  const [error, setError] = useState<string | undefined>();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [planning, setPlanning] = useState(false);
  const [plan, setPlan] = useState<ErasurePlan | null>(null);
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState<Erasure | null>(null);

  async function show(event: FormEvent): Promise<void> {
    event.preventDefault();
    setPlan(null);
    setDone(null);
    setError(undefined);
    setPlanning(true);
    try {
      for await (const each of await client.closing.planErasure({ ref: ref.trim().toUpperCase(), texts }))
        if (each.type === 'done') setPlan(each.report);
        else setProgress(each);
    } catch (caught) {
      setError(describeError(caught).message);
    } finally {
      setPlanning(false);
      setProgress(null);
    }
  }

  if (!isLead) return <p className="muted closing-words">{closingCopy.leadOnly}</p>;
  return (
    <>
      <p className="muted closing-words">{copy.lead}</p>
      {report.data && !report.data.mayErase && <p className="tone-warning">{report.data.why}</p>}
      <form className="closing-erase" onSubmit={(event) => void show(event)}>
        <FormField label={copy.person} hint={copy.personHint} error={error}>
          {(input) => (
            <InputGroup
              {...input}
              value={ref}
              maxLength={20}
              onChange={(event) => {
                setRef(event.currentTarget.value);
                setPlan(null);
              }}
            />
          )}
        </FormField>
        <Checkbox
          label={copy.texts}
          checked={texts}
          // What is shown is what will go.
          disabled={planning}
          onChange={(event) => {
            setTexts(event.currentTarget.checked);
            setPlan(null);
          }}
        />
        <Button type="submit" text={copy.plan} loading={planning} disabled={ref.trim() === ''} />
      </form>
      {planning && progress && <ProgressLine title={copy.planning} progress={progress} />}
      {plan && !done && (
        <>
          <Counts title={copy.goes} counts={plan.counts} />
          <p className="muted">{copy.backups(plan.backups)}</p>
          <p className="muted">{copy.notReached}</p>
          <Left left={plan.left} />
          <Button
            icon="trash"
            intent="danger"
            text={copy.eraseTitle(plan.ref)}
            disabled={!report.data?.mayErase}
            onClick={() => setAsking(true)}
          />
        </>
      )}
      {done && (
        <>
          <p className={`closing-verdict tone-${done.verified ? 'good' : 'warning'}`} role="status">
            {copy.done(done.ref, done.seq)} {done.verified ? copy.verified : copy.notVerified}{' '}
            {done.certificate ?? ''}
          </p>
          <Counts title={copy.goes} counts={done.counts} />
          <Left left={done.left} />
        </>
      )}
      {asking && plan && (
        <ErasePersonDialog
          personRef={plan.ref}
          texts={texts}
          onClose={() => setAsking(false)}
          onDone={(erasure) => {
            setAsking(false);
            setDone(erasure);
            setPlan(null);
            refreshQueries();
          }}
        />
      )}
      <EraseOperation mayErase={report.data?.mayErase ?? false} />
    </>
  );
}

function Counts({ title, counts }: { title: string; counts: Readonly<Record<string, number>> }) {
  return (
    <>
      <h3>{title}</h3>
      <dl className="closing-counts">
        {Object.entries(counts)
          .filter(([, count]) => count > 0)
          .map(([key, count]) => (
            <div key={key}>
              <dt>{copy.words[key] ?? key}</dt>
              <dd>{count.toLocaleString('en-GB')}</dd>
            </div>
          ))}
      </dl>
    </>
  );
}

function Left({ left }: { left: readonly LeftOver[] }) {
  if (left.length === 0) return <p className="muted">{copy.leftNone}</p>;
  return (
    <>
      <h3>{copy.left}</h3>
      <div className="table-scroll closing-left">
        <table className="table">
          <thead>
            <tr>
              <th>{copy.record}</th>
              <th>{copy.place}</th>
              <th className="num">{copy.count}</th>
            </tr>
          </thead>
          <tbody>
            {left.map(({ ref, place, count }) => (
              <tr key={`${ref} ${place}`}>
                <td className="nowrap">
                  {ref && parseRef(ref) ? (
                    <button type="button" className="link" onClick={() => openRecord(ref)}>
                      {ref}
                    </button>
                  ) : (
                    ref
                  )}
                </td>
                <td className="wide">{place}</td>
                <td className="num">{count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
