import { Button, Checkbox, HTMLSelect, InputGroup } from '@blueprintjs/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { CaseReport, CaseState } from '../../../../shared/contract/closingSchemas.ts';
import { useClient } from '../../../app/connection.ts';
import { showMessage } from '../../../app/messages.ts';
import { describeError } from '../../../app/reportError.ts';
import { closingCopy } from '../../../copy/closing.ts';
import { readDate } from '../../../ui/dates.ts';
import { FormField } from '../../../ui/FormField.tsx';
import { ReasonField } from '../../../ui/ReasonField.tsx';
import { showDay } from './days.ts';
import { useCaseReport } from './useCaseReport.ts';

const copy = closingCopy.case;

/** Where the criminal case stands, and whether relevant material may go. */
export function CasePart({ isLead }: { isLead: boolean }) {
  const report = useCaseReport();
  if (!report.data) return null;
  return (
    <>
      <p className="muted">{copy.lead}</p>
      <p className={`closing-verdict tone-${report.data.mayErase ? 'good' : 'warning'}`} role="status">
        {report.data.why} {report.data.mayErase ? copy.free : copy.kept}{' '}
        {report.data.earliest ? copy.earliest(showDay(report.data.earliest)) : ''}
      </p>
      <CaseForm key={JSON.stringify(report.data.state)} report={report.data} isLead={isLead} />
    </>
  );
}

const days = ['concludedOn', 'convictedOn', 'releasedOn', 'appealDecidedOn'] as const;
type Day = (typeof days)[number];

function CaseForm({ report, isLead }: { report: CaseReport; isLead: boolean }) {
  const client = useClient();
  const queries = useQueryClient();
  const [state, setState] = useState<CaseState>(report.state);
  const [texts, setTexts] = useState<Record<Day, string>>(
    Object.fromEntries(days.map((day) => [day, showDay(report.state[day])])) as Record<Day, string>,
  );
  const [reason, setReason] = useState('');
  const [errors, setErrors] = useState<Partial<Record<Day | 'reason' | 'form', string>>>({});
  const [busy, setBusy] = useState(false);
  const concluded = state.proceedings === 'concluded';

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const found: typeof errors = {};
    const read = Object.fromEntries(
      days.map((day) => {
        const value = texts[day].trim() === '' ? null : readDate(texts[day]);
        if (texts[day].trim() !== '' && value === null) found[day] = closingCopy.badDate;
        return [day, value];
      }),
    ) as Record<Day, string | null>;
    if (reason.trim().length < 3) found.reason = closingCopy.needed;
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      await client.closing.saveCase({ state: { ...state, ...read }, reason });
      await queries.invalidateQueries({ queryKey: ['closing'] });
      showMessage({ tone: 'done', text: closingCopy.saved });
    } catch (caught) {
      setErrors({ form: describeError(caught).message });
    } finally {
      setBusy(false);
    }
  }

  const dayField = (day: Day, label: string, hint?: string) => (
    <FormField label={label} hint={hint} error={errors[day]}>
      {(input) => (
        <InputGroup
          {...input}
          disabled={!isLead}
          placeholder={closingCopy.date}
          value={texts[day]}
          onChange={(event) => setTexts({ ...texts, [day]: event.currentTarget.value })}
        />
      )}
    </FormField>
  );

  return (
    <form className="closing-form" onSubmit={(event) => void save(event)}>
      <FormField label={copy.proceedings}>
        {(input) => (
          <HTMLSelect
            {...input}
            fill
            disabled={!isLead}
            value={state.proceedings}
            options={Object.entries(copy.proceedingsWords).map(([value, label]) => ({ value, label }))}
            onChange={(event) =>
              setState({ ...state, proceedings: event.currentTarget.value as CaseState['proceedings'] })
            }
          />
        )}
      </FormField>
      {concluded && (
        <>
          {dayField('concludedOn', copy.concludedOn)}
          {dayField('convictedOn', copy.convictedOn, copy.convictedHint)}
          <div className="closing-tick">
            <Checkbox
              label={copy.custody}
              disabled={!isLead}
              checked={state.custody}
              onChange={(event) => setState({ ...state, custody: event.currentTarget.checked })}
            />
          </div>
          {state.custody && dayField('releasedOn', copy.releasedOn)}
          <FormField label={copy.appeal}>
            {(input) => (
              <HTMLSelect
                {...input}
                fill
                disabled={!isLead}
                value={state.appeal}
                options={Object.entries(copy.appealWords).map(([value, label]) => ({ value, label }))}
                onChange={(event) =>
                  setState({ ...state, appeal: event.currentTarget.value as CaseState['appeal'] })
                }
              />
            )}
          </FormField>
          {state.appeal === 'decided' && dayField('appealDecidedOn', copy.appealDecidedOn)}
        </>
      )}
      {isLead ? (
        <>
          <ReasonField oneLine value={reason} error={errors.reason} onChange={setReason} />
          {errors.form && (
            <p className="tone-danger" role="alert">
              {errors.form}
            </p>
          )}
          <div>
            <Button type="submit" intent="primary" text={closingCopy.save} loading={busy} />
          </div>
        </>
      ) : (
        <p className="muted">{closingCopy.leadOnly}</p>
      )}
    </form>
  );
}
