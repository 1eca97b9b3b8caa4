import { HTMLSelect, Tag } from '@blueprintjs/core';
import { useMemo, useState } from 'react';
import type { ImportReport, RowIssue } from '../../../shared/contract/schemas.ts';

const shownAtOnce = 300;
const outcomes: Readonly<Record<RowIssue['outcome'], string>> = {
  kept: 'Kept, flagged',
  skipped: 'Skipped',
  rejected: 'Rejected',
};

/** Each row that was flagged, skipped or rejected: where it stands, why, and what stood there. */
export function IssueTable({ report }: { report: ImportReport }) {
  const [outcome, setOutcome] = useState('');
  const [code, setCode] = useState('');
  const [text, setText] = useState('');
  const all = useMemo(
    () =>
      report.files.flatMap((file) =>
        file.sheets.flatMap((sheet) =>
          sheet.issues.map((issue) => ({ ...issue, place: `${file.file} › ${sheet.sheet}` })),
        ),
      ),
    [report],
  );
  const count = report.files.reduce(
    (sum, file) => sum + file.sheets.reduce((inner, sheet) => inner + sheet.issueCount, 0),
    0,
  );
  if (all.length === 0) return null;
  const codes = [...new Set(all.map((issue) => issue.code))].sort();
  const needle = text.trim().toLowerCase();
  const shown = all.filter(
    (issue) =>
      (outcome === '' || issue.outcome === outcome) &&
      (code === '' || issue.code === code) &&
      (needle === '' || `${issue.raw} ${issue.message} ${issue.column ?? ''}`.toLowerCase().includes(needle)),
  );
  return (
    <section className="issues">
      <div className="issues-head">
        <h3>Rows to look at</h3>
        <Tag minimal>{count.toLocaleString('en-GB')}</Tag>
        <span className="status-gap" />
        <HTMLSelect
          aria-label="Outcome"
          value={outcome}
          onChange={(event) => setOutcome(event.currentTarget.value)}
        >
          <option value="">Every outcome</option>
          {Object.entries(outcomes).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </HTMLSelect>
        <HTMLSelect aria-label="Reason" value={code} onChange={(event) => setCode(event.currentTarget.value)}>
          <option value="">Every reason</option>
          {codes.map((value) => (
            <option key={value} value={value}>
              {value}
            </option>
          ))}
        </HTMLSelect>
        <input
          className="value-input issues-find"
          aria-label="Find in the rows"
          placeholder="Find text"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </div>
      <div className="table-wrap issues-scroll">
        <table className="table">
          <thead>
            <tr>
              <th>File › sheet</th>
              <th className="num">Row</th>
              <th>Column</th>
              <th>Outcome</th>
              <th>Why</th>
              <th>What stood there</th>
            </tr>
          </thead>
          <tbody>
            {shown.slice(0, shownAtOnce).map((issue, index) => (
              // One row can have the same complaint twice; the list is never reordered in place.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <tr key={index}>
                <td className="clip">{issue.place}</td>
                <td className="num">{issue.row}</td>
                <td className="nowrap">{issue.column ?? ''}</td>
                <td className={`nowrap outcome-${issue.outcome}`}>{outcomes[issue.outcome]}</td>
                <td className="wide">{issue.message}</td>
                <td className="raw">
                  {issue.raw}
                  {issue.stands !== undefined && (
                    <span className="muted issue-stands">
                      In the plan{issue.ref ? `, ${issue.ref}` : ''}: {issue.stands}
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {(shown.length > shownAtOnce || count > all.length) && (
        <p className="muted">
          Shown: {Math.min(shown.length, shownAtOnce).toLocaleString('en-GB')} of{' '}
          {count.toLocaleString('en-GB')}.
        </p>
      )}
    </section>
  );
}
