import type { ExchangeCopy } from '../../../../shared/contract/areas/exchange.ts';
import { exchangeCopy as copy } from '../../../copy/exchange.ts';
import { showMoment } from '../../../ui/dates.ts';

/** The copies, and what each is known to have. */
export function CopyTable({ copies }: { copies: readonly ExchangeCopy[] }) {
  const { columns } = copy;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className="table-wrap exchange-copies" tabIndex={0} aria-label={copy.copies}>
      <table className="table table-small">
        <thead>
          <tr>
            <th>{columns.copy}</th>
            <th>{columns.name}</th>
            <th>{columns.made}</th>
            <th>{columns.heard}</th>
            <th className="num">{columns.taken}</th>
            <th className="num">{columns.ahead}</th>
          </tr>
        </thead>
        <tbody>
          {copies.map((each) => (
            <tr key={each.letters}>
              <td>
                <strong>{each.letters}</strong>
              </td>
              <td>
                {each.name} {each.own && <span className="muted">({copy.own})</span>}
              </td>
              <td>{showMoment(each.madeAt)}</td>
              <td>
                {each.own ? (
                  ''
                ) : each.heardAt === null ? (
                  <span className="muted">{copy.never}</span>
                ) : (
                  showMoment(each.heardAt)
                )}
              </td>
              <td className="num">{each.lastTaken ?? ''}</td>
              <td className="num">{each.ahead?.toLocaleString('en-GB') ?? ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
