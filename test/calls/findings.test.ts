/** What was planted in made-up call data is found, however a provider writes it, and the innocent are left alone. */
import { afterEach, expect, test } from 'vitest';
import type { CallFindings } from '../../shared/contract/areas/calls.ts';
import { defaultThresholds } from '../../shared/reference/callThresholds.ts';
import {
  allRows,
  type Bench,
  cleanUp,
  importPaths,
  makeWorkspace,
  onlyRef,
  refusal,
  sessionOf,
  writeCsv,
} from '../engine/support.ts';
import { judgeFindings, matches } from './judge.ts';
import { layouts, sheetOf } from './layouts.ts';
import { type PlantedData, plantCalls } from './plantedCalls.ts';

const slow = 120_000;
afterEach(cleanUp);

async function findingsOf(
  bench: Bench,
  request: Parameters<Bench['client']['calls']['findings']>[0] = {},
): Promise<CallFindings> {
  for await (const event of await bench.client.calls.findings(request))
    if (event.type === 'done') return event.report;
  throw new Error('the search ended without a report');
}

/** A workspace with the calls of one seed in one layout, as one file. */
async function withCalls(data: PlantedData, layout = layouts[0]): Promise<Bench> {
  if (!layout) throw new Error('no layout');
  const bench = await makeWorkspace();
  const report = await importPaths(bench, [writeCsv(bench, 'calls.csv', sheetOf(layout, data.rows))]);
  expect(report.files[0]?.sheets[0]).toMatchObject({
    kind: 'communication',
    imported: data.rows.length,
    rejected: 0,
  });
  return bench;
}

test.each(layouts)(
  'everything planted is found, little else: $name',
  async (layout) => {
    let [isTrue, isFalse] = [0, 0];
    for (const seed of [1, 2, 3]) {
      const data = plantCalls(seed);
      const bench = await withCalls(data, layout);
      const judged = judgeFindings((await findingsOf(bench)).findings, data);
      expect({ seed, missed: judged.missed }).toEqual({ seed, missed: [] });
      isTrue += judged.isTrue;
      isFalse += judged.false.length;
      await bench.client.workspace.close();
    }
    // Fewer than one in ten, though taxi, school, driver, commuter, family and visitor are among them.
    expect(isFalse * 10).toBeLessThan(isTrue);
  },
  slow,
);

test(
  'returns that come as a file for each subject say the same as one file',
  async () => {
    const data = plantCalls(5, 30);
    const bench = await makeWorkspace();
    const layout = layouts[1] ?? layouts[0];
    const files = [...new Set(data.rows.map((row) => row.subject))].map((subject, place) =>
      writeCsv(
        bench,
        `return ${place}.csv`,
        layout
          ? sheetOf(
              layout,
              data.rows.filter((row) => row.subject === subject),
            )
          : [],
      ),
    );
    await importPaths(bench, files);
    const judged = judgeFindings((await findingsOf(bench)).findings, data);
    expect(judged.missed).toEqual([]);
    expect(judged.false.length * 4).toBeLessThan(judged.isTrue);
    await bench.client.workspace.close();
  },
  slow,
);

test(
  'a finding names the rows that it rests on',
  async () => {
    const data = plantCalls(7, 30);
    const bench = await withCalls(data);
    const lines = sheetOf(layouts[0] ?? (undefined as never), data.rows);
    const { findings } = await findingsOf(bench, { sources: 20 });
    expect(findings.length).toBeGreaterThan(5);
    for (const found of findings) {
      expect(found.sources.length).toBeGreaterThan(0);
      const named = new Set(found.phones.map((phone) => phone.replace('+44', '0')));
      for (const source of found.sources) {
        expect(source.file).toBe('calls.csv');
        const cells = lines[source.row - 1] ?? [];
        expect({
          kind: found.kind,
          row: source.row,
          cells,
          isNamed: cells.slice(0, 2).some((cell) => named.has(cell)),
        }).toMatchObject({ isNamed: true });
      }
    }
    await bench.client.workspace.close();
  },
  slow,
);

