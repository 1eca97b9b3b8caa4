/** Edits at the edge of the rules, and what the sources say against what an analyst says. */
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { ManualRow, RecordRow } from '../../electron/engine/entities/materialise.ts';
import { chooseValues } from '../../electron/engine/entities/materialise.ts';
import type { CellValue } from '../../shared/grid/query.ts';
import type { Bench } from './support.ts';
import {
  allRows,
  cleanUp,
  dumpGrids,
  importPaths,
  makeWorkspace,
  onlyRef,
  refusal,
  sessionOf,
  writeCsv,
} from './support.ts';

// One workspace for the whole file: each test adds rows of its own and looks at those.
const bench: Bench = await makeWorkspace();
const { client } = bench;

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

const add = async (
  grid: 'people' | 'premises' | 'warrants' | 'phones' | 'vehicles',
  values: Record<string, CellValue>,
) => onlyRef(await client.records.add({ grid, values }));

let person: string;
beforeEach(async () => {
  person = await add('people', { name: 'Maud Ellery' });
});

async function set(ref: string, field: string, value: CellValue): Promise<CellValue> {
  const result = await client.records.set({ edits: [{ ref, values: { [field]: value } }] });
  const row = result.rows[0] ?? (await client.records.show({ ref })).row;
  return (row[field] ?? null) as CellValue;
}

/** A refused edit changes nothing at all, the journal included. */
async function refused(work: () => Promise<unknown>, code = 'invalid') {
  const before = await dumpGrids(client);
  const entries = (await client.history.list({ limit: 1 })).entries[0]?.seq;
  const error = await refusal(work());
  expect(error.code).toBe(code);
  expect(error.message).not.toMatch(/\n/);
  expect(await dumpGrids(client)).toEqual(before);
  expect((await client.history.list({ limit: 1 })).entries[0]?.seq).toBe(entries);
  return error;
}

describe('typed values', () => {
  it.each([
    ['dob', '3/4/1990', '1990-04-03'],
    ['dob', '03.04.90', '1990-04-03'],
    ['dob', '3 April 1990', '1990-04-03'],
    ['dob', '1990-04-03', '1990-04-03'],
    ['dob', '29/02/2000', '2000-02-29'],
    ['sex', 'Female', 'F'],
    ['category', 'Victim; suspect, victim', 'victim,suspect'],
    ['note', '  kept as  written ', 'kept as  written'],
    ['note', "=1+1'; DROP TABLE person; --", "=1+1'; DROP TABLE person; --"],
    ['note', '', null],
    ['note', '   ', null],
    ['name', 'Łukasz O’Shea-Ó Briain 王', 'Łukasz O’Shea-Ó Briain 王'],
  ])('%s: %j is read as %j', async (field, typed, value) => {
    expect(await set(person, field, typed)).toBe(value);
  });

  it.each([
    ['dob', '31/11/1990', /birth/],
    ['dob', '29/02/2001', /birth/],
    ['dob', 'soon', /birth/],
    ['sex', 'purple', /choose one of: F, M/],
    ['category', 'victim, wizard', /choose from/],
    ['name', '', /cannot be blank/],
    ['name', null, /cannot be blank/],
    ['name', '   ', /cannot be blank/],
    ['note', 'x'.repeat(40_000), /longer/],
  ])('%s: %j is refused in words', async (field, typed, words) => {
    const error = await refused(() => set(person, field, typed));
    expect(error.message).toMatch(words);
    expect(error.details).toEqual({ field });
  });

  it('of phones, postcodes, vehicle marks and times take their one form', async () => {
    const phone = await add('phones', { number: '07700 900 456' });
    expect((await client.records.show({ ref: phone })).row.number).toBe('+447700900456');
    const premises = await add('premises', { address: '4 Kiln Row', postcode: 'fe12hj', latitude: '54.6' });
    expect((await client.records.show({ ref: premises })).row).toMatchObject({
      postcode: 'FE1 2HJ',
      latitude: 54.6,
    });
    const vehicle = await add('vehicles', { vrm: 'jt19 kxa' });
    expect((await client.records.show({ ref: vehicle })).row.vrm).toBe('JT19KXA');
    expect(await set('OP-1', 'strike', '03/12/2026 05:30')).toMatch(/^2026-12-03T05:30/);
    await refused(() => set(premises, 'latitude', 'north'));
    await refused(() => set(premises, 'postcode', 'not one'));
    await refused(() => set(phone, 'number', '12'));
    await refused(() => set(vehicle, 'vrm', ''));
  });

  it('are all accepted or none are', async () => {
    const other = await add('people', { name: 'Alec Thorne' });
    await refused(() =>
      client.records.set({
        edits: [
          { ref: person, values: { note: 'first' } },
          { ref: other, values: { note: 'second', dob: 'never' } },
        ],
      }),
    );
  });

  it('never crash, whatever is typed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('name', 'dob', 'sex', 'category', 'note', 'pncId', 'nino'),
        fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.integer(), fc.constant(null)),
        async (field, value) => {
          try {
            await set(person, field, Number.isFinite(value) || typeof value !== 'number' ? value : null);
          } catch (error) {
            expect((error as { code?: string }).code).toBe('invalid');
          }
        },
      ),
      { numRuns: 60, seed: 7 },
    );
    expect(bench.engine.internalErrors()).toEqual([]);
  });
});

