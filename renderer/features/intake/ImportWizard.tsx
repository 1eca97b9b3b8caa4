import { Button, Icon, Overlay2 } from '@blueprintjs/core';
import { useEffect, useRef, useState } from 'react';
import type { ImportReport } from '../../../shared/contract/schemas.ts';
import { undoImport } from '../../app/actions.ts';
import { holdClose } from '../../app/closeGuard.ts';
import { refreshQueries, useClient } from '../../app/connection.ts';
import { native } from '../../app/native.ts';
import { useDropped } from '../../app/navigation.ts';
import { describeError, reportError } from '../../app/reportError.ts';
import { intakeCopy } from '../../copy/intake.ts';
import { type ProgressEvent, ProgressLine } from '../../ui/ProgressLine.tsx';
import { type Chosen, FileList } from './FileList.tsx';
import { FilePanel } from './FilePanel.tsx';
import { ImportOutputs } from './ImportOutputs.tsx';
import { asksDateOrder, findTwin } from './importState.ts';
import { LedgerTable } from './LedgerTable.tsx';
import { runImport } from './runImport.ts';
import { SheetPanel } from './SheetPanel.tsx';
import { type ImportFiles, useFiles } from './useFiles.ts';

type Step =
  | { kind: 'choose' }
  | { kind: 'working'; what: 'preview' | 'commit'; progress: ProgressEvent | null }
  | { kind: 'preview'; report: ImportReport }
  | { kind: 'done'; report: ImportReport };

const extensions = ['xlsx', 'xlsm', 'xltx', 'csv', 'tsv', 'txt', 'xls', 'xlsb', 'ods', 'zip'];

