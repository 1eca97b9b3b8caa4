/**
 * A data key sealed to one user: whoever knows it can give it to a user without the user's passphrase.
 *
 *   X25519 (a key pair of this seal alone, the user's key) → HKDF-SHA-256 → AES-256-GCM over the data key
 *
 * Workspace, slot and generation are authenticated with it: a seal moved elsewhere does not open.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { x25519 } from '@noble/curves/ed25519.js';
import { z } from 'zod';

export const Sealed = z.strictObject({
  /** Number of the data key: it rises by one with each rotation. */
  generation: z.int().min(1).max(1_000_000),
  ephemeral: z.base64().max(60),
  nonce: z.base64().max(20),
  box: z.base64().max(100),
});
export type Sealed = z.infer<typeof Sealed>;

/** Where a seal belongs. */
export interface SealPlace {
  workspaceId: string;
  slotId: string;
}

export function makeSealingKey(): { privateKey: Buffer; publicKey: string } {
  const privateKey = randomBytes(32);
  return { privateKey, publicKey: sealingPublicKey(privateKey) };
}

/** The public half, base64. */
export function sealingPublicKey(privateKey: Uint8Array): string {
  return Buffer.from(x25519.getPublicKey(privateKey)).toString('base64');
}

function boxKey(shared: Uint8Array, ephemeral: Uint8Array, recipient: Uint8Array): Buffer {
  return Buffer.from(
    hkdfSync('sha256', shared, Buffer.concat([ephemeral, recipient]), 'fellside/2/seal', 32),
  );
}

const associatedData = (place: SealPlace, generation: number) =>
  Buffer.from(JSON.stringify(['fellside/2/seal', place.workspaceId, place.slotId, generation]));

/** Seals a data key to a public key. */
export function sealDataKey(
  dataKey: Buffer,
  publicKey: string,
  place: SealPlace,
  generation: number,
): Sealed {
  const recipient = Buffer.from(publicKey, 'base64');
  const pair = makeSealingKey();
  const ephemeral = Buffer.from(pair.publicKey, 'base64');
  const shared = x25519.getSharedSecret(pair.privateKey, recipient);
  const key = boxKey(shared, ephemeral, recipient);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(associatedData(place, generation));
  const box = Buffer.concat([cipher.update(dataKey), cipher.final(), cipher.getAuthTag()]);
  for (const secret of [shared, key, pair.privateKey]) secret.fill(0);
  return {
    generation,
    ephemeral: pair.publicKey,
    nonce: nonce.toString('base64'),
    box: box.toString('base64'),
  };
}

/** The data key of a seal; null where it was not made for this key and place, or was altered. */
export function openSeal(sealed: Sealed, privateKey: Uint8Array, place: SealPlace): Buffer | null {
  try {
    const ephemeral = Buffer.from(sealed.ephemeral, 'base64');
    const recipient = Buffer.from(sealingPublicKey(privateKey), 'base64');
    const shared = x25519.getSharedSecret(privateKey, ephemeral);
    const key = boxKey(shared, ephemeral, recipient);
    const box = Buffer.from(sealed.box, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.nonce, 'base64'), {
      authTagLength: 16,
    });
    decipher.setAAD(associatedData(place, sealed.generation));
    decipher.setAuthTag(box.subarray(-16));
    const dataKey = Buffer.concat([decipher.update(box.subarray(0, -16)), decipher.final()]);
    shared.fill(0);
    key.fill(0);
    return dataKey.length === 32 ? dataKey : null;
  } catch {
    return null;
  }
}
