import { Button, Callout, Dialog, DialogBody, DialogFooter, HTMLSelect, Spinner } from '@blueprintjs/core';
import { useEffect, useId, useState } from 'react';
import type { IssuedPack, PackChangesReport } from '../../../../shared/contract/packSchemas.ts';
import { findSection } from '../../../../shared/packs/sections.ts';
import { useClient } from '../../../app/connection.ts';
import { showMessage } from '../../../app/messages.ts';
import { describeError } from '../../../app/reportError.ts';
import { packCopy } from '../../../copy/packs.ts';
import { copyText } from '../../../grid/copy.ts';
import { showMoment } from '../../../ui/dates.ts';
import { describeChange, groupChanges, writeChangesTable } from './changeWords.ts';

/** What an issue says otherwise than the plan now or than another issue: as a list, and as a table. */
export function ChangesDialog(props: {
  pack: IssuedPack;
  /** Other issues of the same pack, one of each version. */
  others: readonly IssuedPack[];
  onClose: () => void;
}) {
  const client = useClient();
  const { pack } = props;
  const field = useId();
  const [against, setAgainst] = useState('');
  const [report, setReport] = useState<PackChangesReport | null>(null);
  const [error, setError] = useState('');
  const [asTable, setAsTable] = useState(false);

  // Looking is recorded: it is asked once for each choice, and not again when something changes.
  useEffect(() => {
    let left = false;
    setReport(null);
    setError('');
    client.packs.changes({ ref: pack.ref, against: against === '' ? null : against }).then(
      (answer) => !left && setReport(answer),
      (caught) => !left && setError(describeError(caught).message),
    );
    return () => {
      left = true;
    };
  }, [client, pack.ref, against]);

  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={`What changed since ${pack.ref}`}
      className="changes-dialog"
    >
      <DialogBody>
        <div className="changes-head">
          <label htmlFor={field}>Compared with</label>
          <HTMLSelect id={field} value={against} onChange={(event) => setAgainst(event.currentTarget.value)}>
            <option value="">the plan as it is now</option>
            {props.others.map((other) => (
              <option key={other.ref} value={other.ref}>
                version {other.version}, {other.ref}
              </option>
            ))}
          </HTMLSelect>
          <span className="status-gap" />
          <Button size="small" text="List" active={!asTable} onClick={() => setAsTable(false)} />
          <Button size="small" text="Table" active={asTable} onClick={() => setAsTable(true)} />
        </div>
        {error !== '' && (
          <Callout intent="danger" compact role="alert">
            {error}
          </Callout>
        )}
        {!report && error === '' && <Spinner size={28} aria-label="Comparing" />}
        {report && (
          <>
            <p role="status">
              {report.rows.length === 0
                ? packCopy.changesNone
                : `${report.rows.length === 1 ? '1 change' : `${report.rows.length.toLocaleString('en-GB')} changes`} from version ${report.since} of ${showMoment(report.sinceAt)} to ${report.until === null ? 'the plan as it is now' : `version ${report.until}`}.`}
            </p>
            {report.rows.length > 0 && (
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
              <section className="changes-scroll" tabIndex={0} aria-label="Changes">
                {asTable ? <ChangeTable report={report} /> : <ChangeList report={report} />}
              </section>
            )}
          </>
        )}
      </DialogBody>
      <DialogFooter
        actions={
          <>
            {report && report.rows.length > 0 && (
              <Button
                icon="clipboard"
                text="Copy the table"
                onClick={() => {
                  copyText(writeChangesTable(report));
                  showMessage({ tone: 'done', text: 'The changes are on the clipboard, as a table.' });
                }}
              />
            )}
            <Button intent="primary" text="Done" autoFocus onClick={props.onClose} />
          </>
        }
      />
    </Dialog>
  );
}

function ChangeList({ report }: { report: PackChangesReport }) {
  return (
    <>
      {groupChanges(report.rows).map(({ section, records }) => (
        <section key={section} className="change-section">
          <h3>{findSection(section).title}</h3>
          <ul>
            {records.map(({ ref, name, rows }) => (
              <li key={ref} className="change-record">
                <strong>{name === ref ? ref : `${name} (${ref})`}</strong>
                <ul>
                  {rows.map((row) => (
                    <li key={`${row.kind} ${row.field}`}>{describeChange(row)}</li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function ChangeTable({ report }: { report: PackChangesReport }) {
  return (
    <table className="table table-small">
      <thead>
        <tr>
          <th>Section</th>
          <th>Record</th>
          <th>Name</th>
          <th>What</th>
          <th>Field</th>
          <th>Before</th>
          <th>After</th>
        </tr>
      </thead>
      <tbody>
        {report.rows.map((row) => (
          <tr key={`${row.section} ${row.ref} ${row.kind} ${row.field}`}>
            <td>{findSection(row.section).title}</td>
            <td className="nowrap">{row.ref}</td>
            <td>{row.name}</td>
            <td>{row.kind}</td>
            <td>{row.field}</td>
            <td className="change-value">{row.before}</td>
            <td className="change-value">{row.after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
