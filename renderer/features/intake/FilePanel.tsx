import { Button, Callout, InputGroup, Spinner } from '@blueprintjs/core';
import { useState } from 'react';
import { intakeCopy } from '../../copy/intake.ts';
import { type ChosenFile, findTwin } from './importState.ts';

function showSize(bytes: number): string {
  return bytes < 1_048_576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}

/** Asks for the password of a protected workbook. It is used for this import and kept nowhere. */
function FilePassword(props: { name: string; onPassword: (password: string) => void }) {
  const [password, setPassword] = useState('');
  return (
    <form
      className="file-password"
      onSubmit={(event) => {
        event.preventDefault();
        if (password !== '') props.onPassword(password);
      }}
    >
      <InputGroup
        type="password"
        aria-label={`${intakeCopy.filePassword} ${props.name}`}
        placeholder={`${intakeCopy.filePassword} ${props.name}`}
        autoComplete="off"
        spellCheck={false}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" text={intakeCopy.openFile} disabled={password === ''} />
    </form>
  );
}

/** One chosen file: what it is, what is wrong with it, and its password where it needs one. */
export function FilePanel(props: {
  file: ChosenFile;
  files: readonly ChosenFile[];
  onPassword: (password: string) => void;
}) {
  const { file } = props;
  const { inspected } = file;
  const twin = findTwin(props.files, file);
  return (
    <section className="file-panel" aria-label={`File ${file.name}`}>
      <h3>{file.name}</h3>
      {inspected && (
        <dl className="file-facts">
          <dt>Format</dt>
          <dd>{inspected.format.toUpperCase()}</dd>
          <dt>Size</dt>
          <dd>{showSize(inspected.size)}</dd>
          <dt>SHA-256</dt>
          <dd className="file-hash">{inspected.sha256}</dd>
          <dt>Sheets and tables</dt>
          <dd>{inspected.sheets.length}</dd>
        </dl>
      )}
      {!inspected && !file.error && (
        <p className="file-wait">
          <Spinner size={14} /> {intakeCopy.looking} {file.name}
        </p>
      )}
      {file.error && (
        <Callout intent={file.locked ? 'warning' : 'danger'} compact role="alert">
          {file.error}
        </Callout>
      )}
      {file.locked && <FilePassword name={file.name} onPassword={props.onPassword} />}
      {twin && (
        <Callout intent="warning" compact>
          {intakeCopy.twin} {twin.name}. {intakeCopy.twinEnd}
        </Callout>
      )}
      {inspected?.importedBefore && (
        <Callout intent="warning" compact>
          {intakeCopy.importedBefore} ({inspected.importedBefore}).
        </Callout>
      )}
      {inspected?.notes.map((note) => (
        <Callout key={note.code + note.message} intent="warning" compact>
          {note.message}
        </Callout>
      ))}
    </section>
  );
}
