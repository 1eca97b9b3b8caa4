import type { CallPicture } from '../../../shared/contract/areas/calls.ts';
import { RefLink } from '../dossier/RefLinks.tsx';
import { Panel } from './Panel.tsx';
import { TimeAxis } from './TimeAxis.tsx';
import { millisecondsOf, showMinute, timeScale } from './timeScale.ts';

const width = 460;
const left = 96;
const bottom = 62;

const eventWords = { custody: 'Custody', arrest: 'Arrest', warrant: 'Warrant' } as Readonly<
  Record<string, string>
>;

/** Gaps in the use of the phone, against custody, arrests and warrants. */
export function SilencesPanel({ picture }: { picture: CallPicture }) {
  const { silences, dates, thresholds, labels } = picture;
  const isDrawn = silences.length + dates.length > 0;
  return (
    <Panel
      title="Silences"
      count={silences.length}
      note={`From ${thresholds.silenceDays} days, and unusual for this phone; beside custody, arrests and warrants of people linked with it.`}
      {...(isDrawn ? { picture: <Band picture={picture} /> } : {})}
    >
      {!isDrawn && <p className="muted calls-note">The phone is used throughout.</p>}
      {silences.length > 0 && (
        <table className="table table-small">
          <thead>
            <tr>
              <th>Silent from</th>
              <th>to</th>
              <th>Fits</th>
            </tr>
          </thead>
          <tbody>
            {silences.map((silence) => (
              <tr key={silence.from}>
                <td className="nowrap">{showMinute(silence.from)}</td>
                <td className="nowrap">{silence.isOpen ? 'the end of the data' : showMinute(silence.to)}</td>
                <td>
                  {silence.endsWithReturn && <span className="muted">Its return may end there. </span>}
                  {silence.events.length === 0 && <span className="muted">nothing known</span>}
                  {silence.events.map((event, place) => (
                    <span key={event.ref}>
                      {place > 0 && '; '}
                      {eventWords[event.what]} <RefLink reference={event.ref} labels={labels} />{' '}
                      {event.begins && event.ends
                        ? 'begins and ends it'
                        : event.begins
                          ? 'begins it'
                          : 'ends it'}
                    </span>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {dates.length > 0 && (
        <table className="table table-small">
          <caption>Custody, arrests and warrants</caption>
          <thead>
            <tr>
              <th>What</th>
              <th>Record</th>
              <th>From</th>
              <th>To</th>
            </tr>
          </thead>
          <tbody>
            {dates.map((date) => (
              <tr key={date.ref}>
                <td>{eventWords[date.what]}</td>
                <td>
                  <RefLink reference={date.ref} labels={labels} />
                </td>
                <td className="nowrap">{showMinute(date.from)}</td>
                <td className="nowrap">{date.to ? showMinute(date.to) : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function Band({ picture }: { picture: CallPicture }) {
  const { silences, dates } = picture;
  const ends = [picture.to ?? '', ...silences.map((silence) => silence.to)];
  const last = ends.reduce((latest, iso) => (millisecondsOf(iso) > millisecondsOf(latest) ? iso : latest));
  const scale = timeScale(picture.from ?? '', last, left, width - left - 20, 6);
  const inside = dates.filter(
    (date) =>
      millisecondsOf(date.from) <= millisecondsOf(last) &&
      millisecondsOf(date.to ?? date.from) >= millisecondsOf(picture.from ?? ''),
  );
  const words = [
    `Silences: ${silences.map((silence) => `${showMinute(silence.from)} to ${showMinute(silence.to)}`).join('; ') || 'none'}`,
    ...inside.map((date) => `${eventWords[date.what]} ${date.ref} ${showMinute(date.from)}`),
  ].join('; ');
  return (
    <>
      <svg className="calls-drawing" viewBox={`0 0 ${width} ${bottom + 20}`} role="img" aria-label={words}>
        <TimeAxis scale={scale} top={2} bottom={bottom} />
        <text className="calls-label" x={0} y={20}>
          Phone in use
        </text>
        <rect className="calls-sent" x={left} y={8} width={width - left - 20} height={16} />
        {silences.map((silence) => (
          <g key={silence.from}>
            <title>{`Silent ${showMinute(silence.from)} to ${silence.isOpen ? 'the end of the data' : showMinute(silence.to)}`}</title>
            <rect
              className="calls-silence"
              x={scale.at(silence.from)}
              y={7}
              width={Math.max(2, scale.at(silence.to) - scale.at(silence.from))}
              height={18}
            />
          </g>
        ))}
        <text className="calls-label" x={0} y={50}>
          Custody, warrant
        </text>
        {inside.map((date) => (
          <g key={date.ref}>
            <title>{`${eventWords[date.what]} ${date.ref} ${showMinute(date.from)}`}</title>
            <rect
              className="calls-event"
              x={scale.at(date.from)}
              y={38}
              width={Math.max(3, scale.at(date.to ?? date.from) - scale.at(date.from))}
              height={16}
            />
          </g>
        ))}
      </svg>
      <p className="calls-key">
        <span className="key-sent" /> in use <span className="key-silence" /> silent{' '}
        <span className="key-event" /> custody, arrest or warrant
      </p>
    </>
  );
}