describe('references', () => {
  it('have to exist and be of the right kind; letters and zeros do not matter', async () => {
    const premises = await add('premises', { address: '9 Mill Lane' });
    const warrant = await add('warrants', { power: 'mda-s23-3' });
    expect(await set(warrant, 'premises', premises.toLowerCase())).toBe(premises);
    expect(await set(warrant, 'person', person.replace('NOM-', 'nom-00'))).toBe(person);
    for (const wrong of [
      'PRM-99999',
      person,
      'PRM',
      'PRM-0',
      'PRM--1',
      `${premises},${premises}`,
      '9 Mill Lane',
    ])
      await refused(() => set(warrant, 'premises', wrong));
  });

  it('to a removed record are refused, and a record in use is not removed', async () => {
    const premises = await add('premises', { address: '9 Mill Lane' });
    const warrant = await add('warrants', { power: 'mda-s23-3', premises });
    const error = await refused(() => client.records.remove({ refs: [premises] }));
    expect(error.message).toContain(warrant);
    await client.records.remove({ refs: [warrant] });
    await client.records.remove({ refs: [premises] });
    const again = await add('warrants', { power: 'mda-s23-3' });
    await refused(() => set(again, 'premises', premises));
    await refused(() => set(premises, 'note', 'x'), 'not-found');
  });

  it('are looked for in every record, not only in the first that is going as well', async () => {
    const premises = await add('premises', { address: '1 Tenter Bank' });
    const first = await add('warrants', { power: 'mda-s23-3', premises });
    const second = await add('warrants', { power: 'mda-s23-3', premises });
    const error = await refused(() => client.records.remove({ refs: [premises, first] }));
    expect(error.message).toContain(second);
    await client.records.remove({ refs: [premises, first, second.toLowerCase()] });
    expect((await allRows(client, 'premises')).map((row) => row.ref)).not.toContain(premises);
  });

  it('that are named twice are removed once', async () => {
    const premises = await add('premises', { address: '2 Tenter Bank' });
    await client.records.remove({ refs: [premises, premises.toLowerCase()] });
    expect((await allRows(client, 'premises')).map((row) => row.ref)).not.toContain(premises);
    await client.history.undo({});
    expect((await allRows(client, 'premises')).map((row) => row.ref)).toContain(premises);
  });
});

