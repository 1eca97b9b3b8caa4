/**
 * Key slots. A random data key encrypts the database; each slot wraps it for one user:
 *
 *   passphrase → Argon2id (parameters in the slot) → HKDF-SHA-256 → AES-256-GCM over
 *   { dataKey, user, signing key }
 *
 * The user's name and role are inside the wrap, so the header on disk names nobody. The parameters and
 * the workspace id are authenticated with the wrap: a slot moved elsewhere or weakened does not open.
 */

import type { KeyObject } from 'node:crypto';
import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';

/** Floor of OWASP's advice and the design; a slot below it was tampered with. */
export const defaultKdf = { memoryKiB: 65_536, passes: 3, lanes: 1 } as const;

/** The package's number of the algorithm; its enum exists in types only. */
const argon2id = 2;

const base64 = (maximum: number) => z.base64().max(maximum);

export const KeySlot = z.strictObject({
  id: z.string().max(60),
  kind: z.enum(['passphrase', 'recovery']),
  kdf: z.strictObject({
    name: z.literal('argon2id'),
    memoryKiB: z.int().min(defaultKdf.memoryKiB).max(4_194_304),
    passes: z.int().min(defaultKdf.passes).max(100),
    lanes: z.int().min(1).max(16),
    salt: base64(100),
  }),
  nonce: base64(40),
  wrapped: base64(4000),
});
export type KeySlot = z.infer<typeof KeySlot>;

const SlotSecret = z.strictObject({
  dataKey: z.base64(),
  userId: z.int(),
  name: z.string(),
  role: z.enum(['lead', 'analyst', 'reader']),
  signingKey: z.base64(),
});

export interface UnlockedSlot {
  dataKey: Buffer;
  user: { id: number; name: string; role: 'lead' | 'analyst' | 'reader' };
  signingKey: KeyObject;
}

async function deriveWrapKey(passphrase: string, kdf: KeySlot['kdf']): Promise<Buffer> {
  const stretched = await hashRaw(passphrase.normalize('NFKC'), {
    algorithm: argon2id,
    memoryCost: kdf.memoryKiB,
    timeCost: kdf.passes,
    parallelism: kdf.lanes,
    outputLen: 32,
    salt: Buffer.from(kdf.salt, 'base64'),
  });
  const key = Buffer.from(hkdfSync('sha256', stretched, Buffer.alloc(0), 'fellside/1/slot-wrap', 32));
  stretched.fill(0);
  return key;
}

const associatedData = (workspaceId: string, slot: Pick<KeySlot, 'id' | 'kind' | 'kdf'>) =>
  Buffer.from(JSON.stringify(['fellside/1', workspaceId, slot.id, slot.kind, slot.kdf]));

export interface NewUser {
  id: number;
  name: string;
  role: 'lead' | 'analyst' | 'reader';
}

/** A new slot for a user, and the public half of the user's signing key (SPKI, base64). */
export async function makeSlot(
  workspaceId: string,
  passphrase: string,
  dataKey: Buffer,
  user: NewUser,
): Promise<{ slot: KeySlot; publicKey: string }> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const signingKey = privateKey.export({ format: 'der', type: 'pkcs8' });
  const head = {
    id: randomBytes(9).toString('base64url'),
    kind: 'passphrase' as const,
    kdf: { name: 'argon2id' as const, ...defaultKdf, salt: randomBytes(16).toString('base64') },
  };
  const wrapKey = await deriveWrapKey(passphrase, head.kdf);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', wrapKey, nonce);
  cipher.setAAD(associatedData(workspaceId, head));
  const secret = Buffer.from(
    JSON.stringify({
      dataKey: dataKey.toString('base64'),
      userId: user.id,
      name: user.name,
      role: user.role,
      signingKey: signingKey.toString('base64'),
    }),
  );
  const wrapped = Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  secret.fill(0);
  wrapKey.fill(0);
  return {
    slot: { ...head, nonce: nonce.toString('base64'), wrapped: wrapped.toString('base64') },
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  };
}

/**
 * Tries the passphrase on every slot.
 * @throws AppError `workspace.wrong-passphrase` when none opens.
 */
export async function unlockSlots(
  workspaceId: string,
  slots: readonly KeySlot[],
  passphrase: string,
): Promise<UnlockedSlot> {
  for (const slot of slots) {
    const wrapKey = await deriveWrapKey(passphrase, slot.kdf);
    try {
      const wrapped = Buffer.from(slot.wrapped, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', wrapKey, Buffer.from(slot.nonce, 'base64'));
      decipher.setAAD(associatedData(workspaceId, slot));
      decipher.setAuthTag(wrapped.subarray(-16));
      const secret = Buffer.concat([decipher.update(wrapped.subarray(0, -16)), decipher.final()]);
      const opened = SlotSecret.parse(JSON.parse(secret.toString('utf8')));
      secret.fill(0);
      return {
        dataKey: Buffer.from(opened.dataKey, 'base64'),
        user: { id: opened.userId, name: opened.name, role: opened.role },
        signingKey: createPrivateKey({
          key: Buffer.from(opened.signingKey, 'base64'),
          format: 'der',
          type: 'pkcs8',
        }),
      };
    } catch {
      // Not this slot, or the wrong passphrase: the two cannot be told apart, by design.
    } finally {
      wrapKey.fill(0);
    }
  }
  throw new AppError(
    'workspace.wrong-passphrase',
    'The passphrase is not right for this workspace. Check Caps Lock and try again.',
  );
}
