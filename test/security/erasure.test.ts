/** After an erasure no byte of the workspace tells of the person, and of everybody else it says what it said before. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { inflateSync, zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseState, Erasure } from '../../shared/contract/closingSchemas.ts';
import { drawn } from '../engine/drawnPictures.ts';
import type { Bench } from '../engine/support.ts';
import {
  cleanUp,
  dumpGrids,
  importPaths,
  makeFolder,
  makeWorkspace,
  onlyRef,
  refusal,
  reopen,
  sessionOf,
  writeCsv,
  writeXlsx,
} from '../engine/support.ts';

/** Planted everywhere that a workspace keeps anything; none of it is a word of the program. */
const planted = {
  name: 'Quillon Vextrass',
  aliases: 'Quilvex',
  pnc: '09/7713554X',
  dob: '1991-07-13',
};
/** As it may stand in files: in other orders and cases. */
const forms = [
  'Quillon Vextrass',
  'QUILLON VEXTRASS',
  'Vextrass, Quillon',
  'VEXTRASS Quillon',
  '09/7713554X',
  'Quilvex',
];

const noCase: CaseState = {
  proceedings: 'none',
  concludedOn: null,
  convictedOn: null,
  releasedOn: null,
  custody: false,
  appeal: 'none',
  appealDecidedOn: null,
};

let bench: Bench;
let before: Record<string, unknown[]>;
let erased: Erasure;
let ref: string;

async function erase(texts: boolean): Promise<Erasure> {
  const folder = makeFolder();
  for await (const event of await bench.client.closing.erasePerson({
    ref,
    confirm: ref,
    texts,
    reason: 'Request under section 47',
    folder: bench.engine.grants.add(folder, 'export'),
  }))
    if (event.type === 'done') return event.report;
  throw new Error('the erasure ended without a report');
}

beforeAll(async () => {
  bench = await makeWorkspace();
  const { client, engine } = bench;
  const nominals = writeCsv(bench, 'nominals.csv', [
    ['Name', 'DOB', 'PNC ID', 'Aliases', 'Address', 'Mobile'],
    [planted.name, '13/07/1991', planted.pnc, planted.aliases, '4 Fell View, Kelby', '07700 900123'],
    ['Maud Ellery', '02/03/1988', '10/1234567A', '', '9 Beck Lane, Kelby', '07700 900456'],
    ['Alec Thorne', '05/06/1999', '11/7654321B', '', '', ''],
  ]);
  await importPaths(bench, [nominals]);
  const book = await writeXlsx(bench, 'custody and intelligence.xlsx', {
    Custody: [
      ['Custody number', 'Detained person', 'DOB', 'PNC ID', 'Arrest time', 'Offence', 'Station'],
      [
        'KB01/26/0001',
        'VEXTRASS, Quillon',
        '13/07/1991',
        planted.pnc,
        '01/10/2026 06:00',
        'PWITS class A',
        'Kelby',
      ],
      [
        'KB01/26/0002',
        'ELLERY, Maud',
        '02/03/1988',
        '10/1234567A',
        '01/10/2026 07:00',
        'PWITS class A',
        'Kelby',
      ],
    ],
    Intelligence: [
      ['URN', 'Date', 'Intelligence text', 'Grade', 'Subjects'],
      [
        '5x5/1',
        '03/10/2026',
        'Quillon Vextrass was seen at 9 Beck Lane with a holdall.',
        '3C2',
        'Quillon Vextrass',
      ],
      ['5x5/2', '04/10/2026', 'A grey van was outside the same address.', '3C2', ''],
    ],
  });
  await importPaths(bench, [book]);
  const people = await client.grids.page({ grid: 'people', where: { name: { contains: 'Vextrass' } } });
  ref = people.rows[0]?.ref ?? '';
  expect(ref).toMatch(/^NOM-/);
  await client.records.set({
    edits: [{ ref, values: { note: 'Quillon Vextrass drives a grey van', markers: 'Carries blades' } }],
  });
  const target = await client.records.makeTargets({ refs: [ref] });
  await client.records.set({
    edits: [{ ref: onlyRef(target), values: { grounds: 'Named by Quillon Vextrass himself' } }],
    reason: 'Vextrass, Quillon is the line holder',
  });
  const group = await client.records.add({
    grid: 'groups',
    values: { name: 'Kelby group', members: `${ref}` },
  });
  await client.records.set({ edits: [{ ref: onlyRef(group), values: { note: 'Lead is not known' } }] });
  await client.grids.saveView({
    grid: 'people',
    name: 'My search',
    state: { columns: [], sort: [] },
    where: { name: { contains: 'Quillon Vextrass' } },
    groupBy: null,
  });
  await client.drafts.keep({ drafts: [{ key: 'briefing', value: 'About Quillon Vextrass' }] });
  const others = await client.grids.page({ grid: 'people', where: { name: 'Maud Ellery' } });
  const maud = others.rows[0]?.ref ?? '';
  const keep = (of: Parameters<typeof drawn>[0]) =>
    client.pictures.keep({ ...drawn(of), reason: 'Briefing' });
  await keep({ refs: [ref], title: 'By record' });
  await keep({ refs: [onlyRef(target)], title: 'By a record about the person' });
  await keep({ refs: [onlyRef(group)], title: 'By a record that names the person' });
  await keep({ refs: [maud], title: 'By a text', rows: [['Maud Ellery', 'calls Vextrass, Quillon']] });
  const { id } = await keep({ refs: [maud, ref], title: 'Taken out' });
  await client.pictures.remove({ id });
  await keep({ refs: [maud], title: 'Of another', rows: [['Maud Ellery', 'Kelby']] });
  const out = makeFolder();
  for await (const event of await client.packs.export({
    pack: 'command',
    formats: ['xlsx', 'pdf'],
    recipient: 'Silver',
    reason: 'Briefing',
    folder: engine.grants.add(out, 'export'),
  }))
    if (event.type === 'done') expect(event.report.files.length).toBe(2);
  await client.records.show({ ref });
  await client.grids.page({ grid: 'people', where: { name: 'Quillon Vextrass' } });
  await client.records.find({ text: 'Vextrass' });
  for await (const _ of await client.backups.make()) void _;
  before = await dumpGrids(client);
}, 240_000);

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

