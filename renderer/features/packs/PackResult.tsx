import { Button, Callout, Dialog, DialogBody, DialogFooter } from '@blueprintjs/core';
import type { PackReport } from '../../../shared/contract/packSchemas.ts';
import { type Granted, native } from '../../app/native.ts';
import { reportError } from '../../app/reportError.ts';

/** The files that a pack became. */
export function PackResult(props: { report: PackReport; folder: Granted | null; onClose: () => void }) {
  const { report, folder } = props;
  return (
    <Dialog isOpen onClose={props.onClose} title={`${report.ref} issued`} className="export-dialog">
      <DialogBody>
        <p>
          Version {report.version}, copy {report.copy}
          {folder ? `, in ${folder.name}` : ''}.
        </p>
        <table className="table">
          <thead>
            <tr>
              <th>File</th>
              <th>Holds</th>
              <th>SHA-256</th>
            </tr>
          </thead>
          <tbody>
            {report.files.map((file) => (
              <tr key={file.file}>
                <td className="wide">{file.file}</td>
                <td className="nowrap">
                  {file.pages !== undefined && `${file.pages} pages`}
                  {file.sheets !== undefined && `${file.sheets} sheets`}
                </td>
                <td className="raw" title={file.sha256}>
                  {file.sha256.slice(0, 12)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {report.withheld.length > 0 && (
          <>
            <h3>Withheld</h3>
            <ul className="plain-list">
              {report.withheld.map(({ reason, count }) => (
                <li key={reason}>
                  {count.toLocaleString('en-GB')}: {reason}
                </li>
              ))}
            </ul>
          </>
        )}
        {report.warnings.map((warning) => (
          <Callout key={warning} intent="warning" compact>
            {warning}
          </Callout>
        ))}
      </DialogBody>
      <DialogFooter
        actions={
          <>
            {folder && (
              <Button
                icon="folder-open"
                text="Open folder"
                onClick={() => native()?.reveal(folder.grant).catch(reportError)}
              />
            )}
            <Button intent="primary" text="Done" onClick={props.onClose} />
          </>
        }
      />
    </Dialog>
  );
}
