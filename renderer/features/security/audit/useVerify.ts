import { useRef, useState } from 'react';
import type { Progress, VerifyReport } from '../../../../shared/contract/schemas.ts';
import { useClient } from '../../../app/connection.ts';
import { reportError } from '../../../app/reportError.ts';

/** The check of the whole record: how far it is, what it found, and a way to stop it. */
export function useVerify() {
  const client = useClient();
  const [report, setReport] = useState<VerifyReport | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [running, setRunning] = useState(false);
  const abort = useRef<AbortController | null>(null);

  async function verify(): Promise<void> {
    abort.current = new AbortController();
    setRunning(true);
    setReport(null);
    setProgress(null);
    try {
      for await (const event of await client.audit.verify(undefined, { signal: abort.current.signal })) {
        if (event.type === 'done') setReport(event.report);
        else setProgress(event);
      }
    } catch (error) {
      reportError(error);
    } finally {
      setRunning(false);
    }
  }

  return { report, progress, running, verify, cancel: () => abort.current?.abort() };
}

/** What a check found, in one sentence. */
export function describeVerification(report: VerifyReport): string {
  const entries = `${report.entries.toLocaleString('en-GB')} ${report.entries === 1 ? 'entry' : 'entries'}`;
  if (report.ok) {
    return `The history is whole: ${entries} checked${report.head ? `, ending in ${report.head.slice(0, 12)}` : ''}.`;
  }
  const where = report.firstBroken ? ` at entry ${report.firstBroken.seq}: ${report.firstBroken.what}` : '';
  return `The history has been altered${where}. Keep a copy of the workspace as it is and tell the operation lead.`;
}
