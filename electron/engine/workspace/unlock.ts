/** From a header and a secret to the keys: of either format, by passphrase or by recovery key. */
import { AppError } from '../../../shared/contract/errors.ts';
import type { FirstHeader, FirstUnlocked } from './formatOne.ts';
import { unlockFirst } from './formatOne.ts';
import type { Header } from './header.ts';
import type { KeySlot, UserKeys } from './keys.ts';
import { unlockByRecovery, unlockSlots } from './keys.ts';
import { openSeal } from './seal.ts';

/** What opens a workspace: a passphrase, or the bytes of a recovery key. */
export type Secret = string | { recovery: Buffer };

export interface Unlocked {
  /** The data key of the newest generation first; a second one only while a rotation has not been finished. */
  dataKeys: Buffer[];
  /** The user's keys; null in format 1, which has `first` instead. */
  keys: UserKeys | null;
  first: FirstUnlocked | null;
}

/** The data keys that a user's slot seals to them, newest first. */
export function dataKeysOf(workspaceId: string, slot: KeySlot, keys: UserKeys): Buffer[] {
  return [...slot.sealed]
    .sort((one, other) => other.generation - one.generation)
    .flatMap((sealed) => openSeal(sealed, keys.sealing, { workspaceId, slotId: slot.id }) ?? []);
}

/**
 * @throws AppError `workspace.wrong-passphrase`, `workspace.memory`; `workspace.altered` where the slot opens and its
 * data key does not.
 */
export async function unlockHeader(header: Header | FirstHeader, secret: Secret): Promise<Unlocked> {
  if (header.formatVersion === 1) {
    if (typeof secret !== 'string') throw noRecovery();
    const first = await unlockFirst(header, secret);
    return { dataKeys: [first.dataKey], keys: null, first };
  }
  const found =
    typeof secret === 'string'
      ? await unlockSlots(header.workspaceId, header.slots, secret)
      : unlockByRecovery(header.workspaceId, header.slots, secret.recovery);
  if (!found) throw noRecovery();
  const dataKeys = dataKeysOf(header.workspaceId, found.slot, found.keys);
  if (dataKeys.length === 0)
    throw new AppError(
      'workspace.altered',
      'Your key slot in workspace.json was altered: it opens, but holds no key of this workspace. Restore workspace.json from a backup.',
    );
  return { dataKeys, keys: found.keys, first: null };
}

const noRecovery = () =>
  new AppError(
    'workspace.wrong-passphrase',
    'This recovery key opens nothing in this workspace. It may belong to another one, or have been used or replaced since.',
  );
