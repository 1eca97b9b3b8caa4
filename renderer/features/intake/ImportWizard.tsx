import { Button, Icon, Overlay2 } from '@blueprintjs/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { EngineClient } from '../../../shared/contract/client.ts';
import type { ImportReport } from '../../../shared/contract/schemas.ts';
import { undo } from '../../app/actions.ts';
import { refreshQueries, useClient } from '../../app/connection.ts';
import { type Granted, native } from '../../app/native.ts';
import { takeDropped } from '../../app/navigation.ts';
import { describeError, reportError } from '../../app/reportError.ts';
import { intakeCopy } from '../../copy/intake.ts';
import { type ProgressEvent, ProgressLine } from '../../ui/ProgressLine.tsx';
import { droppedFiles } from './droppedFiles.ts';
import { FileCard } from './FileCard.tsx';
import { asksDateOrder, type ChosenFile, mappingOf, toImportFiles } from './importState.ts';
import { LedgerTable } from './LedgerTable.tsx';

type Step =
  | { kind: 'choose' }
  | { kind: 'working'; what: 'preview' | 'commit'; progress: ProgressEvent | null }
  | { kind: 'preview'; report: ImportReport }
  | { kind: 'done'; report: ImportReport };

/** Runs a preview or a commit, tells its progress, and returns the report. Aborting the signal cancels it. */
async function runImport(
  client: EngineClient,
  what: 'preview' | 'commit',
  files: readonly ChosenFile[],
  signal: AbortSignal,
  onProgress: (progress: ProgressEvent) => void,
): Promise<ImportReport> {
  const input = { files: toImportFiles(files) };
  const events =
    what === 'preview'
      ? await client.imports.preview(input, { signal })
      : await client.imports.commit(input, { signal });
  for await (const event of events) {
    if (event.type === 'done') return event.report;
    onProgress(event);
  }
  throw new Error('the import ended without a report');
}

