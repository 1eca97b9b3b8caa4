/** Frames that no page of ours sends: too large, too deep, cut, not JSON, not calls, too many. The engine goes on. */
import { MessageChannel } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveEngine } from '../../electron/engine/serve.ts';
import { connect, type EngineClient } from '../../shared/contract/client.ts';
import { makeAssembler, type Piece } from '../../shared/contract/pieces.ts';
import { fromEmittingPort, longestFrame } from '../../shared/contract/port.ts';
import type { Bench } from '../engine/support.ts';
import { cleanUp, makeWorkspace } from '../engine/support.ts';

let bench: Bench;
let client: EngineClient;
let raw: MessageChannel['port1'];
const unhandled: unknown[] = [];
const note = (error: unknown) => unhandled.push(error);

beforeAll(async () => {
  process.on('unhandledRejection', note);
  bench = await makeWorkspace();
  const channel = new MessageChannel();
  raw = channel.port1;
  serveEngine(bench.engine, fromEmittingPort(channel.port2));
  client = connect(fromEmittingPort(channel.port1));
});
afterAll(async () => {
  await bench.engine.close();
  raw.close();
  process.off('unhandledRejection', note);
  cleanUp();
});

const answers = async () =>
  expect(await client.workspace.status()).toMatchObject({ open: { folderName: 'op.fellside' } });

describe('a frame', () => {
  const depth = 100_000;
  const frames: [string, () => unknown][] = [
    ['of nothing', () => ''],
    ['of noise', () => '\u0000\ufffe\ud800#'],
    ['that is no JSON', () => '{"i":"1"'],
    ['of JSON that is no call', () => '[1,2,3]'],
    ['of null', () => 'null'],
    ['of a number', () => '1e999'],
    ['of bytes that are no base64', () => '#***'],
    ['of bytes', () => `#${btoa('\u0000\u0001\u0002')}`],
    ['of a call of nothing', () => '{"i":"1","p":{"u":"/nothing/at/all"}}'],
    ['of a call of a prototype', () => '{"i":"1","p":{"u":"/constructor/constructor"}}'],
    ['with a wrong id', () => '{"i":{"a":1},"p":{"u":"/workspace/status"}}'],
    ['that ends a call which never began', () => '{"i":"77","t":3}'],
    ['that is deep', () => '['.repeat(depth) + ']'.repeat(depth)],
    [
      'that is deep inside a call',
      () => `{"i":"1","p":{"u":"/records/add","b":{"json":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}}}`,
    ],
    ['that is an object and no text', () => ({ i: '1' })],
    [
      'that is larger than any may be',
      () => `{"i":"1","p":{"u":"/briefing/spelling","b":{"json":{"text":"${'x'.repeat(longestFrame)}"}}}}`,
    ],
  ];
  it.each(frames)('%s is answered by nothing, and the next call is', async (_, make) => {
    raw.postMessage(make());
    await answers();
    expect(unhandled).toEqual([]);
  });

  it('of which ten thousand come at once leaves the engine answering', { timeout: 60_000 }, async () => {
    for (let count = 0; count < 10_000; count += 1) raw.postMessage('{"i":"x');
    await answers();
    expect(unhandled).toEqual([]);
  });
});

describe('pieces of a frame', () => {
  it('that never end, come twice or far too early are let go before they fill the memory', () => {
    const frames: string[] = [];
    const take = makeAssembler((frame) => frames.push(frame), longestFrame);
    const piece = (number: number, text: string, last = false): Piece => ({ number, last, text });
    take(piece(0, 'a'));
    take(piece(0, 'a'));
    take(piece(1, 'b', true));
    expect(frames).toEqual(['ab']);
    const early = () => {
      for (let number = 3; number < 20_000; number += 1) take(piece(number, 'x'.repeat(60_000)));
    };
    expect(early).toThrow(/frame/);
    const endless = makeAssembler(() => {}, longestFrame);
    expect(() => {
      for (let number = 0; number < 20_000; number += 1) endless(piece(number, 'x'.repeat(60_000)));
    }).toThrow(/frame/);
  });
});
