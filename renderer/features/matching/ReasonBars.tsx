import type { MatchPair } from '../../../shared/contract/areas/matching.ts';
import { matchingCopy } from '../../copy/matching.ts';

/** A bar is full at this weight. */
const fullBits = 12;

/** Reasons as bars from the middle: to the right what speaks for, to the left what speaks against. */
export function ReasonBars({ pair }: { pair: MatchPair }) {
  return (
    <table className="reasons" aria-label={matchingCopy.reasons}>
      <tbody>
        {pair.reasons.map((reason) => {
          const width = Math.min(1, Math.abs(reason.weight) / fullBits) * 50;
          return (
            <tr
              key={`${reason.field} ${reason.text}`}
              className={reason.for ? 'reason-for' : 'reason-against'}
            >
              <td className="reason-side">{reason.for ? matchingCopy.for : matchingCopy.against}</td>
              <td className="reason-bar" title={matchingCopy.bits(reason.weight)}>
                <span className="reason-track" aria-hidden>
                  <span style={{ width: `${width}%`, [reason.for ? 'left' : 'right']: '50%' }} />
                </span>
              </td>
              <td>{reason.text}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
