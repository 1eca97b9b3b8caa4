import { MessageChannel } from 'node:worker_threads';
import { eventIterator, oc } from '@orpc/contract';
import { implement } from '@orpc/server';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { serveEngine } from '../../electron/engine/serve.ts';
import { connectTo } from '../../shared/contract/client.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { fromEmittingPort, fromFrame, type StringPort, toFrame } from '../../shared/contract/port.ts';

const contract = {
  double: oc.input(z.strictObject({ number: z.number() })).output(z.object({ number: z.number() })),
  echo: oc.input(z.object({ text: z.string() })).output(z.object({ text: z.string() })),
  refuse: oc.input(z.object({ how: z.enum(['known', 'unknown']) })).output(z.object({})),
  wait: oc.output(z.object({})),
  steps: oc
    .input(z.object({ count: z.number(), failAt: z.number().optional() }))
    .output(eventIterator(z.object({ step: z.number() }))),
};

const secret = 'Harriet Pellow, 07700 900123';
const kept: unknown[] = [];
let waiting: AbortSignal | undefined;
let stepsEnded = 0;

const build = implement(contract);
const router = build.router({
  double: build.double.handler(({ input }) => ({ number: input.number * 2 })),
  echo: build.echo.handler(({ input }) => input),
  refuse: build.refuse.handler(({ input }) => {
    if (input.how === 'known') throw new AppError('stale', 'The row has changed. Reload it.', { version: 7 });
    throw new TypeError(`cannot read ${secret}`);
  }),
  wait: build.wait.handler(async ({ signal }) => {
    waiting = signal;
    await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    return {};
  }),
  steps: build.steps.handler(async function* ({ input }) {
    try {
      for (let step = 0; step < input.count; step += 1) {
        if (step === input.failAt) throw new AppError('file.damaged', 'The file ends in the middle.');
        yield { step };
      }
    } finally {
      stepsEnded += 1;
    }
  }),
});

const open: StringPort[] = [];

function start(): {
  client: ReturnType<typeof connectTo<typeof contract>>;
  page: StringPort;
  engine: StringPort;
} {
  const channel = new MessageChannel();
  const page = fromEmittingPort(channel.port1);
  const engine = fromEmittingPort(channel.port2);
  open.push(page);
  serveEngine(
    {
      router,
      keepInternal: (error) => {
        kept.push(error);
        return `K${kept.length}`;
      },
    },
    engine,
  );
  return { client: connectTo<typeof contract>(page), page, engine };
}

