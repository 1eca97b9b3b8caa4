import type { KeptPicture } from '../../../shared/contract/areas/pictures.ts';
import { openSession, procedures } from '../context.ts';
import { recordRead } from '../journal/journal.ts';
import {
  findPicture,
  keepPicture,
  listPictures,
  readPng,
  removePicture,
  type StoredPicture,
} from '../pictures/keepPictures.ts';
import { writePicture } from '../pictures/writePicture.ts';

/** Without what it shows. */
const told = ({ table: _table, shown: _shown, ...rest }: StoredPicture): KeptPicture => rest;

export const picturesHandlers = {
  keep: procedures.pictures.keep.handler(async ({ context, input }) =>
    told(await keepPicture(openSession(context), input)),
  ),
  list: procedures.pictures.list.handler(({ context }) => ({
    pictures: listPictures(openSession(context).reader).map(told),
  })),
  show: procedures.pictures.show.handler(({ context, input }) => {
    const session = openSession(context);
    const picture = findPicture(session.reader, input.id);
    recordRead(session, {
      operation: 'consultation',
      method: 'pictures.show',
      summary: `Looked at the ${picture.kind} "${picture.title}" that was kept for packs`,
    });
    return {
      ...picture,
      png: readPng(session.reader, input.id).toString('base64'),
      shown: picture.shown.map(([ref, label]) => ({ ref, label })),
    };
  }),
  remove: procedures.pictures.remove.handler(async ({ context, input }) => {
    await removePicture(openSession(context), input.id);
    return { removed: true as const };
  }),
  write: procedures.pictures.write.handler(({ context, input }) => {
    const { folder, ...drawn } = input;
    return writePicture(openSession(context), drawn, context.grants.resolve(folder, 'export'));
  }),
};
