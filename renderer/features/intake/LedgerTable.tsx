import { Icon } from '@blueprintjs/core';
import type { ImportReport, SheetReport } from '../../../shared/contract/schemas.ts';
import { grids } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import { intakeCopy, kindTitles } from '../../copy/intake.ts';
import { repairWords } from '../../copy/repairs.ts';
import { showLabel } from '../../grid/format.ts';
import { IssueTable } from './IssueTable.tsx';

const columns = ['rows', 'imported', 'updated', 'unchanged', 'skipped', 'rejected'] as const;
const titles: Readonly<Record<(typeof columns)[number], string>> = {
  rows: 'Rows read',
  imported: 'Imported',
  updated: 'Updated',
  unchanged: 'Unchanged',
  skipped: 'Skipped',
  rejected: 'Rejected',
};

function show(number: number): string {
  return number.toLocaleString('en-GB');
}

/** What a later issue brought, beside the counts of its rows. */
function describeRefresh(refresh: NonNullable<SheetReport['refresh']>): string {
  const parts = Object.entries(refresh.counts)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${show(count)} ${state}`);
  return [
    `Later issue of ${refresh.against}: ${parts.join(', ')}`,
    refresh.withdrawn > 0 ? `${show(refresh.withdrawn)} earlier rows withdrawn` : '',
    refresh.overruled > 0 ? `${show(refresh.overruled)} values entered by hand given up` : '',
    refresh.notCompared > 0 ? `${show(refresh.notCompared)} not compared` : '',
  ]
    .filter(Boolean)
    .join('; ');
}

/** What of the plan, and which packs, rest on what a later issue changed. */
function Affected({ report }: { report: ImportReport }) {
  const affected = report.affected ?? [];
  if (affected.length === 0) return null;
  return (
    <section className="ledger-affected">
      <h3>Rests on what has changed</h3>
      <ul>
        {affected.map(({ ref, label, because }, index) => (
          // One record may rest on several changes.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={index}>
            <Icon icon="warning-sign" size={12} className="tone-warning" /> <strong>{ref}</strong>{' '}
            {showLabel(ref, { [ref]: label })} <span className="muted">{because}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The counts of a sheet, or of all, as a sum that adds up; a tick says that it was added up here. */
function Equation({ counts, label }: { counts: Pick<SheetReport, (typeof columns)[number]>; label: string }) {
  const parts = columns.slice(1);
  const sum = parts.reduce((total, name) => total + counts[name], 0);
  const holds = sum === counts.rows;
  return (
    <p className={`ledger-equation ${holds ? '' : 'tone-danger'}`} role={holds ? undefined : 'alert'}>
      <Icon
        icon={holds ? 'tick-circle' : 'error'}
        size={14}
        className={holds ? 'tone-good' : 'tone-danger'}
      />
      <span className="only-spoken">{label}: </span>
      <strong>{show(counts.rows)}</strong> {counts.rows === 1 ? 'row' : 'rows'} read =
      {parts.map((name, index) => (
        <span key={name} className={counts[name] === 0 ? 'muted' : ''}>
          {index > 0 && ' + '}
          <strong>{show(counts[name])}</strong> {titles[name].toLowerCase()}
        </span>
      ))}
      {!holds && <span>The sum is {show(sum)}: tell whoever looks after Fellside.</span>}
    </p>
  );
}

/** Every row of every sheet accounted for, what was made of them, and each row that did not come in. */
export function LedgerTable({ report }: { report: ImportReport }) {
  const sheets = report.files.flatMap((file) => file.sheets.map((sheet) => ({ file, sheet })));
  const refused = report.files.filter(({ status }) => status === 'refused');
  const created = Object.entries(report.created).filter(([, count]) => count > 0);
  const total = (name: (typeof columns)[number]) => sheets.reduce((sum, { sheet }) => sum + sheet[name], 0);
  const totals = Object.fromEntries(columns.map((name) => [name, total(name)])) as Record<
    (typeof columns)[number],
    number
  >;
  return (
    <div className="ledger">
      {sheets.length > 0 && <Equation counts={totals} label="All sheets" />}
      {refused.map((file) => (
        <p key={file.file + file.sha256} className="tone-danger" role="alert">
          {file.file} was refused: {file.error?.message ?? 'no reason was given.'}
        </p>
      ))}
      <div className="table-wrap">
        <table className="table">
          <thead>
            <tr>
              <th>File › sheet</th>
              <th>Holds</th>
              {columns.map((name) => (
                <th key={name} className="num">
                  {titles[name]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sheets.map(({ file, sheet }, index) => (
              // Two tables of one sheet share its name.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <tr key={`${file.sha256}-${file.file}-${sheet.sheet}-${index}`}>
                <td className="wide">
                  {file.file} › {sheet.sheet}
                  {sheet.table && <span className="muted"> ({sheet.table})</span>}
                  {file.status === 'unchanged' && <span className="muted"> (imported before)</span>}
                  {sheets.length > 1 &&
                    columns.slice(1).reduce((sum, name) => sum + sheet[name], 0) !== sheet.rows && (
                      <Equation counts={sheet} label={sheet.sheet} />
                    )}
                  {Object.entries(sheet.skippedBy).map(([reason, count]) => (
                    <div key={reason} className="muted ledger-reason">
                      {show(count)} skipped: {reason}
                    </div>
                  ))}
                  {sheet.refresh && (
                    <div className="muted ledger-reason">{describeRefresh(sheet.refresh)}</div>
                  )}
                  {Object.entries(sheet.repairs).map(([code, count]) => (
                    <div key={code} className="muted ledger-reason">
                      {show(count)} repaired: {repairWords(code)}
                    </div>
                  ))}
                </td>
                <td className="nowrap">{sheet.kind ? kindTitles[sheet.kind] : intakeCopy.leftOut}</td>
                {columns.map((name) => (
                  <td
                    key={name}
                    className={`num ${name === 'rejected' && sheet.rejected > 0 ? 'tone-danger' : ''} ${name === 'skipped' && sheet.skipped > 0 ? 'tone-warning' : ''}`}
                  >
                    {show(sheet[name])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          {sheets.length > 1 && (
            <tfoot>
              <tr>
                <td>All sheets</td>
                <td />
                {columns.map((name) => (
                  <td key={name} className="num">
                    {show(total(name))}
                  </td>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      </div>
      {created.length > 0 && (
        <p className="ledger-created">
          <span className="muted">{report.ref ? 'Made: ' : 'Would make: '}</span>
          {created
            .map(([grid, count]) => `${show(count)} ${grids[grid as GridName]?.title.toLowerCase() ?? grid}`)
            .join(', ')}
        </p>
      )}
      <Affected report={report} />
      <IssueTable report={report} />
    </div>
  );
}
