import { Icon, type IconName } from '@blueprintjs/core';
import { useEffect, useState } from 'react';
import type { CallOverview } from '../../../shared/contract/areas/calls.ts';
import { formatPhone } from '../../../shared/domain/phone.ts';
import { useClient } from '../../app/connection.ts';
import { goTo } from '../../app/navigation.ts';
import { callsCopy } from '../../copy/calls.ts';
import { showLabel } from '../../grid/format.ts';

const show = (ref: string | null) => goTo({ kind: 'calls', ref });

/** Which phone or line is looked at: the lines, the busiest numbers, or what is typed. */
export function Chooser({ overview, chosen }: { overview: CallOverview; chosen: string | null }) {
  const client = useClient();
  const [text, setText] = useState('');
  const [matches, setMatches] = useState<readonly { ref: string; label: string }[] | null>(null);
  useEffect(() => {
    if (text.trim() === '') {
      setMatches(null);
      return;
    }
    let current = true;
    const wait = setTimeout(() => {
      client.records.find({ text, grids: ['phones', 'lines'], limit: 15 }).then(
        (found) => {
          if (current) setMatches(found.matches);
        },
        () => {
          if (current) setMatches([]);
        },
      );
    }, 150);
    return () => {
      current = false;
      clearTimeout(wait);
    };
  }, [client, text]);
  return (
    <nav className="calls-chooser" aria-label="Phones and lines">
      <input
        className="value-input"
        type="search"
        aria-label={callsCopy.find}
        placeholder={callsCopy.find}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {matches !== null ? (
        <ul aria-label="Found">
          {matches.map(({ ref, label }) => (
            <Choice
              key={ref}
              reference={ref}
              icon={ref.startsWith('LINE') ? 'antenna' : 'phone'}
              title={showLabel(ref, { [ref]: label })}
              note={ref}
              chosen={chosen}
            />
          ))}
          {matches.length === 0 && <li className="muted calls-none">No phone or line has that.</li>}
        </ul>
      ) : (
        <>
          <ul>
            <Choice reference={null} icon="endorsed" title={callsCopy.everything} chosen={chosen} />
          </ul>
          {overview.lines.length > 0 && <h3>{callsCopy.lines}</h3>}
          <ul>
            {overview.lines.map((line) => (
              <Choice
                key={line.ref}
                reference={line.ref}
                icon="antenna"
                title={line.name}
                note={line.events > 0 ? line.events.toLocaleString('en-GB') : 'no calls'}
                chosen={chosen}
              />
            ))}
          </ul>
          <h3>{callsCopy.busiest}</h3>
          <ul>
            {overview.busiest.map((phone) => (
              <Choice
                key={phone.ref}
                reference={phone.ref}
                icon="phone"
                title={formatPhone(phone.number)}
                under={phone.label}
                note={phone.events.toLocaleString('en-GB')}
                chosen={chosen}
              />
            ))}
          </ul>
        </>
      )}
    </nav>
  );
}

function Choice(props: {
  reference: string | null;
  icon: IconName;
  title: string;
  under?: string | null;
  note?: string;
  chosen: string | null;
}) {
  return (
    <li>
      <button
        type="button"
        className="choice calls-choice"
        aria-current={props.reference === props.chosen ? 'true' : undefined}
        onClick={() => show(props.reference)}
      >
        <Icon icon={props.icon} size={12} />
        <span className="calls-choice-words">
          <span>{props.title}</span>
          {props.under && <span className="calls-under">{props.under}</span>}
        </span>
        {props.note && <span className="calls-count">{props.note}</span>}
      </button>
    </li>
  );
}
