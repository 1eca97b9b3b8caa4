import {
  Button,
  Callout,
  Checkbox,
  Dialog,
  DialogBody,
  DialogFooter,
  InputGroup,
  TextArea,
} from '@blueprintjs/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { PackReport } from '../../../shared/contract/packSchemas.ts';
import { refreshQueries, useClient } from '../../app/connection.ts';
import { type Granted, native } from '../../app/native.ts';
import { goTo } from '../../app/navigation.ts';
import { describeError, reportError } from '../../app/reportError.ts';
import { FormField } from '../../ui/FormField.tsx';
import { type ProgressEvent, ProgressLine } from '../../ui/ProgressLine.tsx';
import { PackResult } from './PackResult.tsx';

type Format = 'xlsx' | 'pdf';

interface Draft {
  formats: readonly Format[];
  recipient: string;
  reason: string;
  folder: Granted | null;
  acknowledged: boolean;
}

/** Issues a pack: what is in it, what is withheld, to whom and why, and where the files go. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const preview = useQuery({
    queryKey: ['pack-preview'],
    queryFn: () => client.packs.preview({ pack: 'command' }),
    staleTime: 0,
  });
  const [draft, setDraft] = useState<Draft>({
    formats: ['xlsx', 'pdf'],
    recipient: '',
    reason: '',
    folder: null,
    acknowledged: false,
  });
  const [errors, setErrors] = useState<Partial<Record<keyof Draft | 'form', string>>>({});
  const [progress, setProgress] = useState<ProgressEvent | null>(null);
  const [working, setWorking] = useState(false);
  const [report, setReport] = useState<PackReport | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const change = (part: Partial<Draft>) => {
    setDraft((now) => ({ ...now, ...part }));
    setErrors({});
  };
  const blockers = preview.data?.findings.blocker ?? 0;

  async function chooseFolder(): Promise<void> {
    try {
      const folder = await native()?.pickFolder({ purpose: 'export' });
      if (folder) change({ folder });
    } catch (caught) {
      reportError(caught);
    }
  }

  async function exportPack(): Promise<void> {
    const { folder, formats, recipient, reason } = draft;
    const found: typeof errors = {
      ...(formats.length === 0 ? { formats: 'Choose at least one format.' } : {}),
      ...(recipient.trim() === '' ? { recipient: 'Needed: it is printed on every page and recorded.' } : {}),
      ...(reason.trim() === '' ? { reason: 'Needed: a disclosure is recorded with its reason.' } : {}),
      ...(folder === null ? { folder: 'Choose the folder that the files go to.' } : {}),
      ...(blockers > 0 && !draft.acknowledged ? { acknowledged: 'Needed while there are blockers.' } : {}),
    };
    setErrors(found);
    if (Object.keys(found).length > 0 || folder === null) return;
    const controller = new AbortController();
    abort.current = controller;
    setWorking(true);
    setProgress(null);
    try {
      const events = await client.packs.export(
        {
          pack: 'command',
          formats: [...formats],
          recipient: recipient.trim(),
          reason: reason.trim(),
          folder: folder.grant,
        },
        { signal: controller.signal },
      );
      for await (const event of events) {
        if (event.type === 'done') setReport(event.report);
        else setProgress(event);
      }
      refreshQueries();
    } catch (caught) {
      const { message, hint, code } = describeError(caught);
      setErrors({
        form: code === 'cancelled' ? 'Cancelled. No pack was issued.' : hint ? `${message} ${hint}` : message,
      });
    } finally {
      setWorking(false);
    }
  }

  if (report) return <PackResult report={report} folder={draft.folder} onClose={onClose} />;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Export the command pack"
      className="export-dialog"
      canOutsideClickClose={false}
      canEscapeKeyClose={!working}
      isCloseButtonShown={!working}
    >
      <DialogBody>
        <div className="export-columns">
          <section aria-label="What goes into the pack">
            <h3>In the pack</h3>
            {preview.error && (
              <Callout intent="danger" compact role="alert">
                {describeError(preview.error).message}
              </Callout>
            )}
            <table className="table table-small">
              <tbody>
                {preview.data?.sections.map(({ title, rows }) => (
                  <tr key={title}>
                    <td>{title}</td>
                    <td className="num">{rows.toLocaleString('en-GB')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <h3>Withheld</h3>
            {preview.data?.withheld.length === 0 && <p className="muted">Nothing is withheld.</p>}
            <ul className="plain-list">
              {preview.data?.withheld.map(({ reason, count }) => (
                <li key={reason}>
                  {count.toLocaleString('en-GB')}: {reason}
                </li>
              ))}
            </ul>
            {preview.data?.warnings.map((warning) => (
              <Callout key={warning} intent="warning" compact>
                {warning}
              </Callout>
            ))}
          </section>
          <section aria-label="Issue">
            <FormField label="Recipient" error={errors.recipient} hint="Printed on every page">
              {(input) => (
                <InputGroup
                  {...input}
                  autoFocus
                  value={draft.recipient}
                  maxLength={200}
                  onChange={(event) => change({ recipient: event.currentTarget.value })}
                />
              )}
            </FormField>
            <FormField label="Reason" error={errors.reason} hint="Recorded in the history">
              {(input) => (
                <TextArea
                  {...input}
                  fill
                  rows={2}
                  value={draft.reason}
                  maxLength={1000}
                  onChange={(event) => change({ reason: event.currentTarget.value })}
                />
              )}
            </FormField>
            <fieldset className="export-formats">
              <legend>Formats</legend>
              {(['xlsx', 'pdf'] as const).map((format) => (
                <Checkbox
                  key={format}
                  inline
                  checked={draft.formats.includes(format)}
                  label={format === 'xlsx' ? 'Excel' : 'PDF'}
                  onChange={() =>
                    change({
                      formats: draft.formats.includes(format)
                        ? draft.formats.filter((entry) => entry !== format)
                        : [...draft.formats, format],
                    })
                  }
                />
              ))}
              {errors.formats && <p className="tone-danger">{errors.formats}</p>}
            </fieldset>
            <FormField label="Folder" error={errors.folder}>
              {(input) => (
                <Button
                  aria-describedby={input['aria-describedby']}
                  fill
                  alignText="start"
                  icon="folder-open"
                  text={draft.folder?.name ?? 'Choose a folder'}
                  onClick={() => void chooseFolder()}
                />
              )}
            </FormField>
            {blockers > 0 && (
              <Callout intent="danger" compact icon="error">
                <p>
                  The plan has {blockers === 1 ? 'one blocker' : `${blockers} blockers`}. They are listed in
                  the pack.{' '}
                  <button
                    type="button"
                    className="link"
                    onClick={() => {
                      onClose();
                      goTo({ kind: 'readiness' });
                    }}
                  >
                    Look at them
                  </button>
                </p>
                <Checkbox
                  checked={draft.acknowledged}
                  label="I have read the blockers and issue the pack with them"
                  onChange={() => change({ acknowledged: !draft.acknowledged })}
                />
                {errors.acknowledged && <p role="alert">{errors.acknowledged}</p>}
              </Callout>
            )}
          </section>
        </div>
        {working && <ProgressLine title="Making the pack" progress={progress} />}
        {errors.form && (
          <Callout intent="danger" compact role="alert">
            {errors.form}
          </Callout>
        )}
      </DialogBody>
      <DialogFooter
        actions={
          working ? (
            <Button text="Cancel" icon="stop" onClick={() => abort.current?.abort()} />
          ) : (
            <>
              <Button text="Leave" onClick={onClose} />
              <Button intent="primary" icon="export" text="Export" onClick={() => void exportPack()} />
            </>
          )
        }
      />
    </Dialog>
  );
}