/** Everything in every table, and what is packed in it. */
function tableTexts(of: Bench): string {
  const { writer } = sessionOf(of);
  const tables = writer
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all() as { name: string }[];
  return tables
    .flatMap(({ name }) => writer.prepare(`SELECT * FROM "${name}"`).raw().all() as unknown[][])
    .flat()
    .flatMap((value) =>
      Buffer.isBuffer(value)
        ? [value, ...unpacked(value)].map((bytes) => bytes.toString('latin1'))
        : [String(value)],
    )
    .join('\n');
}

function unpacked(bytes: Buffer): Buffer[] {
  return [zstdDecompressSync, inflateSync].flatMap((unpack) => {
    try {
      return [unpack(bytes)];
    } catch {
      return [];
    }
  });
}

describe('an erasure', () => {
  it('is refused while the case is open, and without the reference once more', async () => {
    expect((await refusal(erase(true))).code).toBe('closing.open');
    await bench.client.closing.saveCase({
      state: noCase,
      reason: 'No charges',
    });
    const other = bench.client.closing.erasePerson({ ref, confirm: 'NOM-999', texts: true, reason: 'test' });
    expect((await refusal(other)).code).toBe('usage');
  });

  it('is planned without changing anything', async () => {
    const dump = await dumpGrids(bench.client);
    for await (const event of await bench.client.closing.planErasure({ ref, texts: false }))
      if (event.type === 'done') {
        expect(event.report.counts).toMatchObject({
          originals: 2,
          packs: 1,
          pictures: 5,
          dependants: 2,
          views: 1,
          drafts: 1,
        });
        expect(event.report.left.map(({ ref: place }) => place)).toContain('INT-1');
      }
    expect(await dumpGrids(bench.client)).toEqual(dump);
    expect(await bench.client.history.verify()).toMatchObject({ ok: true });
  }, 120_000);

  it('leaves nothing that tells of the person, and the record holds', async () => {
    erased = await erase(true);
    expect(erased.left).toEqual([]);
    expect(erased.verified).toBe(true);
    expect(erased.certificate).toMatch(/erasure-of-NOM/);
    expect(await bench.client.history.verify()).toMatchObject({ ok: true });
    const texts = tableTexts(bench);
    const { writer } = sessionOf(bench);
    // Nothing that was given up is still in the file, and nothing in the log beside it.
    expect(writer.pragma('freelist_count', { simple: true })).toBe(0);
    for (const form of [...forms, planted.dob])
      expect({ form, found: texts.includes(form) }).toEqual({ form, found: false });
    await reopen(bench);
    expect(await bench.client.history.verify()).toMatchObject({ ok: true });
  }, 120_000);

  it('leaves the pictures of others alone, and brings none back', async () => {
    const { pictures } = await bench.client.pictures.list();
    expect(pictures.map(({ title }) => title)).toEqual(['Of another']);
    const { entries } = await bench.client.history.list({ limit: 1000 });
    for (const { seq } of entries.filter(({ method }) => method === 'pictures.remove'))
      expect((await refusal(bench.client.history.undo({ seq }))).code).toBe('journal.blocked');
  });

  it('leaves what is said of everybody else', async () => {
    const after = await dumpGrids(bench.client);
    const own = new Set([...erased.refs]);
    for (const grid of ['people', 'vehicles', 'officers', 'teams', 'warrants', 'crimes']) {
      const expected = (before[grid] ?? []).filter((row) => !own.has((row as { ref: string }).ref));
      expect({ grid, rows: after[grid] }).toEqual({ grid, rows: expected });
    }
    expect((after.intelligence ?? []).map((row) => (row as { text: string }).text)).toEqual([
      '[erased] was seen at 9 Beck Lane with a holdall.',
      'A grey van was outside the same address.',
    ]);
    expect(after.groups).toMatchObject([{ name: 'Kelby group', members: null, note: 'Lead is not known' }]);
    expect(after.targets).toEqual([]);
  });

  it('keeps that there were rows, and says so where they are opened', async () => {
    const { client } = bench;
    const source = await client.sources.view({ ref: 'SRC-1', row: 3 });
    expect(JSON.stringify(source)).toContain('Maud Ellery');
    const gone = await client.sources.view({ ref: 'SRC-1', row: 2 });
    expect(JSON.stringify(gone)).toContain('[erased]');
    const original = client.sources.exportOriginal({
      ref: 'SRC-1',
      folder: bench.engine.grants.add(makeFolder(), 'export'),
      reason: 'test',
    });
    expect((await refusal(original)).message).toContain('erased');
    const { packs } = await client.packs.register();
    expect(packs).toHaveLength(1);
  });

  it('cannot be undone, and its entries neither', async () => {
    const { client } = bench;
    const { entries } = await client.history.list({ limit: 1000 });
    const blank = entries.filter((entry) => entry.erased !== null);
    expect(blank.length).toBe(erased.counts.entries);
    for (const entry of blank.filter(({ method }) => method.startsWith('records.')).slice(0, 3))
      expect((await refusal(client.history.undo({ seq: entry.seq }))).code).toBe('journal.blocked');
    const erasing = entries.find(({ seq }) => seq === erased.seq);
    expect(erasing).toMatchObject({ operation: 'erasure', target: ref, reason: 'Request under section 47' });
  });

  it('removes the backups that held the person', async () => {
    const names = readdirSync(join(bench.workspace, 'backups'));
    expect(names.length).toBe(1);
    expect(readFileSync(join(bench.workspace, 'backups', names[0] ?? '')).includes('Vextrass')).toBe(false);
  });

  it('is not undone by importing the same file again', async () => {
    const again = await importPaths(bench, [join(bench.folder, 'nominals.csv')]);
    expect(again.files[0]?.status).not.toBe('imported');
    const people = await bench.client.grids.page({
      grid: 'people',
      where: { name: { contains: 'Vextrass' } },
    });
    expect(people.total).toBe(0);
  });
});

