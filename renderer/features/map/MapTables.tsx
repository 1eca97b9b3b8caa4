import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import type { Placed, Unplaced } from '../../../shared/contract/areas/places.ts';
import { unplacedTitles } from '../../../shared/reference/places.ts';
import { openRecord } from '../../app/navigation.ts';
import { mapCopy } from '../../copy/map.ts';
import { mapTable } from './mapTable.ts';
import type { Spot } from './spots.ts';

const step = 300;
const { columns } = mapCopy;

/** The same as the picture, in words, and below it what has no place. */
export function MapTables(props: {
  items: readonly Placed[];
  unplaced: readonly Unplaced[];
  unplacedTotal: number;
  chosen: Spot | null;
}) {
  const [most, setMost] = useState(step);
  const [mostUnplaced, setMostUnplaced] = useState(step);
  const { items, unplaced } = props;
  const shown = items.slice(0, most);
  const { headings, rows } = mapTable(shown, props.chosen);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className="table-scroll map-tables" tabIndex={0} aria-label={mapCopy.table}>
      <h3>
        {mapCopy.onMap} <span className="finding-count">{items.length.toLocaleString('en-GB')}</span>
      </h3>
      <table className="table table-small">
        <thead>
          <tr>
            {headings.map((heading) => (
              <th key={heading}>{heading}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, index) => {
            const item = shown[index];
            if (!item) return null;
            return (
              <tr
                key={`${item.kind} ${item.ref} ${item.via ?? ''}`}
                data-ref={item.kind === 'cell' ? undefined : item.ref}
              >
                {cells.map((cell, column) => (
                  <td
                    key={headings[column]}
                    className={headings[column] === columns.safeguarding ? 'tone-warning' : undefined}
                  >
                    {headings[column] === columns.ref && cell !== '' ? (
                      <button type="button" className="link nowrap" onClick={() => openRecord(item.ref)}>
                        {cell}
                      </button>
                    ) : (
                      cell
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      <More rest={items.length - most} onMore={() => setMost(most + step)} />
      {props.unplacedTotal > 0 && (
        <>
          <h3 id="map-unplaced">
            {mapCopy.unplaced}{' '}
            <span className="finding-count">{props.unplacedTotal.toLocaleString('en-GB')}</span>
          </h3>
          <table className="table table-small" aria-labelledby="map-unplaced">
            <thead>
              <tr>
                <th>{columns.kind}</th>
                <th>{columns.ref}</th>
                <th>{columns.label}</th>
                <th>{columns.reason}</th>
                <th>{columns.by}</th>
              </tr>
            </thead>
            <tbody>
              {unplaced.slice(0, mostUnplaced).map((item) => (
                <tr key={`${item.kind} ${item.ref}`}>
                  <td>{mapCopy.kind[item.kind]}</td>
                  <td>
                    {item.kind === 'cell' ? (
                      ''
                    ) : (
                      <button type="button" className="link nowrap" onClick={() => openRecord(item.ref)}>
                        {item.ref}
                      </button>
                    )}
                  </td>
                  <td>{item.label}</td>
                  <td>{unplacedTitles[item.reason] ?? item.reason}</td>
                  <td>{item.by}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <More rest={unplaced.length - mostUnplaced} onMore={() => setMostUnplaced(mostUnplaced + step)} />
          {props.unplacedTotal > unplaced.length && (
            <p className="muted">{mapCopy.more(props.unplacedTotal - unplaced.length)}</p>
          )}
        </>
      )}
    </section>
  );
}

function More({ rest, onMore }: { rest: number; onMore: () => void }) {
  if (rest <= 0) return null;
  return (
    <Button className="more" size="small" text={mapCopy.showMore(Math.min(step, rest))} onClick={onMore} />
  );
}
