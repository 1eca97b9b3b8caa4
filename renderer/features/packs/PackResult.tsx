import { Button, Callout, Dialog, DialogBody, DialogFooter } from '@blueprintjs/core';
import { type Granted, native } from '../../app/native.ts';
import { goToGrid } from '../../app/navigation.ts';
import { reportError } from '../../app/reportError.ts';
import { packCopy } from '../../copy/packs.ts';
import { showPackPane } from './packPane.ts';
import type { Issued } from './useIssue.ts';

/** The copies that are out: their files and sums, what was withheld, and what was not issued. */
export function PackResult(props: {
  issued: readonly Issued[];
  trouble: { message: string; left: readonly string[] } | null;
  folder: Granted | null;
  onClose: () => void;
}) {
  const { issued, folder, trouble } = props;
  const last = issued.at(-1)?.report;
  if (!last) return null;
  const warnings = [...new Set(issued.flatMap(({ report }) => report.warnings))];
  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={issued.length === 1 ? `${last.ref} issued` : `${issued.length} copies issued`}
      className="pack-result"
      canOutsideClickClose={false}
    >
      <DialogBody>
        {trouble && (
          <Callout intent="danger" compact role="alert">
            {trouble.message} Not issued: {trouble.left.join(', ')}.
          </Callout>
        )}
        <p>
          {issued.length === 1
            ? `Version ${last.version}, copy ${last.copy}`
            : `Version ${last.version}, ${issued.length} copies`}
          {folder ? `, in ${folder.name}` : ''}. {packCopy.noUndo}
        </p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard */}
        <section className="table-wrap pack-result-files" tabIndex={0} aria-label="Files">
          <table className="table table-small">
            <thead>
              <tr>
                <th>Copy</th>
                <th>File</th>
                <th>Holds</th>
                <th>SHA-256</th>
              </tr>
            </thead>
            <tbody>
              {issued.flatMap(({ recipient, report }) =>
                report.files.map((file, index) => (
                  <tr key={`${report.ref} ${file.file}`}>
                    {index === 0 && (
                      <td rowSpan={report.files.length}>
                        {report.ref}, copy {report.copy}
                        <br />
                        <span className="muted">{recipient}</span>
                      </td>
                    )}
                    <td className="wide">{file.file}</td>
                    <td className="nowrap">
                      {file.pages !== undefined && `${file.pages} pages`}
                      {file.sheets !== undefined && `${file.sheets} sheets`}
                    </td>
                    <td className="raw">{file.sha256}</td>
                  </tr>
                )),
              )}
            </tbody>
          </table>
        </section>
        {last.withheld.length > 0 && (
          <>
            <h3>{packCopy.withheld}</h3>
            <ul className="plain-list">
              {last.withheld.map(({ reason, count }) => (
                <li key={reason}>
                  {count.toLocaleString('en-GB')}: {reason}
                </li>
              ))}
            </ul>
          </>
        )}
        {warnings.map((warning) => (
          <Callout key={warning} intent="warning" compact>
            {warning}
          </Callout>
        ))}
      </DialogBody>
      <DialogFooter
        actions={
          <>
            <Button
              text="Show the register"
              onClick={() => {
                props.onClose();
                showPackPane('register');
                goToGrid('packs');
              }}
            />
            {folder && (
              <Button
                icon="folder-open"
                text="Open folder"
                onClick={() => native()?.reveal(folder.grant).catch(reportError)}
              />
            )}
            <Button intent="primary" text="Done" autoFocus onClick={props.onClose} />
          </>
        }
      />
    </Dialog>
  );
}
