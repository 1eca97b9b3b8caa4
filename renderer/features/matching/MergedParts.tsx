import './matching.css';
import { Button, Checkbox, Classes, Dialog, Spinner } from '@blueprintjs/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RecordDetail } from '../../../shared/contract/schemas.ts';
import { formatDate } from '../../../shared/domain/dates.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import { undo } from '../../app/actions.ts';
import { refreshQueries, useClient } from '../../app/connection.ts';
import { showMessage } from '../../app/messages.ts';
import { openRecord } from '../../app/navigation.ts';
import { describeError, reportError } from '../../app/reportError.ts';
import { matchingCopy } from '../../copy/matching.ts';
import { ForChangers } from '../../ui/ForChangers.tsx';

/** Kinds of record that can be taken apart. */
const splittable: ReadonlySet<GridName> = new Set(['people', 'premises', 'vehicles', 'lines', 'groups']);

const day = (iso: string) => formatDate(iso.slice(0, 10));

/** What a record was merged from, and the ways to take it apart. Nothing for a record that rests on one row. */
export function MergedParts({ detail, asked }: { detail: RecordDetail; asked: string }) {
  const client = useClient();
  const [choosing, setChoosing] = useState(false);
  const from = detail.members.find((member) => member.ref === asked);
  const canSplit = splittable.has(detail.grid) && Number(detail.row.sources ?? 0) > 1;
  if (detail.members.length === 0 && !canSplit) return null;

  async function split(off: { members?: string[]; evidence?: number[] }): Promise<void> {
    try {
      const { ref, seq } = await client.matching.split({ ref: detail.ref, ...off });
      showMessage({
        tone: 'done',
        text: matchingCopy.taken(ref),
        action: { label: matchingCopy.undo, run: () => void undo(seq) },
      });
      setChoosing(false);
      openRecord(ref);
    } catch (error) {
      reportError(error);
    }
    refreshQueries();
  }

  return (
    <section className="merged-parts" aria-label={matchingCopy.parts}>
      {from && <p>{matchingCopy.partOf(asked, detail.ref, day(from.since), from.by)}</p>}
      {detail.members.length > 0 && <h3>{matchingCopy.parts}</h3>}
      {detail.members.map((member) => (
        <div key={member.ref} className="automatic-row">
          <span>
            {member.ref} <span className="muted">{matchingCopy.since(day(member.since), member.by)}</span>
          </span>
          <ForChangers>
            <Button
              size="small"
              variant="minimal"
              icon="split-columns"
              text={matchingCopy.takeApart}
              aria-label={`${matchingCopy.takeApart} ${member.ref}`}
              onClick={() => void split({ members: [member.ref] })}
            />
          </ForChangers>
        </div>
      ))}
      {canSplit && (
        <ForChangers>
          <Button
            size="small"
            variant="minimal"
            icon="split-columns"
            text={matchingCopy.rows}
            onClick={() => setChoosing(true)}
          />
        </ForChangers>
      )}
      {choosing && (
        <RowsDialog
          reference={detail.ref}
          onSplit={(evidence) => void split({ evidence })}
          onClose={() => setChoosing(false)}
        />
      )}
    </section>
  );
}

function RowsDialog(props: {
  reference: string;
  onSplit: (evidence: number[]) => void;
  onClose: () => void;
}) {
  const client = useClient();
  const parts = useQuery({
    queryKey: ['matching.parts', props.reference],
    queryFn: () => client.matching.parts({ ref: props.reference }),
  });
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set());
  const rows = parts.data?.members.flatMap((member) => member.evidence) ?? [];
  const toggle = (id: number) =>
    setTicked((now) => {
      const next = new Set(now);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return (
    <Dialog
      isOpen
      title={matchingCopy.rowsTitle(props.reference)}
      icon="split-columns"
      onClose={props.onClose}
      className="automatic-dialog"
    >
      <div className={Classes.DIALOG_BODY}>
        <p>{matchingCopy.rowsWords}</p>
        {parts.isPending && <Spinner size={20} />}
        {parts.error && (
          <p className="tone-danger" role="alert">
            {describeError(parts.error).message}
          </p>
        )}
        <section className="automatic-groups" aria-label={matchingCopy.rowsTitle(props.reference)}>
          {rows.map((row) => (
            <div key={row.id}>
              <Checkbox
                checked={ticked.has(row.id)}
                onChange={() => toggle(row.id)}
                label={`${row.file}, ${row.sheet}, row ${row.row}`}
              />
              <span className="muted">{row.text}</span>
            </div>
          ))}
        </section>
      </div>
      <div className={Classes.DIALOG_FOOTER}>
        <div className={Classes.DIALOG_FOOTER_ACTIONS}>
          <Button text={matchingCopy.cancel} onClick={props.onClose} />
          <Button
            intent="primary"
            disabled={ticked.size === 0 || ticked.size === rows.length}
            text={matchingCopy.rowsDo(ticked.size)}
            onClick={() => props.onSplit([...ticked])}
          />
        </div>
      </div>
    </Dialog>
  );
}
