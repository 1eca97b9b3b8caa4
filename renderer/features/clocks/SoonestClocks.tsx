import { Icon } from '@blueprintjs/core';
import { goTo } from '../../app/navigation.ts';
import { showLabel } from '../../grid/format.ts';
import { ClockLines, clockStates } from './ClockList.tsx';
import { describeLeft } from './remaining.ts';
import { useClocks } from './useClocks.ts';

/** The three periods that end next, for the overview. Nothing where none runs. */
export function SoonestClocks() {
  const { soonest, instant } = useClocks();
  if (soonest.length === 0) return null;
  return (
    <section className="card">
      <h3>
        <button type="button" className="link" onClick={() => goTo({ kind: 'clocks' })}>
          Clocks that end next
        </button>
      </h3>
      <ClockLines clocks={soonest} instant={instant} />
    </section>
  );
}

/** The three periods that end next, in the status bar, as far as they end soon or are over. */
export function StatusClocks() {
  const { soonest, instant } = useClocks();
  const pressing = soonest.filter(({ state }) => state === 'soon' || state === 'over');
  const first = pressing[0];
  if (!first) return null;
  return (
    <button
      type="button"
      className="status-item status-clocks"
      title={pressing
        .map(
          (clock) =>
            `${showLabel(clock.ref, { [clock.ref]: clock.label })}: ${clock.title} (${describeLeft(clock.due, instant)})`,
        )
        .join('\n')}
      onClick={() => goTo({ kind: 'clocks' })}
    >
      <Icon icon="time" size={12} />
      {pressing.map((clock) => (
        <span key={`${clock.kind}-${clock.ref}`} className={clockStates[clock.state].tone}>
          {showLabel(clock.ref, { [clock.ref]: clock.label }).slice(0, 16)} {describeLeft(clock.due, instant)}
        </span>
      ))}
    </button>
  );
}