test(
  'a line, its numbers and what its picture holds',
  async () => {
    const data = plantCalls(7, 30);
    const bench = await withCalls(data);
    const { client } = bench;
    const phones = await client.grids.page({
      grid: 'phones',
      where: { number: `+44${data.number.line?.slice(1)}` },
    });
    const phone = onlyRef(phones);
    const line = onlyRef(await client.records.add({ grid: 'lines', values: { name: 'Jay', phone } }));
    const picture = await client.calls.picture({ ref: line });
    expect(picture).toMatchObject({ ref: line, label: 'Jay', shown: phone, withoutTime: 0 });
    const own = data.rows.filter((row) => row.subject === data.number.line);
    // Calls of two subjects stand in two returns and count once.
    expect(picture.events).toBe(own.length);
    expect(picture.heat.flat().reduce((sum, count) => sum + count, 0)).toBe(
      own.filter((row) => row.type !== 'Voicemail').length,
    );
    const texts = new Set(
      own.filter((row) => row.text !== null).map((row) => new Date(row.at * 1000).toISOString().slice(0, 13)),
    );
    expect(picture.broadcasts.length).toBeGreaterThan(texts.size * 0.8);
    expect(
      picture.broadcasts.every((each) => each.recipients >= 12 && each.wording?.startsWith('Jay is on')),
    ).toBe(true);
    expect(picture.customers.length).toBeGreaterThanOrEqual(40);
    expect(picture.devices).toHaveLength(1);
    expect(picture.movement.towns.map((town) => town.name)).toEqual(['Hollinport']);
    const found = await findingsOf(bench, { ref: line });
    expect(found.findings.every((each) => each.phoneRefs.slice(0, 2).includes(phone))).toBe(true);
    expect(found.findings.map((each) => each.kind)).toEqual(
      expect.arrayContaining(['broadcast', 'customers']),
    );
    const none = onlyRef(
      await client.records
        .add({ grid: 'phones', values: { number: '07700 900999', note: 'not in the calls' } })
        .catch(() => client.records.add({ grid: 'phones', values: { note: 'no number' } })),
    );
    expect(await client.calls.picture({ ref: none })).toMatchObject({ events: expect.any(Number) });
    expect(await refusal(client.calls.picture({ ref: 'NOM-1' }))).toMatchObject({ code: 'invalid' });
    expect(await refusal(client.calls.picture({ ref: 'PHN-99999' }))).toMatchObject({ code: 'not-found' });
    await client.workspace.close();
  },
  slow,
);

test(
  'thresholds are the user’s, on record and undoable',
  async () => {
    const data = plantCalls(9, 30);
    const bench = await withCalls(data);
    const { client } = bench;
    const isBroadcast = { kind: 'broadcast' as const, phones: [data.number.line ?? ''] };
    const before = await findingsOf(bench);
    expect(before.findings.find((found) => matches(found, isBroadcast))?.rule).toBe(
      '10 numbers within 30 minutes',
    );
    expect(await client.calls.thresholds()).toEqual({
      thresholds: defaultThresholds,
      defaults: defaultThresholds,
    });
    const own = { ...defaultThresholds, broadcastNumbers: 200 };
    expect(await client.calls.saveThresholds({ thresholds: own })).toEqual({ saved: true });
    expect(await client.calls.saveThresholds({ thresholds: own })).toEqual({ saved: false });
    expect((await findingsOf(bench)).findings.some((found) => matches(found, isBroadcast))).toBe(false);
    await client.history.undo({});
    expect((await client.calls.thresholds()).thresholds).toEqual(defaultThresholds);
    expect((await findingsOf(bench)).findings).toEqual(before.findings);
    await client.history.redo();
    expect((await client.calls.thresholds()).thresholds).toEqual(own);
    await expect(
      client.calls.saveThresholds({ thresholds: { ...own, broadcastNumbers: 0 } }),
    ).rejects.toThrow();
    await client.workspace.close();
  },
  slow,
);

