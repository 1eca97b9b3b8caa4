import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import { useRole } from '../../../app/connection.ts';
import { exchangeCopy as copy } from '../../../copy/exchange.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ConflictList } from './ConflictList.tsx';
import { CopyDialog } from './CopyDialog.tsx';
import { CopyTable } from './CopyTable.tsx';
import { MakeDialog } from './MakeDialog.tsx';
import { TakeDialog } from './TakeDialog.tsx';
import { useExchange } from './useExchange.ts';
import './exchange.css';

/** Copies of the workspace, packages between them, and what they say differently. */
export function ExchangeSection() {
  const status = useExchange();
  const role = useRole();
  const [open, setOpen] = useState<'make' | 'take' | 'copy' | null>(null);
  const close = () => setOpen(null);
  const data = status.data;
  const copies = data?.copies ?? [];
  const hasCopies = copies.length > 1;
  const mayCopy = role === 'lead' && (data?.own ?? '0') === '0';
  const copyButton = (
    <Button
      icon="duplicate"
      intent={hasCopies ? 'none' : 'primary'}
      text={copy.copying.button}
      onClick={() => setOpen('copy')}
    />
  );
  return (
    <section className="exchange-section" aria-label={copy.title}>
      <p>
        {copy.lead} {hasCopies && data?.own && <strong>{copy.thisIs(data.own)}</strong>}
      </p>
      {data && !hasCopies && (
        <EmptyState
          icon="data-sync"
          title={copy.none}
          description={mayCopy ? copy.noneHint : `${copy.noneHint} ${copy.noneReader}`}
          action={mayCopy ? copyButton : undefined}
        />
      )}
      {hasCopies && (
        <>
          <div className="exchange-actions">
            <Button
              intent="primary"
              icon="export"
              text={copy.making.button}
              disabled={role === 'reader'}
              onClick={() => setOpen('make')}
            />
            <Button
              icon="import"
              text={copy.taking.button}
              disabled={role === 'reader'}
              onClick={() => setOpen('take')}
            />
            {mayCopy && copyButton}
          </div>
          <h3>{copy.copies}</h3>
          <CopyTable copies={copies} />
          <h3>
            {copy.conflicts.title}
            {data && data.conflicts > 0 && ` (${data.conflicts})`}
          </h3>
          <ConflictList count={data?.conflicts ?? 0} mayDecide={role !== 'reader'} />
        </>
      )}
      {open === 'make' && <MakeDialog copies={copies} onClose={close} />}
      {open === 'take' && <TakeDialog onClose={close} />}
      {open === 'copy' && <CopyDialog onClose={close} />}
    </section>
  );
}
