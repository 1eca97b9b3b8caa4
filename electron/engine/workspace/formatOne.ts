/**
 * Headers of format 1: one slot, which wraps the data key and the signing key together with the user's name and role.
 * They are read once, to be written again in format 2.
 */
import type { KeyObject } from 'node:crypto';
import { createDecipheriv, createPrivateKey, hkdfSync } from 'node:crypto';
import { z } from 'zod';
import { Kdf, stretch } from './kdf.ts';
import { wrongPassphrase } from './keys.ts';

const FirstSlot = z.strictObject({
  id: z.string().max(60),
  kind: z.literal('passphrase'),
  kdf: Kdf,
  nonce: z.base64().max(40),
  wrapped: z.base64().max(4000),
});

export const FirstHeader = z.strictObject({
  format: z.literal('fellside-workspace'),
  formatVersion: z.literal(1),
  workspaceId: z.string().min(10).max(60),
  slots: z.array(FirstSlot).min(1).max(10),
});
export type FirstHeader = z.infer<typeof FirstHeader>;

const Secret = z.strictObject({
  dataKey: z.base64(),
  userId: z.int(),
  name: z.string(),
  role: z.enum(['lead', 'analyst', 'reader']),
  signingKey: z.base64(),
});

export interface FirstUnlocked {
  dataKey: Buffer;
  userId: number;
  name: string;
  signing: KeyObject;
  kdf: Kdf;
  stretched: Buffer;
}

/** @throws AppError `workspace.wrong-passphrase` when no slot opens. */
export async function unlockFirst(header: FirstHeader, passphrase: string): Promise<FirstUnlocked> {
  for (const slot of header.slots) {
    const stretched = await stretch(passphrase, slot.kdf);
    const wrapKey = Buffer.from(hkdfSync('sha256', stretched, Buffer.alloc(0), 'fellside/1/slot-wrap', 32));
    try {
      const wrapped = Buffer.from(slot.wrapped, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', wrapKey, Buffer.from(slot.nonce, 'base64'), {
        authTagLength: 16,
      });
      decipher.setAAD(
        Buffer.from(JSON.stringify(['fellside/1', header.workspaceId, slot.id, slot.kind, slot.kdf])),
      );
      decipher.setAuthTag(wrapped.subarray(-16));
      const secret = Buffer.concat([decipher.update(wrapped.subarray(0, -16)), decipher.final()]);
      const opened = Secret.parse(JSON.parse(secret.toString('utf8')));
      secret.fill(0);
      return {
        dataKey: Buffer.from(opened.dataKey, 'base64'),
        userId: opened.userId,
        name: opened.name,
        signing: createPrivateKey({
          key: Buffer.from(opened.signingKey, 'base64'),
          format: 'der',
          type: 'pkcs8',
        }),
        kdf: slot.kdf,
        stretched,
      };
    } catch {
      stretched.fill(0);
    } finally {
      wrapKey.fill(0);
    }
  }
  throw wrongPassphrase();
}
