/**
 * The hash chain over journal entries. Each entry is hashed with the hash of the one before it and
 * signed with its user's Ed25519 key: a changed, dropped or inserted entry breaks the chain at that place.
 */

import type { KeyObject } from 'node:crypto';
import { createHash, createPublicKey, sign, verify } from 'node:crypto';

/** Hash that stands before the first entry. */
export const genesis = '0'.repeat(64);

export interface EntryContent {
  seq: number;
  at: string;
  user_id: number;
  user: string;
  device: string;
  operation: string;
  method: string;
  target: string | null;
  summary: string;
  before: string | null;
  after: string | null;
  reason: string | null;
  recipients: string | null;
  undoable: number;
  undoes: number | null;
  redoes: number | null;
}

/** SHA-256, in hex, over the previous hash and every field in a fixed order. */
export function hashEntry(previous: string, entry: EntryContent): string {
  const fields = [
    previous,
    entry.seq,
    entry.at,
    entry.user_id,
    entry.user,
    entry.device,
    entry.operation,
    entry.method,
    entry.target,
    entry.summary,
    entry.before,
    entry.after,
    entry.reason,
    entry.recipients,
    entry.undoable,
    entry.undoes,
    entry.redoes,
  ];
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

export function signHash(hash: string, key: KeyObject): string {
  return sign(null, Buffer.from(hash, 'hex'), key).toString('base64');
}

/** `publicKey` is SPKI in base64, as the user table keeps it. */
export function signatureHolds(hash: string, signature: string, publicKey: string): boolean {
  return signatureChecker()(hash, signature, publicKey);
}

type Check<Answer> = (hash: string, signature: string, publicKey: string) => Answer;

/** `signatureHolds` for many entries: each key is read once. `apart` checks in a thread of the pool. */
export function signatureChecker(): Check<boolean> & { apart: Check<Promise<boolean>> } {
  const keys = new Map<string, KeyObject>();
  const keyOf = (publicKey: string): KeyObject => {
    const known = keys.get(publicKey);
    if (known) return known;
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    keys.set(publicKey, key);
    return key;
  };
  const here: Check<boolean> = (hash, signature, publicKey) => {
    try {
      return verify(null, Buffer.from(hash, 'hex'), keyOf(publicKey), Buffer.from(signature, 'base64'));
    } catch {
      return false;
    }
  };
  const apart: Check<Promise<boolean>> = (hash, signature, publicKey) =>
    new Promise((resolve) => {
      try {
        verify(
          null,
          Buffer.from(hash, 'hex'),
          keyOf(publicKey),
          Buffer.from(signature, 'base64'),
          (error, good) => resolve(!error && good),
        );
      } catch {
        resolve(false);
      }
    });
  return Object.assign(here, { apart });
}
