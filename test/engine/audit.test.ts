/** The record: looks said once, reasons by setting, filters, one entry whole, the report and the printed head. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EntryFilter } from '../../shared/contract/auditSchemas.ts';
import { recordedOf } from '../../shared/contract/recorded.ts';
import type { HistoryEntry } from '../../shared/contract/schemas.ts';
import type { Bench } from './support.ts';
import { cleanUp, importDemo, makeFolder, makeWorkspace, passphrase, refusal, reopen } from './support.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await makeWorkspace();
  await importDemo(bench);
}, 120_000);

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

const list = async (filter: EntryFilter = {}): Promise<HistoryEntry[]> =>
  (await bench.client.history.list({ ...filter, limit: 1000 })).entries;

/** Entries that `work` adds, oldest first. */
async function added(work: () => Promise<unknown>): Promise<HistoryEntry[]> {
  const before = (await list())[0]?.seq ?? 0;
  await work();
  return (await list()).filter(({ seq }) => seq > before).reverse();
}

const summaries = (entries: readonly HistoryEntry[]) => entries.map(({ summary }) => summary);

describe('looks', () => {
  it('at a grid are one entry, however far somebody scrolls, and one more for how far it was', async () => {
    const { client } = bench;
    const page = (offset: number) =>
      client.grids.page({
        grid: 'communications',
        where: { direction: { blank: false } },
        offset,
        limit: 20,
      });
    const entries = await added(async () => {
      for (let offset = 0; offset < 200; offset += 20) await page(offset);
      await page(40);
    });
    expect(entries).toHaveLength(2);
    expect(entries[0]).toMatchObject({
      operation: 'consultation',
      method: 'grids.page',
      target: 'communications',
    });
    expect(entries[1]?.summary).toMatch(/^Went on through .*200 shown$/);
  });

  it('at people without a filter are a consultation too, and small results name their rows', async () => {
    const { client } = bench;
    const all = await added(() => client.grids.page({ grid: 'people', limit: 10 }));
    expect(all[0]?.summary).toMatch(/^Looked through People: \d+ found, 10 shown$/);
    const found = await added(() =>
      client.grids.page({ grid: 'people', where: { name: { contains: 'Harcastle' } }, limit: 10 }),
    );
    expect(found[0]?.summary).toMatch(/^Searched People/);
    const own = await list({ ref: 'NOM-1', operations: ['consultation'] });
    expect(own.map(({ seq }) => seq)).toContain(found[0]?.seq);
    expect(await added(() => client.grids.page({ grid: 'teams', limit: 10 }))).toEqual([]);
  });

  it('by typing a name are one entry with the last text', async () => {
    const { client } = bench;
    const entries = await added(async () => {
      for (const text of ['H', 'Ha', 'Harc', 'Harcastle']) await client.records.find({ text });
    });
    expect(entries).toHaveLength(1);
    const detail = await client.audit.entry({ seq: entries[0]?.seq ?? 0 });
    expect(detail.notes).toContainEqual({ name: 'text', value: 'Harcastle' });
  });

  it('at a record are one entry when the page fetches it again at once', async () => {
    const { client } = bench;
    const entries = await added(async () => {
      await client.records.show({ ref: 'NOM-2' });
      await client.records.show({ ref: 'NOM-2' });
      await client.records.show({ ref: 'NOM-3' });
    });
    expect(summaries(entries)).toEqual(['Opened person NOM-2', 'Opened person NOM-3']);
  });

  it('are not lost when the workspace closes', async () => {
    const { client } = bench;
    await client.grids.page({ grid: 'phones', offset: 0, limit: 5 });
    await client.grids.page({ grid: 'phones', offset: 20, limit: 5 });
    await client.records.find({ text: 'Harcastle' });
    await reopen(bench);
    const names = summaries(await list()).slice(0, 6);
    expect(names.some((name) => /^Went on through Phones: .* 25 shown$/.test(name))).toBe(true);
    expect(names.some((name) => name.startsWith('Searched by name and number'))).toBe(true);
  });

  it('come without waiting for an import that holds the writer', async () => {
    const own = await makeWorkspace();
    await own.client.records.add({ grid: 'people', values: { name: 'Maud Ellery' } });
    let shown = 0;
    const { importPaths, demoFolder } = await import('./support.ts');
    await importPaths(own, [join(demoFolder, 'call data.csv')], {}, 'commit', () => {
      void own.client.records.show({ ref: 'NOM-1' }).then(() => (shown += 1));
    });
    expect(shown).toBeGreaterThan(0);
    await own.client.workspace.close();
    await own.engine.close();
  }, 120_000);
});

