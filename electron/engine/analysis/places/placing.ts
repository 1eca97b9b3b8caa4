/**
 * Puts one thing on the map as well as it is known, and no better: a position or a grid reference that a source gives,
 * else the area of its postcode. Every answer is a circle, never a doorstep.
 */
import type { Placed, Unplaced } from '../../../../shared/contract/areas/places.ts';
import { cleanGridReference } from '../../../../shared/domain/gridReference.ts';
import { isOnMap, toNationalGrid } from '../../../../shared/domain/nationalGrid.ts';
import { isFullPostcode } from '../../../../shared/domain/postcode.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { all, get } from '../../database/sql.ts';

export type Place = Pick<Placed, 'easting' | 'northing' | 'radius' | 'basis' | 'by' | 'ended' | 'apart'>;
export type NoPlace = Pick<Unplaced, 'reason' | 'by'>;

/** What the sources say of where something is. */
export interface Whereabouts {
  latitude?: number | null;
  longitude?: number | null;
  gridReference?: string | null;
  postcode?: string | null;
}

/**
 * How a thing is drawn where the source gives no extent. They say how finely the map speaks, not how good a position
 * is: that no source says (decision 0024).
 */
const drawnRadius = { position: 50, postcode: { least: 50, most: 2000, alone: 250 } } as const;
/** A position and a postcode that are farther apart than this, in metres, tell of different places. */
const farApart = 5000;

interface KnownPostcode {
  easting: number;
  northing: number;
  ended: number | null;
}

/** Looks places up; one for each reading, so that a sector is read once. */
export class Placing {
  private readonly database: ReadDatabase;
  private readonly sectors = new Map<string, ReadonlyMap<string, KnownPostcode>>();
  private readonly radii = new Map<string, number>();
  private readonly hasFile: boolean;

  constructor(database: ReadDatabase) {
    this.database = database;
    this.hasFile = get(database, "SELECT 1 FROM place_file WHERE kind = 'postcodes'") !== undefined;
  }

  place(where: Whereabouts): Place | NoPlace {
    const postcode = (where.postcode ?? '').trim();
    const byCode = this.byPostcode(postcode);
    const given = byPosition(where);
    if (given === null) return byCode;
    if (given === 'outside')
      return 'reason' in byCode
        ? { reason: 'outside', by: where.gridReference ?? `${where.latitude}, ${where.longitude}` }
        : byCode;
    if ('reason' in byCode) return given;
    const metres = Math.hypot(given.easting - byCode.easting, given.northing - byCode.northing);
    const apart = metres - byCode.radius > farApart ? Math.round(metres / 1000) : 0;
    return { ...given, ...(apart > 0 ? { apart } : {}) };
  }

  private byPostcode(postcode: string): Place | NoPlace {
    if (postcode === '') return { reason: 'nothing', by: '' };
    if (/^ZZ99/.test(postcode)) return { reason: 'stand-in', by: postcode };
    if (!this.hasFile) return { reason: 'no-file', by: postcode };
    if (!isFullPostcode(postcode)) return this.byArea(postcode);
    const compact = postcode.replace(' ', '');
    const sector = this.sectorOf(compact);
    const found = sector.get(compact);
    if (!found) return { reason: 'not-in-file', by: postcode };
    return {
      easting: found.easting,
      northing: found.northing,
      radius: this.radiusOf(compact, found, sector),
      basis: 'postcode',
      by: postcode,
      ...(found.ended === null ? {} : { ended: found.ended }),
    };
  }

  /** A sector or district alone: the circle around the box that holds every postcode of it in the file. */
  private byArea(area: string): Place | NoPlace {
    const box = get<{ west: number; south: number; east: number; north: number }>(
      this.database,
      'SELECT west, south, east, north FROM postcode_area WHERE area = ?',
      area,
    );
    if (!box) return { reason: 'not-in-file', by: area };
    return {
      easting: (box.west + box.east) / 2,
      northing: (box.south + box.north) / 2,
      radius: Math.max(500, Math.round(Math.hypot(box.east - box.west, box.north - box.south) / 2)),
      basis: area.includes(' ') ? 'sector' : 'district',
      by: area,
    };
  }

  private sectorOf(compact: string): ReadonlyMap<string, KnownPostcode> {
    const sector = compact.slice(0, -2);
    let known = this.sectors.get(sector);
    if (!known) {
      // Letters sort after digits, so the sector is a range; 'CA1 1' is not part of 'CA11 …', which is longer.
      known = new Map(
        all<KnownPostcode & { postcode: string }>(
          this.database,
          `SELECT postcode, easting, northing, ended FROM postcode
           WHERE postcode >= ? AND postcode < ? AND length(postcode) = ?`,
          `${sector}A`,
          `${sector}[`,
          compact.length,
        ).map(({ postcode, ...place }) => [postcode, place]),
      );
      this.sectors.set(sector, known);
    }
    return known;
  }

  /**
   * The file says where the middle of a postcode is, not how far it reaches. It is drawn as far as the nearest other
   * postcode of its sector: small in a street of a town, wide in the country.
   */
  private radiusOf(compact: string, at: KnownPostcode, sector: ReadonlyMap<string, KnownPostcode>): number {
    const known = this.radii.get(compact);
    if (known !== undefined) return known;
    const { least, most, alone } = drawnRadius.postcode;
    let nearest = Number.POSITIVE_INFINITY;
    for (const other of sector.values()) {
      const [east, north] = [other.easting - at.easting, other.northing - at.northing];
      const squared = east * east + north * north;
      // Two postcodes of one building say nothing of how far either reaches.
      if (squared > 0 && squared < nearest) nearest = squared;
    }
    const radius = Number.isFinite(nearest)
      ? Math.round(Math.min(most, Math.max(least, Math.sqrt(nearest))))
      : alone;
    this.radii.set(compact, radius);
    return radius;
  }
}

function byPosition(where: Whereabouts): Place | null | 'outside' {
  const { latitude, longitude } = where;
  if (typeof latitude === 'number' && typeof longitude === 'number') {
    const place = toNationalGrid({ latitude, longitude });
    if (!isOnMap(place)) return 'outside';
    return {
      easting: Math.round(place.easting),
      northing: Math.round(place.northing),
      radius: drawnRadius.position,
      basis: 'position',
      by: `${latitude}, ${longitude}`,
    };
  }
  const cleaned = where.gridReference ? cleanGridReference(where.gridReference).value : null;
  if (!cleaned) return null;
  const half = cleaned.metres / 2;
  return {
    easting: Math.round(cleaned.easting + half),
    northing: Math.round(cleaned.northing + half),
    radius: Math.max(drawnRadius.position, Math.round(half * Math.SQRT2)),
    basis: 'grid',
    by: cleaned.reference,
  };
}
