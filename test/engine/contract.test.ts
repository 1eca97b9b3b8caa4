/** The contract across a port: every method answers, what is not understood is refused, words arrive whole. */
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { isContractProcedure } from '@orpc/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveEngine } from '../../electron/engine/serve.ts';
import type { EngineClient } from '../../shared/contract/client.ts';
import { connect } from '../../shared/contract/client.ts';
import { contract } from '../../shared/contract/contract.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { fromEmittingPort } from '../../shared/contract/port.ts';
import type { Bench } from './support.ts';
import { cleanUp, demoFolder, makeEngine, makeWorkspace, refusal } from './support.ts';

let bench: Bench;
let client: EngineClient;
let page: ReturnType<typeof fromEmittingPort>;

beforeAll(async () => {
  bench = await makeWorkspace();
  const channel = new MessageChannel();
  page = fromEmittingPort(channel.port1);
  serveEngine(bench.engine, fromEmittingPort(channel.port2));
  client = connect(page);
});

afterAll(async () => {
  await bench.engine.close();
  page.close();
  cleanUp();
});

const methods = Object.entries(contract).flatMap(([area, list]) =>
  Object.keys(list).map((method) => [area, method] as const),
);

const callOf = (area: string, method: string) =>
  (client as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>)[area]?.[
    method
  ] as (input: unknown) => Promise<unknown>;

describe('every method', () => {
  it.each(methods)('%s.%s has a handler, and refuses what it does not know', async (area, method) => {
    const router = bench.engine.router as unknown as Record<
      string,
      Record<string, { '~orpc': { handler: unknown } }>
    >;
    expect(typeof router[area]?.[method]?.['~orpc'].handler).toBe('function');
    const procedure = (contract as unknown as Record<string, Record<string, unknown>>)[area]?.[method];
    expect(isContractProcedure(procedure)).toBe(true);
    const takesInput =
      (procedure as { '~orpc': { inputSchema?: unknown } })['~orpc'].inputSchema !== undefined;
    if (!takesInput) return;
    const secret = 'Wilhelmina Oxthwaite';
    const error = await refusal(callOf(area, method)({ nothingLikeThis: secret, ref: 17, grid: 'none' }));
    expect(error.code).toBe('invalid');
    expect(error.message).toMatch(/refused|not understood/);
    expect(error.message).not.toContain(secret);
  });

  it('is in the router, and the router has no others', () => {
    const router = bench.engine.router as unknown as Record<string, object>;
    const served = Object.entries(router).flatMap(([area, list]) =>
      Object.keys(list).map((method) => `${area}.${method}`),
    );
    expect(served.sort()).toEqual(methods.map(([area, method]) => `${area}.${method}`).sort());
  });
});

describe('errors', () => {
  it('keep code, words and details across the port', async () => {
    await client.records.add({ grid: 'people', values: { name: 'Maud Ellery' } });
    const cases: [() => Promise<unknown>, string][] = [
      [() => client.records.show({ ref: 'NOM-99' }), 'not-found'],
      [() => client.records.set({ edits: [{ ref: 'NOM-1', values: { dob: 'soon' } }] }), 'invalid'],
      [() => client.records.set({ edits: [{ ref: 'NOM-1', values: { note: 'x' }, revision: 1 }] }), 'stale'],
      [() => client.history.redo(), 'journal.nothing'],
      [() => client.workspace.open({ grant: 'made-up', passphrase: 'x' }), 'grant.unknown'],
      [() => client.grids.page({ grid: 'people', where: { nothing: 1 } }), 'usage'],
    ];
    for (const [work, code] of cases) {
      const near = await refusal(work());
      expect(near.code).toBe(code);
      expect(near).toBeInstanceOf(AppError);
      expect(near.message).not.toMatch(/\n|Maud/);
      expect(near.stack ?? '').not.toContain('electron/engine');
    }
    const direct = await refusal(bench.client.records.show({ ref: 'NOM-99' }));
    const far = await refusal(client.records.show({ ref: 'NOM-99' }));
    expect({ code: far.code, message: far.message, details: far.details }).toEqual({
      code: direct.code,
      message: direct.message,
      details: direct.details,
    });
  });

  it('reach through the events of long work', async () => {
    const grant = bench.engine.grants.add(join(demoFolder, 'vehicles.xlsx'), 'open-workspace');
    const work = (async () => {
      for await (const _ of await client.imports.commit({ files: [{ grant }] })) {
        // nothing comes before the refusal
      }
    })();
    expect((await refusal(work)).code).toBe('grant.unknown');
  });

  it('of methods that need a workspace say so when none is open', async () => {
    const { client: closed } = makeEngine();
    const needs: (() => Promise<unknown>)[] = [
      () => closed.operation.overview(),
      () => closed.grids.page({ grid: 'people' }),
      () => closed.grids.values({ grid: 'people', field: 'name' }),
      () => closed.grids.loadState({ grid: 'people' }),
      () => closed.records.show({ ref: 'NOM-1' }),
      () => closed.records.find({ text: 'x' }),
      () => closed.records.add({ grid: 'people', values: { name: 'x' } }),
      () => closed.imports.report({ ref: 'IMP-1' }),
      () => closed.readiness.check(),
      () => closed.history.list({}),
      () => closed.history.undo({}),
      () => closed.history.verify(),
    ];
    for (const work of needs) expect((await refusal(work())).code).toBe('workspace.none');
    expect(await closed.workspace.status()).toMatchObject({ open: null });
  });
});

describe('looking while the workspace closes', () => {
  it('ends in an answer or a refusal, never in a process that dies', async () => {
    const unhandled: unknown[] = [];
    const listen = (error: unknown) => unhandled.push(error);
    process.on('unhandledRejection', listen);
    try {
      for (let round = 0; round < 3; round += 1) {
        const own = await makeWorkspace();
        await own.client.records.add({ grid: 'people', values: { name: 'Maud Ellery' } });
        await Promise.allSettled([
          own.client.workspace.close(),
          own.client.records.show({ ref: 'NOM-1' }),
          own.client.grids.page({ grid: 'people', where: { name: 'Maud Ellery' } }),
        ]);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(unhandled).toEqual([]);
    } finally {
      process.off('unhandledRejection', listen);
    }
  });
});

describe('change events', () => {
  it('tell an open page what changed, until it stops listening', async () => {
    const abort = new AbortController();
    const events = await client.events.changes(undefined, { signal: abort.signal });
    const next = events.next();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const { seq } = await client.records.add({ grid: 'vehicles', values: { vrm: 'AA19 AAA' } });
    expect((await next).value).toMatchObject({
      type: 'changed',
      seq,
      grids: ['vehicles'],
      undo: { undo: { seq } },
    });
    abort.abort();
  });
});
