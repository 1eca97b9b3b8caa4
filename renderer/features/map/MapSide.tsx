import { Button, Checkbox, Icon } from '@blueprintjs/core';
import { memo } from 'react';
import { type Placed, type PlacesMap, placedKinds } from '../../../shared/contract/areas/places.ts';
import { unplacedTitles } from '../../../shared/reference/places.ts';
import { openRecord } from '../../app/navigation.ts';
import { mapCopy } from '../../copy/map.ts';
import { showDistance } from './camera.ts';
import { KindSign } from './KindSign.tsx';
import { knownBy } from './mapTable.ts';
import type { Spot } from './spots.ts';
import { type Layers, toggleLayer } from './useMap.ts';

const mostListed = 40;
const mostDistances = 8;

/** What is shown, what it means, what has no place, and the place that was chosen. */
export const MapSide = memo(function MapSide(props: {
  map: PlacesMap;
  layers: Layers;
  counts: ReadonlyMap<Placed['kind'], number>;
  isNarrowed: boolean;
  chosen: readonly Spot[];
  spots: readonly Spot[];
  onSpot: (spot: Spot) => void;
  onNearer: () => void;
  onClear: () => void;
  onListUnplaced: () => void;
}) {
  const { map, layers, counts, chosen } = props;
  const [first] = chosen;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className="map-side" tabIndex={0} aria-label={mapCopy.layers}>
      {first && <ChosenPlace {...props} first={first} />}
      <h3>{mapCopy.layers}</h3>
      <ul className="map-layers">
        {placedKinds.map((kind) => (
          <li key={kind}>
            <Checkbox
              checked={layers[kind]}
              onChange={() => toggleLayer(kind)}
              labelElement={
                <>
                  <KindSign kind={kind} /> {mapCopy.kinds[kind]}{' '}
                  <span className="muted">{(counts.get(kind) ?? 0).toLocaleString('en-GB')}</span>
                </>
              }
            />
          </li>
        ))}
        <li>
          <Checkbox
            checked={layers.ground}
            onChange={() => toggleLayer('ground')}
            labelElement={
              <>
                <span className="map-sign map-sign-ground" /> {mapCopy.ground}
              </>
            }
          />
        </li>
      </ul>
      {props.isNarrowed && (counts.get('cell') ?? 0) > 0 && (
        <p className="muted">{mapCopy.cellsNotNarrowed}</p>
      )}
      {Object.entries(map.leftOut).map(([kind, count]) => (
        <p key={kind} className="tone-warning">
          {mapCopy.leftOut(mapCopy.kinds[kind as Placed['kind']] ?? kind, count.toLocaleString('en-GB'))}
        </p>
      ))}
      <ul className="map-legend muted">
        {Object.values(mapCopy.legend).map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      <Unplaced map={map} onList={props.onListUnplaced} />
    </section>
  );
});

function Unplaced({ map, onList }: { map: PlacesMap; onList: () => void }) {
  const total = Object.values(map.unplacedCounts).reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  return (
    <>
      <h3>
        {mapCopy.unplaced} <span className="finding-count">{total.toLocaleString('en-GB')}</span>
      </h3>
      <ul className="map-reasons">
        {Object.entries(map.unplacedCounts).map(([reason, count]) => (
          <li key={reason}>
            <span className="num">{count.toLocaleString('en-GB')}</span> {unplacedTitles[reason] ?? reason}
          </li>
        ))}
      </ul>
      <Button size="small" text={mapCopy.listUnplaced} onClick={onList} />
    </>
  );
}

function ChosenPlace(props: {
  first: Spot;
  chosen: readonly Spot[];
  spots: readonly Spot[];
  onSpot: (spot: Spot) => void;
  onNearer: () => void;
  onClear: () => void;
}) {
  const { first, chosen, spots } = props;
  const items = chosen.flatMap((spot) => spot.items);
  const isOne = chosen.length === 1;
  const guards = [...new Set(chosen.map(({ safeguarding }) => safeguarding).filter((words) => words !== ''))];
  const apart = items.find((item) => item.apart !== undefined)?.apart;
  const ended = items.find((item) => item.ended !== undefined)?.ended;
  return (
    <section className="map-place" aria-label={mapCopy.place}>
      <div className="map-place-head">
        <h3>{isOne ? first.by || mapCopy.place : mapCopy.places(chosen.length, items.length)}</h3>
        <Button
          size="small"
          icon="zoom-in"
          aria-label={mapCopy.zoomHere}
          title={mapCopy.zoomHere}
          onClick={props.onNearer}
        />
        <Button
          size="small"
          icon="cross"
          aria-label={mapCopy.clear}
          title={mapCopy.clear}
          onClick={props.onClear}
        />
      </div>
      {isOne && (
        <p className="muted">
          {knownBy(first.basis)}, {mapCopy.within(showDistance(first.radius))}.
        </p>
      )}
      {isOne && ended !== undefined && <p className="tone-warning">{mapCopy.ended(ended)}</p>}
      {isOne && apart !== undefined && <p className="tone-warning">{mapCopy.apart(apart)}</p>}
      {guards.length > 0 && (
        <div className="map-guard">
          <strong>
            <Icon icon="heart" size={13} /> {mapCopy.safeguarding}
          </strong>
          {guards.slice(0, 4).map((words) => (
            <p key={words}>{words}</p>
          ))}
        </div>
      )}
      <ul className="map-records">
        {items.slice(0, mostListed).map((item) => (
          <li key={`${item.kind} ${item.ref} ${item.via ?? ''}`}>
            <KindSign kind={item.kind} isPlanned={item.planned === true} />
            {item.kind === 'cell' ? (
              <span>
                {item.label} <span className="muted">{item.rows?.toLocaleString('en-GB')} rows</span>
              </span>
            ) : (
              <button type="button" className="link" onClick={() => openRecord(item.ref)}>
                {item.label}
              </button>
            )}
            {item.safeguarding && (
              <Icon icon="heart" size={11} title={item.safeguarding} className="tone-warning" />
            )}
          </li>
        ))}
      </ul>
      {items.length > mostListed && <p className="muted">{mapCopy.more(items.length - mostListed)}</p>}
      {items.some(({ kind }) => kind === 'cell') && <p className="muted">{mapCopy.cellNote}</p>}
      {isOne && <Distances from={first} spots={spots} onSpot={props.onSpot} />}
    </section>
  );
}

/** The nearest other premises, by straight line. */
function Distances(props: { from: Spot; spots: readonly Spot[]; onSpot: (spot: Spot) => void }) {
  const { from, spots } = props;
  const others = spots
    .filter((spot) => spot.key !== from.key && spot.kind === 'premises')
    .map((spot) => ({
      spot,
      metres: Math.hypot(spot.easting - from.easting, spot.northing - from.northing),
    }))
    .sort((a, b) => a.metres - b.metres)
    .slice(0, mostDistances);
  return (
    <>
      <h4>{mapCopy.distances}</h4>
      {others.length === 0 && <p className="muted">{mapCopy.noDistances}</p>}
      <ul className="map-distances">
        {others.map(({ spot, metres }) => (
          <li key={spot.key}>
            <span className="num nowrap">{showDistance(metres)}</span>
            <button type="button" className="link" onClick={() => props.onSpot(spot)}>
              {spot.items.find(({ kind }) => kind === 'premises')?.label ?? spot.by}
            </button>
          </li>
        ))}
      </ul>
      {others.length > 0 && <p className="muted">{mapCopy.distancesNote}</p>}
    </>
  );
}