describe('attempts to open', () => {
  it('that failed are told at the opening that did not', async () => {
    const own = await makeWorkspace();
    await own.client.workspace.close();
    const grant = own.engine.grants.add(own.workspace, 'open-workspace');
    for (const words of ['not this one at all', 'nor that one either'])
      expect((await refusal(own.client.workspace.open({ grant, passphrase: words }))).code).toBe(
        'workspace.wrong-passphrase',
      );
    await own.client.workspace.open({ grant, passphrase });
    const { entries } = await own.client.history.list({ limit: 2 });
    expect(summaries(entries)).toEqual([
      'Opened the workspace',
      '2 wrong passphrases were tried on this machine before this',
    ]);
    await own.engine.close();
  }, 60_000);
});

describe('reasons', () => {
  it('are changed by a setting that is journaled', async () => {
    const { client } = bench;
    expect((await client.audit.settings()).settings).toEqual({
      consultation: 'optional',
      disclosure: 'required',
    });
    const entries = await added(() =>
      client.audit.changeSettings({
        settings: { consultation: 'required', disclosure: 'required' },
        reason: 'force policy',
      }),
    );
    expect(entries[0]).toMatchObject({
      operation: 'alteration',
      method: 'audit.changeSettings',
      reason: 'force policy',
    });
  });

  it('are asked for before anything is shown, and said once for a session', async () => {
    const { client } = bench;
    for (const look of [
      () => client.records.show({ ref: 'NOM-1' }),
      () => client.records.dossier({ ref: 'NOM-1' }),
      () => client.grids.page({ grid: 'people' }),
      () => client.records.find({ text: 'a' }),
      () => client.plan.board(),
      () => client.audit.entry({ seq: 2 }),
    ])
      expect((await refusal(look())).code).toBe('justification.required');
    // What shows nobody goes on.
    await client.operation.overview();
    await client.audit.justify({ text: 'Briefing preparation' });
    const entries = await added(() => client.records.show({ ref: 'NOM-4' }));
    expect(entries[0]).toMatchObject({ operation: 'consultation', reason: 'Briefing preparation' });
    await reopen(bench);
    expect((await refusal(client.records.show({ ref: 'NOM-1' }))).code).toBe('justification.required');
  });

  it('are not written where the setting is off', async () => {
    const { client } = bench;
    await client.audit.justify({ text: 'Briefing preparation' });
    await client.audit.changeSettings({
      settings: { consultation: 'off', disclosure: 'required' },
      reason: 'Commissioner',
    });
    const entries = await added(() => client.records.show({ ref: 'NOM-5' }));
    expect(entries[0]).toMatchObject({ operation: 'consultation', reason: null });
  });
});

