import {
  type DrawnPicture,
  mostPictureRefs,
  mostPictureRows,
  type PictureKind,
} from '../../../shared/contract/areas/pictures.ts';
import { picturesCopy } from '../../copy/pictures.ts';

/** What a view gives so that its picture can be kept or saved. Asked for when the user does so, not before. */
export interface PictureSource {
  kind: PictureKind;
  /** Proposed title; the user may change it. */
  title: string;
  /** The picture as PNG, at most 20 million pixels and 8 MB. */
  makePng: () => Promise<Blob>;
  /** What it shows, in words: every row as many cells as there are headings, records with their references. */
  table: () => { headings: string[]; rows: string[][] };
  /** Every record that it shows. */
  refs: () => string[];
}

/** Words for why there is no picture to keep now; null where there is one. */
export function refusalOf(source: PictureSource): string | null {
  const records = new Set(source.refs()).size;
  if (records === 0) return picturesCopy.nothing;
  if (records > mostPictureRefs) return picturesCopy.tooMany(mostPictureRefs.toLocaleString('en-GB'));
  if (source.table().rows.length > mostPictureRows)
    return picturesCopy.tooLong(mostPictureRows.toLocaleString('en-GB'));
  return null;
}

/** The picture as the engine takes it. @throws Error where it cannot be drawn. */
export async function drawPicture(source: PictureSource, title: string): Promise<DrawnPicture> {
  const blob = await source.makePng();
  return {
    kind: source.kind,
    title,
    png: await base64Of(blob),
    table: source.table(),
    refs: [...new Set(source.refs())],
  };
}

function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(new Error(picturesCopy.notDrawn));
    reader.readAsDataURL(blob);
  });
}