describe('a backup that was being made before an erasure', () => {
  it('and has its name only afterwards goes as well', async () => {
    const own = await makeWorkspace();
    const { client } = own;
    const added = await client.records.add({ grid: 'people', values: { name: planted.name } });
    const person = onlyRef(added);
    for await (const _ of await client.backups.make());
    const folder = join(own.workspace, 'backups');
    const [name = ''] = readdirSync(folder);
    const bytes = readFileSync(join(folder, name));
    rmSync(join(folder, name));
    await client.closing.saveCase({ state: noCase, reason: 'No charges' });
    const { backups, reader } = sessionOf(own);
    const isErased = () => reader.prepare("SELECT 1 FROM journal WHERE operation = 'erasure'").get();
    const late = backups.between(async () => {
      while (!isErased()) await wait(20);
      await wait(200);
      writeFileSync(join(folder, name), bytes);
    });
    for await (const _ of await client.closing.erasePerson({
      ref: person,
      confirm: person,
      texts: true,
      reason: 'Request',
    }));
    await late;
    expect(readdirSync(folder)).not.toContain(name);
    await own.engine.close();
  }, 120_000);
});

describe('any person', () => {
  /** A word of letters that the program and its demonstrations do not use. */
  const word = fc
    .array(fc.constantFrom(...'bdfgklmnprtvz'), { minLength: 3, maxLength: 4 })
    .chain((consonants) =>
      fc
        .array(fc.constantFrom(...'aeiou'), { minLength: consonants.length, maxLength: consonants.length })
        .map((vowels) => consonants.map((each, index) => `${each}${vowels[index]}`).join('')),
    )
    .map((letters) => `Q${letters}x`);
  const places = fc.record({
    order: fc.constantFrom('first last', 'LAST, first', 'First LAST'),
    intelligence: fc.boolean(),
    note: fc.boolean(),
    target: fc.boolean(),
    rename: fc.boolean(),
    merged: fc.boolean(),
  });

  it('is in no byte afterwards, wherever the name stood, and nobody else has changed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.tuple(word, word), places, async ([forename, surname], at) => {
        fc.pre(forename !== surname);
        const own = await makeWorkspace();
        try {
          const { client } = own;
          const written = {
            'first last': `${forename} ${surname}`,
            'LAST, first': `${surname.toUpperCase()}, ${forename}`,
            'First LAST': `${forename} ${surname.toUpperCase()}`,
          }[at.order];
          await importPaths(own, [
            writeCsv(own, 'nominals.csv', [
              ['Name', 'DOB', 'PNC ID'],
              ['Maud Ellery', '02/03/1988', '10/1234567A'],
              [written, '13/07/1991', ''],
              ['Alec Thorne', '05/06/1999', ''],
            ]),
          ]);
          const found = await client.grids.page({ grid: 'people', where: { name: { contains: surname } } });
          const person = found.rows[0]?.ref ?? '';
          const others = async () =>
            (await client.grids.page({ grid: 'people', limit: 100 })).rows
              .filter(({ name }) => ['Maud Ellery', 'Alec Thorne'].includes(String(name)))
              .map(({ revision: _, ...row }) => row);
          if (at.intelligence)
            await client.records.add({
              grid: 'intelligence',
              values: { urn: 'X1', text: `Seen: ${forename} ${surname}, with a bag.`, grade: '3C2' },
            });
          if (at.note)
            await client.records.set({
              edits: [{ ref: 'NOM-1', values: { note: `Met ${surname} ${forename} twice` } }],
              reason: `About ${forename} ${surname}`,
            });
          if (at.target) await client.records.makeTargets({ refs: [person] });
          if (at.rename)
            await client.records.set({
              edits: [{ ref: person, values: { name: `${forename} Q. ${surname}` } }],
            });
          if (at.merged) {
            const twin = await client.records.add({
              grid: 'people',
              values: { name: `${forename} ${surname}`, note: 'The same, by hand' },
            });
            await client.matching.merge({ refs: [person, onlyRef(twin)] });
          }
          const before = await others();
          await client.closing.saveCase({ state: noCase, reason: 'No charges' });
          const wanted = await client.grids.page({ grid: 'people', where: { name: { contains: surname } } });
          for (const row of wanted.rows)
            for await (const event of await client.closing.erasePerson({
              ref: row.ref,
              confirm: row.ref,
              texts: true,
              reason: 'Request',
            }))
              if (event.type === 'done') expect(event.report.left).toEqual([]);
          const texts = tableTexts(own).toLowerCase();
          expect(texts.includes(surname.toLowerCase())).toBe(false);
          expect(texts.includes(forename.toLowerCase())).toBe(false);
          const changed = at.note ? ['note'] : [];
          const strip = (rows: object[]) =>
            rows.map((row) =>
              Object.fromEntries(Object.entries(row).filter(([key]) => !changed.includes(key))),
            );
          expect(strip(await others())).toEqual(strip(before));
          expect(await client.history.verify()).toMatchObject({ ok: true });
        } finally {
          await own.engine.close();
        }
      }),
      { numRuns: 4 },
    );
  }, 240_000);
});
