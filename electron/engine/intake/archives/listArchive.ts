/**
 * What a zip archive of spreadsheets holds. Names, sizes and offsets in it are claims of whoever made it:
 * nothing is written to disk, nothing is taken by its name, and every entry that cannot be trusted is refused
 * by name while the others can still be imported.
 */
import { type Entry, fromRandomAccessReaderPromise, getFileNameLowLevel } from 'yauzl';
import { AppError } from '../../../../shared/contract/errors.ts';
import { defaultCaps } from '../readers/caps.ts';
import type { ByteSource } from '../readers/types.ts';
import { describeDamage, SourceReader } from '../readers/xlsx/zipArchive.ts';
import type { EntryPlace } from './archiveEntry.ts';
import { readEntryHead } from './archiveEntry.ts';
import { leaveOut, nestedArchive, recognise } from './recognise.ts';

/** An entry that stands in memory while it is read must leave room for the reading. */
const maximumEntryBytes = 256 * 1024 * 1024;
const maximumEntries = 10_000;
/** Below so much output a high ratio is an ordinary table of repeated values. */
const ratioFloorBytes = 64 * 1024 * 1024;

export interface ArchiveEntry {
  /** Path inside the archive, fit to be shown. */
  name: string;
  size: number;
  place: EntryPlace;
  refused: { code: string; message: string } | null;
}

/**
 * The files of an archive, or null when the file is no zip archive, or one that is a document itself (a
 * workbook is a zip archive too). `label` names it in messages.
 *
 * @throws AppError `file.damaged`, `file.hostile`
 */
export async function listArchive(source: ByteSource, label: string): Promise<ArchiveEntry[] | null> {
  const head = (await source.read(0, 4)).toString('latin1');
  if (head !== 'PK\x03\x04' && head !== 'PK\x05\x06') return null;
  const found = await readDirectory(source, label);
  if (found.some(({ name }) => isDocumentPart(name))) return null;
  refuseOverlaps(found, source, label);
  refuseTotal(found, label);
  const times = new Map<string, number>();
  for (const { name } of found) times.set(nameKey(name), (times.get(nameKey(name)) ?? 0) + 1);
  const entries: ArchiveEntry[] = [];
  for (const { entry, name } of found) {
    const shown = showName(name);
    const place: EntryPlace = {
      offset: entry.relativeOffsetOfLocalHeader,
      compressedSize: entry.compressedSize,
      size: entry.uncompressedSize,
      crc: entry.crc32,
      method: entry.compressionMethod,
    };
    const refused =
      leaveOut(name) ??
      refuseEntry(entry, name, `${label} › ${shown}`) ??
      ((times.get(nameKey(name)) ?? 0) > 1
        ? refusal(
            'file.hostile',
            `“${label} › ${shown}” stands in the archive more than once under one name, so nobody can say which one is meant. Unpack the archive, keep the right one and import that.`,
          )
        : null) ??
      (await recognise(`${label} › ${shown}`, name, (length) => readEntryHead(source, place, length)));
    entries.push({ name: shown, size: entry.uncompressedSize, place, refused });
  }
  return entries;
}

interface Found {
  entry: Entry;
  name: string;
}

async function readDirectory(source: ByteSource, label: string): Promise<Found[]> {
  const found: Found[] = [];
  try {
    const zip = await fromRandomAccessReaderPromise(new SourceReader(source), source.size, {
      autoClose: false,
      lazyEntries: true,
      decodeStrings: false,
      validateEntrySizes: false,
    });
    if (zip.entryCount > maximumEntries) throw refuseArchive(label, 'it holds too many files');
    for await (const entry of zip.eachEntry()) {
      const name = decodeName(entry);
      if (!name.endsWith('/')) found.push({ entry, name });
      if (found.length > maximumEntries) throw refuseArchive(label, 'it holds too many files');
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw describeDamage(label);
  }
  return found;
}

/** UTF-8 where it is that, marked or not (Macs do not mark it); else the code page of DOS. */
function decodeName(entry: Entry): string {
  const raw = entry.fileNameRaw;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw).replaceAll('\\', '/');
  } catch {
    return getFileNameLowLevel(entry.generalPurposeBitFlag, raw, entry.extraFields, false).replaceAll(
      '\\',
      '/',
    );
  }
}

