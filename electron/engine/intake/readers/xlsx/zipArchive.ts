import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import { AppError } from '../../../../../shared/contract/errors.ts';
import { type ReadingOptions, throwIfCancelled } from '../caps.ts';
import { describeEncrypted } from '../sniff.ts';
import type { ByteSource } from '../types.ts';

const maxEntries = 65_536;
const readAheadBytes = 64 * 1024;
/** Each inflated chunk costs a change of threads, so they are large ... */
const inflatedChunkBytes = 256 * 1024;
/** ... and are handed on in pieces whose text stays in the young generation (see textEncoding.ts). */
const pieceBytes = 64 * 1024;
/** Below this much output a high ratio is an ordinary sparse sheet, whatever it is. */
const ratioFloorBytes = 64 * 1024 * 1024;
const stored = 0;
const deflated = 8;

/** The parts of a zip archive by name, compared without regard to case as Office does. */
export interface ZipArchive {
  readonly names: readonly string[];
  has(name: string): boolean;
  /** The inflated bytes of a part, checked against size and CRC-32; throws when it is not there. */
  read(name: string, signal?: AbortSignal): AsyncGenerator<Buffer>;
  /** A whole small part. Throws `file.hostile` when it is larger than the limit. */
  readWhole(name: string, maxBytes: number): Promise<Buffer>;
}

/**
 * Reads the directory of a zip archive. Names, sizes and offsets in it are claims: nothing is
 * extracted by name, overlapping and repeated entries are refused, and sizes are checked while
 * inflating.
 *
 * @throws AppError `file.damaged`, `file.encrypted`, `file.hostile`
 */
export async function openZip(source: ByteSource, options: ReadingOptions): Promise<ZipArchive> {
  let zip: ZipFile;
  const entries = new Map<string, Entry>();
  try {
    zip = await fromRandomAccessReaderPromise(new SourceReader(source), source.size, {
      autoClose: false,
      lazyEntries: true,
      decodeStrings: false,
      validateEntrySizes: false,
    });
    if (zip.entryCount > maxEntries) throw refuseHostile(source.name, 'it holds too many parts');
    for await (const entry of zip.eachEntry()) {
      addEntry(entries, entry, source.name);
      if (entries.size > maxEntries) throw refuseHostile(source.name, 'it holds too many parts');
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw describeDamage(source.name);
  }
  refuseOverlaps([...entries.values()], source);

  async function* read(name: string, signal?: AbortSignal): AsyncGenerator<Buffer> {
    const entry = entries.get(normaliseName(name));
    if (!entry) throw describeDamage(source.name);
    yield* readEntry(source, zip, entry, options, signal);
  }

  return {
    names: [...entries.values()].map((entry) => decodeName(entry)),
    has: (name) => entries.has(normaliseName(name)),
    read,
    async readWhole(name, maxBytes) {
      const chunks: Buffer[] = [];
      let total = 0;
      for await (const chunk of read(name)) {
        total += chunk.length;
        if (total > maxBytes)
          throw refuseHostile(source.name, 'a part of it is far larger than any workbook needs');
        chunks.push(chunk);
      }
      return Buffer.concat(chunks);
    },
  };
}

/** The error for an archive whose bytes do not add up. */
export function describeDamage(fileName: string): AppError {
  return new AppError(
    'file.damaged',
    `“${fileName}” is damaged or was cut short. Get a fresh copy, or open it in Excel, let it repair the file, save it and import again.`,
    { file: fileName },
  );
}

/** The error for an archive that is built to do harm, or might as well be. */
export function refuseHostile(fileName: string, why: string): AppError {
  return new AppError(
    'file.hostile',
    `“${fileName}” was refused because it is not built like a normal workbook: ${why}. Do not open it; ask where it came from.`,
    { file: fileName },
  );
}

/** Feeds the zip package from a byte source, a block at a time because it asks for tiny pieces. */
export class SourceReader extends RandomAccessReader {
  private readonly source: ByteSource;
  private block: Buffer = Buffer.alloc(0);
  private blockStart = 0;

  constructor(source: ByteSource) {
    super();
    this.source = source;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.fill(buffer, offset, length, position).then(
      () => callback(null),
      (error: Error) => callback(error),
    );
  }

  override _readStreamForRange(): Readable {
    throw new Error('parts are read directly');
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null);
  }

  private async fill(buffer: Buffer, offset: number, length: number, position: number): Promise<void> {
    const inside = position >= this.blockStart && position + length <= this.blockStart + this.block.length;
    if (!inside) {
      this.block = await this.source.read(position, Math.max(length, readAheadBytes));
      this.blockStart = position;
      if (this.block.length < length) throw new Error('the file ends too early');
    }
    this.block.copy(buffer, offset, position - this.blockStart, position - this.blockStart + length);
  }
}

