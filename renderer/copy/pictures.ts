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
  pane: 'Pictures for packs',
  paneTab: 'Pictures',
  paneLead:
    'Packs that hold pictures print these, the oldest first. Where readers may not have everything that a picture shows, its table stands alone.',
  none: 'No picture is kept for packs',
  noneWords:
    'Open the link chart, the timeline or the map, show what readers should see, and choose "Keep for packs".',
  toChart: 'Open the link chart',
  kind: 'Kind',
  keptAt: 'Kept',
  keptBy: 'By',
  records: 'Records',
  tableRows: 'Rows',
  state: 'State',
  actions: 'Actions',
  stale: 'Out of date',
  staleWords: 'Something that it shows has changed since it was kept.',
  current: 'As it is now',
  remove: 'Take out',
  removeOne: (title: string) => `Take out ${title}`,
  removed: (title: string) => `Taken out of the packs: ${title}`,
  picture: 'Picture',
  loading: 'Opening the picture',
  facts: (kind: string, at: string, entry: number, by: string) =>
    `${kind} as at ${at}, entry ${entry} of the record. Kept by ${by}.`,
  altTable: 'The table below says the same in words.',
  tableOf: (title: string) => `Table of ${title}`,
  narrow: 'Narrow everything by what it shows',
  shownBy: (title: string) => `what "${title}" shows`,
  close: 'Close',
  nothing: 'Nothing is shown: there is no picture to keep.',
  notDrawn: 'The picture could not be drawn. Try again.',
  tooMany: (records: string) =>
    `A picture may show at most ${records} records. Narrow what is shown, and try again.`,
  tooLong: (rows: string) =>
    `The table of a picture may have at most ${rows} rows. Show less, and try again.`,
};
