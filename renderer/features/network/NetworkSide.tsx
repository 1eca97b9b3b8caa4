import { Checkbox } from '@blueprintjs/core';
import { useEffect, useId, useState } from 'react';
import {
  type NetworkKind,
  type NetworkOptions,
  type NetworkReport,
  networkKinds,
} from '../../../shared/contract/areas/network.ts';
import { networkCopy } from '../../copy/network.ts';
import { changeNetwork, type NetworkSection, networkSections, useNetworkState } from './networkState.ts';

/** Which part of the view is shown, which links count, and how the network was made. */
export function NetworkSide({ report }: { report: NetworkReport }) {
  const { section, options } = useNetworkState();
  const counts: Partial<Record<NetworkSection, number>> = {
    groups: report.communityTotal,
    players: report.keyPlayers.length,
    safeguarding: report.safeguardingTotal,
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className="network-side" tabIndex={0} aria-label={networkCopy.settings}>
      <nav aria-label={networkCopy.sections}>
        {networkSections.map((each) => (
          <button
            key={each}
            type="button"
            className="choice network-choice"
            aria-current={each === section ? 'page' : undefined}
            onClick={() => changeNetwork({ section: each })}
          >
            <span>{networkCopy.section[each]}</span>
            {counts[each] !== undefined && <span className="network-count">{counts[each]}</span>}
          </button>
        ))}
      </nav>
      <Settings options={options} />
      <h3>{networkCopy.caveats}</h3>
      <ul className="network-said">
        {report.caveats.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
      <h3>{networkCopy.basis}</h3>
      <ul className="network-said">
        {report.basis.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </section>
  );
}

/** Leaves out what is as usual, so that the same choice is the same question. */
function keep(options: NetworkOptions): void {
  const usual: NetworkOptions = {
    kinds: [...networkKinds],
    fold: true,
    ungraded: true,
    singles: false,
    leastCalls: 1,
  };
  const entries = Object.entries(options).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(usual[name as keyof NetworkOptions]),
  );
  changeNetwork({ options: Object.fromEntries(entries) as NetworkOptions, comparison: null });
}

function Settings({ options }: { options: NetworkOptions }) {
  const kinds = options.kinds ?? [...networkKinds];
  const setKind = (kind: NetworkKind, on: boolean) =>
    keep({ ...options, kinds: networkKinds.filter((each) => (each === kind ? on : kinds.includes(each))) });
  return (
    <fieldset className="network-settings">
      <legend>{networkCopy.settings}</legend>
      <Checkbox
        label={networkCopy.fold}
        checked={options.fold ?? true}
        onChange={(event) => keep({ ...options, fold: event.currentTarget.checked })}
      />
      <Checkbox
        label={networkCopy.ungraded}
        checked={options.ungraded ?? true}
        onChange={(event) => keep({ ...options, ungraded: event.currentTarget.checked })}
      />
      <Checkbox
        label={networkCopy.singles}
        checked={options.singles ?? false}
        onChange={(event) => keep({ ...options, singles: event.currentTarget.checked })}
      />
      <LeastCalls value={options.leastCalls ?? 1} onSet={(leastCalls) => keep({ ...options, leastCalls })} />
      <fieldset className="network-kinds" aria-label={networkCopy.kinds}>
        {networkKinds
          .filter((kind) => kind !== 'people')
          .map((kind) => (
            <Checkbox
              key={kind}
              label={networkCopy.kindsOf[kind]}
              checked={kinds.includes(kind)}
              onChange={(event) => setKind(kind, event.currentTarget.checked)}
            />
          ))}
      </fieldset>
    </fieldset>
  );
}

/** Taken when it is left or entered: the network is not measured for every digit. */
function LeastCalls({ value, onSet }: { value: number; onSet: (value: number) => void }) {
  const id = useId();
  const [text, setText] = useState(String(value));
  useEffect(() => setText(String(value)), [value]);
  const take = () => {
    const number = Number(text);
    if (text.trim() !== '' && Number.isInteger(number) && number >= 0 && number <= 10_000) onSet(number);
    else setText(String(value));
  };
  return (
    <div className="network-least">
      <label htmlFor={id}>{networkCopy.leastCalls}</label>
      <input
        id={id}
        className="value-input"
        inputMode="numeric"
        title={networkCopy.leastCallsHint}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take();
        }}
      />
    </div>
  );
}
