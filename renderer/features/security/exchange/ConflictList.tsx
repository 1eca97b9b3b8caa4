import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { refreshQueries, useClient } from '../../../app/connection.ts';
import { showMessage } from '../../../app/messages.ts';
import { reportError } from '../../../app/reportError.ts';
import { exchangeCopy } from '../../../copy/exchange.ts';
import { ConflictCard } from './ConflictCard.tsx';
import { useConflicts } from './useExchange.ts';

const copy = exchangeCopy.conflicts;

/** What copies say differently, one below the other, to be decided. */
export function ConflictList({ count, mayDecide }: { count: number; mayDecide: boolean }) {
  const client = useClient();
  const found = useConflicts(count > 0);
  const [busy, setBusy] = useState(false);
  const conflicts = count > 0 ? (found.data?.conflicts ?? []) : [];

  const list = useRef<HTMLDivElement>(null);
  // The card that was decided goes; the keys go on with the one that takes its place.
  const decided = useRef<number | null>(null);
  useEffect(() => {
    if (decided.current === null) return;
    const cards = list.current?.querySelectorAll<HTMLElement>('.exchange-conflict');
    cards?.[Math.min(decided.current, conflicts.length - 1)]?.focus();
    decided.current = null;
  }, [conflicts.length]);

  async function decide(ref: string, field: string, take: string): Promise<void> {
    setBusy(true);
    try {
      await client.exchange.resolve({ ref, field, take });
      decided.current = conflicts.findIndex((each) => each.ref === ref && each.field === field);
      showMessage({ tone: 'done', text: copy.decided });
    } catch (error) {
      reportError(error);
    } finally {
      setBusy(false);
      refreshQueries();
    }
  }

  const step = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const card = (event.target as HTMLElement).closest('.exchange-conflict');
    const next = event.key === 'ArrowDown' ? card?.nextElementSibling : card?.previousElementSibling;
    if (!(next instanceof HTMLElement)) return;
    event.preventDefault();
    next.focus();
  };

  if (count === 0) return <p className="muted">{copy.none}</p>;
  return (
    <>
      {mayDecide && <p className="muted">{copy.keys}</p>}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys go between the cards inside */}
      <div className="exchange-conflicts" ref={list} onKeyDown={step}>
        {conflicts.map((conflict) => (
          <ConflictCard
            key={`${conflict.ref} ${conflict.field}`}
            conflict={conflict}
            busy={busy}
            {...(mayDecide
              ? { onTake: (key: string) => void decide(conflict.ref, conflict.field, key) }
              : {})}
          />
        ))}
      </div>
    </>
  );
}
