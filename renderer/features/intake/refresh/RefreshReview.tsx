import { Button, Checkbox, HTMLSelect, Tag } from '@blueprintjs/core';
import { useMemo, useState } from 'react';
import type { RefreshReport } from '../../../../shared/contract/intakeSchemas.ts';
import type { RefreshChoice, SheetGuess, SheetMapping } from '../../../../shared/contract/schemas.ts';
import { useClient } from '../../../app/connection.ts';
import { showMoment } from '../../../ui/dates.ts';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';
import { columnLetter } from '../importState.ts';
import {
  type DecidedState,
  decidedStates,
  decideRow,
  decideState,
  decisionOf,
  startChoice,
  stateWords,
} from './decisions.ts';
import { RefreshRows } from './RefreshRows.tsx';
import { useCompare } from './useCompare.ts';

/** A later issue of a sheet beside the earlier one: what is new, changed, conflicting or gone, and what becomes of it. */
export function RefreshReview(props: {
  grant: string;
  password: string | null;
  guess: SheetGuess;
  mapping: SheetMapping;
  headings: readonly string[];
  onChange: (change: (mapping: SheetMapping) => SheetMapping) => void;
  onClose: () => void;
}) {
  const { guess, mapping } = props;
  const client = useClient();
  const first = guess.earlier.find(({ ref }) => ref === mapping.refresh?.against) ?? guess.earlier[0];
  const [choice, setChoice] = useState<RefreshChoice>(
    () => mapping.refresh ?? startChoice(first?.ref ?? '', first?.key ?? []),
  );
  const [shown, setShown] = useState<DecidedState | 'all'>('all');
  const comparison = useCompare(client, {
    grant: props.grant,
    password: props.password,
    mapping,
    against: choice.against,
    key: choice.key,
  });
  const report = comparison.state === 'done' ? comparison.report : null;
  const rows = useMemo(
    () =>
      (report?.rows ?? []).filter((row) =>
        shown === 'all' ? row.state !== 'unchanged' : row.state === shown,
      ),
    [report, shown],
  );
  const toggleKey = (column: number) =>
    setChoice(({ rows: _, ...now }) => {
      const key = now.key.includes(column)
        ? now.key.filter((entry) => entry !== column)
        : [...now.key, column].sort((a, b) => a - b);
      return key.length === 0 || key.length > 10 ? now : { ...now, key };
    });

  return (
    <section className="refresh" aria-label={`Review of ${guess.sheet}`}>
      <header className="sheet-head">
        <Button
          size="small"
          variant="minimal"
          icon="arrow-left"
          text="Back to the sheet"
          onClick={props.onClose}
        />
        <h3>{guess.sheet}</h3>
        <label htmlFor="refresh-against">compared with</label>
        <HTMLSelect
          id="refresh-against"
          value={choice.against}
          onChange={(event) => {
            const chosen = guess.earlier.find(({ ref }) => ref === event.currentTarget.value);
            if (chosen) setChoice(startChoice(chosen.ref, chosen.key));
          }}
        >
          {guess.earlier.map((issue) => (
            <option key={issue.ref} value={issue.ref}>
              {issue.file} › {issue.sheet}, {showMoment(issue.at)}
            </option>
          ))}
        </HTMLSelect>
        <span className="status-gap" />
        <Button
          intent="primary"
          icon="tick"
          text="Use these decisions"
          disabled={!report}
          onClick={() => {
            props.onChange((now) => ({ ...now, refresh: choice }));
            props.onClose();
          }}
        />
      </header>
      <details className="refresh-key">
        <summary>
          Rows are told apart by{' '}
          {choice.key.map((column) => props.headings[column] || columnLetter(column)).join(' + ')}
        </summary>
        <div className="refresh-key-columns">
          {mapping.columns.map((field, column) =>
            field === null && !choice.key.includes(column) ? null : (
              <Checkbox
                // A column is its place.
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                key={column}
                inline
                checked={choice.key.includes(column)}
                label={props.headings[column] || columnLetter(column)}
                onChange={() => toggleKey(column)}
              />
            ),
          )}
        </div>
      </details>
      {comparison.state === 'working' && (
        <div className="refresh-working">
          <ProgressLine title="Comparing the two issues" progress={comparison.progress} />
        </div>
      )}
      {comparison.state === 'failed' && (
        <p className="tone-danger" role="alert">
          {comparison.message}
        </p>
      )}
      {report && (
        <>
          <States
            report={report}
            choice={choice}
            shown={shown}
            onShow={setShown}
            onDecide={(state, decision) => setChoice((now) => decideState(now, state, decision, report))}
          />
          <RefreshRows
            rows={rows}
            choice={choice}
            kind={mapping.kind}
            onDecide={(row) =>
              setChoice((now) => decideRow(now, row, decisionOf(now, row) === 'take' ? 'leave' : 'take'))
            }
          />
          <NotCompared report={report} />
        </>
      )}
    </section>
  );
}

/** Each state with its count, what becomes of it, and the way to see its rows alone. */
function States(props: {
  report: RefreshReport;
  choice: RefreshChoice;
  shown: DecidedState | 'all';
  onShow: (state: DecidedState | 'all') => void;
  onDecide: (state: DecidedState, decision: 'take' | 'leave') => void;
}) {
  const { report, choice, shown } = props;
  const count = (state: DecidedState | 'unchanged') => report.counts[state] ?? 0;
  return (
    <div className="refresh-states">
      {decidedStates.map((state) => {
        const words = stateWords[state];
        return (
          <div key={state} className={`refresh-state ${shown === state ? 'is-shown' : ''}`}>
            <button
              type="button"
              className="refresh-count"
              aria-pressed={shown === state}
              title={words.note}
              onClick={() => props.onShow(shown === state ? 'all' : state)}
            >
              <strong>{count(state).toLocaleString('en-GB')}</strong> {words.title}
            </button>
            <HTMLSelect
              aria-label={`What becomes of ${words.title.toLowerCase()} rows`}
              value={choice[state]}
              disabled={count(state) === 0}
              onChange={(event) => props.onDecide(state, event.currentTarget.value as 'take' | 'leave')}
            >
              <option value="take">{words.take}</option>
              <option value="leave">{words.leave}</option>
            </HTMLSelect>
          </div>
        );
      })}
      <div className="refresh-state">
        <span className="refresh-count muted">
          <strong>{count('unchanged').toLocaleString('en-GB')}</strong> Unchanged
        </span>
        <span className="muted">Nothing to decide</span>
      </div>
    </div>
  );
}

function NotCompared({ report }: { report: RefreshReport }) {
  if (report.notCompared.length === 0) return null;
  return (
    <details className="refresh-not-compared">
      <summary>
        <Tag minimal intent="warning">
          {report.notCompared.length.toLocaleString('en-GB')}
        </Tag>{' '}
        could not be compared and come in as new rows
      </summary>
      <ul>
        {report.notCompared.slice(0, 200).map(({ row, reason }) => (
          <li key={row}>
            Row {row.toLocaleString('en-GB')}: {reason}
          </li>
        ))}
      </ul>
    </details>
  );
}
