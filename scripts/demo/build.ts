import { buildCallDataTable, callDataFile, drawCallData } from './files/callData.ts';
import { buildNominalsTable, drawNominals, nominalsFile } from './files/nominals.ts';

/** Every file of the demonstration operation by its path under `resources/demo`. Same bytes every time. */
export async function buildDemo(): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const nominals = buildNominalsTable();
  files.set(nominalsFile, await drawNominals(nominals));
  const callData = buildCallDataTable();
  files.set(callDataFile, drawCallData(callData));
  return files;
}
