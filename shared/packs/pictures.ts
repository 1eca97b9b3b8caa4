import { formatMoment } from './format.ts';
import type { PictureRow } from './packData.ts';

/** What stands under the title of a picture: of which state it is, who kept it, and whether that state still stands. */
export function pictureFacts(picture: PictureRow): string {
  const { kind, asAt, state, keptBy, stale } = picture;
  const words = `${kind} as at ${formatMoment(asAt)}, entry ${state} of the record. Kept by ${keptBy}.`;
  return stale === null ? words : `${words} ${stale}`;
}
