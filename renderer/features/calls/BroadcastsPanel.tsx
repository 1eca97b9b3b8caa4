import type { CallPicture } from '../../../shared/contract/areas/calls.ts';
import { NumberLink } from './NumberLink.tsx';
import { Panel } from './Panel.tsx';
import { TimeAxis } from './TimeAxis.tsx';
import { showMinute, timeScale } from './timeScale.ts';

const width = 460;
const height = 110;
const left = 30;
const bottom = 84;

/** Bulk texts over time, with who answered them. */
export function BroadcastsPanel({ picture }: { picture: CallPicture }) {
  const { broadcasts, customers, thresholds } = picture;
  const rule = `${thresholds.broadcastNumbers} numbers within ${thresholds.broadcastMinutes} minutes; an answer is a call or text within ${thresholds.answerMinutes} minutes.`;
  return (
    <Panel
      title="Bulk texts"
      count={broadcasts.length}
      note={rule}
      {...(broadcasts.length > 0 ? { picture: <Timeline picture={picture} /> } : {})}
    >
      {broadcasts.length === 0 ? (
        <p className="muted calls-note">None by these thresholds.</p>
      ) : (
        <>
          <table className="table table-small">
            <thead>
              <tr>
                <th>Sent</th>
                <th className="num">To</th>
                <th className="num">Answered</th>
                <th>Wording</th>
              </tr>
            </thead>
            <tbody>
              {broadcasts.map((each) => (
                <tr key={each.at}>
                  <td className="nowrap">{showMinute(each.at)}</td>
                  <td className="num">{each.recipients}</td>
                  <td className="num">{each.answers}</td>
                  <td>{each.wording ?? <span className="muted">not in the data</span>}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {customers.length > 0 && (
            <table className="table table-small">
              <caption>Numbers that answered</caption>
              <thead>
                <tr>
                  <th>Number</th>
                  <th>Known as</th>
                  <th className="num">Times</th>
                </tr>
              </thead>
              <tbody>
                {customers.map((each) => (
                  <tr key={each.ref}>
                    <td>
                      <NumberLink reference={each.ref} number={each.number} />
                    </td>
                    <td>{each.label}</td>
                    <td className="num">{each.answers}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </>
      )}
    </Panel>
  );
}

function Timeline({ picture }: { picture: CallPicture }) {
  const { broadcasts, customers } = picture;
  const most = Math.max(1, ...broadcasts.map((each) => each.recipients));
  const scale = timeScale(picture.from ?? '', picture.to ?? '', left, width - left - 10);
  const heightOf = (count: number) => (count / most) * (bottom - 12);
  const bar = Math.max(1.5, Math.min(8, (width - left) / (broadcasts.length * 2)));
  const answered = broadcasts.reduce((sum, each) => sum + each.answers, 0);
  const words = `${broadcasts.length} bulk texts, the largest to ${most} numbers; ${answered} answers by ${customers.length} numbers`;
  return (
    <>
      <svg className="calls-drawing" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words}>
        <TimeAxis scale={scale} top={8} bottom={bottom} />
        <text className="calls-tick" x={left - 6} y={bottom - heightOf(most) + 4} textAnchor="end">
          {most}
        </text>
        <text className="calls-tick" x={left - 6} y={bottom} textAnchor="end">
          0
        </text>
        {broadcasts.map((each) => (
          <g key={each.at}>
            <title>{`${showMinute(each.at)}: to ${each.recipients} numbers, ${each.answers} answered`}</title>
            <rect
              className="calls-sent"
              x={scale.at(each.at) - bar / 2}
              y={bottom - heightOf(each.recipients)}
              width={bar}
              height={heightOf(each.recipients)}
            />
            <rect
              className="calls-answered"
              x={scale.at(each.at) - bar / 2}
              y={bottom - heightOf(each.answers)}
              width={bar}
              height={heightOf(each.answers)}
            />
          </g>
        ))}
        <line className="calls-base" x1={left} x2={width - 10} y1={bottom} y2={bottom} />
      </svg>
      <p className="calls-key">
        <span className="key-sent" /> numbers that got the text <span className="key-answered" /> that
        answered it
      </p>
      <p className="calls-note">{words}.</p>
    </>
  );
}
