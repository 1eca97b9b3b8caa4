/** Reads the network of a workspace, in pieces between which others are answered. */
import { setImmediate } from 'node:timers/promises';
import { textOf } from '../../../../shared/domain/readiness/facts.ts';
import { makeRef, parseRef } from '../../../../shared/grid/grids.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { get } from '../../database/sql.ts';
import type { Session } from '../../session.ts';
import { type CallLink, readCallLinksInPieces } from '../links/readLinks.ts';
import { buildNetwork, type ChosenOptions, type Network } from './buildNetwork.ts';
import { stopped, type Watch } from './measureApart.ts';
import { readParts } from './readParts.ts';

/** The newest entry of the journal that may have changed something: looks, disclosures and sessions change nothing. */
export const newestChange = (database: ReadDatabase): number =>
  get<{ seq: number }>(
    database,
    `SELECT seq FROM journal WHERE operation NOT IN ('consultation', 'disclosure', 'session')
     ORDER BY seq DESC LIMIT 1`,
  )?.seq ?? 0;

/**
 * @param day ISO date on which ages count: the strike, else today.
 * @throws AppError `cancelled` by the signal, `invalid` where there is more than can be measured together.
 */
export async function readNetwork(
  session: Pick<Session, 'reader'>,
  day: string,
  options: ChosenOptions,
  { signal, progress }: Watch = {},
): Promise<Network> {
  const database = session.reader;
  for (;;) {
    const seq = newestChange(database);
    let calls: CallLink[] = [];
    if (options.leastCalls > 0) {
      const pieces = readCallLinksInPieces(database);
      for (let piece = pieces.next(); ; piece = pieces.next()) {
        if (signal?.aborted) throw stopped();
        if (piece.done) {
          calls = piece.value;
          break;
        }
        progress?.(piece.value);
        await setImmediate();
      }
    }
    // What was read in pieces is one state only if nothing was committed meanwhile; else it is read again.
    const parts = database.transaction(() =>
      newestChange(database) === seq ? readParts(database, day) : null,
    )();
    if (!parts) continue;
    const network = await buildNetwork(parts, calls, options);
    if (signal?.aborted) throw stopped();
    return network;
  }
}

/** The number of the entity that a reference is or stands for; undefined where it has no link. */
export function numberIn(network: Network, ref: string): number | undefined {
  const parsed = parseRef(ref);
  const own = parsed ? makeRef(parsed.grid.name, parsed.id) : ref;
  return network.numberOf.get(network.folded.get(own) ?? own);
}

/** Roles that somebody is recorded with, of the person and of targets. */
export const roleOf = (network: Network, ref: string): string => {
  const row = network.people.get(ref);
  return row ? textOf(row, 'role') : '';
};
