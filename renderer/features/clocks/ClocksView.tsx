import { useState } from 'react';
import type { Clock } from '../../../shared/contract/planSchemas.ts';
import { formatDateTime } from '../../../shared/domain/dates.ts';
import { goToRecord, openDossier } from '../../app/navigation.ts';
import { describeError } from '../../app/reportError.ts';
import { showLabel } from '../../grid/format.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ViewHead } from '../../ui/ViewHead.tsx';
import { ClockLeft, clockKinds, clockStates, KindSwitch } from './ClockList.tsx';
import { useClocks } from './useClocks.ts';

const kinds = Object.keys(clockKinds) as Clock['kind'][];

/** One list of everything that runs, the next to end first; what is met stands last. */
export function ClocksView() {
  const { query, clocks, instant } = useClocks();
  const [kind, setKind] = useState<Clock['kind'] | null>(null);
  const [withMet, setWithMet] = useState(false);
  const open = clocks.filter(({ state }) => withMet || state !== 'met');
  const shown = open
    .filter((clock) => kind === null || clock.kind === kind)
    .sort((a, b) => Number(a.state === 'met') - Number(b.state === 'met'));
  const metCount = clocks.filter(({ state }) => state === 'met').length;
  return (
    <section className="view" aria-label="Clocks">
      <ViewHead title="Clocks" note="Every period that runs, the next to end first. UK local time." />
      {query.error && (
        <p className="tone-danger view-line" role="alert">
          {describeError(query.error).message}
        </p>
      )}
      {clocks.length > 0 && (
        <fieldset className="kind-switches" aria-label="Kinds of clock">
          <KindSwitch title="All" count={open.length} on={kind === null} onSwitch={() => setKind(null)} />
          {kinds.map((each) => {
            const count = open.filter((clock) => clock.kind === each).length;
            return count === 0 && kind !== each ? null : (
              <KindSwitch
                key={each}
                title={clockKinds[each]}
                count={count}
                on={kind === each}
                onSwitch={() => setKind(kind === each ? null : each)}
              />
            );
          })}
          <span className="status-gap" />
          <KindSwitch
            title="Also what is met"
            count={metCount}
            on={withMet}
            onSwitch={() => setWithMet(!withMet)}
          />
        </fieldset>
      )}
      {query.data && shown.length === 0 && (
        <EmptyState
          icon="time"
          title={clocks.length === 0 ? 'Nothing runs' : 'Nothing of this kind runs'}
          description="A clock starts by itself: with the issue of a warrant, a seizure of cash, an order, a referral, a closure notice, a detention, or the due day of an action."
        />
      )}
      {shown.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
        <section className="table-scroll" tabIndex={0} aria-label="List of clocks">
          <table className="table clock-table">
            <thead>
              <tr>
                <th>Left</th>
                <th>Ends</th>
                <th>Period</th>
                <th>Of</th>
                <th>State</th>
                <th>Rule and source</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((clock) => (
                <ClockRow key={`${clock.kind}-${clock.ref}-${clock.due}`} clock={clock} instant={instant} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}

function ClockRow({ clock, instant }: { clock: Clock; instant: number }) {
  return (
    <tr data-ref={clock.ref} className={`clock-${clock.state}`} title={clock.rule}>
      <td className="nowrap">
        <ClockLeft clock={clock} instant={instant} />
      </td>
      <td className="nowrap">{formatDateTime(clock.due.slice(0, 16))}</td>
      <td>{clock.title}</td>
      <td>
        <button type="button" className="link" onClick={() => openDossier(clock.ref)}>
          {showLabel(clock.ref, { [clock.ref]: clock.label })}
        </button>{' '}
        <button type="button" className="link clock-ref" onClick={() => goToRecord(clock.ref)}>
          {clock.ref}
        </button>
      </td>
      <td className={clockStates[clock.state].tone}>{clockStates[clock.state].words}</td>
      <td className="clock-rule">{clock.rule}</td>
    </tr>
  );
}
