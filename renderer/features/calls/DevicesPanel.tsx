import type { CallPicture } from '../../../shared/contract/areas/calls.ts';
import { formatDate } from '../../../shared/domain/dates.ts';
import { Panel } from './Panel.tsx';
import { TimeAxis } from './TimeAxis.tsx';
import { showMinute, timeScale } from './timeScale.ts';

const width = 460;
const line = 24;
const left = 186;

const nameOf = (use: CallPicture['devices'][number]) =>
  `${use.imei ?? 'Handset not named'}${use.imsi ? ` · SIM …${use.imsi.slice(-6)}` : ''}`;

/** Handsets and SIM cards over time. */
export function DevicesPanel({ picture }: { picture: CallPicture }) {
  const { devices } = picture;
  return (
    <Panel
      title="Handsets and SIM cards"
      count={devices.length}
      note="IMEIs are compared by their first 14 digits."
      {...(devices.length > 0 ? { picture: <Strip picture={picture} /> } : {})}
    >
      {devices.length === 0 ? (
        <p className="muted calls-note">The calls name no handset and no SIM for this number.</p>
      ) : (
        <table className="table table-small">
          <thead>
            <tr>
              <th>IMEI, 14 digits</th>
              <th>IMSI</th>
              <th>First</th>
              <th>Last</th>
              <th className="num">Rows</th>
            </tr>
          </thead>
          <tbody>
            {devices.map((use) => (
              <tr key={`${use.imei} ${use.imsi}`}>
                <td>{use.imei ?? 'not named'}</td>
                <td>{use.imsi ?? 'not named'}</td>
                <td className="nowrap">{showMinute(use.first)}</td>
                <td className="nowrap">{showMinute(use.last)}</td>
                <td className="num">{use.rows}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function Strip({ picture }: { picture: CallPicture }) {
  const shown = picture.devices.slice(0, 12);
  const bottom = 6 + shown.length * line;
  const scale = timeScale(picture.from ?? '', picture.to ?? '', left, width - left - 20, 4);
  const words = shown
    .map((use) => `${nameOf(use)} from ${formatDate(use.first)} to ${formatDate(use.last)}`)
    .join('; ');
  return (
    <>
      <svg className="calls-drawing" viewBox={`0 0 ${width} ${bottom + 20}`} role="img" aria-label={words}>
        <TimeAxis scale={scale} top={2} bottom={bottom} />
        {shown.map((use, place) => (
          <g key={nameOf(use)}>
            <title>{`${nameOf(use)}: ${showMinute(use.first)} to ${showMinute(use.last)}, ${use.rows} rows`}</title>
            <text className="calls-label" x={0} y={place * line + 20}>
              {nameOf(use)}
            </text>
            <rect
              className={place % 2 === 0 ? 'calls-sent' : 'calls-answered'}
              x={scale.at(use.first)}
              y={place * line + 9}
              width={Math.max(3, scale.at(use.last) - scale.at(use.first))}
              height={14}
              rx={2}
            />
          </g>
        ))}
      </svg>
      {picture.devices.length > shown.length && (
        <p className="muted calls-note">The first {shown.length}; the table has all.</p>
      )}
    </>
  );
}
