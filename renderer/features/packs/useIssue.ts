import { useEffect, useRef, useState } from 'react';
import type { PackReport, PackRequest } from '../../../shared/contract/packSchemas.ts';
import { refreshQueries, useClient } from '../../app/connection.ts';
import { describeError } from '../../app/reportError.ts';
import { packCopy } from '../../copy/packs.ts';
import type { ProgressEvent } from '../../ui/ProgressLine.tsx';

/** One copy that is out. */
export interface Issued {
  recipient: string;
  report: PackReport;
}

/** Issues one copy after another. What is out stays out when a later copy fails or is cancelled. */
export function useIssue() {
  const client = useClient();
  const [working, setWorking] = useState<{ recipient: string; number: number; of: number } | null>(null);
  const [progress, setProgress] = useState<ProgressEvent | null>(null);
  const [issued, setIssued] = useState<readonly Issued[]>([]);
  const [trouble, setTrouble] = useState<{ message: string; left: readonly string[] } | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  async function issue(requests: readonly PackRequest[], folder: string): Promise<void> {
    const controller = new AbortController();
    abort.current = controller;
    setTrouble(null);
    for (const [index, request] of requests.entries()) {
      setWorking({ recipient: request.recipient, number: index + 1, of: requests.length });
      setProgress(null);
      try {
        const events = await client.packs.export({ ...request, folder }, { signal: controller.signal });
        for await (const event of events) {
          if (event.type === 'progress') setProgress(event);
          else setIssued((now) => [...now, { recipient: request.recipient, report: event.report }]);
        }
      } catch (error) {
        const { message, hint, code } = describeError(error);
        setTrouble({
          message: code === 'cancelled' ? packCopy.cancelled : hint ? `${message} ${hint}` : message,
          left: requests.slice(index).map(({ recipient }) => recipient),
        });
        break;
      }
    }
    setWorking(null);
    refreshQueries();
  }

  return { issue, cancel: () => abort.current?.abort(), working, progress, issued, trouble };
}
