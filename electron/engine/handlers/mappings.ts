import { openSession, procedures } from '../context.ts';
import { listMappings, removeMapping, saveMapping } from '../intake/mappings/savedMappings.ts';

export const mappingHandlers = {
  list: procedures.mappings.list.handler(({ context }) => ({
    mappings: listMappings(openSession(context).reader),
  })),
  save: procedures.mappings.save.handler(({ context, input }) => {
    const session = openSession(context);
    return session.exclusively(() => saveMapping(session, input));
  }),
  remove: procedures.mappings.remove.handler(async ({ context, input }) => {
    const session = openSession(context);
    await session.exclusively(() => removeMapping(session, input.id));
    return { removed: true };
  }),
};
