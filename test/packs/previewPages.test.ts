import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { all } from '../../electron/engine/database/sql.ts';
import { type Bench, cleanUp, makeWorkspace, sessionOf } from '../engine/support.ts';

describe('the pages before an issue', { timeout: 120_000 }, () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await makeWorkspace();
    await bench.client.records.add({ grid: 'people', values: { name: 'Ada Brackley' } });
    await bench.client.records.add({
      grid: 'targets',
      values: { subject: 'NOM-1', objective: 'arrest' },
    });
  }, 120_000);
  afterAll(cleanUp);

  it('come as a PDF, are journaled as a consultation, and leave no pack behind', async () => {
    const { pdf, pages } = await bench.client.packs.pages({ pack: 'command' });
    const bytes = Buffer.from(pdf, 'base64');
    expect(bytes.toString('latin1', 0, 5)).toBe('%PDF-');
    expect(pages).toBeGreaterThan(3);
    const { reader } = sessionOf(bench);
    const last = all<{ operation: string; method: string; target: string }>(
      reader,
      'SELECT operation, method, target FROM journal ORDER BY seq DESC LIMIT 1',
    )[0];
    expect(last).toEqual({ operation: 'consultation', method: 'packs.pages', target: 'command' });
    expect(all(reader, 'SELECT id FROM pack')).toEqual([]);
  });

  it('are refused for a pack or a team that is not there', async () => {
    await expect(bench.client.packs.pages({ pack: 'nothing' })).rejects.toMatchObject({
      code: 'pack.unknown',
    });
    await expect(bench.client.packs.pages({ pack: 'team', team: 'Nobody' })).rejects.toMatchObject({
      code: 'pack.unknown',
    });
  });

  it('stop when nobody waits for them, and nothing is recorded as seen', async () => {
    const { reader } = sessionOf(bench);
    const count = () => all<{ n: number }>(reader, 'SELECT count(*) AS n FROM journal')[0]?.n;
    const before = count();
    const controller = new AbortController();
    controller.abort();
    await expect(
      bench.client.packs.pages({ pack: 'command' }, { signal: controller.signal }),
    ).rejects.toThrow();
    expect(count()).toBe(before);
  });
});
