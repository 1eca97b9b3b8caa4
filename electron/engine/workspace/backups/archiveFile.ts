/**
 * One file that holds a whole workspace: `NAME.fellside-backup`.
 *
 *   16 bytes  FELLSIDE-BACKUP1
 *    4 bytes  length of the header, then 8 bytes length of the database, big-endian
 *   header    `workspace.json` as it stood: it opens the file with the passphrases of its time and names nobody
 *   database  the encrypted pages, byte for byte
 *   manifest  nonce, AES-256-GCM over JSON, tag; its key comes from the data key by HKDF
 *    4 bytes  length of the manifest
 *
 * The manifest holds the SHA-256 of header and database and the head of the journal, and its seal covers the lengths:
 * whoever lacks the data key can change no byte unseen. The file holds no name and no path, so that reading it back
 * writes where the reader says and nowhere else, and nothing in it is compressed: it cannot grow when it is read.
 *
 * Everything here is synchronous and works in small pieces: it runs in a thread of its own.
 */
import type { Hash } from 'node:crypto';
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';

const magic = Buffer.from('FELLSIDE-BACKUP1', 'latin1');
const prefixBytes = magic.length + 4 + 8;
const pieceBytes = 1024 * 1024;
const maximumHeaderBytes = 1_000_000;
const maximumManifestBytes = 65_536;
/** Nonce and tag of the seal. */
const sealBytes = 12 + 16;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const Manifest = z.strictObject({
  version: z.literal(1),
  workspaceId: z.string().max(60),
  /** When it was made, by the clock of that machine. */
  at: z.string().max(40),
  reason: z.string().max(40),
  /** Entries of the journal inside, and the hash of the newest; null where there are none. */
  entries: z.int().min(0),
  head: sha256.nullable(),
  schemaVersion: z.int().min(0),
  headerSha256: sha256,
  databaseBytes: z.int().min(0),
  databaseSha256: sha256,
});
export type Manifest = z.infer<typeof Manifest>;

export type ManifestFacts = Pick<
  Manifest,
  'workspaceId' | 'at' | 'reason' | 'entries' | 'head' | 'schemaVersion'
>;

/** Called with the bytes done so far. */
export type Step = (bytes: number) => void;

const damaged = (what: string) =>
  new AppError(
    'backup.damaged',
    `The backup ${what}. Take another backup, or another copy of this one; nothing was written.`,
  );

const newer = () =>
  new AppError(
    'backup.newer',
    'This backup was made by a newer version of Fellside. Restore it with that version.',
  );

function sealKey(dataKey: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', dataKey, Buffer.alloc(0), 'fellside/1/backup-manifest', 32));
}

function prefix(headerBytes: number, databaseBytes: number): Buffer {
  const bytes = Buffer.alloc(prefixBytes);
  magic.copy(bytes);
  bytes.writeUInt32BE(headerBytes, magic.length);
  bytes.writeBigUInt64BE(BigInt(databaseBytes), magic.length + 4);
  return bytes;
}

function writeAll(file: number, bytes: Uint8Array): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(file, bytes, done, bytes.length - done);
}

function readExactly(file: number, length: number, at: number): Buffer {
  const bytes = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const read = readSync(file, bytes, done, length - done, at + done);
    if (read === 0) throw damaged('is cut short');
    done += read;
  }
  return bytes;
}

/** Passes a span of a file on, piece by piece. */
function readSpan(file: number, at: number, length: number, take: (piece: Buffer) => void): void {
  const piece = Buffer.alloc(Math.min(pieceBytes, Math.max(1, length)));
  let done = 0;
  while (done < length) {
    const read = readSync(file, piece, 0, Math.min(piece.length, length - done), at + done);
    if (read === 0) throw damaged('is cut short');
    take(piece.subarray(0, read));
    done += read;
  }
}

