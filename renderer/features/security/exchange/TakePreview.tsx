import { Callout } from '@blueprintjs/core';
import type { TakenValue, TakeReport } from '../../../../shared/contract/areas/exchange.ts';
import { isThereAfter, isWholeRow } from '../../../../shared/contract/areas/exchange.ts';
import { findColumn, parseRef } from '../../../../shared/grid/grids.ts';
import { exchangeCopy } from '../../../copy/exchange.ts';
import { formatValue } from '../../../grid/format.ts';
import { showMoment } from '../../../ui/dates.ts';
import { ConflictCard } from './ConflictCard.tsx';

const copy = exchangeCopy.taking;

/** What a package brings, before it is taken. */
export function TakePreview({ report }: { report: TakeReport }) {
  const parts = [
    report.valueCount > 0 && copy.values(report.valueCount),
    report.imports.length > 0 && copy.imports(report.imports.length),
    report.photographs > 0 && copy.photographs(report.photographs),
    report.packs.length > 0 && copy.packs(report.packs.length),
    report.entries > 0 && copy.entries(report.entries),
  ].filter((part) => part !== false);
  const valuesTitle = copy.values(report.valueCount);
  const shown = report.values.filter((value) => !value.field.startsWith('$') || isWholeRow(value));
  return (
    <div className="exchange-preview">
      <p>
        <strong>{copy.from(report.from.letters, report.from.name)}</strong>{' '}
        <span className="muted">{copy.made(report.by, showMoment(report.at))}</span>
      </p>
      <p>{parts.length > 0 ? parts.join(', ') : copy.nothing}</p>
      {report.imports.length > 0 && (
        <ul className="exchange-list">
          {report.imports.map(({ ref, summary, rows, state }) => (
            <li key={ref}>
              {ref} {summary}{' '}
              <span className="muted">
                {copy.rows(rows)}
                {state === 'undone' && `, ${copy.undone}`}
              </span>
            </li>
          ))}
        </ul>
      )}
      {report.joined.length > 0 && (
        <ul className="exchange-list">
          {report.joined.map(({ ref, into }) => (
            <li key={ref}>{copy.joined(ref, into)}</li>
          ))}
        </ul>
      )}
      {shown.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
        <section className="table-wrap exchange-values" tabIndex={0} aria-label={valuesTitle}>
          <table className="table table-small">
            <thead>
              <tr>
                <th>{copy.columns.ref}</th>
                <th>{copy.columns.field}</th>
                <th>{copy.columns.before}</th>
                <th>{copy.columns.after}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((value) => (
                <tr key={`${value.ref} ${value.field}`}>
                  <td>{value.ref}</td>
                  <td>{isWholeRow(value) ? '' : titleOf(value)}</td>
                  <td>{isWholeRow(value) ? '' : showValue(value, value.before)}</td>
                  <td>{afterOf(value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {report.values.length < report.valueCount && (
        <p className="muted">{copy.first(report.values.length, report.valueCount)}</p>
      )}
      {report.conflicts.length > 0 && (
        <>
          <Callout intent="warning" compact className="exchange-words">
            {copy.conflicts}
          </Callout>
          {report.conflicts.map((conflict) => (
            <ConflictCard key={`${conflict.ref} ${conflict.field}`} conflict={conflict} />
          ))}
        </>
      )}
    </div>
  );
}

const columnOf = ({ ref, field }: TakenValue) => {
  const grid = parseRef(ref)?.grid;
  return grid && findColumn(grid, field);
};

const titleOf = (value: TakenValue) => columnOf(value)?.title ?? value.field;

function showValue(value: TakenValue, cell: TakenValue['after']): string {
  const column = columnOf(value);
  return column ? formatValue(column, cell) : String(cell ?? '');
}

function afterOf(value: TakenValue): string {
  if (isWholeRow(value)) {
    return isThereAfter(value) ? copy.added : copy.removed;
  }
  return value.standing ? showValue(value, value.after) : copy.ended;
}
