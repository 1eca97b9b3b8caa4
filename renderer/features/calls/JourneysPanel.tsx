import type { CallPicture } from '../../../shared/contract/areas/calls.ts';
import { formatDate } from '../../../shared/domain/dates.ts';
import { callsCopy } from '../../copy/calls.ts';
import { Panel } from './Panel.tsx';
import { showMinute } from './timeScale.ts';

type Movement = CallPicture['movement'];
const width = 460;
const mostTowns = 6;
const box = { width: 152, height: 58 };

/** Where the areas stand in the drawing: the busiest at the left, the others beside it. It is no map. */
function placesOf(count: number): { x: number; y: number }[] {
  const rest = count - 1;
  const height = heightOf(count);
  return Array.from({ length: count }, (_, place) =>
    place === 0
      ? { x: 8, y: height / 2 - box.height / 2 }
      : {
          x: width - box.width - 8,
          y: ((place - 1) / Math.max(1, rest)) * height + (height / Math.max(1, rest) - box.height) / 2,
        },
  );
}

const heightOf = (count: number) => Math.max(120, (count - 1) * 78);

/** Movement between areas. An area is where a cell serves, never a point. */
export function JourneysPanel({ picture }: { picture: CallPicture }) {
  const { movement } = picture;
  const share =
    movement.rows === 0
      ? ''
      : `${movement.rowsWithArea.toLocaleString('en-GB')} of ${movement.rows.toLocaleString('en-GB')} rows name an area. `;
  return (
    <Panel
      title="Journeys between areas"
      count={movement.journeyCount}
      note={`${share}${callsCopy.cellNote}`}
      {...(movement.towns.length > 0 ? { picture: <Diagram movement={movement} /> } : {})}
    >
      {movement.towns.length === 0 ? (
        <p className="muted calls-note">{callsCopy.noAreas}</p>
      ) : (
        <JourneyTables movement={movement} />
      )}
    </Panel>
  );
}

