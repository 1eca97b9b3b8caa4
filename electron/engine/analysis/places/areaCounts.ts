/** What a postcode file says of areas: the box around each district and sector, and how many lie in each kilometre. */
import type { WriteDatabase } from '../../database/connection.ts';
import { prepare, run } from '../../database/sql.ts';
import type { PostcodeRow } from './postcodeColumns.ts';

interface Box {
  postcodes: number;
  sumEast: number;
  sumNorth: number;
  west: number;
  south: number;
  east: number;
  north: number;
}

export class AreaCounts {
  private readonly areas = new Map<string, Box>();
  /** By south-west corner: kilometres north × 4096 + kilometres east, both counted from far outside. */
  private readonly squares = new Map<number, number>();

  add({ postcode, easting, northing }: PostcodeRow): void {
    const district = postcode.slice(0, -3);
    this.grow(district, easting, northing);
    this.grow(`${district} ${postcode.charAt(postcode.length - 3)}`, easting, northing);
    const key = (Math.floor(northing / 1000) + 1000) * 4096 + Math.floor(easting / 1000) + 1000;
    this.squares.set(key, (this.squares.get(key) ?? 0) + 1);
  }

  private grow(area: string, easting: number, northing: number): void {
    const box = this.areas.get(area);
    if (!box) {
      this.areas.set(area, {
        postcodes: 1,
        sumEast: easting,
        sumNorth: northing,
        west: easting,
        south: northing,
        east: easting,
        north: northing,
      });
      return;
    }
    box.postcodes += 1;
    box.sumEast += easting;
    box.sumNorth += northing;
    box.west = Math.min(box.west, easting);
    box.south = Math.min(box.south, northing);
    box.east = Math.max(box.east, easting);
    box.north = Math.max(box.north, northing);
  }

  /** Takes the place of what stands in the tables. Inside a transaction. */
  write(database: WriteDatabase): void {
    run(database, 'DELETE FROM postcode_area');
    run(database, 'DELETE FROM postcode_square');
    const area = prepare(
      database,
      `INSERT INTO postcode_area (area, postcodes, easting, northing, west, south, east, north)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    for (const [name, box] of this.areas)
      area.run(
        name,
        box.postcodes,
        Math.round(box.sumEast / box.postcodes),
        Math.round(box.sumNorth / box.postcodes),
        box.west,
        box.south,
        box.east,
        box.north,
      );
    const square = prepare(database, 'INSERT INTO postcode_square (north, east, postcodes) VALUES (?, ?, ?)');
    for (const [key, count] of this.squares)
      square.run(Math.floor(key / 4096) - 1000, (key % 4096) - 1000, count);
  }
}
