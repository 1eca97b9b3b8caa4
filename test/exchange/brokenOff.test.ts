/** Frames that nobody takes to the end: whatever reads them is let go. */
import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Frame } from '../../electron/engine/exchange/frames.ts';
import { packFrames, unpackFrames } from '../../electron/engine/exchange/frames.ts';

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
