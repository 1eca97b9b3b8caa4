import { encodeUtf8, toCsv } from '../csv.ts';
import { createRandom } from '../random.ts';
import { otherHomes, premises } from '../world.ts';

export const postcodesFile = 'places/postcodes.csv';
export const outlineFile = 'places/fellshire.geojson';

/**
 * Where the invented towns lie: at sea, so that no place of the country is ever taken for one of them. Fellshire lies in
 * the Irish Sea off Cumbria, Aldermoor in Liverpool Bay. Metres of the National Grid.
 */
const towns: Readonly<Record<string, { east: number; north: number; reach: number }>> = {
  FE1: { east: 272_400, north: 494_600, reach: 2300 },
  FE2: { east: 263_900, north: 508_200, reach: 1500 },
  FE3: { east: 281_700, north: 503_100, reach: 1700 },
  FE4: { east: 266_300, north: 481_500, reach: 1900 },
  FE5: { east: 284_100, north: 485_900, reach: 1300 },
  AM3: { east: 291_500, north: 414_200, reach: 1800 },
  AM6: { east: 295_200, north: 411_600, reach: 1900 },
  AM9: { east: 292_800, north: 408_300, reach: 2100 },
};

const letters = 'ABDEFGHJLNPQRSTUWXYZ';
const unitsOfSector = 42;

/** One premises lies in a new street that the file does not know yet, one in a postcode that ended. */
const unknown = 'FE4 3WX';
const ended = 'AM6 4HJ';

/** A directory of postcodes as ONS writes them, with a few rows that give no place. */
export function drawPostcodes(): Uint8Array {
  const random = createRandom(90_210);
  const wanted = new Set([...premises, ...otherHomes].map(({ postcode }) => postcode));
  const rows: string[][] = [['pcds', 'dointr', 'doterm', 'oseast1m', 'osnrth1m']];
  for (const [district, { east, north, reach }] of Object.entries(towns)) {
    for (let sector = 1; sector <= 7; sector += 1) {
      // Each sector has its own quarter of the town, the later ones farther out.
      const angle = (sector / 7) * 2 * Math.PI + 0.4;
      const middle = {
        east: east + Math.cos(angle) * reach * 0.62,
        north: north + Math.sin(angle) * reach * 0.62,
      };
      const units = new Set([...wanted].filter((postcode) => postcode.startsWith(`${district} ${sector}`)));
      while (units.size < unitsOfSector)
        units.add(`${district} ${sector}${random.pick([...letters])}${random.pick([...letters])}`);
      for (const postcode of [...units].sort()) {
        if (postcode === unknown) continue;
        // Two draws added up: denser in the middle.
        const away = ((random.next() + random.next()) / 2) * reach * 0.6;
        const way = random.next() * 2 * Math.PI;
        const isGone = postcode === ended || (!wanted.has(postcode) && random.chance(0.04));
        rows.push([
          postcode,
          '199801',
          isGone ? `20${random.between(11, 24)}06` : '',
          String(Math.round(middle.east + Math.cos(way) * away)),
          String(Math.round(middle.north + Math.sin(way) * away)),
        ]);
      }
    }
  }
  rows.push(['FE9 9XX', '199801', '', '', ''], ['AM9 9XX', '199801', '200306', '0', '0']);
  return encodeUtf8(toCsv(rows, ','));
}

/** A county border around the five towns, uneven as borders are, in metres of the National Grid. */
export function drawCounty(): Uint8Array {
  const random = createRandom(1974);
  const middle = { east: 273_500, north: 495_000 };
  const points = 90;
  const swings = [2, 3, 5, 9].map((times) => ({
    times,
    size: random.next() * 1500,
    turn: random.next() * 6.28,
  }));
  const ring = Array.from({ length: points }, (_, index) => {
    const angle = (index / points) * 2 * Math.PI;
    const swing = swings.reduce(
      (sum, { times, size, turn }) => sum + Math.sin(angle * times + turn) * size,
      0,
    );
    const away = 20_500 + swing + random.between(-350, 350);
    return [
      Math.round(middle.east + Math.cos(angle) * away * 0.93),
      Math.round(middle.north + Math.sin(angle) * away),
    ];
  });
  const [first] = ring;
  return encodeUtf8(
    `${JSON.stringify({
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          properties: { NAME: 'Fellshire' },
          geometry: { type: 'Polygon', coordinates: [first ? [...ring, first] : ring] },
        },
      ],
    })}\n`,
  );
}
