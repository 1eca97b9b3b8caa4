import { readHeader } from '../header.ts';
import { unlockSlots } from '../keys.ts';
export async function dataKeysOf(folder: string, passphrase: string) {
  const h = readHeader(folder);
  const { dataKey } = await unlockSlots(h.workspaceId, h.slots, passphrase);
  return { workspaceId: h.workspaceId, dataKeys: [dataKey] };
}