async function failure(call: Promise<unknown>): Promise<AppError> {
  const error = await call.then(
    () => new Error('the call was answered'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
}

/** Waits until a condition of the other side holds; the test's own time limit is the only clock. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

afterEach(() => {
  for (const port of open.splice(0)) port.close();
  waiting = undefined;
  stepsEnded = 0;
});

describe('calls over a port of text frames', () => {
  test('are answered, whatever order they finish in', async () => {
    const { client } = start();
    const answers = await Promise.all([1, 2, 3, 4].map((number) => client.double({ number })));
    expect(answers.map(({ number }) => number)).toEqual([2, 4, 6, 8]);
  });

  test('put nothing but text on the wire', async () => {
    const channel = new MessageChannel();
    const frames: unknown[] = [];
    const page = fromEmittingPort(channel.port1);
    const engine = fromEmittingPort(channel.port2);
    open.push(page);
    serveEngine({ router }, engine);
    const client = connectTo<typeof contract>({
      ...page,
      postMessage: (text) => {
        frames.push(text);
        page.postMessage(text);
      },
    });
    for await (const _ of await client.steps({ count: 2 }));
    await failure(client.refuse({ how: 'known' }));
    await client.echo({ text: 'Penrhyn Dŵr \u{1f511} \u0000 "' });
    expect(frames.length).toBeGreaterThanOrEqual(3);
    expect(frames.filter((frame) => typeof frame !== 'string')).toEqual([]);
  });

  test('carry every kind of text unchanged', async () => {
    const { client } = start();
    for (const text of ['', 'Dŵr \u{1f511}', '\u0000\u2028', '{"json":1}', 'x'.repeat(3_000_000)]) {
      expect((await client.echo({ text })).text).toBe(text);
    }
  });

  test('bring an AppError across with its code, words and details', async () => {
    const { client } = start();
    const error = await failure(client.refuse({ how: 'known' }));
    expect([error.code, error.message, error.details]).toEqual([
      'stale',
      'The row has changed. Reload it.',
      { version: 7 },
    ]);
  });

  test('turn any other error into a reference and keep its words inside the engine', async () => {
    const { client } = start();
    const before = kept.length;
    const error = await failure(client.refuse({ how: 'unknown' }));
    expect(error.code).toBe('internal');
    expect(error.message).toContain(`K${before + 1}`);
    expect(JSON.stringify([error.message, error.details, String(error.cause)])).not.toContain('Pellow');
    expect(String(kept.at(-1))).toContain(secret);
  });

  test('that the contract refuses say which field, and never the value', async () => {
    const { client } = start();
    const error = await failure(client.double({ number: secret as unknown as number }));
    expect(error.code).toBe('invalid');
    expect(error.message).toContain('number');
    expect(JSON.stringify([error.message, error.details])).not.toContain('Pellow');
  });

  test('to a method that does not exist are refused', async () => {
    const { client } = start();
    const error = await failure((client as unknown as { nothing: () => Promise<unknown> }).nothing());
    expect(error.code).toBe('internal');
  });

  test('survive frames that are not calls', async () => {
    const { client, page } = start();
    const before = kept.length;
    for (const text of ['', '{', 'null', '[]', '{"i":1}', '{"i":"7","t":99,"p":{}}']) page.postMessage(text);
    expect((await client.double({ number: 21 })).number).toBe(42);
    expect(kept.length).toBeGreaterThan(before);
  });
});

describe('long work', () => {
  test('arrives step by step and ends', async () => {
    const { client } = start();
    const seen: number[] = [];
    for await (const { step } of await client.steps({ count: 5 })) seen.push(step);
    expect(seen).toEqual([0, 1, 2, 3, 4]);
    await until(() => stepsEnded === 1);
  });

  test('that fails half way throws an AppError where it is read', async () => {
    const { client } = start();
    const seen: number[] = [];
    const read = async () => {
      for await (const { step } of await client.steps({ count: 5, failAt: 2 })) seen.push(step);
    };
    const error = await failure(read());
    expect([error.code, seen]).toEqual(['file.damaged', [0, 1]]);
  });

  test('stops in the engine when the page stops reading', async () => {
    const { client } = start();
    for await (const { step } of await client.steps({ count: 1_000_000 })) if (step === 3) break;
    await until(() => stepsEnded === 1);
  });

  test('that is aborted is aborted in the engine and reported as cancelled', async () => {
    const { client } = start();
    const controller = new AbortController();
    const call = failure(client.wait(undefined, { signal: controller.signal }));
    await until(() => waiting !== undefined);
    controller.abort();
    expect((await call).code).toBe('cancelled');
    await until(() => waiting?.aborted === true);
  });
});

describe('a port that closes', () => {
  test('rejects every waiting call with engine.gone', async () => {
    const { client, engine } = start();
    const calls = [client.wait(), client.wait(), client.wait()].map(failure);
    await until(() => waiting !== undefined);
    engine.close();
    expect((await Promise.all(calls)).map(({ code }) => code)).toEqual([
      'engine.gone',
      'engine.gone',
      'engine.gone',
    ]);
  });

  test('rejects the reader of an event iterator with engine.gone', async () => {
    const { client, engine } = start();
    const events = await client.steps({ count: 1_000_000_000 });
    await events.next();
    engine.close();
    const readOn = async () => {
      for await (const _ of events);
    };
    expect((await failure(readOn())).code).toBe('engine.gone');
  });

  test('rejects every later call with engine.gone instead of leaving it to wait', async () => {
    const { client, page, engine } = start();
    const closed = new Promise<void>((resolve) => page.onClose(resolve));
    engine.close();
    await closed;
    expect((await failure(client.double({ number: 1 }))).code).toBe('engine.gone');
  });

  test('aborts in the engine what the page had asked for', async () => {
    const { client, page } = start();
    const call = failure(client.wait());
    await until(() => waiting !== undefined);
    page.close();
    expect((await call).code).toBe('engine.gone');
    await until(() => waiting?.aborted === true);
  });
});

test('bytes that become a frame come back as they were', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20_000 }), (bytes) => {
      const frame = toFrame(bytes);
      expect(typeof frame).toBe('string');
      expect(fromFrame(frame)).toEqual(bytes);
    }),
    { numRuns: 50 },
  );
});
