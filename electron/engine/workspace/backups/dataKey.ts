/** The data key of a folder's header, for copies that are checked or restored without being opened for work. */
import { readHeader } from '../header.ts';
import type { Secret } from '../unlock.ts';
import { unlockHeader } from '../unlock.ts';

/**
 * @returns the keys that a passphrase or a recovery key opens, the one that counts first: two only while a change of keys has not been
 * finished.
 * @throws AppError of `readHeader`; `workspace.wrong-passphrase`, `workspace.altered`.
 */
export async function dataKeysOf(
  folder: string,
  secret: Secret,
): Promise<{ workspaceId: string; dataKeys: Buffer[] }> {
  const header = readHeader(folder);
  const { dataKeys } = await unlockHeader(header, secret);
  return { workspaceId: header.workspaceId, dataKeys };
}
