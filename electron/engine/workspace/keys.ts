/**
 * The keys of one user, and how they are kept in the header.
 *
 *   passphrase → Argon2id → HKDF-SHA-256 → AES-256-GCM over { user id, signing key, sealing key, founder }
 *   recovery key (160 random bits) → HKDF-SHA-256 → the same
 *
 * The signing key (Ed25519) signs journal and roster; the sealing key (X25519) opens the seal of the data key that
 * stands beside the wraps (`seal.ts`). Name and role are in neither: they stand in the roster inside the database, so
 * the header on disk names nobody and nobody can give themselves a role. Kind, parameters, workspace and slot are
 * authenticated with each wrap: one moved elsewhere or weakened does not open.
 */
import type { KeyObject } from 'node:crypto';
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import { chooseKdf, Kdf, type KdfCost, stretch } from './kdf.ts';
import { makeSealingKey, Sealed, sealingPublicKey } from './seal.ts';

const base64 = (maximum: number) => z.base64().max(maximum);

const PassphraseWrap = z.strictObject({
  kind: z.literal('passphrase'),
  kdf: Kdf,
  nonce: base64(20),
  wrapped: base64(2000),
});
type PassphraseWrap = z.infer<typeof PassphraseWrap>;
const RecoveryWrap = z.strictObject({
  kind: z.literal('recovery'),
  nonce: base64(20),
  wrapped: base64(2000),
});
const Wrap = z.discriminatedUnion('kind', [PassphraseWrap, RecoveryWrap]);
export type Wrap = z.infer<typeof Wrap>;

export const KeySlot = z.strictObject({
  id: z.string().min(8).max(60),
  wraps: z.array(Wrap).min(1).max(2),
  /** One for each data key: two only while a rotation has not been finished. */
  sealed: z.array(Sealed).min(1).max(2),
  /** By the signing key of the slot's user, or of a lead. */
  signature: base64(100),
});
export type KeySlot = z.infer<typeof KeySlot>;

const WrappedKeys = z.strictObject({
  userId: z.int().min(1),
  signing: z.base64(),
  sealing: z.base64(),
  founder: z.string().length(64),
  oneTime: z.boolean(),
});

/** A user's keys, open. */
export interface UserKeys {
  userId: number;
  slotId: string;
  signing: KeyObject;
  sealing: Buffer;
  /** SHA-256 of the founder's public key, in hex: whom the roster must begin with. */
  founder: string;
  /** The passphrase was given by a lead and must be changed before anything else. */
  oneTime: boolean;
  /** What the passphrase was stretched with; null after recovery. */
  kdf: Kdf | null;
}

/** SPKI, base64. */
export const publicKeyOf = (privateKey: KeyObject): string =>
  createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).toString('base64');

/** SHA-256 of a public key, in hex. */
export const keyDigest = (publicKey: string): string =>
  createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex');

/** Fresh keys for a user who has none. */
export function makeKeys(userId: number, founder: string | null, oneTime: boolean): UserKeys {
  const signing = generateKeyPairSync('ed25519').privateKey;
  return {
    userId,
    slotId: randomBytes(9).toString('base64url'),
    signing,
    sealing: makeSealingKey().privateKey,
    founder: founder ?? keyDigest(publicKeyOf(signing)),
    oneTime,
    kdf: null,
  };
}

/** The halves that others may know. */
export const publicHalves = (keys: Pick<UserKeys, 'signing' | 'sealing'>) => ({
  signingKey: publicKeyOf(keys.signing),
  sealingKey: sealingPublicKey(keys.sealing),
});

function hkdf(secret: Uint8Array, slotId: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, Buffer.from(slotId), purpose, 32));
}

const associatedData = (workspaceId: string, slotId: string, kind: Wrap['kind'], kdf: Kdf | null) =>
  Buffer.from(JSON.stringify(['fellside/2/wrap', workspaceId, slotId, kind, kdf]));

function wrapKeys(keys: UserKeys, wrapKey: Buffer, associated: Buffer): { nonce: string; wrapped: string } {
  const signing = keys.signing.export({ format: 'der', type: 'pkcs8' });
  const secret = Buffer.from(
    JSON.stringify({
      userId: keys.userId,
      signing: signing.toString('base64'),
      sealing: keys.sealing.toString('base64'),
      founder: keys.founder,
      oneTime: keys.oneTime,
    } satisfies z.infer<typeof WrappedKeys>),
  );
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', wrapKey, nonce);
  cipher.setAAD(associated);
  const wrapped = Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  for (const each of [secret, signing, wrapKey]) each.fill(0);
  return { nonce: nonce.toString('base64'), wrapped: wrapped.toString('base64') };
}

