import { Button, Callout, Spinner } from '@blueprintjs/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { describeError } from '../../../app/reportError.ts';
import { packCopy } from '../../../copy/packs.ts';
import { PageViewer } from './PageViewer.tsx';
import type { OpenPdf } from './pdfDocument.ts';

type State =
  | { kind: 'loading' }
  | { kind: 'cancelled' }
  | { kind: 'failed'; message: string }
  | { kind: 'ready'; pdf: OpenPdf };

/** Lays the pack out and shows its pages. `load` answers with the PDF in base 64; a new `load` lays out anew. */
export function PagesPreview({ load }: { load: (signal: AbortSignal) => Promise<string> }) {
  const [state, setState] = useState<State>({ kind: 'loading' });
  const abort = useRef<AbortController | null>(null);

  const start = useCallback(async () => {
    abort.current?.abort();
    const controller = new AbortController();
    abort.current = controller;
    setState({ kind: 'loading' });
    try {
      const [base64, { openPdf }] = await Promise.all([load(controller.signal), import('./pdfDocument.ts')]);
      const pdf = await openPdf(base64);
      if (controller.signal.aborted) pdf.close();
      else setState({ kind: 'ready', pdf });
    } catch (error) {
      if (!controller.signal.aborted) setState({ kind: 'failed', message: describeError(error).message });
    }
  }, [load]);

  useEffect(() => {
    void start();
    return () => abort.current?.abort();
  }, [start]);
  const open = state.kind === 'ready' ? state.pdf : null;
  useEffect(() => () => open?.close(), [open]);

  if (state.kind === 'ready') return <PageViewer pdf={state.pdf} />;
  return (
    <div className="pages-wait">
      {state.kind === 'loading' ? (
        <>
          <Spinner size={32} aria-label={packCopy.making} />
          <p role="status">{packCopy.making}</p>
          <Button
            size="small"
            icon="stop"
            text="Cancel"
            aria-label="Cancel the preview"
            onClick={() => {
              abort.current?.abort();
              setState({ kind: 'cancelled' });
            }}
          />
        </>
      ) : (
        <>
          {state.kind === 'failed' ? (
            <Callout intent="danger" compact role="alert">
              {state.message}
            </Callout>
          ) : (
            <p role="status">{packCopy.previewCancelled}</p>
          )}
          <Button size="small" icon="document" text={packCopy.previewAgain} onClick={() => void start()} />
        </>
      )}
    </div>
  );
}
