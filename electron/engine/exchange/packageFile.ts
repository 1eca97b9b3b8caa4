/**
 * One file that carries work to another copy: `NAME.fellside-exchange`.
 *
 *   16 bytes  FELLSIDE-XCHANGE
 *    4 bytes  length of the header, big-endian
 *   header    JSON: random ids and numbers, nobody's name and nothing about the operation
 *   chunks    4 bytes length, AES-256-GCM of at most a megabyte of the compressed body, tag; the last one says so
 *   64 bytes  Ed25519 by the user who made it, over the hashes of header and chunks
 *
 * The key of the body comes by HKDF from a key that all copies hold and a salt of this package, so that a counter is
 * nonce enough. A chunk that is moved, dropped or taken from another package does not open.
 */
import type { Hash, KeyObject } from 'node:crypto';
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPublicKey,
  hkdfSync,
  sign,
  verify,
} from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';

const magic = Buffer.from('FELLSIDE-XCHANGE', 'latin1');
const chunkBytes = 1024 * 1024;
const tagBytes = 16;
const signatureBytes = 64;
const maximumHeaderBytes = 16_384;
/** A package is at most this; a body inflates to at most `maximumBodyBytes` (`frames.ts`). */
const maximumFileBytes = 8 * 1024 ** 3;

export const packageExtension = 'fellside-exchange';

const identity = z.string().regex(/^[0-9a-f]{32}$/);

export const PackageHeader = z.strictObject({
  format: z.literal('fellside-exchange'),
  version: z.literal(1),
  /** Of this package. */
  id: identity,
  workspaceId: z.string().min(10).max(60),
  /** The copy that made it, and how many it had made by then. */
  copy: identity,
  number: z.int().min(1),
  /** Which of the keys that the copies hold seals the body, and the user whose signature ends the file. */
  key: identity,
  salt: z.base64().max(64),
  user: z.int().min(1),
});
export type PackageHeader = z.infer<typeof PackageHeader>;

const forged = (what: string) =>
  new AppError('exchange.forged', `The package ${what}. Nothing was taken. Ask for it to be made again.`);

const notPackage = () =>
  new AppError(
    'exchange.forged',
    'That is not an exchange package. Choose a file that ends in .fellside-exchange.',
  );

const bodyKey = (key: Buffer, header: PackageHeader) =>
  Buffer.from(hkdfSync('sha256', key, Buffer.from(header.salt, 'base64'), 'fellside/1/exchange-body', 32));

function nonceOf(index: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(index), 4);
  return nonce;
}

const sealed = (headerHash: Buffer, last: boolean) =>
  Buffer.concat([headerHash, Buffer.from([last ? 1 : 0])]);

const signed = (headerHash: Buffer, bodyHash: Buffer) =>
  Buffer.concat([Buffer.from('fellside/1/exchange\0'), headerHash, bodyHash]);

/** Writes header, body and signature to an open, empty file and waits until they are on the disk. Gives the size. */
export async function writePackage(
  file: FileHandle,
  header: PackageHeader,
  body: AsyncIterable<Buffer>,
  keys: { seal: Buffer; sign: KeyObject },
): Promise<number> {
  const head = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  let bytes = 0;
  const put = async (piece: Buffer) => {
    await file.writeFile(piece);
    bytes += piece.length;
  };
  await put(Buffer.concat([magic, length, head]));
  const headerHash = createHash('sha256').update(head).digest();
  const bodyHash = createHash('sha256');
  const key = bodyKey(keys.seal, header);
  let index = 0;
  const putChunk = async (plain: Buffer, last: boolean) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(index));
    cipher.setAAD(sealed(headerHash, last));
    const content = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    const size = Buffer.alloc(4);
    size.writeUInt32BE(content.length);
    bodyHash.update(size).update(content);
    await put(Buffer.concat([size, content]));
    index += 1;
  };
  try {
    let waiting = Buffer.alloc(0);
    for await (const piece of body) {
      waiting = Buffer.concat([waiting, piece]);
      while (waiting.length > chunkBytes) {
        await putChunk(waiting.subarray(0, chunkBytes), false);
        waiting = waiting.subarray(chunkBytes);
      }
    }
    await putChunk(waiting, true);
  } finally {
    key.fill(0);
  }
  await put(sign(null, signed(headerHash, bodyHash.digest()), keys.sign));
  await file.sync();
  return bytes;
}