describe('what may be set', () => {
  it('is neither a worked-out nor an unknown field', async () => {
    for (const field of [
      'age',
      'sources',
      'phones',
      'photoDate',
      'conflicts',
      'revision',
      'ref',
      '$created',
      '$removed',
      'id',
    ])
      await refused(() =>
        client.records.set({ edits: [{ ref: person, values: JSON.parse(`{"${field}": "1"}`) }] }),
      );
  });

  it('is nothing of an import, a call or a pack, and no rows are added there', async () => {
    for (const grid of ['communications', 'imports', 'sources', 'packs', 'operation'] as const)
      await refused(() => client.records.add({ grid, values: { name: 'x' } }));
  });

  it('is nothing of a record that does not exist', async () => {
    for (const ref of ['NOM-99999', 'XYZ-1', '', 'NOM-1e3', `NOM-${'9'.repeat(15)}`])
      await refused(() => set(ref, 'note', 'x'), 'not-found');
  });

  it('is refused when the row has moved on since it was seen', async () => {
    const { revision } = (await client.records.show({ ref: person })).row;
    await set(person, 'note', 'by another window');
    const error = await refused(
      () =>
        client.records.set({ edits: [{ ref: person, values: { note: 'mine' }, revision: revision ?? 0 }] }),
      'stale',
    );
    expect(error.message).toContain(person);
    const now = (await client.records.show({ ref: person })).row.revision ?? 0;
    expect(now).toBeGreaterThan(revision ?? 0);
    await client.records.set({ edits: [{ ref: person, values: { note: 'mine' }, revision: now }] });
  });

  it('makes no entry where nothing changes', async () => {
    const result = await client.records.set({
      edits: [{ ref: person, values: { name: 'Maud Ellery', note: '' } }],
    });
    expect(result.seq).toBeNull();
  });

  it('may be said of one record in two edits: both count, the later wins, undo takes both away', async () => {
    await client.records.set({
      edits: [
        { ref: person, values: { note: 'first', sex: 'F' } },
        { ref: person.toLowerCase(), values: { note: 'second' } },
      ],
    });
    expect((await client.records.show({ ref: person })).row).toMatchObject({ note: 'second', sex: 'F' });
    await client.history.undo({});
    expect((await client.records.show({ ref: person })).row).toMatchObject({ note: null, sex: null });
  });

  it('is nothing at all for a reader', async () => {
    const session = sessionOf(bench);
    const user = session.workspace.user as { role: string };
    user.role = 'reader';
    try {
      await refused(() => set(person, 'note', 'x'), 'workspace.role');
      await refused(() => client.records.add({ grid: 'people', values: { name: 'X Y' } }), 'workspace.role');
      await refused(() => client.records.remove({ refs: [person] }), 'workspace.role');
      await refused(() => client.history.undo({}), 'workspace.role');
      await refused(() => client.records.makeTargets({ refs: [person] }), 'workspace.role');
      expect((await client.records.show({ ref: person })).ref).toBe(person);
    } finally {
      user.role = 'lead';
    }
  });
});

describe('numbers that call data knows', () => {
  it('take what an analyst says of them, and cannot be renamed or removed', async () => {
    await importPaths(bench, [
      writeCsv(bench, 'calls.csv', [
        ['A Number', 'B Number', 'Call Type', 'Start Date', 'Start Time', 'Duration (s)'],
        ['07700900801', '07700900802', 'Voice', '14/09/2026', '08:14:09', '12'],
      ]),
    ]);
    const row = (await allRows(client, 'phones')).find((each) => each.number === '+447700900801');
    const ref = row?.ref ?? '';
    expect(await set(ref, 'attribution', 'the house')).toBe('the house');
    expect((await client.records.show({ ref })).row).toMatchObject({
      number: '+447700900801',
      attribution: 'the house',
      events: 1,
    });
    const call = (await allRows(client, 'communications'))[0];
    expect(call).toMatchObject({ aNumber: '+447700900801' });
    const error = await refused(() => set(ref, 'number', '07700900803'));
    expect(error.message).toMatch(/call data/);
    await refused(() => client.records.remove({ refs: [ref] }));
    await client.history.undo({});
    expect((await client.records.show({ ref })).row).toMatchObject({
      number: '+447700900801',
      attribution: null,
    });
  });
});

