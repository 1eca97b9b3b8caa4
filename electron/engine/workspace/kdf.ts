/**
 * Argon2id: what a passphrase costs to try. The cost is measured on the machine that makes a slot and stored with
 * the slot, never below the floor: a slot below it was tampered with.
 */
import { randomBytes } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';

export interface KdfCost {
  memoryKiB: number;
  passes: number;
  lanes: number;
}

/** Above OWASP's advice; what every machine on which Fellside runs can bear. */
export const kdfFloor: KdfCost = { memoryKiB: 65_536, passes: 3, lanes: 1 };
/** No slot asks for more: a header must not be able to choke the machine that reads it. */
const kdfCap: KdfCost = { memoryKiB: 1_048_576, passes: 10, lanes: 4 };

export const Kdf = z.strictObject({
  name: z.literal('argon2id'),
  memoryKiB: z.int().min(kdfFloor.memoryKiB).max(kdfCap.memoryKiB),
  passes: z.int().min(kdfFloor.passes).max(kdfCap.passes),
  lanes: z.int().min(1).max(kdfCap.lanes),
  salt: z.base64().min(20).max(100),
});
export type Kdf = z.infer<typeof Kdf>;

/** The package's number of the algorithm; its enum exists in types only. */
const argon2id = 2;

/** Milliseconds that opening a slot should take on the machine that makes it. */
const target = 700;

/** Milliseconds that one derivation of this cost takes here. */
export type MeasureKdf = (cost: KdfCost) => Promise<number>;

/**
 * 32 bytes out of a passphrase, however its accents are composed.
 * @throws AppError `workspace.memory` when the machine has not the memory that the slot was made with.
 */
export async function stretch(passphrase: string, kdf: Kdf): Promise<Buffer> {
  try {
    return await hashRaw(passphrase.normalize('NFKC'), {
      algorithm: argon2id,
      memoryCost: kdf.memoryKiB,
      timeCost: kdf.passes,
      parallelism: kdf.lanes,
      outputLen: 32,
      salt: Buffer.from(kdf.salt, 'base64'),
    });
  } catch {
    throw new AppError(
      'workspace.memory',
      `Opening this workspace takes ${kdf.memoryKiB / 1024} MB of free memory, which this machine does not have now. Close other programs, or open it on a machine with more memory.`,
    );
  }
}

async function measureHere(cost: KdfCost): Promise<number> {
  const kdf = makeKdf(cost);
  const before = performance.now();
  await stretch('a measure of this machine', kdf);
  return performance.now() - before;
}

/**
 * The cost that takes about 0.7 s here, in passes over the memory of the floor. More memory would cost an attacker
 * more, and every opening with it: it would be the greater part of what a large import may take. A machine that is slow
 * or busy gives the floor.
 */
export async function calibrateKdf(measure: MeasureKdf = measureHere): Promise<KdfCost> {
  const onePass = Math.max(1, await measure(kdfFloor)) / kdfFloor.passes;
  const passes = Math.min(kdfCap.passes, Math.max(kdfFloor.passes, Math.floor(target / onePass)));
  return { ...kdfFloor, passes };
}

/** Parameters of this cost with a salt of their own. */
export function makeKdf(cost: KdfCost): Kdf {
  return {
    name: 'argon2id',
    memoryKiB: cost.memoryKiB,
    passes: cost.passes,
    lanes: cost.lanes,
    salt: randomBytes(16).toString('base64'),
  };
}

const work = (cost: KdfCost) => cost.memoryKiB * cost.passes;

/**
 * The parameters for a new slot. Slots that share them, salt and all, are tried with one derivation; so those under
 * which the user of this session opened the workspace are taken again, unless they are much cheaper than what this
 * machine can bear. Never those of another slot: only one's own are known not to have been tampered with.
 */
export function chooseKdf(own: Kdf | null, cost: KdfCost): Kdf {
  return own && work(own) * 2 > work(cost) ? own : makeKdf(cost);
}