export interface OpenPackage {
  readonly header: PackageHeader;
  readonly bytes: number;
  /** Reads all of it and proves the signature. @throws AppError `exchange.forged`. */
  verify(publicKey: string): Promise<void>;
  /** The opened body, piece by piece; call `verify` first. @throws AppError `exchange.forged`. */
  body(key: Buffer): AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

/** Opens a package; nothing of it is trusted before `verify`. @throws AppError `exchange.forged`, `file.missing`, `file.too-large`. */
export async function openPackage(path: string): Promise<OpenPackage> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch {
    throw new AppError(
      'file.missing',
      'The package is not there or cannot be read. Check the stick and the name.',
    );
  }
  try {
    return await readHead(file);
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function readExactly(file: FileHandle, length: number, at: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done, at + done);
    if (bytesRead === 0) throw forged('is cut short');
    done += bytesRead;
  }
  return bytes;
}

async function readHead(file: FileHandle): Promise<OpenPackage> {
  const found = await file.stat();
  if (!found.isFile() || found.size < magic.length + 4 + signatureBytes) throw notPackage();
  if (found.size > maximumFileBytes)
    throw new AppError(
      'file.too-large',
      'The package is larger than a package can be. Ask for it to be made again.',
    );
  const start = await readExactly(file, magic.length + 4, 0);
  if (!start.subarray(0, magic.length).equals(magic)) throw notPackage();
  const headBytes = start.readUInt32BE(magic.length);
  if (headBytes > maximumHeaderBytes) throw notPackage();
  const head = await readExactly(file, headBytes, magic.length + 4);
  const header = parseHeader(head);
  const headerHash = createHash('sha256').update(head).digest();
  const bodyAt = magic.length + 4 + headBytes;
  const bodyEnd = found.size - signatureBytes;
  let proved: Buffer | undefined;

  /** The sealed chunks as they stand. */
  async function* chunks(hash: Hash): AsyncGenerator<Buffer> {
    for (let at = bodyAt; at < bodyEnd; ) {
      if (at + 4 > bodyEnd) throw forged('is cut short');
      const size = await readExactly(file, 4, at);
      const length = size.readUInt32BE();
      if (length < tagBytes || length > chunkBytes + tagBytes || at + 4 + length > bodyEnd)
        throw forged('is damaged or was altered');
      const content = await readExactly(file, length, at + 4);
      hash.update(size).update(content);
      yield content;
      at += 4 + length;
    }
  }

  return {
    header,
    bytes: found.size,
    async verify(publicKey) {
      const hash = createHash('sha256');
      for await (const _ of chunks(hash));
      const bodyHash = hash.digest();
      const signature = await readExactly(file, signatureBytes, bodyEnd);
      const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
      if (!verify(null, signed(headerHash, bodyHash), key, signature))
        throw forged('was altered, or its signature is not that of the user it names');
      proved = bodyHash;
    },
    async *body(sealKey) {
      const key = bodyKey(sealKey, header);
      const hash = createHash('sha256');
      let index = 0;
      let ended = false;
      try {
        for await (const content of chunks(hash)) {
          if (ended) throw forged('is damaged or was altered');
          const { plain, last } = openChunk(key, headerHash, index, content);
          ended = last;
          index += 1;
          yield plain;
        }
      } finally {
        key.fill(0);
      }
      // What was opened is what was proved: the stick may have been changed in between.
      if (!ended || !proved?.equals(hash.digest())) throw forged('is cut short or was altered');
    },
    close: () => file.close(),
  };
}

function parseHeader(bytes: Buffer): PackageHeader {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw notPackage();
  }
  const version = z.object({ format: z.literal('fellside-exchange'), version: z.number() }).safeParse(json);
  if (!version.success) throw notPackage();
  if (version.data.version > 1)
    throw new AppError(
      'workspace.newer',
      'This package was made by a newer version of Fellside. Take it with that version.',
    );
  const header = PackageHeader.safeParse(json);
  if (!header.success) throw forged('says of itself what cannot be');
  return header.data;
}

/** A chunk that is the last one says so under its seal: the two are told apart by trying both. */
function openChunk(
  key: Buffer,
  headerHash: Buffer,
  index: number,
  content: Buffer,
): { plain: Buffer; last: boolean } {
  for (const last of [false, true]) {
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index), { authTagLength: tagBytes });
    decipher.setAAD(sealed(headerHash, last));
    decipher.setAuthTag(content.subarray(-tagBytes));
    try {
      return {
        plain: Buffer.concat([decipher.update(content.subarray(0, -tagBytes)), decipher.final()]),
        last,
      };
    } catch {
      // The other one, or nothing of ours.
    }
  }
  throw forged('is damaged, or was sealed under a key that this copy does not hold');
}
