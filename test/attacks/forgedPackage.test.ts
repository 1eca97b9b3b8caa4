/**
 * The attack: somebody gets hold of the stick between two machines and changes what is on it, or writes a package of
 * their own. Without a user's signing key no byte of it is believed; with the key of a user who may not, neither.
 */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readKeys, readOwnCopy } from '../../electron/engine/exchange/copies.ts';
import type { Frame } from '../../electron/engine/exchange/frames.ts';
import { packFrames, unpackFrames } from '../../electron/engine/exchange/frames.ts';
import { openPackage, writePackage } from '../../electron/engine/exchange/packageFile.ts';
import type { Bench } from '../engine/support.ts';
import {
  cleanUp,
  countTables,
  dumpGrids,
  onlyRef,
  openWorkspaceAt,
  refusal,
  sessionOf,
} from '../engine/support.ts';
import { makeCopies, makeFor, take } from '../exchange/support.ts';

afterAll(cleanUp);

let original: Bench;
let copy: Bench;
let path: string;
let person: string;

beforeAll(async () => {
  const [a, b] = await makeCopies(1);
  if (!a || !b) throw new Error('two copies');
  [original, copy] = [a, b];
  person = onlyRef(await a.client.records.add({ grid: 'people', values: { name: 'Maud Ellery' } }));
  path = (await makeFor(a)).path;
}, 60_000);
afterAll(async () => {
  await original.engine.close();
  await copy.engine.close();
});

/** Taking the bytes is refused with the code, and nothing of the copy has changed. */
async function refuses(bytes: Buffer, code: string): Promise<string> {
  const file = join(copy.folder, `altered-${randomBytes(4).toString('hex')}.fellside-exchange`);
  writeFileSync(file, bytes);
  const before = { grids: await dumpGrids(copy.client), tables: countTables(sessionOf(copy), ['journal']) };
  const refused = await refusal(take(copy, file));
  expect(refused.code).toBe(code);
  expect({ grids: await dumpGrids(copy.client), tables: countTables(sessionOf(copy), ['journal']) }).toEqual(
    before,
  );
  await rm(file);
  return refused.message;
}

it('a byte that was changed anywhere, a cut and an addition are seen before anything is opened', async () => {
  const bytes = readFileSync(path);
  for (const at of [25, 60, 200, Math.floor(bytes.length / 2), bytes.length - 80, bytes.length - 1]) {
    const altered = Buffer.from(bytes);
    altered[at] = (altered[at] ?? 0) ^ 1;
    const message = await refuses(altered, at < 300 ? expectedOf(altered) : 'exchange.forged');
    expect(message).not.toContain('Maud');
  }
  await refuses(bytes.subarray(0, bytes.length - 100), 'exchange.forged');
  await refuses(Buffer.concat([bytes, Buffer.from('more')]), 'exchange.forged');
  await refuses(
    Buffer.from('not a package at all, but long enough to be looked at. '.repeat(4)),
    'exchange.forged',
  );
  await refuses(Buffer.alloc(0), 'exchange.forged');
}, 120_000);

/** A header of which the id of the operation was changed names another operation; any other change is a forgery. */
function expectedOf(bytes: Buffer): string {
  try {
    const length = bytes.readUInt32BE(16);
    const header = JSON.parse(bytes.subarray(20, 20 + length).toString('utf8')) as { workspaceId?: string };
    return header.workspaceId !== undefined && header.workspaceId !== sessionOf(copy).workspace.id
      ? 'exchange.foreign'
      : 'exchange.forged';
  } catch {
    return 'exchange.forged';
  }
}

it('a package of another operation is refused by name', async () => {
  const [other] = await makeCopies(1, 'Operation Else');
  if (!other) throw new Error('an operation');
  const made = await makeFor(other);
  await refuses(readFileSync(made.path), 'exchange.foreign');
  await other.engine.close();
}, 60_000);

/** The frames of the real package, and a package of frames signed by `key`. */
async function rewrite(
  change: (frame: Frame) => Frame | Frame[] | null,
  options: { signWith?: 'user' | 'stranger' } = {},
): Promise<Buffer> {
  const session = sessionOf(original);
  const [key] = readKeys(session.writer);
  const own = readOwnCopy(session.writer);
  if (!key || !own) throw new Error('a copy has a key');
  const opened = await openPackage(path);
  const user = session.writer.prepare('SELECT public_key FROM user WHERE id = 1').get() as {
    public_key: string;
  };
  await opened.verify(user.public_key);
  const frames: Frame[] = [];
  for await (const frame of unpackFrames(opened.body(key.key))) {
    const changed = change({
      json: structuredClone(frame.json),
      blob: frame.blob && Buffer.from(frame.blob),
    });
    if (changed) frames.push(...[changed].flat());
  }
  await opened.close();
  const file = join(original.folder, `rewritten-${randomBytes(4).toString('hex')}`);
  const handle = await open(file, 'wx');
  await writePackage(
    handle,
    { ...opened.header, id: randomBytes(16).toString('hex'), salt: randomBytes(32).toString('base64') },
    packFrames(frames),
    {
      seal: key.key,
      sign:
        options.signWith === 'stranger'
          ? generateKeyPairSync('ed25519').privateKey
          : session.workspace.signingKey,
    },
  );
  await handle.close();
  return readFileSync(file);
}