function addEntry(entries: Map<string, Entry>, entry: Entry, fileName: string): void {
  const name = decodeName(entry);
  if (name.endsWith('/')) return;
  const parts = name.split('/');
  if (name.startsWith('/') || /^[a-z]:/i.test(name) || parts.includes('..') || name.includes('\0')) {
    throw refuseHostile(fileName, 'it names parts outside itself');
  }
  if (entry.isEncrypted()) throw describeEncrypted(fileName);
  const key = normaliseName(name);
  if (entries.has(key)) throw refuseHostile(fileName, 'it holds two parts of one name');
  entries.set(key, entry);
}

function decodeName(entry: Entry): string {
  return entry.fileNameRaw.toString('utf8').replaceAll('\\', '/');
}

function normaliseName(name: string): string {
  return name.replace(/^\/+/, '').toLowerCase();
}

function refuseOverlaps(entries: Entry[], source: ByteSource): void {
  const localHeaderBytes = 30;
  entries.sort((one, other) => one.relativeOffsetOfLocalHeader - other.relativeOffsetOfLocalHeader);
  let end = 0;
  for (const entry of entries) {
    if (entry.relativeOffsetOfLocalHeader < end) throw refuseHostile(source.name, 'its parts overlap');
    end = entry.relativeOffsetOfLocalHeader + localHeaderBytes + entry.fileNameLength + entry.compressedSize;
    if (end > source.size) throw describeDamage(source.name);
  }
}

async function* readEntry(
  source: ByteSource,
  zip: ZipFile,
  entry: Entry,
  options: ReadingOptions,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  if (entry.compressionMethod !== stored && entry.compressionMethod !== deflated) {
    throw new AppError(
      'file.unsupported',
      `“${source.name}” is compressed in a way that Excel does not use. Open it in Excel, save it as .xlsx or CSV and import again.`,
      { file: source.name },
    );
  }
  let inflated = 0;
  let checksum = 0;
  try {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const raw = readRange(source, fileDataStart, entry.compressedSize, options.chunkBytes);
    const chunks = entry.compressionMethod === stored ? raw : inflate(raw);
    for await (const chunk of chunks) {
      throwIfCancelled(signal);
      inflated += chunk.length;
      checksum = crc32(chunk, checksum);
      refuseBomb(inflated, entry.compressedSize, source.name, options);
      for (let at = 0; at < chunk.length; at += pieceBytes) yield chunk.subarray(at, at + pieceBytes);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw describeDamage(source.name);
  }
  if (checksum !== entry.crc32 || inflated !== entry.uncompressedSize) throw describeDamage(source.name);
}

function refuseBomb(inflated: number, compressed: number, fileName: string, { caps }: ReadingOptions): void {
  const ratio = inflated / Math.max(1, compressed);
  if (inflated > caps.maxInflatedBytes || (inflated > ratioFloorBytes && ratio > caps.maxInflateRatio)) {
    throw refuseHostile(fileName, 'it unpacks to far more than a workbook can hold');
  }
}

async function* inflate(raw: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const inflater = createInflateRaw({ chunkSize: inflatedChunkBytes });
  // Failures reach the loop below through the inflater itself.
  pipeline(Readable.from(raw, { objectMode: true }), inflater, () => {});
  for await (const chunk of inflater) yield chunk as Buffer;
}

async function* readRange(
  source: ByteSource,
  start: number,
  length: number,
  chunkBytes: number,
): AsyncGenerator<Buffer> {
  for (let done = 0; done < length; ) {
    const chunk = await source.read(start + done, Math.min(chunkBytes, length - done));
    if (chunk.length === 0) throw new Error('the file ends too early');
    done += chunk.length;
    yield chunk;
  }
}
