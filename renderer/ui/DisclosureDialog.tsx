import { Button } from '@blueprintjs/core';
import { type ReactNode, useState } from 'react';
import { useReasonNeeded } from '../app/auditSettings.ts';
import { refreshQueries } from '../app/connection.ts';
import { isText, useDraftState } from '../app/drafts.ts';
import { type Granted, native } from '../app/native.ts';
import { describeError, reportError } from '../app/reportError.ts';
import { disclosureCopy } from '../copy/disclosure.ts';
import { FormField } from './FormField.tsx';
import { ReasonField } from './ReasonField.tsx';
import { WriteDialog } from './WriteDialog.tsx';

/**
 * Asks for a folder and a reason, and writes something there in clear. `onWrite` answers with the name of what
 * was written; the disclosure is recorded by the engine.
 */
export function DisclosureDialog(props: {
  title: string;
  lead: string;
  button: string;
  onWrite: (folder: string, reason: string) => Promise<string>;
  onClose: () => void;
  /** Further questions, above the reason. */
  children?: ReactNode;
  /** Whether they are answered; shows what is missing where they are not. */
  check?: () => boolean;
  /** A reason is needed whatever the setting of the workspace says. */
  reasonAlways?: boolean;
  /** What is written is encrypted. */
  encrypted?: boolean;
}) {
  const reasonAsked = useReasonNeeded();
  const reasonNeeded = props.reasonAlways === true || reasonAsked;
  const [reason, setReason] = useDraftState('disclosure', '', isText);
  const [folder, setFolder] = useState<Granted | null>(null);
  const [errors, setErrors] = useState<{ reason?: string; folder?: string; form?: string }>({});
  const [working, setWorking] = useState(false);
  const [written, setWritten] = useState<string | null>(null);

  async function choose(): Promise<void> {
    try {
      const picked = await native()?.pickFolder({ purpose: 'export' });
      if (picked) {
        setFolder(picked);
        setErrors({});
      }
    } catch (caught) {
      reportError(caught);
    }
  }

  async function write(): Promise<void> {
    const found = {
      ...(reasonNeeded && reason.trim() === '' ? { reason: disclosureCopy.reasonNeeded } : {}),
      ...(folder === null ? { folder: disclosureCopy.folderNeeded } : {}),
    };
    setErrors(found);
    if (props.check && !props.check()) return;
    if (Object.keys(found).length > 0 || folder === null) return;
    setWorking(true);
    try {
      setWritten(await props.onWrite(folder.grant, reason.trim()));
      refreshQueries();
    } catch (caught) {
      setErrors({ form: describeError(caught).words });
    } finally {
      setWorking(false);
    }
  }

  return (
    <WriteDialog
      title={props.title}
      lead={props.lead}
      button={props.button}
      busy={working}
      error={errors.form}
      written={
        written === null ? null : (
          <>
            {disclosureCopy.written(folder?.name ?? '', written)}{' '}
            {props.encrypted === true ? '' : disclosureCopy.inClear}
          </>
        )
      }
      writtenActions={
        folder && (
          <Button
            icon="folder-open"
            text={disclosureCopy.showFolder}
            onClick={() => native()?.reveal(folder.grant).catch(reportError)}
          />
        )
      }
      onWrite={() => void write()}
      onClose={props.onClose}
    >
      {props.children}
      <ReasonField
        autoFocus
        value={reason}
        error={errors.reason}
        onChange={(text) => {
          setReason(text);
          setErrors({});
        }}
      />
      <FormField label={disclosureCopy.folder} error={errors.folder}>
        {(input) => (
          <Button
            aria-describedby={input['aria-describedby']}
            fill
            alignText="start"
            icon="folder-open"
            text={folder?.name ?? disclosureCopy.chooseFolder}
            onClick={() => void choose()}
          />
        )}
      </FormField>
    </WriteDialog>
  );
}
