/** What the writers need to know about a photograph's bytes. */
export interface Picture {
  readonly format: 'jpeg' | 'png';
  readonly width: number;
  readonly height: number;
  /** How the pixels of a JPEG must be turned to be seen upright: the EXIF orientation, 1 to 8. */
  readonly turn: number;
  /** The same picture without the camera's notes: no place, no time, no owner. */
  readonly bytes: Buffer;
}

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const pngKept = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'pHYs']);

/**
 * Reads a JPEG or PNG and takes out everything that is not picture: EXIF (which may hold where and
 * when a photograph was taken), XMP, IPTC, thumbnails, comments. The turning of a JPEG is kept.
 * Returns undefined for anything else, or for a picture that ends too early.
 */
export function readPicture(bytes: Uint8Array): Picture | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length > 12 && buffer.subarray(0, 8).equals(pngSignature)) return readPng(buffer);
  if (buffer.length > 4 && buffer.readUInt16BE(0) === 0xffd8) return readJpeg(buffer);
  return undefined;
}

function readPng(buffer: Buffer): Picture | undefined {
  const parts: Buffer[] = [pngSignature];
  let width = 0;
  let height = 0;
  for (let at = 8; at + 12 <= buffer.length; ) {
    const length = buffer.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > buffer.length) return undefined;
    const kind = buffer.toString('latin1', at + 4, at + 8);
    if (kind === 'IHDR' && length >= 8) {
      width = buffer.readUInt32BE(at + 8);
      height = buffer.readUInt32BE(at + 12);
    }
    if (pngKept.has(kind)) parts.push(buffer.subarray(at, end));
    if (kind === 'IEND') {
      return width > 0 && height > 0
        ? { format: 'png', width, height, turn: 1, bytes: Buffer.concat(parts) }
        : undefined;
    }
    at = end;
  }
  return undefined;
}

function readJpeg(buffer: Buffer): Picture | undefined {
  const parts: Buffer[] = [];
  let width = 0;
  let height = 0;
  let turn = 1;
  for (let at = 2; at + 4 <= buffer.length; ) {
    if (buffer[at] !== 0xff) return undefined;
    const marker = buffer[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = buffer.readUInt16BE(at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > buffer.length) return undefined;
    const isSize = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isSize && length >= 7) {
      height = buffer.readUInt16BE(at + 5);
      width = buffer.readUInt16BE(at + 7);
    }
    if (marker === 0xe1) turn = readTurn(buffer.subarray(at + 4, end)) ?? turn;
    // APP0 and APP14 say how the colours are stored, APP2 holds the colour profile.
    const isNote =
      marker === 0xfe || (marker >= 0xe1 && marker <= 0xef && marker !== 0xe2 && marker !== 0xee);
    if (!isNote) parts.push(buffer.subarray(at, end));
    if (marker === 0xda) {
      const last = buffer.lastIndexOf(Buffer.from([0xff, 0xd9]));
      if (last < end || width === 0 || height === 0) return undefined;
      const turned = turn >= 5 && turn <= 8;
      return {
        format: 'jpeg',
        width: turned ? height : width,
        height: turned ? width : height,
        turn,
        bytes: Buffer.concat([
          Buffer.from([0xff, 0xd8]),
          ...(turn === 1 ? [] : [turnSegment(turn)]),
          ...parts,
          buffer.subarray(end, last + 2),
        ]),
      };
    }
    at = end;
  }
  return undefined;
}

/** The EXIF orientation, 1 to 8, or undefined. */
function readTurn(segment: Buffer): number | undefined {
  if (segment.length < 20 || segment.toString('latin1', 0, 6) !== 'Exif\0\0') return undefined;
  const tiff = segment.subarray(6);
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const read16 = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const first = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (first + 2 > tiff.length) return undefined;
  const count = read16(first);
  for (let index = 0; index < count; index += 1) {
    const at = first + 2 + index * 12;
    if (at + 12 > tiff.length) return undefined;
    if (read16(at) === 0x0112) {
      const turn = read16(at + 8);
      return turn >= 1 && turn <= 8 ? turn : undefined;
    }
  }
  return undefined;
}

/** A smallest EXIF segment that holds the orientation alone. */
export function turnSegment(turn: number): Buffer {
  const segment = Buffer.alloc(36);
  segment.writeUInt16BE(0xffe1, 0);
  segment.writeUInt16BE(34, 2);
  segment.write('Exif\0\0MM', 4, 'latin1');
  segment.writeUInt16BE(42, 12);
  segment.writeUInt32BE(8, 14);
  segment.writeUInt16BE(1, 18);
  segment.writeUInt16BE(0x0112, 20);
  segment.writeUInt16BE(3, 22);
  segment.writeUInt32BE(1, 24);
  segment.writeUInt16BE(turn, 28);
  return segment;
}