describe('sources that disagree', () => {
  const people = (name: string, rows: string[][]) =>
    writeCsv(bench, name, [['Name', 'DOB', 'PNC ID', 'Sex', 'Status', 'AKA', 'Note'], ...rows]);
  const find = async (surname: string) =>
    (await allRows(client, 'people')).find((row) => String(row.name).includes(surname)) ?? { ref: '' };

  it('are marked, both kept, and decided by an edit', async () => {
    await importPaths(bench, [
      people('one.csv', [['Jonas Wray', '01/02/1980', '', 'M', 'wanted', 'Jo', 'tall']]),
    ]);
    await importPaths(bench, [
      people('two.csv', [['Jonas Wray', '01/02/1980', '', 'M', 'released', 'Jonny', 'beard']]),
    ]);
    const { ref } = await find('Wray');
    const shown = await client.records.show({ ref });
    // Equal grades: the newer source. Aliases and notes add up.
    expect(shown.row).toMatchObject({
      status: 'released',
      conflicts: 'status',
      sources: 2,
      aliases: 'Jo; Jonny',
      note: 'tall; beard',
    });
    expect(shown.values.status?.map((value) => [value.value, value.file, value.preferred])).toEqual([
      ['released', 'two.csv', true],
      ['wanted', 'one.csv', false],
    ]);
    await set(ref, 'status', 'wanted');
    const decided = await client.records.show({ ref });
    expect(decided.row).toMatchObject({ status: 'wanted', conflicts: null });
    expect(decided.values.status?.[0]).toMatchObject({
      file: 'analyst',
      by: 'A Analyst',
      preferred: true,
      raw: null,
    });
    expect(decided.values.status).toHaveLength(3);
    // A later source does not overrule the person who decided.
    await importPaths(bench, [
      people('three.csv', [['Jonas Wray', '01/02/1980', '', 'M', 'bailed', '', '']]),
    ]);
    expect((await client.records.show({ ref })).row).toMatchObject({ status: 'wanted' });
  });

  it('never blank what another says', async () => {
    await importPaths(bench, [
      people('full.csv', [['Petra Lund', '02/03/1981', '', 'F', 'wanted', 'Pet', 'scar']]),
    ]);
    const before = await find('Lund');
    await importPaths(bench, [people('blank.csv', [['Petra Lund', '02/03/1981', '', '', '', '', '']])]);
    const { revision: _, sources, ...after } = await find('Lund');
    const { revision: __, sources: ___, ...rest } = before as typeof before & { sources?: unknown };
    expect(after).toEqual(rest);
    expect(sources).toBe(2);
  });

  const record = (id: number, grade: string | null, fields: Record<string, CellValue>): RecordRow => ({
    id,
    evidence_id: id,
    prefix: '',
    part: 0,
    state: null,
    by_evidence: null,
    fields: JSON.stringify(fields),
    repairs: null,
    grade,
    basis: '',
    atom: 1,
  });

  it('are ranked by grade before age', () => {
    const choose = (...grades: [string | null, string][]) =>
      chooseValues(
        grades.map(([grade, value], index) => record(index + 1, grade, { status: value })),
        [],
      );
    expect(choose(['1AP', 'good'], ['3EP', 'poor']).values.get('status')).toBe('good');
    expect(choose(['3EP', 'poor'], ['1AP', 'good']).values.get('status')).toBe('good');
    expect(choose(['2BP', 'old'], ['2BP', 'new']).values.get('status')).toBe('new');
    expect(choose([null, 'ungraded'], ['1AP', 'good'], [null, 'later']).values.get('status')).toBe('good');
    // Confirmed by the better grade, the value weighs as much as that.
    expect(choose([null, 'said'], ['1AP', 'said'], ['2BP', 'other']).values.get('status')).toBe('said');
    expect(choose(['1AP', 'good'], ['3EP', 'poor']).conflicts).toEqual(['status']);
    expect(choose(['1AP', 'Good '], ['3EP', 'good']).conflicts).toEqual([]);
  });

  it('always choose a value that one of them says, and mark a conflict exactly when two differ', () => {
    const value = fc.constantFrom('a', 'b', 'c', '', null);
    const grade = fc.constantFrom('1AP', '2BP', '3EP', null);
    fc.assert(
      fc.property(
        fc.array(fc.record({ value, grade }), { maxLength: 6 }),
        value,
        fc.boolean(),
        (said, typed, edited) => {
          const records = said.map((each, index) => record(index + 1, each.grade, { status: each.value }));
          const manual: ManualRow[] = edited
            ? [{ seq: 9, atom: 1, field: 'status', value: typed, overruled: 0, at: '' }]
            : [];
          const chosen = chooseValues(records, manual);
          const words = said.map((each) => each.value).filter((each) => each !== null && each !== '');
          if (edited) expect(chosen.values.get('status')).toBe(typed);
          else if (words.length === 0) expect(chosen.values.get('status') ?? null).toBeNull();
          else expect(words).toContain(chosen.values.get('status'));
          expect(chosen.conflicts).toEqual(!edited && new Set(words).size > 1 ? ['status'] : []);
        },
      ),
    );
  });
});

describe('a record that is not there yet', () => {
  it('cannot be opened while the import that makes it is running', async () => {
    const file = writeCsv(bench, 'running.csv', [
      ['Name', 'DOB', 'Sex'],
      ...Array.from({ length: 3000 }, (_, index) => [`Running Person${index}`, '01/02/1970', 'M']),
    ]);
    const last = Math.max(...(await allRows(client, 'people')).map((row) => Number(row.ref.slice(4))));
    const seen: string[] = [];
    const grant = bench.engine.grants.add(file, 'file');
    for await (const event of await client.imports.commit({ files: [{ grant }] })) {
      if (event.type === 'done') break;
      try {
        const { row } = await client.records.show({ ref: `NOM-${last + 1}` });
        // The last events may come after the commit: then the record is there, and whole.
        seen.push(row.name === 'Running Person0' && row.ref === `NOM-${last + 1}` ? 'whole' : 'half');
      } catch (error) {
        seen.push((error as { code: string }).code);
      }
    }
    expect(seen.length).toBeGreaterThan(0);
    expect(seen).toContain('not-found');
    expect(seen).not.toContain('half');
  });
});
