import type { ByteSource } from './types.ts';

export type CompoundKind = 'encrypted-workbook' | 'old-workbook' | 'old-document' | 'unknown';

const maxDirectorySectors = 64;
const lastRegularSector = 0xfffffffa;

/**
 * Tells what an OLE2 compound file holds by the names in its directory (format: [MS-CFB] 2.2–2.6).
 * Damage is no error here: whatever cannot be followed ends the list of names.
 */
export async function identifyCompoundFile(source: ByteSource): Promise<CompoundKind> {
  const names = await listStreams(source);
  if (names.has('EncryptedPackage')) return 'encrypted-workbook';
  // The names of a compound file are compared without regard to case ([MS-CFB] 2.6.4).
  const plain = new Set([...names].map((name) => name.toLowerCase()));
  if (plain.has('workbook') || plain.has('book')) return 'old-workbook';
  for (const name of ['WordDocument', 'PowerPoint Document', '__properties_version1.0']) {
    if (names.has(name)) return 'old-document';
  }
  return 'unknown';
}

async function listStreams(source: ByteSource): Promise<Set<string>> {
  const names = new Set<string>();
  const header = await source.read(0, 512);
  if (header.length < 512) return names;
  const shift = header.readUInt16LE(30);
  if (shift !== 9 && shift !== 12) return names;
  const sectorSize = 1 << shift;
  let sector = header.readUInt32LE(48);
  for (let step = 0; step < maxDirectorySectors && sector < lastRegularSector; step++) {
    const bytes = await source.read((sector + 1) * sectorSize, sectorSize);
    for (let at = 0; at + 128 <= bytes.length; at += 128) {
      const length = bytes.readUInt16LE(at + 64);
      if (length >= 2 && length <= 64) names.add(bytes.toString('utf16le', at, at + length - 2));
    }
    if (bytes.length < sectorSize) break;
    sector = await findNextSector(source, header, sector, sectorSize);
  }
  return names;
}

async function findNextSector(
  source: ByteSource,
  header: Buffer,
  sector: number,
  sectorSize: number,
): Promise<number> {
  const perTable = sectorSize / 4;
  const table = Math.floor(sector / perTable);
  // Only the 109 tables listed in the header are followed: directories stand near the front.
  if (table >= 109) return lastRegularSector;
  const tableSector = header.readUInt32LE(76 + table * 4);
  if (tableSector >= lastRegularSector) return lastRegularSector;
  const entry = await source.read((tableSector + 1) * sectorSize + (sector % perTable) * 4, 4);
  return entry.length === 4 ? entry.readUInt32LE(0) : lastRegularSector;
}
