import { Button, Callout, Icon, InputGroup, Spinner } from '@blueprintjs/core';
import { useState } from 'react';
import { intakeCopy } from '../../copy/intake.ts';
import { type ChosenFile, changeSheet } from './importState.ts';
import { SheetCard } from './SheetCard.tsx';

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

/** One chosen file with its sheets. */
export function FileCard(props: {
  file: ChosenFile;
  startOpen: boolean;
  onChange: (change: (files: readonly ChosenFile[]) => readonly ChosenFile[]) => void;
  onPassword: (password: string) => void;
  onRemove: () => void;
}) {
  const { file } = props;
  const { inspected } = file;
  return (
    <article className="file-card" aria-label={file.name}>
      <header className="file-head">
        <Icon icon={file.error ? 'error' : 'document'} size={14} />
        <h3>{file.name}</h3>
        {inspected && (
          <span className="muted">
            {inspected.format.toUpperCase()}, {showSize(inspected.size)}, SHA-256{' '}
            {inspected.sha256.slice(0, 12)}
          </span>
        )}
        <span className="status-gap" />
        <Button
          size="small"
          variant="minimal"
          icon="cross"
          text={intakeCopy.remove}
          onClick={props.onRemove}
        />
      </header>
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
      {inspected?.sheets.map((guess, index) => {
        const mapping = file.sheets[index];
        return mapping ? (
          <SheetCard
            key={guess.sheet}
            guess={guess}
            mapping={mapping}
            startOpen={props.startOpen}
            onChange={(change) =>
              props.onChange((files) => changeSheet(files, file.grant, guess.sheet, change))
            }
          />
        ) : null;
      })}
    </article>
  );
}
