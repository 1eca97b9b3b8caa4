import { Button, InputGroup } from '@blueprintjs/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useCallback, useState } from 'react';
import type { Head, HeadCheck } from '../../../../shared/contract/auditSchemas.ts';
import { useClient } from '../../../app/connection.ts';
import { describeError } from '../../../app/reportError.ts';
import { auditCopy } from '../../../copy/audit.ts';
import { showMoment } from '../../../ui/dates.ts';
import { FormField } from '../../../ui/FormField.tsx';
import { PrintSheet } from '../../../ui/PrintSheet.tsx';

const copy = auditCopy.section;

/** The head of the record in groups, to be printed; and the check of one that was printed earlier. */
export function HeadPart() {
  const client = useClient();
  const head = useQuery({ queryKey: ['history', 'head'], queryFn: () => client.audit.head() });
  const [printing, setPrinting] = useState(false);
  const printed = useCallback(() => setPrinting(false), []);
  return (
    <>
      <p className="muted">{copy.headLead}</p>
      {head.data && (
        <div className="audit-head">
          <div>
            <p>{copy.headEntry(head.data.seq, head.data.at ? showMoment(head.data.at) : '')}</p>
            <Groups groups={head.data.groups} />
          </div>
          <Button icon="print" text={copy.print} onClick={() => setPrinting(true)} />
        </div>
      )}
      {printing && head.data && (
        <PrintSheet marking={head.data.operation.marking} onPrinted={printed}>
          <PrintedHead head={head.data} />
        </PrintSheet>
      )}
      <CheckForm />
    </>
  );
}

function Groups({ groups }: { groups: readonly string[] }) {
  return <p className="audit-groups">{groups.join(' ')}</p>;
}

function PrintedHead({ head }: { head: Head }) {
  const words = auditCopy.printed;
  return (
    <>
      <h1>{words.title}</h1>
      <dl>
        <dt>{words.operation}</dt>
        <dd>{head.operation.name}</dd>
        <dt>{words.entry}</dt>
        <dd>{head.seq.toLocaleString('en-GB')}</dd>
        <dt>{words.written}</dt>
        <dd>{head.at ? showMoment(head.at) : ''}</dd>
        <dt>{words.printedOn}</dt>
        <dd>{showMoment(new Date().toISOString())}</dd>
      </dl>
      <p>{words.hash}</p>
      <div className="print-groups">
        {head.groups.map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups repeat and never move
          <span key={index}>{group}</span>
        ))}
      </div>
      <p>{words.words}</p>
      {[words.name, words.signature, words.date, words.kept].map((label) => (
        <div className="print-line" key={label}>
          <span>{label}</span>
          <span />
        </div>
      ))}
    </>
  );
}

function CheckForm() {
  const client = useClient();
  const [hash, setHash] = useState('');
  const [entry, setEntry] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | undefined>();
  const [check, setCheck] = useState<HeadCheck | null>(null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    setCheck(null);
    try {
      const seq = Number(entry.replace(/[,\s]/g, ''));
      setCheck(
        await client.audit.checkHead({ hash, ...(Number.isInteger(seq) && seq > 0 ? { entry: seq } : {}) }),
      );
    } catch (caught) {
      setError(describeError(caught).message);
    } finally {
      setBusy(false);
    }
  }

  return (
    <form className="audit-check-head" onSubmit={(event) => void submit(event)} aria-label={copy.check}>
      <FormField label={copy.checkHash} hint={copy.checkHint} error={error}>
        {(input) => (
          <InputGroup
            {...input}
            fill
            value={hash}
            maxLength={200}
            onChange={(event) => setHash(event.currentTarget.value)}
          />
        )}
      </FormField>
      <FormField label={copy.checkEntry}>
        {(input) => (
          <InputGroup
            {...input}
            fill
            value={entry}
            maxLength={12}
            onChange={(event) => setEntry(event.currentTarget.value)}
          />
        )}
      </FormField>
      <Button type="submit" text={copy.checkButton} loading={busy} disabled={hash.trim() === ''} />
      {check && (
        <p className={`tone-${check.state === 'whole' ? 'good' : 'danger'}`} role="status">
          {headWords(check)}
        </p>
      )}
    </form>
  );
}

function headWords(check: HeadCheck): string {
  if (check.state === 'broken')
    return `The history has been altered at entry ${check.firstBroken?.seq ?? '?'}: ${check.firstBroken?.what ?? ''}.`;
  if (check.state === 'whole')
    return `The record is whole and contains that head: entry ${check.seq?.toLocaleString('en-GB')}, ${check.at ? showMoment(check.at) : ''}. ${check.since === 1 ? '1 entry has' : `${check.since.toLocaleString('en-GB')} entries have`} been written since.`;
  if (check.typingError !== null)
    return `The record does not contain that head. Group ${check.typingError} alone differs from that entry: look at what was typed.`;
  return 'The record does not contain that head. It is of another workspace, or entries were taken out or changed since it was printed.';
}
