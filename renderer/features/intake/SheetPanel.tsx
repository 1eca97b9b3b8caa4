import { Button, Icon, Tag } from '@blueprintjs/core';
import { useMemo, useState } from 'react';
import type { SheetGuess, SheetMapping } from '../../../shared/contract/schemas.ts';
import { describeDateOrder } from '../../copy/intake.ts';
import { describeArea, headingsOf } from './importState.ts';
import { MappingActions, MappingOffers } from './MappingOffers.tsx';
import { EarlierIssueLine } from './refresh/EarlierIssueLine.tsx';
import { RefreshReview } from './refresh/RefreshReview.tsx';
import { SheetPreview } from './SheetPreview.tsx';
import { SheetSettings } from './SheetSettings.tsx';

/** One sheet or table: what it was taken for and why, how it is read, and its rows. */
export function SheetPanel(props: {
  grant: string;
  file: string;
  password: string | null;
  guess: SheetGuess;
  mapping: SheetMapping;
  onChange: (change: (mapping: SheetMapping) => SheetMapping) => void;
}) {
  const { guess, mapping, onChange } = props;
  const [reviewing, setReviewing] = useState(false);
  const headings = useMemo(() => headingsOf(guess, mapping), [guess, mapping]);
  if (reviewing) {
    return <RefreshReview {...props} headings={headings} onClose={() => setReviewing(false)} />;
  }
  const included = mapping.kind !== null;
  const read = mapping.columns.filter((field) => field !== null).length;
  const why = [
    included && guess.kind === mapping.kind ? `${Math.round(guess.confidence * 100)} % sure` : '',
    ...guess.reasons,
    ...(included && guess.dateOrderReason ? [describeDateOrder(guess.dateOrderReason) ?? ''] : []),
    ...(mapping.kind === 'communication' && guess.timeZoneReason ? [guess.timeZoneReason] : []),
  ].filter(Boolean);
  return (
    <section className="sheet-panel" aria-label={`Sheet ${guess.sheet}`}>
      <header className="sheet-head">
        <h3>{guess.sheet}</h3>
        {guess.table && <Tag minimal>Table, {describeArea(guess.table)}</Tag>}
        {guess.hidden && (
          <Tag minimal intent="warning">
            Hidden sheet
          </Tag>
        )}
        <span className="muted">
          {guess.complete ? '' : 'first '}
          {guess.rowsSeen.toLocaleString('en-GB')} rows looked at
          {included && mapping.layout !== 'matrix' && `, ${read} of ${guess.columns.length} columns read`}
        </span>
        <span className="status-gap" />
        <MappingActions guess={guess} mapping={mapping} headings={headings} />
      </header>
      <SheetSettings guess={guess} mapping={mapping} headings={headings} onChange={onChange} />
      {why.length > 0 && <p className="muted sheet-reasons">{why.join('; ')}</p>}
      {guess.notes.length > 0 && (
        <ul className="sheet-notes">
          {guess.notes.map((note) => (
            <li key={note.code + note.message}>
              <Icon icon="info-sign" size={12} /> {note.message}
            </li>
          ))}
        </ul>
      )}
      {included && (
        <EarlierIssueLine
          guess={guess}
          mapping={mapping}
          onReview={() => setReviewing(true)}
          onDrop={() => onChange(({ refresh: _, ...now }) => now)}
        />
      )}
      <MappingOffers guess={guess} mapping={mapping} onChange={onChange} />
      {included ? (
        <SheetPreview
          key={`${props.grant} ${guess.sheet} ${guess.table?.firstRow ?? ''} ${guess.table?.firstColumn ?? ''}`}
          grant={props.grant}
          password={props.password}
          guess={guess}
          mapping={mapping}
          headings={headings}
          onField={(column, field) =>
            onChange((now) => ({
              ...now,
              columns: now.columns.map((entry, index) => (index === column ? field : entry)),
            }))
          }
        />
      ) : (
        <div className="sheet-left-out">
          <p>This sheet is left out. None of its rows come in; the summary counts them.</p>
          <SampleRows guess={guess} />
          {guess.kind && (
            <Button text="Take it in" onClick={() => onChange((now) => ({ ...now, kind: guess.kind }))} />
          )}
        </div>
      )}
    </section>
  );
}

/** The first rows as they stand, of a sheet that is left out. */
function SampleRows({ guess }: { guess: SheetGuess }) {
  const width = Math.min(20, Math.max(0, ...guess.sample.map(({ cells }) => cells.length)));
  if (guess.sample.length === 0) return <p className="muted">It is empty.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <div className="table-wrap sample" tabIndex={0}>
      <table className="table sample-table">
        <tbody>
          {guess.sample.slice(0, 12).map(({ row, cells }) => (
            <tr key={row}>
              <td className="num muted">{row}</td>
              {Array.from({ length: width }, (_, column) => (
                // A cell is its place.
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                <td key={column} title={cells[column]}>
                  {cells[column]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
