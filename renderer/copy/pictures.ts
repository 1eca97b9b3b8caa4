import type { PictureKind } from '../../shared/contract/areas/pictures.ts';

/** What the kinds of picture are called. */
export const pictureKinds: Readonly<Record<PictureKind, string>> = {
  chart: 'Link chart',
  timeline: 'Timeline',
  map: 'Map',
};

/** Words of the pictures that are kept for packs, and of those that are written out. */
export const picturesCopy = {
  keep: 'Keep for packs',
  keepTitle: 'Keep this picture for packs',
  keepLead:
    'The picture is kept as it is now, with its table and the records that it shows. Packs that hold pictures print it.',
  title: 'Title',
  titleHint: 'Stands above the picture',
  titleNeeded: 'Give the picture a title.',
  reason: 'Why it is kept',
  reasonNeeded: 'Say why it is kept: it is recorded.',
  kept: (title: string) => `Kept for packs: ${title}`,
  save: 'Save picture…',
  saveTitle: 'Save this picture',
  saveLead: 'Writes the picture (PNG) and its table (CSV). It is recorded as a disclosure.',
  saveButton: 'Save',
  recipient: 'For whom',
  recipientNeeded: 'Say who receives it.',
  nothing: 'Nothing is shown: there is no picture to keep.',
  notDrawn: 'The picture could not be drawn. Try again.',
  tooMany: (records: string) =>
    `A picture may show at most ${records} records. Narrow what is shown, and try again.`,
  tooLong: (rows: string) =>
    `The table of a picture may have at most ${rows} rows. Show less, and try again.`,
};
