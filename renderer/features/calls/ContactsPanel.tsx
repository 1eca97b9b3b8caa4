import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import type { CallPicture } from '../../../shared/contract/areas/calls.ts';
import { formatDate } from '../../../shared/domain/dates.ts';
import { callsCopy } from '../../copy/calls.ts';
import { NumberLink } from './NumberLink.tsx';
import { Panel } from './Panel.tsx';

const fewRows = 12;

function spoken(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return minutes >= 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes} min`;
}

/** Who the phone is in contact with, the most frequent first. */
export function ContactsPanel({ picture }: { picture: CallPicture }) {
  const [all, setAll] = useState(false);
  const { rows, total, services } = picture.contacts;
  const shown = all ? rows : rows.slice(0, fewRows);
  const most = Math.max(1, ...rows.map((contact) => contact.out + contact.in));
  return (
    <Panel
      wide
      title="Contacts"
      count={total}
      note={services > 0 ? `${services} of them services. ${callsCopy.servicesNote}` : undefined}
    >
      <table className="table table-small">
        <thead>
          <tr>
            <th>Number</th>
            <th>Known as</th>
            <th className="calls-bar-cell">Out and in</th>
            <th className="num">Out</th>
            <th className="num">In</th>
            <th className="num">Spoken</th>
            <th className="num">Days</th>
            <th>First</th>
            <th>Last</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((contact) => (
            <tr key={contact.ref} className={contact.isService ? 'calls-service' : undefined}>
              <td>
                <NumberLink reference={contact.ref} number={contact.number} />
              </td>
              <td className="clip">{contact.isService ? 'Service' : contact.label}</td>
              <td className="calls-bar-cell" aria-hidden="true">
                <span className="calls-bar">
                  <span className="calls-bar-out" style={{ width: `${(contact.out / most) * 100}%` }} />
                  <span className="calls-bar-in" style={{ width: `${(contact.in / most) * 100}%` }} />
                </span>
              </td>
              <td className="num">{contact.out}</td>
              <td className="num">{contact.in}</td>
              <td className="num">{spoken(contact.durationS)}</td>
              <td className="num">{contact.days}</td>
              <td className="nowrap">{formatDate(contact.first)}</td>
              <td className="nowrap">{formatDate(contact.last)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > fewRows && (
        <Button
          size="small"
          variant="minimal"
          text={all ? 'Fewer' : `All ${rows.length}`}
          onClick={() => setAll(!all)}
        />
      )}
    </Panel>
  );
}