/** Writes a new file and waits until it is on the disk. Gives its size and SHA-256. */
export function writeArchive(
  path: string,
  content: { header: Buffer; database: string; dataKey: Buffer; facts: ManifestFacts },
  step: Step,
): { bytes: number; sha256: string; manifest: Manifest } {
  const whole = createHash('sha256');
  const inDatabase = createHash('sha256');
  const source = openSync(content.database, 'r');
  const file = openSync(path, 'wx', 0o600);
  let bytes = 0;
  const put = (piece: Uint8Array) => {
    writeAll(file, piece);
    whole.update(piece);
    bytes += piece.length;
    step(bytes);
  };
  try {
    const databaseBytes = fstatSync(source).size;
    const head = prefix(content.header.length, databaseBytes);
    put(head);
    put(content.header);
    readSpan(source, 0, databaseBytes, (piece) => {
      inDatabase.update(piece);
      put(piece);
    });
    const manifest: Manifest = {
      version: 1,
      ...content.facts,
      headerSha256: createHash('sha256').update(content.header).digest('hex'),
      databaseBytes,
      databaseSha256: inDatabase.digest('hex'),
    };
    const key = sealKey(content.dataKey);
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    cipher.setAAD(head);
    const sealed = Buffer.concat([
      nonce,
      cipher.update(JSON.stringify(manifest), 'utf8'),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    key.fill(0);
    put(sealed);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(sealed.length);
    put(length);
    fsyncSync(file);
    return { bytes, sha256: whole.digest('hex'), manifest };
  } finally {
    closeSync(file);
    closeSync(source);
  }
}

export interface Archive {
  readonly file: number;
  readonly bytes: number;
  /** The public header, as it stood. */
  readonly header: Buffer;
  readonly databaseAt: number;
  readonly databaseBytes: number;
  readonly prefix: Buffer;
  readonly sealed: Buffer;
}

/**
 * Opens a backup and reads what stands around the database. Nothing of it is trusted before `openManifest`.
 * @throws AppError `backup.foreign`, `backup.newer`, `backup.damaged`, `file.missing`.
 */
export function withArchive<Result>(path: string, work: (archive: Archive) => Result): Result {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT')
      throw new AppError('file.missing', 'That backup is not there. Check the name.');
    throw error;
  }
  try {
    return work(readArchive(file));
  } finally {
    closeSync(file);
  }
}

function readArchive(file: number): Archive {
  const found = fstatSync(file);
  const foreign = () =>
    new AppError(
      'backup.foreign',
      'That is not a Fellside backup. Choose a file that ends in .fellside-backup.',
    );
  if (!found.isFile() || found.size < prefixBytes + sealBytes + 4) throw foreign();
  const head = readExactly(file, prefixBytes, 0);
  const name = head.subarray(0, magic.length);
  if (!name.equals(magic)) {
    if (name.subarray(0, -1).equals(magic.subarray(0, -1))) throw newer();
    throw foreign();
  }
  const headerBytes = head.readUInt32BE(magic.length);
  const databaseBytes = Number(head.readBigUInt64BE(magic.length + 4));
  const manifestBytes = readExactly(file, 4, found.size - 4).readUInt32BE();
  const whole = prefixBytes + headerBytes + databaseBytes + manifestBytes + 4;
  if (headerBytes > maximumHeaderBytes) throw damaged('says of itself what cannot be');
  // A file that was cut ends in bytes of the database: the lengths do not add up then.
  if (manifestBytes > maximumManifestBytes || manifestBytes <= sealBytes || whole !== found.size)
    throw damaged('is cut short or damaged');
  return {
    file,
    bytes: found.size,
    header: readExactly(file, headerBytes, prefixBytes),
    databaseAt: prefixBytes + headerBytes,
    databaseBytes,
    prefix: head,
    sealed: readExactly(file, manifestBytes, found.size - 4 - manifestBytes),
  };
}

/**
 * The manifest, proved by the data key, and the header by the manifest.
 * @throws AppError `backup.damaged` also where the key is another one.
 */
export function openManifest(archive: Archive, dataKey: Buffer): Manifest {
  const key = sealKey(dataKey);
  let text: string;
  try {
    const { sealed } = archive;
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 });
    decipher.setAAD(archive.prefix);
    decipher.setAuthTag(sealed.subarray(-16));
    text = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString('utf8');
  } catch {
    throw damaged('is damaged or was altered: its seal does not hold');
  } finally {
    key.fill(0);
  }
  const parsed = Manifest.safeParse(JSON.parse(text));
  // Sealed by somebody with the key, and of another form: that of a later version.
  if (!parsed.success) throw newer();
  const manifest = parsed.data;
  const header = createHash('sha256').update(archive.header).digest('hex');
  if (header !== manifest.headerSha256 || manifest.databaseBytes !== archive.databaseBytes)
    throw damaged('is damaged or was altered: its key slots are not those it was made with');
  return manifest;
}

/** Reads the whole file back and compares. Gives the SHA-256 of all of it. @throws AppError `backup.damaged`. */
export function proveArchive(
  path: string,
  dataKey: Buffer,
  step: Step,
): { manifest: Manifest; sha256: string } {
  return withArchive(path, (archive) => {
    const manifest = openManifest(archive, dataKey);
    const whole = createHash('sha256');
    whole.update(archive.prefix).update(archive.header);
    readDatabase(archive, manifest, step, (piece) => whole.update(piece));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(archive.sealed.length);
    whole.update(archive.sealed).update(length);
    return { manifest, sha256: whole.digest('hex') };
  });
}

/** Writes the database of a backup as a new file and waits until it is on the disk. @throws AppError `backup.damaged`. */
export function extractDatabase(archive: Archive, manifest: Manifest, path: string, step: Step): void {
  const target = openSync(path, 'wx', 0o600);
  try {
    readDatabase(archive, manifest, step, (piece) => writeAll(target, piece));
    fsyncSync(target);
  } finally {
    closeSync(target);
  }
}

function readDatabase(archive: Archive, manifest: Manifest, step: Step, take: (piece: Buffer) => void): void {
  const hash: Hash = createHash('sha256');
  let done = 0;
  readSpan(archive.file, archive.databaseAt, archive.databaseBytes, (piece) => {
    hash.update(piece);
    take(piece);
    done += piece.length;
    step(done);
  });
  if (hash.digest('hex') !== manifest.databaseSha256)
    throw damaged('is damaged: its content is not what was written');
}