/** The keys under a passphrase. `stretched` saves the derivation where it was made already. */
export async function wrapByPassphrase(
  workspaceId: string,
  keys: UserKeys,
  passphrase: string,
  wanted: { cost: KdfCost } | { kdf: Kdf; stretched: Buffer },
): Promise<PassphraseWrap> {
  const kdf = 'kdf' in wanted ? wanted.kdf : chooseKdf(keys.kdf, wanted.cost);
  const stretched = 'kdf' in wanted ? wanted.stretched : await stretch(passphrase, kdf);
  const wrapKey = hkdf(stretched, keys.slotId, 'fellside/2/passphrase-wrap');
  return {
    kind: 'passphrase',
    kdf,
    ...wrapKeys(keys, wrapKey, associatedData(workspaceId, keys.slotId, 'passphrase', kdf)),
  };
}

/** The keys under the bytes of a recovery key: random enough to need no stretching. */
export function wrapByRecovery(workspaceId: string, keys: UserKeys, secret: Buffer): Wrap {
  const wrapKey = hkdf(secret, keys.slotId, 'fellside/2/recovery-wrap');
  return {
    kind: 'recovery',
    ...wrapKeys(
      { ...keys, oneTime: true },
      wrapKey,
      associatedData(workspaceId, keys.slotId, 'recovery', null),
    ),
  };
}

function openWrap(workspaceId: string, slotId: string, wrap: Wrap, wrapKey: Buffer): UserKeys | null {
  const kdf = wrap.kind === 'passphrase' ? wrap.kdf : null;
  try {
    const wrapped = Buffer.from(wrap.wrapped, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', wrapKey, Buffer.from(wrap.nonce, 'base64'), {
      authTagLength: 16,
    });
    decipher.setAAD(associatedData(workspaceId, slotId, wrap.kind, kdf));
    decipher.setAuthTag(wrapped.subarray(-16));
    const secret = Buffer.concat([decipher.update(wrapped.subarray(0, -16)), decipher.final()]);
    const opened = WrappedKeys.parse(JSON.parse(secret.toString('utf8')));
    secret.fill(0);
    return {
      userId: opened.userId,
      slotId,
      signing: createPrivateKey({
        key: Buffer.from(opened.signing, 'base64'),
        format: 'der',
        type: 'pkcs8',
      }),
      sealing: Buffer.from(opened.sealing, 'base64'),
      founder: opened.founder,
      oneTime: opened.oneTime,
      kdf,
    };
  } catch {
    // Not this slot, or the wrong passphrase: the two cannot be told apart, by design.
    return null;
  } finally {
    wrapKey.fill(0);
  }
}

export const wrongPassphrase = () =>
  new AppError(
    'workspace.wrong-passphrase',
    'The passphrase is not right for this workspace. Check Caps Lock and try again.',
  );

/**
 * Tries the passphrase on every slot; slots with the same parameters cost one derivation together.
 * @throws AppError `workspace.wrong-passphrase` when none opens, `workspace.memory`.
 */
export async function unlockSlots(
  workspaceId: string,
  slots: readonly KeySlot[],
  passphrase: string,
): Promise<{ slot: KeySlot; keys: UserKeys }> {
  const byKdf = new Map<string, { kdf: Kdf; slots: { slot: KeySlot; wrap: Wrap }[] }>();
  for (const slot of slots)
    for (const wrap of slot.wraps) {
      if (wrap.kind !== 'passphrase') continue;
      const id = JSON.stringify(wrap.kdf);
      const group = byKdf.get(id) ?? { kdf: wrap.kdf, slots: [] };
      group.slots.push({ slot, wrap });
      byKdf.set(id, group);
    }
  for (const group of byKdf.values()) {
    const stretched = await stretch(passphrase, group.kdf);
    try {
      for (const { slot, wrap } of group.slots) {
        const keys = openWrap(
          workspaceId,
          slot.id,
          wrap,
          hkdf(stretched, slot.id, 'fellside/2/passphrase-wrap'),
        );
        if (keys) return { slot, keys };
      }
    } finally {
      stretched.fill(0);
    }
  }
  throw wrongPassphrase();
}

/** The slot that the bytes of a recovery key open, or null. */
export function unlockByRecovery(
  workspaceId: string,
  slots: readonly KeySlot[],
  secret: Buffer,
): { slot: KeySlot; keys: UserKeys } | null {
  for (const slot of slots)
    for (const wrap of slot.wraps) {
      if (wrap.kind !== 'recovery') continue;
      const keys = openWrap(workspaceId, slot.id, wrap, hkdf(secret, slot.id, 'fellside/2/recovery-wrap'));
      if (keys) return { slot, keys };
    }
  return null;
}
