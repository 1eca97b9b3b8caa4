/** Removes a user and, unless told otherwise, changes the data key that they know. */
import type { Rotation } from '../../../shared/contract/areas/users.ts';
import type { Session } from '../session.ts';
import type { Watch } from '../workspace/backups/backupKeeper.ts';
import { readPeople } from './changeKeys.ts';
import { removeUser } from './members.ts';
import { rotateDataKey } from './rotateDataKey.ts';

/**
 * The removal stands even where the change of the key is cancelled or fails: it can be made up for by `rotateDataKey`.
 */
export async function removeAndRotate(
  session: Session,
  wanted: { id: number; rotate: boolean },
  watch: Watch,
): Promise<Rotation & { rotated: boolean }> {
  await removeUser(session, wanted.id);
  if (wanted.rotate) return { ...(await rotateDataKey(session, watch)), rotated: true };
  return { keyGeneration: readPeople(session).header.generation, olderBackups: [], rotated: false };
}
