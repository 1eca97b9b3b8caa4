import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import type { RecordDetail } from '../../../shared/contract/schemas.ts';
import { refreshQueries, useClient } from '../../app/connection.ts';
import { isText, useDraftState } from '../../app/drafts.ts';
import { type Granted, native } from '../../app/native.ts';
import { describeError, reportError } from '../../app/reportError.ts';
import { useMay } from '../../app/role.ts';
import { readDate } from '../../ui/dates.ts';
import { Photograph } from './Photograph.tsx';

/** Photographs of the record with the dates they were taken, and attaching another one. */
export function Photographs({ detail }: { detail: RecordDetail }) {
  const mayChange = useMay();
  const [picked, setPicked] = useState<Granted | null>(null);
  async function choose(): Promise<void> {
    try {
      const [file] =
        (await native()?.pickFiles({ multiple: false, extensions: ['jpg', 'jpeg', 'png'] })) ?? [];
      if (file) setPicked(file);
    } catch (error) {
      reportError(error);
    }
  }
  return (
    <section className="panel-section">
      <h3>Photographs</h3>
      <div className="photographs">
        {detail.photographs.map((photograph) => (
          <Photograph key={photograph.id} label={detail.label} {...photograph} />
        ))}
        {detail.photographs.length === 0 && !picked && <p className="muted">None attached.</p>}
      </div>
      {picked ? (
        <AttachForm detail={detail} file={picked} onDone={() => setPicked(null)} />
      ) : (
        mayChange && (
          <Button size="small" icon="media" text="Attach a photograph" onClick={() => void choose()} />
        )
      )}
    </section>
  );
}

function AttachForm({ detail, file, onDone }: { detail: RecordDetail; file: Granted; onDone: () => void }) {
  const client = useClient();
  const [taken, setTaken] = useState('');
  const [caption, setCaption] = useDraftState(`photograph/${detail.ref}`, '', isText);
  const [error, setError] = useState('');

  async function attach(): Promise<void> {
    const takenOn = taken.trim() === '' ? null : readDate(taken);
    if (taken.trim() !== '' && takenOn === null) {
      setError('Not a date. Write DD/MM/YYYY, or leave it blank when it is not known.');
      return;
    }
    try {
      await client.records.attachPhotograph({
        ref: detail.ref,
        grant: file.grant,
        takenOn,
        ...(caption.trim() === '' ? {} : { caption: caption.trim() }),
      });
      refreshQueries();
      onDone();
    } catch (caught) {
      setError(describeError(caught).message);
    }
  }

  return (
    <form
      className="attach-form"
      onSubmit={(event) => {
        event.preventDefault();
        void attach();
      }}
    >
      <p className="clip">{file.name}</p>
      <label>
        Taken on
        <input
          className="value-input"
          placeholder="DD/MM/YYYY"
          // biome-ignore lint/a11y/noAutofocus: the file was just chosen and this is the next step
          autoFocus
          value={taken}
          onChange={(event) => setTaken(event.currentTarget.value)}
        />
      </label>
      <label>
        Caption
        <input
          className="value-input"
          value={caption}
          onChange={(event) => setCaption(event.currentTarget.value)}
        />
      </label>
      {error && (
        <p className="tone-danger" role="alert">
          {error}
        </p>
      )}
      <div className="form-actions">
        <Button size="small" variant="minimal" text="Leave" onClick={onDone} />
        <Button size="small" type="submit" intent="primary" text="Attach" />
      </div>
    </form>
  );
}