function JourneyTables({ movement }: { movement: Movement }) {
  const { towns, ways, journeys, journeyCount } = movement;
  const nameOf = (place: number) => towns[place]?.name ?? '';
  return (
    <>
      <table className="table table-small">
        <thead>
          <tr>
            <th>Area</th>
            <th>Cells</th>
            <th className="num">Rows</th>
            <th className="num">Nights</th>
            <th>First</th>
            <th>Last</th>
          </tr>
        </thead>
        <tbody>
          {towns.map((town) => (
            <tr key={town.name}>
              <td>{town.name}</td>
              <td>{town.cells.join(', ')}</td>
              <td className="num">{town.rows}</td>
              <td className="num">{town.nights}</td>
              <td className="nowrap">{formatDate(town.first)}</td>
              <td className="nowrap">{formatDate(town.last)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {ways.length > 0 && (
        <table className="table table-small">
          <caption>How often from one to the other</caption>
          <thead>
            <tr>
              <th>From</th>
              <th>To</th>
              <th className="num">Journeys</th>
            </tr>
          </thead>
          <tbody>
            {ways.map((way) => (
              <tr key={`${way.from} ${way.to}`}>
                <td>{nameOf(way.from)}</td>
                <td>{nameOf(way.to)}</td>
                <td className="num">{way.count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {journeys.length > 0 && (
        <table className="table table-small">
          <caption>
            {journeyCount > journeys.length ? `The last ${journeys.length} journeys` : 'Every journey'}
          </caption>
          <thead>
            <tr>
              <th>Last seen in</th>
              <th>at</th>
              <th>First seen in</th>
              <th>at</th>
            </tr>
          </thead>
          <tbody>
            {journeys.map((journey) => (
              <tr key={journey.left + journey.arrived}>
                <td>{nameOf(journey.from)}</td>
                <td className="nowrap">{showMinute(journey.left)}</td>
                <td>{nameOf(journey.to)}</td>
                <td className="nowrap">{showMinute(journey.arrived)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function Diagram({ movement }: { movement: Movement }) {
  const towns = movement.towns.slice(0, mostTowns);
  const places = placesOf(towns.length);
  const ways = movement.ways.filter((way) => way.from < towns.length && way.to < towns.length);
  const most = Math.max(1, ...ways.map((way) => way.count));
  const height = heightOf(towns.length);
  const words = [
    towns.map((town) => `${town.name}: ${town.rows} rows, ${town.nights} nights`).join('; '),
    ...ways.map((way) => `${way.count} from ${towns[way.from]?.name} to ${towns[way.to]?.name}`),
  ].join('; ');
  return (
    <>
      <svg className="calls-drawing" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words}>
        <defs>
          <marker
            id="calls-arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path className="calls-arrow" d="M0 0 8 4 0 8z" />
          </marker>
        </defs>
        {ways.map((way) => (
          <Way
            key={`${way.from} ${way.to}`}
            from={places[way.from]}
            to={places[way.to]}
            count={way.count}
            weight={way.count / most}
          />
        ))}
        {towns.map((town, place) => (
          <g key={town.name} transform={`translate(${places[place]?.x ?? 0} ${places[place]?.y ?? 0})`}>
            <title>{`${town.name}: ${town.cells.join(', ')}`}</title>
            <rect className="calls-town" width={box.width} height={box.height} rx={14} />
            <text className="calls-town-name" x={box.width / 2} y={20} textAnchor="middle">
              {clip(town.name, 22)}
            </text>
            <text className="calls-tick" x={box.width / 2} y={35} textAnchor="middle">
              {`${town.rows.toLocaleString('en-GB')} rows, ${town.nights} nights`}
            </text>
            <text className="calls-tick" x={box.width / 2} y={49} textAnchor="middle">
              {clip(town.cells.join(', '), 28)}
            </text>
          </g>
        ))}
      </svg>
      <p className="muted calls-note">
        {movement.towns.length > towns.length
          ? `The ${towns.length} busiest of ${movement.towns.length} areas. `
          : ''}
        The drawing is no map: places in it have no meaning.
      </p>
    </>
  );
}

const clip = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** A way between two boxes, bent a little so that there and back do not lie on each other. */
function Way(props: {
  from: { x: number; y: number } | undefined;
  to: { x: number; y: number } | undefined;
  count: number;
  weight: number;
}) {
  const { from, to } = props;
  if (!from || !to) return null;
  const [a, b] = [middle(from), middle(to)];
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const side = { x: (-(b.y - a.y) / length) * 12, y: ((b.x - a.x) / length) * 12 };
  const start = edge(a, { x: b.x + side.x, y: b.y + side.y }, side);
  const end = edge(b, { x: a.x + side.x, y: a.y + side.y }, side);
  const label = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
  return (
    <g>
      <line
        className="calls-way"
        x1={start.x}
        y1={start.y}
        x2={end.x}
        y2={end.y}
        strokeWidth={1 + props.weight * 3}
        markerEnd="url(#calls-arrow)"
      />
      <text className="calls-way-count" x={label.x} y={label.y + (side.y >= 0 ? 14 : -6)} textAnchor="middle">
        {props.count}
      </text>
    </g>
  );
}

const middle = (place: { x: number; y: number }) => ({
  x: place.x + box.width / 2,
  y: place.y + box.height / 2,
});

/** Where the line from the middle of a box towards another point leaves the box. */
function edge(from: { x: number; y: number }, to: { x: number; y: number }, side: { x: number; y: number }) {
  const [dx, dy] = [to.x - from.x - side.x, to.y - from.y - side.y];
  const scale = Math.min(
    Math.abs((box.width / 2 + 4) / (dx || 0.001)),
    Math.abs((box.height / 2 + 4) / (dy || 0.001)),
  );
  return { x: from.x + dx * scale + side.x, y: from.y + dy * scale + side.y };
}
