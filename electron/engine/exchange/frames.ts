/**
 * The body of a package: pieces one after the other, each a JSON object with bytes beside it where there are any,
 * compressed as one. Everything is read under caps: a body says nothing of how large it is.
 */
import { Readable } from 'node:stream';
import { createZstdCompress, createZstdDecompress } from 'node:zlib';
import { AppError } from '../../../shared/contract/errors.ts';

const maximumBodyBytes = 32 * 1024 ** 3;
const maximumJsonBytes = 64 * 1024 ** 2;
const maximumBlobBytes = 512 * 1024 ** 2;
const maximumFrames = 20_000_000;

export interface Frame {
  json: unknown;
  blob: Buffer | null;
}

const damaged = () =>
  new AppError('exchange.forged', 'The package holds what no package can hold. Nothing was taken.');

function encodeFrame({ json, blob }: Frame): Buffer {
  const text = Buffer.from(JSON.stringify(json));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(text.length, 0);
  head.writeUInt32BE(blob?.length ?? 0, 4);
  return blob ? Buffer.concat([head, text, blob]) : Buffer.concat([head, text]);
}

/** Ends what a stream reads, however far it came: a statement or a file that it had open is free afterwards. */
async function letGo(source: Readable): Promise<void> {
  if (!source.closed) await new Promise((resolve) => source.once('close', resolve).destroy());
}

/** The compressed bytes of frames. */
export async function* packFrames(frames: Iterable<Frame>): AsyncGenerator<Buffer> {
  function* bytes() {
    for (const frame of frames) yield encodeFrame(frame);
  }
  // Frames can be large: few wait at a time.
  const source = Readable.from(bytes(), { highWaterMark: 2 });
  const packed = createZstdCompress();
  source.on('error', (error) => packed.destroy(error));
  try {
    for await (const piece of source.pipe(packed)) yield piece as Buffer;
  } finally {
    await letGo(source);
  }
}

/** The frames of compressed bytes. @throws AppError `exchange.forged` for more than a package can hold. */
export async function* unpackFrames(body: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  const source = Readable.from(body, { highWaterMark: 2 });
  const unpacked = createZstdDecompress();
  source.on('error', (error) => unpacked.destroy(error));
  let total = 0;
  let count = 0;
  let held: Buffer[] = [];
  let heldBytes = 0;
  const take = (length: number): Buffer => {
    const all = held.length === 1 && held[0] ? held[0] : Buffer.concat(held);
    held = all.length > length ? [all.subarray(length)] : [];
    heldBytes -= length;
    return all.subarray(0, length);
  };
  let sizes: { json: number; blob: number } | null = null;
  try {
    for await (const piece of source.pipe(unpacked)) {
      const bytes = piece as Buffer;
      total += bytes.length;
      if (total > maximumBodyBytes) throw damaged();
      held.push(bytes);
      heldBytes += bytes.length;
      for (;;) {
        if (!sizes) {
          if (heldBytes < 8) break;
          const head = take(8);
          sizes = { json: head.readUInt32BE(0), blob: head.readUInt32BE(4) };
          count += 1;
          if (sizes.json > maximumJsonBytes || sizes.blob > maximumBlobBytes || count > maximumFrames)
            throw damaged();
        }
        if (heldBytes < sizes.json + sizes.blob) break;
        const content = take(sizes.json + sizes.blob);
        yield {
          json: parse(content.subarray(0, sizes.json)),
          blob: sizes.blob > 0 ? content.subarray(sizes.json) : null,
        };
        sizes = null;
      }
    }
  } catch (error) {
    // Not what the library says: it may quote what it read.
    throw error instanceof AppError ? error : damaged();
  } finally {
    await letGo(source);
  }
  if (sizes || heldBytes > 0) throw damaged();
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw damaged();
  }
}
