import { Button, Callout, Dialog, DialogBody, DialogFooter, TextArea } from '@blueprintjs/core';
import { type ReactNode, useState } from 'react';
import { useReasonNeeded } from '../app/auditSettings.ts';
import { refreshQueries } from '../app/connection.ts';
import { isText, useDraftState } from '../app/drafts.ts';
import { type Granted, native } from '../app/native.ts';
import { describeError, reportError } from '../app/reportError.ts';
import { FormField } from './FormField.tsx';

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
      ...(reasonNeeded && reason.trim() === ''
        ? { reason: 'Needed: a disclosure is recorded with its reason.' }
        : {}),
      ...(folder === null ? { folder: 'Choose the folder that the file goes to.' } : {}),
    };
    setErrors(found);
    if (props.check && !props.check()) return;
    if (Object.keys(found).length > 0 || folder === null) return;
    setWorking(true);
    try {
      setWritten(await props.onWrite(folder.grant, reason.trim()));
      refreshQueries();
    } catch (caught) {
      const { message, hint } = describeError(caught);
      setErrors({ form: hint ? `${message} ${hint}` : message });
    } finally {
      setWorking(false);
    }
  }

  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={props.title}
      className="disclosure-dialog"
      canOutsideClickClose={false}
      canEscapeKeyClose={!working}
      isCloseButtonShown={!working}
    >
      <DialogBody>
        {written === null ? (
          <>
            <p className="disclosure-lead">{props.lead}</p>
            {props.children}
            <FormField label="Reason" error={errors.reason} hint="Recorded in the history">
              {(input) => (
                <TextArea
                  {...input}
                  fill
                  autoFocus
                  rows={2}
                  value={reason}
                  maxLength={1000}
                  onChange={(event) => {
                    setReason(event.currentTarget.value);
                    setErrors({});
                  }}
                />
              )}
            </FormField>
            <FormField label="Folder" error={errors.folder}>
              {(input) => (
                <Button
                  aria-describedby={input['aria-describedby']}
                  fill
                  alignText="start"
                  icon="folder-open"
                  text={folder?.name ?? 'Choose a folder'}
                  onClick={() => void choose()}
                />
              )}
            </FormField>
            {errors.form && (
              <Callout intent="danger" compact role="alert">
                {errors.form}
              </Callout>
            )}
          </>
        ) : (
          <Callout intent="success" compact role="status">
            Written into {folder?.name}: {written}.{' '}
            {props.encrypted === true ? '' : 'It is not encrypted: handle it by its marking.'}
          </Callout>
        )}
      </DialogBody>
      <DialogFooter
        actions={
          written === null ? (
            <>
              <Button text="Leave" disabled={working} onClick={props.onClose} />
              <Button intent="primary" text={props.button} loading={working} onClick={() => void write()} />
            </>
          ) : (
            <>
              {folder && (
                <Button
                  icon="folder-open"
                  text="Show the folder"
                  onClick={() => native()?.reveal(folder.grant).catch(reportError)}
                />
              )}
              <Button intent="primary" text="Close" autoFocus onClick={props.onClose} />
            </>
          )
        }
      />
    </Dialog>
  );
}
