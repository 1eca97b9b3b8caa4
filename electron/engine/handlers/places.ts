/** Postcodes and outlines that the user loads, and the map that they give. */
import { loadOutline, readOutlines, removeOutline } from '../analysis/places/loadOutline.ts';
import { loadPostcodes } from '../analysis/places/loadPostcodes.ts';
import { lookAtMap } from '../analysis/places/lookAtMap.ts';
import { placesStatus, readGround, refusedRows } from '../analysis/places/placeFiles.ts';
import { momentOf, openSession, procedures } from '../context.ts';
import { asEvents } from '../jobs.ts';

export const placesHandlers = {
  status: procedures.places.status.handler(({ context }) => placesStatus(openSession(context).reader)),
  load: procedures.places.load.handler(({ context, input, signal }) => {
    const session = openSession(context);
    const file = context.grants.file(input.grant);
    return asEvents(signal, (progress, aborted) =>
      loadPostcodes(session, file, { attribution: input.attribution ?? '', signal: aborted, progress }),
    );
  }),
  refused: procedures.places.refused.handler(({ context, input }) =>
    refusedRows(openSession(context).reader, input),
  ),
  loadOutline: procedures.places.loadOutline.handler(({ context, input, signal }) => {
    const session = openSession(context);
    const file = context.grants.file(input.grant);
    return asEvents(signal, (progress, aborted) =>
      loadOutline(session, file, { attribution: input.attribution ?? '', signal: aborted, progress }),
    );
  }),
  removeOutline: procedures.places.removeOutline.handler(async ({ context }) => ({
    removed: await removeOutline(openSession(context)),
  })),
  outline: procedures.places.outline.handler(({ context }) => ({
    shapes: readOutlines(openSession(context).reader),
  })),
  map: procedures.places.map.handler(({ context, input }) => {
    const session = openSession(context);
    return lookAtMap(session, momentOf(session), input.where);
  }),
  ground: procedures.places.ground.handler(({ context, input }) =>
    readGround(openSession(context).reader, input.box, input.metres),
  ),
};
