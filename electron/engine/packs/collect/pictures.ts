import type { PackPhotograph, PictureRow, WithheldCount } from '../../../../shared/packs/packData.ts';
import { pictureLeftOut } from '../../../../shared/packs/redact.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { readWithheldItems } from '../../exports/withheldItems.ts';
import { judgePicture } from '../../pictures/judge.ts';
import { listPictures } from '../../pictures/keepPictures.ts';
import type { PackRequest } from '../request.ts';
import type { Scope } from './scope.ts';

const kindWords = { chart: 'Link chart', timeline: 'Timeline', map: 'Map' } as const;

/** Beginning of the id of a kept picture among the photographs of a pack. */
export const pictureId = 'picture-';

/**
 * The pictures that are kept, each judged by what it shows: one that shows intelligence that these readers may not
 * have, or what rests on it alone, stays out, and its table loses the rows that tell of it. Names are ruled on with all
 * the others, by `redactPack`. Only police readers of a whole operation get any: nobody can cut a picture to a team.
 */
export function collectPictures(
  database: ReadDatabase,
  scope: Scope,
  request: PackRequest,
): { rows: PictureRow[]; withheld: WithheldCount[]; photographs: PackPhotograph[] } {
  if (scope.team !== undefined || scope.readers !== 'police')
    return { rows: [], withheld: [], photographs: [] };
  const pictures = listPictures(database).reverse();
  if (pictures.length === 0) return { rows: [], withheld: [], photographs: [] };
  const held = readWithheldItems(database, request.spec, request.decisions ?? { items: [] });
  const photographs: PackPhotograph[] = [];
  let left = 0;
  let dropped = 0;
  const rows = pictures.map((picture): PictureRow => {
    const judged = judgePicture(database, picture, held);
    const image = judged.whole ? `${pictureId}${picture.id}` : null;
    if (image === null) left += 1;
    else photographs.push({ id: image, alt: `${kindWords[picture.kind]}: ${picture.title}`, takenOn: null });
    dropped += judged.dropped;
    return {
      ref: `PIC-${picture.id}`,
      title: picture.title,
      kind: kindWords[picture.kind],
      asAt: picture.at,
      state: picture.state,
      keptBy: picture.by,
      stale: picture.stale ? 'Something that it shows has changed since.' : null,
      image,
      leftOut: image === null ? pictureLeftOut : null,
      headings: judged.table.headings,
      rows: judged.table.rows,
      shown: picture.shown.map(([ref, label, said]) => ({ ref, label, said })),
    };
  });
  return {
    rows,
    photographs,
    withheld: [
      { reason: 'picture left out', count: left },
      { reason: 'row of a picture', count: dropped },
    ],
  };
}
