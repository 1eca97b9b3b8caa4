import { CFB } from '@e965/xlsx';
import { writeZip, type ZipPart } from './writeZip.ts';

/** A number from 0 up to, not including, a limit; the same numbers for the same seed (Lehmer's generator). */
export type Dice = (limit: number) => number;

export function makeDice(seed: number): Dice {
  let state = (seed % 2_147_483_646) + 1;
  return (limit) => {
    state = (state * 48_271) % 2_147_483_647;
    return Math.floor((state / 2_147_483_647) * limit);
  };
}

/** A copy of some bytes, spoilt in one of the ways in which files are: or in which attackers spoil them. */
export function mutateBytes(whole: Buffer, dice: Dice): Buffer {
  const bytes = Buffer.from(whole);
  const at = dice(bytes.length);
  const length = 1 + dice(64);
  switch (dice(6)) {
    case 0:
      for (let times = 1 + dice(8); times > 0; times--) {
        const place = dice(bytes.length);
        bytes[place] = (bytes[place] ?? 0) ^ (1 << dice(8));
      }
      return bytes;
    case 1:
      return bytes.subarray(0, at);
    case 2:
      return bytes.fill(dice(2) * 255, at, Math.min(bytes.length, at + length));
    case 3:
      // A number that some reader takes for a count or a length.
      if (bytes.length > 8)
        bytes.writeUInt32LE([0, 0x7fffffff, 0xffffffff, 0x10000][dice(4)] ?? 0, dice(bytes.length - 4));
      return bytes;
    case 4:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    default: {
      const piece = bytes.subarray(at, at + length * 8);
      return Buffer.concat([bytes.subarray(0, at), piece, piece, bytes.subarray(at)]);
    }
  }
}

/** An archive put together again, whole as an archive, but with a part that is spoilt, gone or another's. */
export function mutateParts(archive: Buffer, dice: Dice): Buffer {
  const parts = listParts(archive);
  const chosen = dice(parts.length);
  const part = parts[chosen] as ZipPart;
  switch (dice(4)) {
    case 0:
      parts.splice(chosen, 1);
      break;
    case 1: {
      const other = parts[dice(parts.length)] as ZipPart;
      parts[chosen] = { ...part, data: other.data };
      break;
    }
    default:
      parts[chosen] = { ...part, data: mutateBytes(Buffer.from(part.data ?? ''), dice) };
  }
  return writeZip(parts);
}

function listParts(archive: Buffer): ZipPart[] {
  const container = CFB.read(archive, { type: 'buffer' });
  const parts: ZipPart[] = [];
  container.FullPaths.forEach((path: string, index: number) => {
    const { content } = container.FileIndex[index];
    const name = path.replace(/^Root Entry\//, '');
    if (name !== '' && !name.endsWith('/') && content) parts.push({ name, data: Buffer.from(content) });
  });
  return parts;
}
