import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import type { Tally } from '../../../shared/contract/planSchemas.ts';
import { showMessage } from '../../app/messages.ts';
import { goToRecord } from '../../app/navigation.ts';
import { describeError } from '../../app/reportError.ts';
import { copyText } from '../../grid/copy.ts';
import { showLabel } from '../../grid/format.ts';
import { describeLeft, ukNow } from '../clocks/remaining.ts';
import { useInstant } from '../clocks/useInstant.ts';
import { RefLink } from '../dossier/RefLinks.tsx';
import { formatFigure, tallyAsTable, tallyAsText } from './tallyText.ts';
import { useTally } from './useDay.ts';

/** The running tally and what is still to be done, beside the entry. */
export function TallyPanel() {
  const tally = useTally();
  const data = tally.data;
  return (
    <aside className="day-side" aria-label="Tally and outstanding">
      {tally.error && (
        <p className="tone-danger" role="alert">
          {describeError(tally.error).message}
        </p>
      )}
      {data && <Figures tally={data} />}
      {data && <OutstandingList outstanding={data.outstanding} />}
    </aside>
  );
}

function Figures({ tally }: { tally: Tally }) {
  const [all, setAll] = useState(false);
  const [open, setOpen] = useState<string | null>(null);
  const counted = tally.lines.filter(({ value }) => value !== 0);
  const lines = all ? tally.lines : counted;
  const copy = (text: string, words: string) => {
    copyText(text);
    showMessage({ tone: 'done', text: words });
  };
  return (
    <section className="day-part" aria-label="Tally">
      <h3>Tally so far</h3>
      {lines.length === 0 && <p className="muted">Nothing is counted yet.</p>}
      <dl className="tally">
        {lines.map((line) => (
          <div key={line.key} className={line.value === 0 ? 'muted' : ''}>
            <dt>{line.title}</dt>
            <dd>
              {line.refs.length === 0 ? (
                formatFigure(line)
              ) : (
                <button
                  type="button"
                  className="link"
                  aria-expanded={open === line.key}
                  aria-label={`${line.title}: ${formatFigure(line)}. What is behind it`}
                  onClick={() => setOpen(open === line.key ? null : line.key)}
                >
                  {formatFigure(line)}
                </button>
              )}
            </dd>
            {open === line.key && (
              <dd className="tally-refs">
                {line.refs.map((ref) => (
                  <RefLink key={ref} reference={ref} labels={{}} />
                ))}
              </dd>
            )}
          </div>
        ))}
      </dl>
      <div className="day-buttons">
        <Button
          size="small"
          variant="minimal"
          text={all ? 'Only what is counted' : 'Also what is nil'}
          onClick={() => setAll(!all)}
        />
        <Button
          size="small"
          icon="duplicate"
          text="Copy as text"
          onClick={() => copy(tallyAsText(tally.lines, ukNow()), 'Tally copied as text.')}
        />
        <Button
          size="small"
          icon="th"
          text="As a table"
          aria-label="Copy the tally as a table"
          onClick={() => copy(tallyAsTable(tally.lines), 'Tally copied as a table.')}
        />
      </div>
    </section>
  );
}

function OutstandingList({ outstanding }: { outstanding: Tally['outstanding'] }) {
  const instant = useInstant();
  return (
    <section className="day-part" aria-label="Outstanding">
      <h3>
        Outstanding <span className="finding-count">{outstanding.length}</span>
      </h3>
      {outstanding.length === 0 && <p className="muted">Nothing is outstanding.</p>}
      <ul className="outstanding">
        {outstanding.map((item) => (
          <li key={`${item.title}-${item.ref}`} title={item.mend}>
            <p>
              <strong>{item.title}</strong>{' '}
              <button type="button" className="link" onClick={() => goToRecord(item.ref)}>
                {showLabel(item.ref, { [item.ref]: item.label })}
              </button>
            </p>
            <p className="muted">
              {item.due && (
                <span className={describeLeft(item.due, instant).startsWith('over') ? 'tone-danger' : ''}>
                  {describeLeft(item.due.length <= 10 ? `${item.due}T23:59` : item.due, instant)}.{' '}
                </span>
              )}
              {item.mend}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