test(
  'a finding becomes intelligence and evidence for a target, with its rows, and both are undone',
  async () => {
    const data = plantCalls(11, 30);
    const bench = await withCalls(data);
    const { client } = bench;
    const { findings } = await findingsOf(bench);
    const found = findings.find((each) => each.kind === 'handset-change');
    if (!found) throw new Error('nothing to make');
    const { ref } = await client.calls.makeIntelligence({ id: found.id });
    const [item] = await allRows(client, 'intelligence');
    expect(item).toMatchObject({
      ref,
      grade: null,
      infoFrom: found.from.slice(0, 10),
      infoTo: found.to.slice(0, 10),
    });
    expect(item?.text).toContain('The data shows phones, not who used them.');
    expect(item?.provenance).toMatch(/^Call data: SRC-1 \(calls\.csv.*\) rows \d+/);
    // The rows that it names are those of the finding.
    const { findings: again } = await findingsOf(bench, { kind: 'handset-change', sources: 50 });
    const first = again.find((each) => each.id === found.id)?.sources[0]?.row;
    expect(item?.provenance).toContain(String(first));
    await client.history.undo({});
    expect(await allRows(client, 'intelligence')).toEqual([]);

    const person = onlyRef(await client.records.add({ grid: 'people', values: { name: 'Rowan Example' } }));
    const target = onlyRef(
      await client.records.add({
        grid: 'targets',
        values: { subject: person, grounds: 'Seen at the address.' },
      }),
    );
    expect(await refusal(client.calls.addToTarget({ id: found.id, target: person }))).toMatchObject({
      code: 'invalid',
    });
    await client.calls.addToTarget({ id: found.id, target });
    const [grown] = await allRows(client, 'targets');
    expect(grown?.grounds).toMatch(/^Seen at the address\.\n\nCall data, handset change: [\s\S]*SRC-1/);
    await client.history.undo({});
    expect((await allRows(client, 'targets'))[0]?.grounds).toBe('Seen at the address.');
    expect(await refusal(client.calls.makeIntelligence({ id: 'broadcast PHN-1 never' }))).toMatchObject({
      code: 'not-found',
    });
    await client.workspace.close();
  },
  slow,
);

test(
  'looking is on record, and an import that is undone takes its findings along',
  async () => {
    const data = plantCalls(13, 21);
    const bench = await withCalls(data);
    const { client } = bench;
    await client.calls.overview();
    expect((await findingsOf(bench)).total).toBeGreaterThan(3);
    await sessionOf(bench).exclusively(() => undefined);
    const entries = await client.history.list({ limit: 20 });
    const methods = entries.entries.map((entry) => `${entry.operation} ${entry.method}`);
    expect(methods).toEqual(
      expect.arrayContaining(['consultation calls.overview', 'consultation calls.findings']),
    );
    await client.history.undo({});
    expect(await findingsOf(bench)).toMatchObject({ findings: [], total: 0, leftOut: {} });
    expect(await client.calls.overview()).toMatchObject({ calls: 0, from: null, to: null, busiest: [] });
    await client.history.redo();
    expect((await findingsOf(bench)).total).toBeGreaterThan(3);
    await client.workspace.close();
  },
  slow,
);

test(
  'a search that is stopped ends at once and the next one is whole',
  async () => {
    const data = plantCalls(15, 21);
    const bench = await withCalls(data);
    const stop = new AbortController();
    const events = await bench.client.calls.findings({}, { signal: stop.signal });
    // Before its first event: how soon that comes depends on the machine.
    stop.abort();
    await expect(
      (async () => {
        for await (const event of events) expect(event.type).not.toBe('done');
      })(),
    ).rejects.toThrow();
    expect((await findingsOf(bench)).total).toBeGreaterThan(3);
    await bench.client.workspace.close();
  },
  slow,
);

test(
  'several things asked at once wait for one read and agree with what is asked later',
  async () => {
    const data = plantCalls(19, 21);
    const bench = await withCalls(data);
    const stop = new AbortController();
    const stopped = bench.client.calls.overview(undefined, { signal: stop.signal });
    const [overview, first, second] = await Promise.all([
      bench.client.calls.overview(),
      findingsOf(bench),
      findingsOf(bench),
      stopped.catch(() => undefined),
      Promise.resolve().then(() => stop.abort()),
    ]);
    expect(overview.calls).toBe(data.rows.length);
    expect(first).toEqual(second);
    expect(await findingsOf(bench)).toEqual(first);
    await bench.client.workspace.close();
  },
  slow,
);
