import { openSession, procedures } from '../context.ts';
import { writeTables } from '../exports/writeTables.ts';
import { asEvents } from '../jobs.ts';

export const tableHandlers = {
  write: procedures.tables.write.handler(({ context, input, signal }) => {
    const session = openSession(context);
    const { folder, ...request } = input;
    const path = context.grants.resolve(folder, 'export');
    return asEvents(signal, (progress, aborted) =>
      writeTables(session, request, { folder: path, signal: aborted, progress }),
    );
  }),
};
