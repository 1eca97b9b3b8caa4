/** `workspace.json`: the public header. It says nothing about the operation or its people. */
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import { KeySlot } from './keys.ts';

export const formatVersion = 1;
const maximumHeaderBytes = 1_000_000;

const Header = z.strictObject({
  format: z.literal('fellside-workspace'),
  formatVersion: z.literal(formatVersion),
  workspaceId: z.string().min(10).max(60),
  slots: z.array(KeySlot).min(1).max(100),
});
export type Header = z.infer<typeof Header>;

const headerPath = (folder: string) => join(folder, 'workspace.json');

/**
 * @throws AppError `workspace.missing`, `workspace.foreign` (no workspace of ours), `workspace.newer`,
 * `workspace.altered` (a header that was damaged or tampered with).
 */
export function readHeader(folder: string): Header {
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
  const header = Header.safeParse(parsed);
  if (!header.success) {
    throw new AppError(
      'workspace.altered',
      'workspace.json is damaged or was altered. Restore it from a backup of the workspace folder.',
    );
  }
  return header.data;
}

/** Writes the header so that a crash leaves the old one or the new one, never half of one. */
export function writeHeader(folder: string, header: Header): void {
  const path = headerPath(folder);
  const temporary = `${path}.${randomBytes(6).toString('hex')}`;
  const file = openSync(temporary, 'wx', 0o600);
  try {
    writeSync(file, `${JSON.stringify(header, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}
