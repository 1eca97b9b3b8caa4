import { Button, Icon, type IconName, Spinner } from '@blueprintjs/core';
import type { KeyboardEvent } from 'react';
import { kindTitles } from '../../copy/intake.ts';
import { type ChosenFile, describeArea, findTwin, type RefusedFile, whyLook } from './importState.ts';

/** What is shown at the right: a file, or one sheet or table of it by its place. */
export interface Chosen {
  grant: string;
  place: number | null;
}

/** Chosen files with their sheets and tables, each with its state in a word. Up and down move. */
export function FileList(props: {
  files: readonly ChosenFile[];
  refused: readonly RefusedFile[];
  expanding: boolean;
  chosen: Chosen | null;
  onChoose: (chosen: Chosen) => void;
  onRemove: (grant: string) => void;
  onForgetRefused: () => void;
}) {
  const { files, refused, chosen } = props;

  function handleKey(event: KeyboardEvent<HTMLElement>): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    const items = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('.file-item')];
    const next = items[items.indexOf(document.activeElement as HTMLButtonElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.click();
  }

  return (
    <nav className="file-list" aria-label="Files and sheets" onKeyDown={handleKey}>
      {files.map((file) => (
        <article key={file.grant} className="file-entry" aria-label={file.name}>
          <div className="file-line">
            <FileItem file={file} files={files} chosen={chosen} onChoose={props.onChoose} />
            <Button
              size="small"
              variant="minimal"
              icon="cross"
              aria-label={`Leave ${file.name} out`}
              onClick={() => props.onRemove(file.grant)}
            />
          </div>
          {file.inspected &&
            findTwin(files, file) === undefined &&
            file.inspected.sheets.map((guess, place) => {
              const mapping = file.sheets[place];
              if (!mapping) return null;
              const why = whyLook(guess, mapping);
              const isChosen = chosen?.grant === file.grant && chosen.place === place;
              const left = mapping.kind === null;
              return (
                <button
                  // Two tables of one sheet share its name: the place tells them apart.
                  // biome-ignore lint/suspicious/noArrayIndexKey: see above
                  key={place}
                  type="button"
                  className={`file-item sheet-item ${left ? 'is-left-out' : ''}`}
                  aria-current={isChosen}
                  title={guess.table ? `${guess.sheet} ${describeArea(guess.table)}` : guess.sheet}
                  onClick={() => props.onChoose({ grant: file.grant, place })}
                >
                  <span className="sheet-item-name">
                    {guess.sheet}
                    {guess.table && <span className="muted"> {describeArea(guess.table)}</span>}
                  </span>
                  <span className="sheet-item-state">
                    {why ? (
                      <span className="tone-warning">
                        <Icon icon="warning-sign" size={11} /> {why}
                      </span>
                    ) : null}
                    <span className="muted">
                      {mapping.kind === null ? 'Left out' : kindTitles[mapping.kind]}
                      {mapping.kind !== null && mapping.kind === guess.kind
                        ? ` ${Math.round(guess.confidence * 100)} %`
                        : ''}
                    </span>
                  </span>
                </button>
              );
            })}
        </article>
      ))}
      {props.expanding && (
        <p className="file-wait">
          <Spinner size={13} /> Looking for files inside
        </p>
      )}
      {refused.length > 0 && (
        <section className="refused-files" aria-label="Files that cannot be imported">
          <h3>
            Not taken in ({refused.length.toLocaleString('en-GB')})
            <Button
              size="small"
              variant="minimal"
              icon="cross"
              aria-label="Clear this list"
              onClick={props.onForgetRefused}
            />
          </h3>
          <ul>
            {refused.map(({ name, message }, index) => (
              // The same name may be refused twice for two reasons; the list only grows.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <li key={index}>
                <strong>{name}</strong> {message}
              </li>
            ))}
          </ul>
        </section>
      )}
    </nav>
  );
}

function FileItem(props: {
  file: ChosenFile;
  files: readonly ChosenFile[];
  chosen: Chosen | null;
  onChoose: (chosen: Chosen) => void;
}) {
  const { file } = props;
  const twin = findTwin(props.files, file);
  const waiting = !file.inspected && !file.error;
  const notes = (file.inspected?.notes.length ?? 0) > 0 || file.inspected?.importedBefore;
  const icon: IconName = file.locked
    ? 'lock'
    : file.error
      ? 'error'
      : twin
        ? 'duplicate'
        : notes
          ? 'info-sign'
          : 'document';
  const state = file.locked
    ? 'Password?'
    : file.error
      ? 'Refused'
      : twin
        ? 'Same file'
        : file.inspected?.importedBefore
          ? 'Imported before'
          : '';
  return (
    <button
      type="button"
      className="file-item"
      aria-current={props.chosen?.grant === file.grant && props.chosen.place === null}
      title={file.name}
      onClick={() => props.onChoose({ grant: file.grant, place: null })}
    >
      {waiting ? (
        <Spinner size={13} aria-label={`Looking into ${file.name}`} />
      ) : (
        <Icon icon={icon} size={13} className={file.error && !file.locked ? 'tone-danger' : ''} />
      )}
      <span className="file-item-name">{file.name}</span>
      {state && <span className={file.error && !file.locked ? 'tone-danger' : 'tone-warning'}>{state}</span>}
    </button>
  );
}