describe('reading the record', () => {
  it('finds every entry under the operation that the contract says of its method', async () => {
    const wrong = (await list()).filter(({ method, operation }) => {
      const said = recordedOf(method);
      return !said || 'none' in said || said.operation !== operation;
    });
    expect(wrong.map(({ method, operation }) => ({ method, operation }))).toEqual([]);
  });

  it('finds by user, operation, day, record, text and missing reason, and counts the same', async () => {
    const { client } = bench;
    const day = new Date('2026-11-24T12:00:00Z').toISOString().slice(0, 10);
    const filters: [EntryFilter, (entry: HistoryEntry) => boolean][] = [
      [
        { operations: ['alteration', 'collection'] },
        ({ operation }) => ['alteration', 'collection'].includes(operation),
      ],
      [{ users: ['A Analyst'] }, ({ user }) => user === 'A Analyst'],
      [{ users: ['Nobody'] }, () => false],
      [{ text: 'opened PERSON' }, ({ summary }) => /opened person/i.test(summary)],
      [{ text: '100%' }, ({ summary }) => summary.includes('100%')],
      [{ from: day, to: day }, () => true],
      [{ from: '2030-01-01' }, () => false],
      [
        { withoutReason: true },
        ({ operation, reason }) => ['consultation', 'disclosure'].includes(operation) && !reason,
      ],
    ];
    const all = await list();
    for (const [filter, holds] of filters) {
      const found = await list(filter);
      expect({ filter, seqs: found.map(({ seq }) => seq) }).toEqual({
        filter,
        seqs: all.filter(holds).map(({ seq }) => seq),
      });
      expect((await client.audit.counts(filter)).total).toBe(found.length);
    }
  });

  it('shows an entry whole, with the words of the screen, and an undo the other way round', async () => {
    const { client } = bench;
    await client.records.set({
      edits: [{ ref: 'NOM-6', values: { note: 'seen at the station' } }],
      reason: 'call',
    });
    const [edit] = await list({ operations: ['alteration'] });
    expect((await client.audit.entry({ seq: edit?.seq ?? 0 })).changes).toMatchObject([
      { ref: 'NOM-6', field: 'note', after: 'seen at the station' },
    ]);
    await client.history.undo({});
    const [undone] = await list({ operations: ['alteration'] });
    expect((await client.audit.entry({ seq: undone?.seq ?? 0 })).changes).toMatchObject([
      { ref: 'NOM-6', field: 'note', before: 'seen at the station' },
    ]);
    expect((await refusal(client.audit.entry({ seq: 999_999 }))).code).toBe('not-found');
  });

  it('writes a report that is a disclosure with its recipient and the head', async () => {
    const { client, engine } = bench;
    const folder = makeFolder();
    for (const format of ['csv', 'xlsx', 'pdf'] as const) {
      const head = await client.audit.head();
      const grant = engine.grants.add(folder, 'export');
      for await (const event of await client.audit.report({
        filter: { operations: ['alteration'] },
        format,
        folder: grant,
        recipient: 'Professional Standards',
        reason: 'monthly review',
      })) {
        if (event.type !== 'done') continue;
        expect(event.report.head).toBe(head.hash);
        expect(event.report.file).toMatch(/^OFFICIAL-SENSITIVE-.*-record[.]/);
        const bytes = readFileSync(join(folder, event.report.file));
        if (format === 'csv') expect(bytes.toString('utf8')).toContain('Alteration');
        else expect(bytes.subarray(0, 2).toString()).toBe(format === 'pdf' ? '%P' : 'PK');
      }
      expect((await list())[0]).toMatchObject({
        operation: 'disclosure',
        method: 'audit.report',
        recipients: ['Professional Standards'],
        reason: 'monthly review',
      });
    }
  }, 120_000);
});

describe('a printed head', () => {
  it('is found later, with its entry and what came since', async () => {
    const { client } = bench;
    const head = await client.audit.head();
    expect(head.groups.join('')).toBe(head.hash);
    await client.records.add({ grid: 'people', values: { name: 'Later Person' } });
    const printed = head.groups.join(' ').toUpperCase();
    expect(await client.audit.checkHead({ hash: printed, entry: head.seq })).toMatchObject({
      state: 'whole',
      seq: head.seq,
      since: 1,
    });
    const typed = `${head.hash.slice(0, 10)}${head.hash[10] === '0' ? '1' : '0'}${head.hash.slice(11)}`;
    expect(await client.audit.checkHead({ hash: typed, entry: head.seq })).toMatchObject({
      state: 'missing',
      typingError: 3,
    });
    expect(await client.audit.checkHead({ hash: 'ab'.repeat(32) })).toMatchObject({
      state: 'missing',
      seq: null,
    });
    expect((await refusal(client.audit.checkHead({ hash: 'not a hash' }))).code).toBe('usage');
  });
});
