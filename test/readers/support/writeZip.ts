import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipPart {
  name: string;
  data: string | Buffer;
  /** Stored without compression. */
  stored?: boolean;
  /** Sizes after the data instead of before, as streaming writers do. */
  descriptor?: boolean;
  /** Sizes in the zip64 extra field of the directory. */
  zip64?: boolean;
  /** Lies, for hostile archives. */
  claims?: {
    crc?: number;
    size?: number;
    compressedSize?: number;
    offset?: number;
    flags?: number;
    method?: number;
  };
  /** Bytes already deflated, with the size and checksum of what they inflate to. */
  deflated?: { bytes: Buffer; size: number; crc: number };
}

/**
 * Builds a zip archive in memory, the honest way unless a part says otherwise. With a part of zip64
 * the end of the directory is of zip64 too.
 */
export function writeZip(parts: readonly ZipPart[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const name = Buffer.from(part.name);
    const data = Buffer.from(part.data);
    const body = part.deflated?.bytes ?? (part.stored ? data : deflateRawSync(data));
    const crc = part.claims?.crc ?? part.deflated?.crc ?? crc32(data);
    const size = part.claims?.size ?? part.deflated?.size ?? data.length;
    const compressedSize = part.claims?.compressedSize ?? body.length;
    const flags = (part.claims?.flags ?? 0) | (part.descriptor ? 8 : 0) | 0x800;
    const method = part.claims?.method ?? (part.stored ? 0 : 8);

    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(method, 8);
    if (!part.descriptor) {
      local.writeUInt32LE(crc, 14);
      local.writeUInt32LE(compressedSize, 18);
      local.writeUInt32LE(size, 22);
    }
    local.writeUInt16LE(name.length, 26);
    const tail = Buffer.alloc(part.descriptor ? 16 : 0);
    if (part.descriptor) {
      tail.writeUInt32LE(0x08074b50, 0);
      tail.writeUInt32LE(crc, 4);
      tail.writeUInt32LE(compressedSize, 8);
      tail.writeUInt32LE(size, 12);
    }
    locals.push(local, name, body, tail);

    const extra = Buffer.alloc(part.zip64 ? 20 : 0);
    if (part.zip64) {
      extra.writeUInt16LE(1, 0);
      extra.writeUInt16LE(16, 2);
      extra.writeBigUInt64LE(BigInt(size), 4);
      extra.writeBigUInt64LE(BigInt(compressedSize), 12);
    }
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(part.zip64 ? 45 : 20, 4);
    central.writeUInt16LE(part.zip64 ? 45 : 20, 6);
    central.writeUInt16LE(flags, 8);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(crc, 16);
    central.writeUInt32LE(part.zip64 ? 0xffffffff : compressedSize, 20);
    central.writeUInt32LE(part.zip64 ? 0xffffffff : size, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt16LE(extra.length, 30);
    central.writeUInt32LE(part.claims?.offset ?? offset, 42);
    directory.push(central, name, extra);
    offset += local.length + name.length + body.length + tail.length;
  }
  const centralBytes = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(centralBytes.length, 12);
  end.writeUInt32LE(offset, 16);
  if (!parts.some((part) => part.zip64)) return Buffer.concat([...locals, centralBytes, end]);
  const wide = Buffer.alloc(56);
  wide.writeUInt32LE(0x06064b50, 0);
  wide.writeBigUInt64LE(44n, 4);
  wide.writeUInt16LE(45, 12);
  wide.writeUInt16LE(45, 14);
  wide.writeBigUInt64LE(BigInt(parts.length), 24);
  wide.writeBigUInt64LE(BigInt(parts.length), 32);
  wide.writeBigUInt64LE(BigInt(centralBytes.length), 40);
  wide.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + centralBytes.length), 8);
  locator.writeUInt32LE(1, 16);
  end.writeUInt16LE(0xffff, 8);
  end.writeUInt16LE(0xffff, 10);
  end.writeUInt32LE(0xffffffff, 12);
  end.writeUInt32LE(0xffffffff, 16);
  return Buffer.concat([...locals, centralBytes, wide, locator, end]);
}