/** Files, sheet by sheet, preview, import: over the whole area between the marking bars. */
export function ImportWizard({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const imports = useFiles(client);
  const { files } = imports;
  const [step, setStep] = useState<Step>({ kind: 'choose' });
  const [error, setError] = useState('');
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const { add } = imports;
  useDropped(add, step.kind === 'choose');

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
    return working ? holdClose(intakeCopy.closeWhileWorking) : undefined;
  }, [working]);

  async function choose(): Promise<void> {
    try {
      const picked = await native()?.pickFiles({ multiple: true, extensions });
      if (picked) add(picked);
    } catch (caught) {
      reportError(caught);
    }
  }

  async function chooseFolder(): Promise<void> {
    try {
      const picked = await native()?.pickFolder({ purpose: 'import' });
      if (picked) add([picked], true);
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

  return (
    <Overlay2 isOpen onClose={onClose} canEscapeKeyClose={false} canOutsideClickClose={false}>
      <div
        className="wizard"
        role="dialog"
        ref={wizard}
        tabIndex={-1}
        aria-modal
        aria-label={intakeCopy.title}
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
        {step.kind === 'choose' && (
          <>
            {files.length === 0 && imports.refused.length === 0 && !imports.expanding ? (
              <div className="wizard-body">
                <div className="drop-zone">
                  <Icon icon="import" size={32} />
                  <p>{intakeCopy.drop}</p>
                  <div className="drop-buttons">
                    <Button
                      intent="primary"
                      icon="document-open"
                      text={intakeCopy.choose}
                      autoFocus
                      onClick={() => void choose()}
                    />
                    <Button
                      icon="folder-open"
                      text={intakeCopy.chooseFolder}
                      onClick={() => void chooseFolder()}
                    />
                  </div>
                  <p className="muted">{intakeCopy.formats}</p>
                </div>
              </div>
            ) : (
              <Sheets imports={imports} />
            )}
            <ChooseFoot
              imports={imports}
              onChoose={() => void choose()}
              onChooseFolder={() => void chooseFolder()}
              onRun={(what) => void run(what)}
            />
          </>
        )}
        {step.kind === 'working' && (
          <div className="wizard-body">
            <div className="wizard-working">
              <ProgressLine
                title={step.what === 'preview' ? intakeCopy.previewing : intakeCopy.committing}
                progress={step.progress}
              />
              <Button text={intakeCopy.cancel} icon="stop" onClick={() => abort.current?.abort()} />
            </div>
          </div>
        )}
        {(step.kind === 'preview' || step.kind === 'done') && (
          <div className="wizard-body">
            <LedgerTable report={step.report} />
          </div>
        )}
        {step.kind === 'preview' && (
          <div className="wizard-foot">
            <Button icon="arrow-left" text="Back to the sheets" onClick={() => setStep({ kind: 'choose' })} />
            <span className="status-gap" />
            <span className="muted">Nothing has been saved yet.</span>
            <Button
              intent="primary"
              icon="import"
              text={intakeCopy.commit}
              onClick={() => void run('commit')}
            />
          </div>
        )}
        {step.kind === 'done' && (
          <div className="wizard-foot">
            {step.report.ref && (
              <>
                <Button
                  icon="undo"
                  text="Undo this import"
                  onClick={() => {
                    void undoImport(step.report.ref ?? '');
                    onClose();
                  }}
                />
                <ImportOutputs report={step.report} reference={step.report.ref} />
              </>
            )}
            <span className="status-gap" />
            <Button intent="primary" text="Done" onClick={onClose} />
          </div>
        )}
      </div>
    </Overlay2>
  );
}

/** The list of files and sheets at the left, what is chosen of it at the right. */
function Sheets({ imports }: { imports: ImportFiles }) {
  const { files } = imports;
  const [wanted, setWanted] = useState<Chosen | null>(null);
  const first = files.find((file) => findTwin(files, file) === undefined) ?? files[0];
  const file = files.find(({ grant }) => grant === wanted?.grant) ?? first;
  // A file that needs its password is shown itself; else its sheet that was chosen, or the first that comes in.
  const start = file?.sheets.findIndex(({ kind }) => kind !== null) ?? -1;
  const sheets = file && findTwin(files, file) === undefined ? (file.inspected?.sheets ?? []) : [];
  const askedPlace = file && wanted?.grant === file.grant ? wanted.place : Math.max(0, start);
  const place = askedPlace !== null && sheets[askedPlace] ? askedPlace : null;
  const guess = place === null ? undefined : sheets[place];
  const mapping = place === null ? undefined : file?.sheets[place];
  return (
    <div className="wizard-sheets">
      <FileList
        files={files}
        refused={imports.refused}
        expanding={imports.expanding}
        chosen={file ? { grant: file.grant, place } : null}
        onChoose={setWanted}
        onRemove={imports.remove}
        onForgetRefused={imports.forgetRefused}
      />
      {file && guess && mapping && place !== null ? (
        <SheetPanel
          key={`${file.grant} ${place}`}
          grant={file.grant}
          file={file.name}
          password={file.password}
          guess={guess}
          mapping={mapping}
          onChange={(change) => imports.change(file.grant, place, change)}
        />
      ) : file ? (
        <FilePanel
          file={file}
          files={files}
          onPassword={(password) => {
            setWanted(null);
            imports.look(file.grant, password);
            setWanted({ grant: file.grant, place: 0 });
          }}
        />
      ) : (
        <div className="file-panel muted">No file that can be imported was chosen.</div>
      )}
    </div>
  );
}

function ChooseFoot(props: {
  imports: ImportFiles;
  onChoose: () => void;
  onChooseFolder: () => void;
  onRun: (what: 'preview') => void;
}) {
  const { files, looking } = props.imports;
  const usable = files.filter((file) => file.inspected !== null && findTwin(files, file) === undefined);
  const included = usable.some(({ sheets }) => sheets.some(({ kind }) => kind !== null));
  const undecided = usable.some(({ inspected, sheets }) =>
    sheets.some((mapping, index) => {
      const guess = inspected?.sheets[index];
      return guess ? asksDateOrder(guess, mapping) : false;
    }),
  );
  const locked = files.filter((file) => file.locked).length;
  return (
    <div className="wizard-foot">
      {files.length > 0 && (
        <>
          <Button icon="plus" text="Add files" onClick={props.onChoose} />
          <Button icon="folder-open" text="Add a folder" onClick={props.onChooseFolder} />
        </>
      )}
      <span className="status-gap" />
      {locked > 0 && (
        <span className="tone-warning">
          {locked === 1 ? 'One file waits for its password.' : `${locked} files wait for their passwords.`}
        </span>
      )}
      {undecided && <span className="tone-warning">Choose how dates are written where it is asked.</span>}
      <Button
        intent="primary"
        icon="eye-open"
        text={intakeCopy.preview}
        title={intakeCopy.previewHint}
        disabled={looking || !included || undecided}
        onClick={() => props.onRun('preview')}
      />
    </div>
  );
}

function Steps({ step }: { step: Step }) {
  const now = step.kind === 'working' ? (step.what === 'preview' ? 'preview' : 'done') : step.kind;
  return (
    <ol className="wizard-steps">
      {(
        [
          ['choose', 'Files and sheets'],
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
