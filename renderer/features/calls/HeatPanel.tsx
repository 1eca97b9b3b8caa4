import type { CallPicture } from '../../../shared/contract/areas/calls.ts';
import { weekdays } from '../../copy/calls.ts';

const levels = 5;

/** How dark a field is: none, then by the share of the busiest hour. */
function levelOf(count: number, most: number): number {
  if (count === 0 || most === 0) return 0;
  return Math.min(levels, 1 + Math.floor((count / most) * (levels - 0.001)));
}

/** Calls and texts by hour and weekday. The picture is a table with its numbers in it. */
export function HeatPanel({ picture }: { picture: CallPicture }) {
  const most = Math.max(0, ...picture.heat.flat());
  return (
    <section className="calls-panel" aria-label="Calls and texts by hour and weekday">
      <div className="calls-panel-head">
        <h3>By hour and weekday</h3>
      </div>
      <table className="calls-heat">
        <thead>
          <tr>
            <th scope="col">
              <span className="only-spoken">Weekday</span>
            </th>
            {Array.from({ length: 24 }, (_, hour) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place
              <th key={hour} scope="col">
                {String(hour).padStart(2, '0')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {picture.heat.map((row, weekday) => (
            <tr key={weekdays[weekday]}>
              <th scope="row">{weekdays[weekday]?.slice(0, 3)}</th>
              {row.map((count, hour) => (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place
                  key={hour}
                  className={`heat-${levelOf(count, most)}`}
                  title={`${weekdays[weekday]}, ${String(hour).padStart(2, '0')}:00: ${count}`}
                >
                  {count === 0 ? '' : count > 999 ? `${Math.round(count / 1000)}k` : count}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
