import { Icon, type IconName, Tag } from '@blueprintjs/core';
import type { Clock } from '../../../shared/contract/planSchemas.ts';
import { formatDateTime } from '../../../shared/domain/dates.ts';
import { goToRecord } from '../../app/navigation.ts';
import { showLabel } from '../../grid/format.ts';
import { describeLeft } from './remaining.ts';

export const clockStates: Readonly<Record<Clock['state'], { words: string; icon: IconName; tone: string }>> =
  {
    over: { words: 'Over', icon: 'error', tone: 'tone-danger' },
    soon: { words: 'Soon', icon: 'warning-sign', tone: 'tone-warning' },
    running: { words: 'Running', icon: 'time', tone: '' },
    met: { words: 'Met', icon: 'tick-circle', tone: 'tone-good' },
  };

export const clockKinds: Readonly<Record<Clock['kind'], string>> = {
  warrant: 'Warrants',
  cash: 'Cash',
  ddtro: 'DDTRO',
  nrm: 'NRM',
  closure: 'Closure notices',
  custody: 'Custody',
  return: 'Returns',
  action: 'Actions',
};

/** What is left of one clock, with its state in a sign and a word as well as a colour. */
export function ClockLeft({ clock, instant }: { clock: Clock; instant: number }) {
  const { icon, tone, words } = clockStates[clock.state];
  return (
    <span className={`clock-left ${tone}`}>
      <Icon icon={icon} size={12} title={words} />
      {clock.state === 'met' ? 'met' : describeLeft(clock.due, instant)}
    </span>
  );
}

/** Clocks as lines: what is left, what it is of, the record, the end. The rule is in the tooltip. */
export function ClockLines({ clocks, instant }: { clocks: readonly Clock[]; instant: number }) {
  return (
    <ul className="clock-lines">
      {clocks.map((clock) => (
        <li key={`${clock.kind}-${clock.ref}-${clock.due}`} title={clock.rule}>
          <ClockLeft clock={clock} instant={instant} />
          <span className="clock-what">
            <button type="button" className="link" onClick={() => goToRecord(clock.ref)}>
              {showLabel(clock.ref, { [clock.ref]: clock.label })}
            </button>
            <span className="muted">
              {clock.title} {formatDateTime(clock.due.slice(0, 16))}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** One kind of clock as a switch with its count. */
export function KindSwitch(props: { title: string; count: number; on: boolean; onSwitch: () => void }) {
  return (
    <button type="button" className="kind-switch" aria-pressed={props.on} onClick={props.onSwitch}>
      {props.title} <Tag minimal>{props.count}</Tag>
    </button>
  );
}
