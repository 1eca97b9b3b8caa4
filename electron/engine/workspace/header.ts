/**
 * `workspace.json`: the public header. It says nothing about the operation or its people. The database keeps a copy
 * (`people/headerCopy.ts`), which counts where the two differ: a change of keys is one transaction, and the file
 * follows.
 */
import type { KeyObject } from 'node:crypto';
import { createPublicKey, randomBytes, sign, verify } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import { diskError, syncFolder, writeNewFile } from './durable.ts';
import { FirstHeader } from './formatOne.ts';
import type { UserKeys, Wrap } from './keys.ts';
import { KeySlot, publicHalves } from './keys.ts';
import { sealDataKey } from './seal.ts';

export const formatVersion = 2;
const maximumHeaderBytes = 1_000_000;
/** Different costs of derivation among the slots: each is tried at opening. */
const maximumKdfs = 8;

const Header = z
  .strictObject({
    format: z.literal('fellside-workspace'),
    formatVersion: z.literal(formatVersion),
    workspaceId: z.string().min(10).max(60),
    /** Rises with each change of the header. */
    revision: z.int().min(1).max(1_000_000_000),
    /** Number of the data key that counts. */
    generation: z.int().min(1).max(1_000_000),
    slots: z.array(KeySlot).min(1).max(100),
  })
  .refine(({ slots }) => new Set(slots.map(({ id }) => id)).size === slots.length)
  .refine(
    ({ slots }) =>
      new Set(slots.flatMap(({ wraps }) => wraps.map((wrap) => 'kdf' in wrap && JSON.stringify(wrap.kdf))))
        .size <= maximumKdfs,
  );
export type Header = z.infer<typeof Header>;

/** The text of a header, as it stands in the file and in the database. */
export const headerText = (header: Header): string => `${JSON.stringify(header, null, 2)}\n`;

/** The header in a text that `headerText` made; null where it is none. */
export function parseHeader(text: string): Header | null {
  try {
    return Header.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

const slotBytes = (workspaceId: string, slot: Omit<KeySlot, 'signature'>) =>
  Buffer.from(JSON.stringify(['fellside/2/slot', workspaceId, slot.id, slot.wraps, slot.sealed]));

/** A slot with the signature of its user, or of a lead. */
export function signSlot(workspaceId: string, slot: Omit<KeySlot, 'signature'>, signing: KeyObject): KeySlot {
  const { id, wraps, sealed } = slot;
  const signature = sign(null, slotBytes(workspaceId, slot), signing).toString('base64');
  return { id, wraps, sealed, signature };
}

/** The slot of keys that were just made: one wrap, and the data key sealed to them. Their user signs it, or a lead. */
export function makeSlot(
  workspaceId: string,
  keys: UserKeys,
  wrap: Wrap,
  data: { key: Buffer; generation: number },
  signing = keys.signing,
): KeySlot {
  const { slotId } = keys;
  const { sealingKey } = publicHalves(keys);
  const sealed = [sealDataKey(data.key, sealingKey, { workspaceId, slotId }, data.generation)];
  return signSlot(workspaceId, { id: slotId, wraps: [wrap], sealed }, signing);
}

/** The header of a workspace with one user, the founder. */
export function firstHeader(workspaceId: string, keys: UserKeys, wrap: Wrap, dataKey: Buffer): Header {
  const generation = 1;
  return {
    format: 'fellside-workspace',
    formatVersion,
    workspaceId,
    revision: 1,
    generation,
    slots: [makeSlot(workspaceId, keys, wrap, { key: dataKey, generation })],
  };
}

/** Whether one of these keys (SPKI, base64) signed the slot. */
export function slotHolds(workspaceId: string, slot: KeySlot, publicKeys: readonly string[]): boolean {
  const bytes = slotBytes(workspaceId, slot);
  const signature = Buffer.from(slot.signature, 'base64');
  return publicKeys.some((publicKey) => {
    try {
      const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
      return verify(null, bytes, key, signature);
    } catch {
      return false;
    }
  });
}

const headerPath = (folder: string) => join(folder, 'workspace.json');

/**
 * @throws AppError `workspace.missing`, `workspace.foreign` (no workspace of ours), `workspace.newer`,
 * `workspace.altered` (a header that was damaged or tampered with).
 */
export function readHeader(folder: string): Header | FirstHeader {
  const path = headerPath(folder);
  let text: string;
  try {
    if (!statSync(folder).isDirectory())
      throw new AppError('workspace.foreign', 'That is a file, not a workspace folder.');
    if (statSync(path).size > maximumHeaderBytes)
      throw new AppError('workspace.foreign', 'That folder is not a Fellside workspace.');
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      'workspace.missing',
      'There is no Fellside workspace in that folder (workspace.json is missing). Choose the folder that ends in .fellside, or create one.',
    );
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new AppError(
      'workspace.altered',
      'workspace.json is damaged. Restore it from a backup of the workspace folder.',
    );
  }
  const plain = z.object({ format: z.string(), formatVersion: z.number() }).safeParse(parsed);
  if (!plain.success || plain.data.format !== 'fellside-workspace') {
    throw new AppError('workspace.foreign', 'That folder is not a Fellside workspace.');
  }
  if (plain.data.formatVersion > formatVersion) {
    throw new AppError(
      'workspace.newer',
      `This workspace has format ${plain.data.formatVersion}; this version of Fellside knows ${formatVersion}. Open it with a newer version.`,
    );
  }
  const header = (plain.data.formatVersion === 1 ? FirstHeader : Header).safeParse(parsed);
  if (!header.success) {
    throw new AppError(
      'workspace.altered',
      'workspace.json is damaged or was altered. Restore it from a backup of the workspace folder.',
    );
  }
  return header.data;
}

/**
 * Writes the header beside the file and gives the step that puts it in its place: a crash leaves the old one or the
 * new one, never half of one, and a full disk is met before anything else is changed.
 */
export function prepareHeader(folder: string, header: Header): { place(): void; discard(): void } {
  const path = headerPath(folder);
  const temporary = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    writeNewFile(temporary, headerText(header));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw diskError(error, 'workspace.json');
  }
  return {
    place() {
      renameSync(temporary, path);
      syncFolder(folder);
    },
    discard: () => rmSync(temporary, { force: true }),
  };
}

export function writeHeader(folder: string, header: Header): void {
  prepareHeader(folder, header).place();
}
