/** Keys that lead to the prototype of every object: through frames, values of rows, settings of grids, and files. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, describe, expect, it } from 'vitest';
import { serveEngine } from '../../electron/engine/serve.ts';
import { connect } from '../../shared/contract/client.ts';
import { fromEmittingPort } from '../../shared/contract/port.ts';
import { cleanUp, importPaths, makeWorkspace } from '../engine/support.ts';

afterAll(cleanUp);

const poisons = [
  '{"__proto__":{"polluted":"yes"}}',
  '{"constructor":{"prototype":{"polluted":"yes"}}}',
  '{"a":{"__proto__":{"polluted":"yes"}}}',
].map((text) => JSON.parse(text) as Record<string, unknown>);

const clean = () => {
  expect(({} as { polluted?: string }).polluted).toBe(undefined);
  expect(([] as { polluted?: string }).polluted).toBe(undefined);
  expect(Object.keys(Object.prototype)).toEqual([]);
};

describe('the prototype of every object', () => {
  it('is not reached by what a page sends, whatever the method', async () => {
    const bench = await makeWorkspace();
    const channel = new MessageChannel();
    const page = fromEmittingPort(channel.port1);
    serveEngine(bench.engine, fromEmittingPort(channel.port2));
    const client = connect(page) as unknown as Record<
      string,
      Record<string, (input: unknown) => Promise<unknown>>
    >;
    const inputs: [string, string, (poison: unknown) => unknown][] = [
      ['records', 'add', (values) => ({ grid: 'people', values })],
      ['records', 'set', (values) => ({ edits: [{ ref: 'NOM-1', values }] })],
      ['grids', 'page', (where) => ({ grid: 'people', where })],
      ['grids', 'saveState', (state) => ({ grid: 'people', state })],
      ['briefing', 'save', (sections) => ({ model: 'IIMARCH', sections, version: 0 })],
      ['drafts', 'keep', (poison) => ({ drafts: [{ key: '__proto__', value: JSON.stringify(poison) }] })],
      ['packs', 'preview', (poison) => poison],
    ];
    for (const [area, method, shape] of inputs) {
      for (const poison of poisons) {
        await client[area]?.[method]?.(shape(poison)).catch(() => null);
        clean();
      }
    }
    await bench.client.records.add({ grid: 'people', values: { name: '__proto__', note: 'constructor' } });
    clean();
    await bench.engine.close();
    page.close();
  });

  it('is not reached by frames that are no calls', async () => {
    const bench = await makeWorkspace();
    const channel = new MessageChannel();
    serveEngine(bench.engine, fromEmittingPort(channel.port2));
    for (const poison of [
      '{"__proto__":{"polluted":"yes"},"i":"1","t":1,"p":{"u":"/workspace/status"}}',
      '{"i":"__proto__","t":1,"p":{"u":"/__proto__/polluted","b":{"json":{}}}}',
      '{"i":"1","t":1,"p":{"u":"/constructor/prototype","b":{"json":{"x":1},"meta":[[0,"__proto__","polluted"]]}}}',
      '{"i":"2","t":1,"p":{"u":"/drafts/list","b":{"json":{},"meta":[[4,"constructor","prototype","polluted"]],"maps":[]}}}',
    ])
      channel.port1.postMessage(poison);
    await new Promise((resolve) => setTimeout(resolve, 200));
    clean();
    await bench.engine.close();
    channel.port1.close();
  });

  it('is not reached by headings and cells of a file', async () => {
    const bench = await makeWorkspace();
    const path = join(bench.folder, 'people.csv');
    writeFileSync(
      path,
      'Name,__proto__,constructor,DOB\r\n__proto__,polluted,yes,01/02/1980\r\nconstructor,toString,valueOf,02/02/1980\r\n',
    );
    await importPaths(bench, [path]);
    clean();
    const { rows } = await bench.client.grids.page({ grid: 'people', limit: 10 });
    expect(rows.map((row) => String(row.name).toLowerCase())).toEqual(
      expect.arrayContaining(['__proto__', 'constructor']),
    );
    await bench.engine.close();
  });
});
