import { Button } from '@blueprintjs/core';
import { useMemo, useState } from 'react';
import type { Timeline } from '../../../shared/contract/areas/timeline.ts';
import { openRecord } from '../../app/navigation.ts';
import { timelineCopy } from '../../copy/timeline.ts';
import { tableRows } from './markWords.ts';

const atFirst = 500;
const { columns } = timelineCopy;

/** The same as the picture, row by row. */
export function TimelineTable({ timeline }: { timeline: Timeline }) {
  const rows = useMemo(() => tableRows(timeline), [timeline]);
  const [most, setMost] = useState(atFirst);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className="timeline-table" tabIndex={0} aria-label={`${timelineCopy.title}, table`}>
      <table className="table table-small">
        <thead>
          <tr>
            {Object.values(columns).map((title) => (
              <th key={title}>{title}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, most).map((row) => (
            <tr key={row.key}>
              <td>{row.whom}</td>
              <td>{row.lane}</td>
              <td>{row.what}</td>
              <td className="nowrap">{row.from}</td>
              <td className="nowrap">{row.to}</td>
              <td className="nowrap">
                {row.ref !== null && (
                  <button type="button" className="link" onClick={() => row.ref && openRecord(row.ref)}>
                    {row.ref}
                  </button>
                )}
              </td>
              <td>{row.says}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted timeline-rows">
        {timelineCopy.rowsShown(Math.min(most, rows.length), rows.length)}{' '}
        {rows.length > most && (
          <Button size="small" text={timelineCopy.more} onClick={() => setMost(most + 2000)} />
        )}
      </p>
    </section>
  );
}
