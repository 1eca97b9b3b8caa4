import { type Granted, native } from '../../app/native.ts';

/** Grants for the files of a drop. */
export async function droppedFiles(transfer: DataTransfer): Promise<Granted[]> {
  const files = [...transfer.files];
  if (files.length === 0) return [];
  return (await native()?.grantDroppedFiles(files)) ?? [];
}