const nameKey = (name: string) => name.replace(/^\/+/, '').normalize('NFC').toLowerCase();

/** Parts by which a zip archive is a workbook or another document, whatever else it holds. */
const isDocumentPart = (name: string) =>
  /^\/?(?:\[content_types\]\.xml|_rels\/\.rels|(?:xl|word|ppt)\/.+|mimetype|content\.xml|index\/.*\.iwa|index\.zip|encryptedpackage)$/i.test(
    name,
  );

/** A name fit for a screen: no control or direction characters, no empty parts. */
function showName(name: string): string {
  const plain = name
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd')
    .split('/')
    .filter((part) => part !== '')
    .join('/');
  return plain.length > 200 ? `…${plain.slice(-199)}` : plain || '(no name)';
}

const refusal = (code: string, message: string) => ({ code, message });

function refuseEntry(entry: Entry, name: string, shown: string): { code: string; message: string } | null {
  if (
    name.startsWith('/') ||
    /^[a-z]:/i.test(name) ||
    name.split('/').includes('..') ||
    name.includes('\0')
  ) {
    return refusal(
      'file.hostile',
      `“${shown}” was refused: its name points outside the archive. Ask where the archive came from.`,
    );
  }
  if (entry.isEncrypted()) {
    return refusal(
      'file.encrypted',
      `“${shown}” is protected with a password of the archive. Unpack the archive with its password and import the file itself.`,
    );
  }
  if (nestedArchive.test(name)) {
    return refusal(
      'file.unsupported',
      `“${shown}” is an archive inside an archive. Unpack it and import what is in it.`,
    );
  }
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    return refusal(
      'file.unsupported',
      `“${shown}” is compressed in a way that cannot be read here. Unpack the archive and import the file itself.`,
    );
  }
  if (
    entry.uncompressedSize > ratioFloorBytes &&
    entry.uncompressedSize / Math.max(1, entry.compressedSize) > defaultCaps.maxInflateRatio
  ) {
    return refusal(
      'file.hostile',
      `“${shown}” was refused: it unpacks to far more than its size could honestly hold. Ask where the archive came from.`,
    );
  }
  if (entry.uncompressedSize > maximumEntryBytes) {
    return refusal(
      'file.too-large',
      `“${shown}” is larger than ${maximumEntryBytes / 1024 / 1024} MB unpacked. Unpack the archive and import the file itself.`,
    );
  }
  if (entry.uncompressedSize === 0) {
    return refusal('file.empty', `“${shown}” is empty: there is nothing in it to import.`);
  }
  return null;
}

function refuseTotal(found: readonly Found[], label: string): void {
  const total = found.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0);
  if (total > defaultCaps.maxInflatedBytes) throw refuseArchive(label, 'it unpacks to far more than fits');
}

function refuseOverlaps(found: readonly Found[], source: ByteSource, label: string): void {
  const placed = found
    .map(({ entry }) => entry)
    .sort((one, other) => one.relativeOffsetOfLocalHeader - other.relativeOffsetOfLocalHeader);
  let end = 0;
  for (const entry of placed) {
    if (entry.relativeOffsetOfLocalHeader < end) throw refuseArchive(label, 'its files overlap');
    end = entry.relativeOffsetOfLocalHeader + 30 + entry.fileNameLength + entry.compressedSize;
    if (end > source.size) throw describeDamage(label);
  }
}

function refuseArchive(label: string, why: string): AppError {
  return new AppError(
    'file.hostile',
    `“${label}” was refused because it is not built like a normal archive: ${why}. Ask where it came from.`,
    { file: label },
  );
}
