import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import decode, { init as initDecode } from '@jsquash/jpeg/decode.js';
import encode, { init as initEncode } from '@jsquash/jpeg/encode.js';
import { PNG } from 'pngjs';
import { type Picture, turnSegment } from './photographs.ts';

/** Pixels, four bytes each: red, green, blue, opacity. */
interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

interface Globals {
  ImageData?: unknown;
  WebAssembly: { Module: new (bytes: Uint8Array) => object };
}

/** Good enough for print at 300 dpi; a step more doubles the size of the file for nothing that is seen. */
const quality = 82;

let ready: Promise<void> | undefined;

/**
 * The picture made smaller by a factor under 1, as a JPEG. The same picture gives the same bytes. What
 * lets the paper through prints as white.
 *
 * @throws Error when the bytes cannot be decoded.
 */
export async function scalePicture(picture: Picture, factor: number): Promise<Buffer> {
  ready ??= loadCodec();
  await ready;
  const pixels = await readPixels(picture);
  const small = average(pixels, factor);
  const encoded = Buffer.from((await encode(small as never, { quality })) as ArrayBuffer);
  if (picture.turn === 1) return encoded;
  return Buffer.concat([encoded.subarray(0, 2), turnSegment(picture.turn), encoded.subarray(2)]);
}

/** Can the pixels of a PNG be read? */
export function canDecode({ bytes }: Picture): boolean {
  try {
    PNG.sync.read(bytes);
    return true;
  } catch {
    return false;
  }
}

async function readPixels({ format, bytes }: Picture): Promise<Pixels> {
  if (format === 'png') return PNG.sync.read(bytes);
  // The turning is put back as it was, so the pixels are wanted as they lie.
  return (await decode(bytes as unknown as ArrayBuffer, { preserveOrientation: false })) as Pixels;
}

/** Every new pixel is the mean of the old ones that it covers, over white. */
function average({ width, height, data }: Pixels, factor: number): Pixels {
  const newWidth = Math.max(1, Math.round(width * factor));
  const newHeight = Math.max(1, Math.round(height * factor));
  const result = new Uint8ClampedArray(newWidth * newHeight * 4);
  for (let y = 0; y < newHeight; y += 1) {
    const top = Math.floor((y * height) / newHeight);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * height) / newHeight));
    for (let x = 0; x < newWidth; x += 1) {
      const left = Math.floor((x * width) / newWidth);
      const right = Math.max(left + 1, Math.floor(((x + 1) * width) / newWidth));
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let row = top; row < bottom; row += 1) {
        for (let at = (row * width + left) * 4; at < (row * width + right) * 4; at += 4) {
          const opacity = data[at + 3] ?? 255;
          const white = 255 * (255 - opacity);
          red += (data[at] ?? 0) * opacity + white;
          green += (data[at + 1] ?? 0) * opacity + white;
          blue += (data[at + 2] ?? 0) * opacity + white;
        }
      }
      const count = (bottom - top) * (right - left) * 255;
      const place = (y * newWidth + x) * 4;
      result[place] = red / count;
      result[place + 1] = green / count;
      result[place + 2] = blue / count;
      result[place + 3] = 255;
    }
  }
  return { width: newWidth, height: newHeight, data: result };
}

/** The codec is made for pages: it looks for the page's class of pixels, and would fetch its code. */
async function loadCodec(): Promise<void> {
  const globals = globalThis as unknown as Globals;
  globals.ImageData ??= class {
    readonly data: Uint8ClampedArray;
    readonly width: number;
    readonly height: number;

    constructor(data: Uint8ClampedArray, width: number, height: number) {
      this.data = data;
      this.width = width;
      this.height = height;
    }
  };
  const { resolve } = createRequire(import.meta.url);
  const codec = (name: string) => new globals.WebAssembly.Module(readFileSync(resolve(name)));
  await initDecode(codec('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm') as never);
  await initEncode(codec('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm') as never);
}