/** Choose, look and map, preview, import: over the whole area between the marking bars. */
export function ImportWizard({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const [files, setFiles] = useState<readonly ChosenFile[]>([]);
  const [step, setStep] = useState<Step>({ kind: 'choose' });
  const [error, setError] = useState('');
  const [dragging, setDragging] = useState(false);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const look = useCallback(
    (grant: string, password: string | null) => {
      const put = (change: Partial<ChosenFile>) =>
        setFiles((now) => now.map((file) => (file.grant === grant ? { ...file, ...change } : file)));
      put({ error: null, locked: false, password });
      client.imports.inspect({ grant, ...(password ? { password } : {}) }).then(
        (inspected) => put({ inspected, sheets: inspected.sheets.map(mappingOf) }),
        (caught: unknown) => {
          const { code, message } = describeError(caught);
          put({ error: message, locked: code === 'file.encrypted', password: null });
        },
      );
    },
    [client],
  );
  const addFiles = useCallback(
    (granted: readonly Granted[]) => {
      const unseen = { inspected: null, error: null, locked: false, password: null, sheets: [] };
      setFiles((now) => [...now, ...granted.map((file): ChosenFile => ({ ...file, ...unseen }))]);
      for (const { grant } of granted) look(grant, null);
    },
    [look],
  );

  useEffect(() => addFiles(takeDropped()), [addFiles]);

  // The button that was pressed is gone after a step: without this the keyboard, and Esc, would be outside.
  const wizard = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the step is what the effect waits for
  useEffect(() => {
    if (!wizard.current?.contains(document.activeElement)) wizard.current?.focus();
  }, [step.kind]);

  const working = step.kind === 'working';
  // On the window: wherever the focus went when the pressed button disappeared, Esc closes.
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !working) onClose();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [working, onClose]);
  useEffect(() => {
    native()?.confirmClose(working ? intakeCopy.closeWhileWorking : null);
    return () => native()?.confirmClose(null);
  }, [working]);

  async function choose(): Promise<void> {
    try {
      const picked = await native()?.pickFiles({
        multiple: true,
        extensions: ['xlsx', 'xlsm', 'csv', 'tsv', 'txt', 'xls', 'xlsb', 'ods'],
      });
      if (picked) addFiles(picked);
    } catch (caught) {
      reportError(caught);
    }
  }

  async function drop(event: React.DragEvent): Promise<void> {
    event.preventDefault();
    setDragging(false);
    if (step.kind !== 'choose') return;
    try {
      addFiles(await droppedFiles(event.dataTransfer));
    } catch (caught) {
      reportError(caught);
    }
  }

  async function run(what: 'preview' | 'commit'): Promise<void> {
    const controller = new AbortController();
    abort.current = controller;
    setError('');
    setStep({ kind: 'working', what, progress: null });
    try {
      const report = await runImport(client, what, files, controller.signal, (progress) =>
        setStep({ kind: 'working', what, progress }),
      );
      setStep({ kind: what === 'preview' ? 'preview' : 'done', report });
      if (what === 'commit') refreshQueries();
    } catch (caught) {
      const { code, message, hint } = describeError(caught);
      setError(
        controller.signal.aborted || code === 'cancelled'
          ? intakeCopy.cancelled
          : hint
            ? `${message} ${hint}`
            : message,
      );
      setStep({ kind: 'choose' });
    }
  }

  const looking = files.some(({ inspected, error: failed }) => inspected === null && failed === null);
  const usable = files.filter(({ inspected }) => inspected !== null);
  const included = usable.some(({ sheets }) => sheets.some(({ kind }) => kind !== null));
  const undecided = usable.some(({ inspected, sheets }) =>
    sheets.some((mapping, index) => {
      const guess = inspected?.sheets[index];
      return guess ? asksDateOrder(guess, mapping) : false;
    }),
  );

  return (
    <Overlay2 isOpen onClose={onClose} canEscapeKeyClose={false} canOutsideClickClose={false}>
      <div
        className={`wizard ${dragging ? 'is-dragging' : ''}`}
        role="dialog"
        ref={wizard}
        tabIndex={-1}
        aria-modal
        aria-label={intakeCopy.title}
        onDragOver={(event) => {
          event.preventDefault();
          setDragging(true);
        }}
        onDragLeave={(event) => {
          if (event.target === event.currentTarget) setDragging(false);
        }}
        onDrop={(event) => void drop(event)}
      >
        <div className="wizard-head">
          <h2>{intakeCopy.title}</h2>
          <Steps step={step} />
          <span className="status-gap" />
          {step.kind !== 'working' && (
            <Button
              variant="minimal"
              icon="cross"
              aria-label="Close the import"
              title="Esc"
              onClick={onClose}
            />
          )}
        </div>
        {error && (
          <p className="wizard-error" role="alert">
            <Icon icon="info-sign" size={13} /> {error}
          </p>
        )}
        <div className="wizard-body">
          {step.kind === 'choose' && files.length === 0 && (
            <div className="drop-zone">
              <Icon icon="import" size={32} />
              <p>{intakeCopy.drop}</p>
              <Button
                intent="primary"
                icon="folder-open"
                text={intakeCopy.choose}
                autoFocus
                onClick={() => void choose()}
              />
              <p className="muted">{intakeCopy.formats}</p>
            </div>
          )}
          {step.kind === 'choose' &&
            files.map((file) => (
              <FileCard
                key={file.grant}
                file={file}
                startOpen={files.length <= 2}
                onChange={setFiles}
                onPassword={(password) => look(file.grant, password)}
                onRemove={() => setFiles((now) => now.filter(({ grant }) => grant !== file.grant))}
              />
            ))}
          {step.kind === 'working' && (
            <div className="wizard-working">
              <ProgressLine
                title={step.what === 'preview' ? intakeCopy.previewing : intakeCopy.committing}
                progress={step.progress}
              />
              <Button text={intakeCopy.cancel} icon="stop" onClick={() => abort.current?.abort()} />
            </div>
          )}
          {step.kind === 'preview' && <LedgerTable report={step.report} />}
          {step.kind === 'done' && <LedgerTable report={step.report} />}
        </div>
        <div className="wizard-foot">
          {step.kind === 'choose' && (
            <>
              {files.length > 0 && <Button icon="plus" text="Add files" onClick={() => void choose()} />}
              <span className="status-gap" />
              {undecided && (
                <span className="tone-warning">Choose how dates are written where it is asked.</span>
              )}
              <Button
                intent="primary"
                icon="eye-open"
                text={intakeCopy.preview}
                disabled={looking || !included || undecided}
                onClick={() => void run('preview')}
              />
            </>
          )}
          {step.kind === 'preview' && (
            <>
              <Button
                icon="arrow-left"
                text="Back to the columns"
                onClick={() => setStep({ kind: 'choose' })}
              />
              <span className="status-gap" />
              <span className="muted">Nothing has been saved yet.</span>
              <Button
                intent="primary"
                icon="import"
                text={intakeCopy.commit}
                onClick={() => void run('commit')}
              />
            </>
          )}
          {step.kind === 'done' && (
            <>
              <Button
                icon="undo"
                text="Undo this import"
                onClick={() => {
                  void undo();
                  onClose();
                }}
              />
              <span className="status-gap" />
              <Button intent="primary" text="Done" onClick={onClose} />
            </>
          )}
        </div>
      </div>
    </Overlay2>
  );
}

function Steps({ step }: { step: Step }) {
  const now = step.kind === 'working' ? (step.what === 'preview' ? 'preview' : 'done') : step.kind;
  return (
    <ol className="wizard-steps">
      {(
        [
          ['choose', 'Files and columns'],
          ['preview', 'Preview'],
          ['done', 'Imported'],
        ] as const
      ).map(([kind, title], index) => (
        <li key={kind} aria-current={now === kind ? 'step' : undefined}>
          {index + 1}. {title}
        </li>
      ))}
    </ol>
  );
}
