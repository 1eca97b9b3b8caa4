/** Packages that break off: whatever was read or begun for them is let go. */
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Frame } from '../../electron/engine/exchange/frames.ts';
import { packFrames, unpackFrames } from '../../electron/engine/exchange/frames.ts';
import { cleanUp, sessionOf } from '../engine/support.ts';
import { makeFor, withTwo } from './support.ts';

afterAll(cleanUp);

const many = 200;

it('a package that cannot be written on lets go of the rows that it was reading', async () => {
  let given = 0;
  let isLetGo = false;
  function* frames(): Generator<Frame> {
    try {
      for (; given < many; given += 1) yield { json: { t: 'row' }, blob: randomBytes(200_000) };
    } finally {
      isLetGo = true;
    }
  }
  // As where the stick is full.
  for await (const _ of packFrames(frames())) break;
  expect(given).toBeLessThan(many);
  expect(isLetGo).toBe(true);
});

it('a package that is refused halfway is read no further', async () => {
  const pieces: Buffer[] = [];
  const frames = Array.from({ length: many }, () => ({ json: { t: 'row' }, blob: randomBytes(200_000) }));
  for await (const piece of packFrames(frames)) pieces.push(piece);
  let given = 0;
  let isLetGo = false;
  async function* body(): AsyncGenerator<Buffer> {
    try {
      for (; given < pieces.length; given += 1) yield pieces[given] ?? Buffer.alloc(0);
    } finally {
      isLetGo = true;
    }
  }
  for await (const _ of unpackFrames(body())) break;
  await new Promise(setImmediate);
  expect(given).toBeLessThan(pieces.length);
  expect(isLetGo).toBe(true);
});

it('a package that cannot be recorded leaves no file behind', async () => {
  await withTwo(async (original) => {
    const { writer } = sessionOf(original);
    writer.exec(
      `CREATE TEMP TRIGGER refused BEFORE INSERT ON main.exchange_package BEGIN SELECT raise(ABORT, 'full'); END`,
    );
    await expect(makeFor(original)).rejects.toThrow();
    expect(readdirSync(join(original.folder, 'out'))).toEqual([]);
    writer.exec('DROP TRIGGER refused');
    await makeFor(original);
    expect(readdirSync(join(original.folder, 'out'))).toEqual(['exchange-0-0001.fellside-exchange']);
  });
});
