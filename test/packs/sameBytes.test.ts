import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectPack } from '../../electron/engine/packs/collect.ts';
import type { PackRequest } from '../../electron/engine/packs/request.ts';
import { writePack } from '../../electron/engine/packs/writePack.ts';
import type { PackData } from '../../shared/packs/packData.ts';
import { type PackFormat, type PackSpec, packFormats } from '../../shared/packs/packSpec.ts';
import { shippedSpecs } from '../../shared/packs/packSpecs.ts';
import { type Bench, cleanUp, importDemo, makeWorkspace, reopen, sessionOf } from '../engine/support.ts';

let bench: Bench;

const collect = (spec: PackSpec, change: Partial<PackRequest> = {}) =>
  collectPack(sessionOf(bench).reader, {
    spec,
    team: spec.scope === 'team' ? 'TEAM-1' : undefined,
    formats: [],
    recipient: 'Silver commander',
    reason: 'Enforcement day',
    copy: 1,
    version: 1,
    now: '2026-11-24T09:00:00.000Z',
    user: 'A Analyst',
    ...change,
  });

async function hashes(spec: PackSpec, formats: readonly PackFormat[]): Promise<string[]> {
  const { data, photographs } = collect(spec);
  return (await writePack(data, photographs, { formats })).map(({ sha256 }) => sha256);
}

beforeAll(async () => {
  bench = await makeWorkspace();
  await importDemo(bench);
  const { client } = bench;
  await client.records.set({ edits: [{ ref: 'OP-1', values: { strike: '2026-12-03T05:00' } }] });
  await client.records.add({ grid: 'teams', values: { name: 'Amber', premises: 'PRM-1' } });
  await client.records.makeTargets({ refs: ['NOM-1', 'NOM-2', 'PRM-1'], values: { team: 'TEAM-1' } });
}, 120_000);

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

describe('the same state', { timeout: 180_000 }, () => {
  it.each(shippedSpecs)('of the $id pack gives the same bytes, after another opening too', async (spec) => {
    const formats: readonly PackFormat[] = spec.id === 'command' ? packFormats : ['xlsx'];
    const first = await hashes(spec, formats);
    await reopen(bench);
    expect(await hashes(spec, formats)).toEqual(first);
  });

  it.each(shippedSpecs)('of the $id pack says the same to another recipient', (spec) => {
    const strip = ({ header, forms, ...data }: PackData) => ({
      ...data,
      header: { ...header, recipient: '', copy: 0 },
      // A form knows its copy by its sign.
      forms: forms.map(({ sign: _, ...form }) => form),
    });
    const one = collect(spec).data;
    const other = collect(spec, { recipient: 'Gold commander', copy: 2 }).data;
    expect(other.header.recipient).not.toBe(one.header.recipient);
    expect(strip(other)).toEqual(strip(one));
  });
});