it('who knows the key of the body, but signs with another, writes nothing', async () => {
  await refuses(await rewrite((frame) => frame, { signWith: 'stranger' }), 'exchange.forged');
}, 60_000);

it('a user who rewrites the record of the past is found out by its chain', async () => {
  const message = await refuses(
    await rewrite((frame) => {
      const json = frame.json as { t: string; entries?: { content: string }[] };
      const entry = json.entries?.[0];
      if (json.t === 'entries' && entry)
        entry.content = entry.content.replace('"user":"A Analyst"', '"user":"N Obody"');
      return frame;
    }),
    'exchange.forged',
  );
  expect(message).toContain('content was changed');
  await refuses(
    await rewrite((frame) => {
      const json = frame.json as { t: string; entries?: unknown[] };
      if (json.t === 'entries') json.entries?.splice(1, 1);
      return frame;
    }),
    'exchange.gap',
  );
}, 60_000);

it('rows, files and values that no copy can have are refused, and nothing of them stays', async () => {
  const hello = (work: (json: Record<string, unknown>) => void) =>
    rewrite((frame) => {
      const json = frame.json as Record<string, unknown>;
      if (json.t === 'hello') work(json);
      return frame;
    });
  await refuses(await hello((json) => (json.copies as unknown[]).push({ id: 'x' })), 'exchange.forged');
  await refuses(await hello((json) => (json.schema = 999)), 'workspace.newer');
  const endless = await rewrite((frame) => ((frame.json as { t: string }).t === 'end' ? null : frame));
  await refuses(endless, 'exchange.forged');
  const plant = (json: Record<string, unknown>, blob: Buffer | null = null) => {
    let planted = false;
    return rewrite((frame) => {
      const { t } = frame.json as { t: string };
      if (planted || t === 'hello') return frame;
      planted = true;
      return [{ json, blob }, frame];
    });
  };
  const evil = [
    { t: 'rows', import: 1, table: 'record', rows: [[1, 'people', 1, '', 0, '{}', null, null, 'x']] },
    { t: 'rows', import: 1, table: 'user', rows: [[1]] },
    {
      t: 'photograph',
      id: 9,
      grid: 'people',
      row: 1,
      mediaType: 'image/png',
      sha256: 'a'.repeat(64),
      takenOn: null,
      caption: null,
      standing: 1,
    },
    { t: 'change' },
    { t: 'journal' },
    { t: 'hello' },
  ];
  for (const json of evil) await refuses(await plant(json, Buffer.from('bytes')), 'exchange.forged');
}, 120_000);

it('a user whom the copy does not know is believed on the word of a lead alone', async () => {
  // A copy of the folder that was taken before: its lead is the same, so the word counts; a stranger's key does not.
  const stranger = generateKeyPairSync('ed25519');
  const bytes = await rewrite((frame) => frame);
  const length = bytes.readUInt32BE(16);
  const header = JSON.parse(bytes.subarray(20, 20 + length).toString('utf8')) as Record<string, unknown>;
  const changed = Buffer.from(JSON.stringify({ ...header, user: 77 }));
  const size = Buffer.alloc(4);
  size.writeUInt32BE(changed.length);
  const body = bytes.subarray(20 + length, bytes.length - 64);
  const hash = (part: Buffer) => createHash('sha256').update(part).digest();
  const signature = sign(
    null,
    Buffer.concat([Buffer.from('fellside/1/exchange\0'), hash(changed), hash(body)]),
    stranger.privateKey,
  );
  const message = await refuses(
    Buffer.concat([bytes.subarray(0, 16), size, changed, body, signature]),
    'exchange.forged',
  );
  expect(message).toContain('does not know');
}, 60_000);

it('the real one is taken afterwards', async () => {
  await take(copy, path);
  expect((await copy.client.records.show({ ref: person })).label).toBe('Maud Ellery');
}, 60_000);

it('a folder that was copied by hand is found out when packages meet', async () => {
  const twinFolder = join(original.folder, 'by hand.fellside');
  await copy.engine.close();
  cpSync(copy.workspace, twinFolder, { recursive: true });
  copy = await openWorkspaceAt(copy.workspace);
  const twin = await openWorkspaceAt(twinFolder);
  await copy.client.records.add({ grid: 'people', values: { name: 'Alec Thorne' } });
  await twin.client.records.add({ grid: 'people', values: { name: 'Bram Ostler' } });
  const first = await makeFor(copy);
  copyFileSync(first.path, join(original.folder, 'first.fellside-exchange'));
  await take(original, join(original.folder, 'first.fellside-exchange'));
  await rm(first.path);
  const second = await makeFor(twin);
  const refused = await refusal(take(original, second.path));
  expect(refused.code).toBe('exchange.twin');
  expect(refused.message).toContain('copied by hand');
  const meeting = await refusal(take(copy, second.path));
  expect(meeting.code).toBe('exchange.twin');
  await twin.engine.close();
}, 120_000);
