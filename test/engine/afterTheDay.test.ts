/** Clocks that run, the tally without double counting, and what is outstanding. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellValue } from '../../shared/grid/query.ts';
import type { GridName } from '../../shared/grid/types.ts';
import type { Bench } from './support.ts';
import { cleanUp, makeWorkspace, onlyRef, refusal } from './support.ts';

let bench: Bench;
const refs: Record<string, string> = {};
const add = async (grid: GridName, values: Record<string, CellValue>) =>
  onlyRef(await bench.client.records.add({ grid, values }));

beforeAll(async () => {
  // The clock of the test stands at 24 November 2026, a Tuesday.
  bench = await makeWorkspace();
  refs.house = await add('premises', { address: '4 Slate Row', cuckooed: 'yes' });
  refs.man = await add('people', { name: 'Maud Ellery' });
  refs.other = await add('people', { name: 'Tam Birkett' });
  refs.warrant = await add('warrants', {
    number: 'W1',
    power: 'mda-s23-3',
    premises: refs.house,
    issued: '2026-11-10',
    expires: '2026-12-09',
    status: 'executed',
    executedAt: '2026-11-23T05:30',
  });
  refs.waiting = await add('warrants', {
    number: 'W2',
    power: 'pace-s8',
    issued: '2026-11-20',
    status: 'issued',
  });
  refs.result = await add('results', {
    warrant: refs.warrant,
    premises: refs.house,
    arrests: 3,
    safeguarded: 4,
    childrenSafeguarded: 1,
  });
  refs.again = await add('results', { premises: refs.house, note: 'second visit' });
  await add('arrests', { person: refs.man, result: refs.result, disposal: 'charged', lineHolder: 'yes' });
  await add('arrests', { person: refs.man, offence: 'further', disposal: 'remanded', lineHolder: 'yes' });
  refs.held = await add('arrests', {
    person: refs.other,
    result: refs.result,
    detentionFrom: '2026-11-23T20:00',
  });
  refs.cash = await add('seizures', {
    what: 'notes',
    category: 'cash',
    cash: 1200.1,
    seizedAt: '2026-11-20T18:00',
  });
  await add('seizures', { what: 'coins', category: 'cash', cash: 0.2 });
  await add('seizures', { what: 'wrap', category: 'drugs', drug: 'Crack', weightG: 0.1 });
  await add('seizures', { what: 'wrap', category: 'drugs', drug: 'crack', weightG: 0.2 });
  await add('seizures', { what: 'powder', category: 'drugs', weightG: 5, forensic: 'to-submit' });
  refs.line = await add('lines', { name: 'Tarn', status: 'closed-type-2', ddtroMadeOn: '2026-11-20' });
  refs.plan = await add('safeguarding', {
    subject: refs.other,
    kind: 'adult',
    consent: 'declined',
    referredOn: '2026-11-20',
  });
}, 60_000);

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

describe('clocks', () => {
  it('end where the rules say, the next first, with the rule in words', async () => {
    const { clocks } = await bench.client.plan.clocks({});
    const of = (ref: string | undefined) => clocks.find((clock) => clock.ref === ref);
    // 48 hours from Friday 18:00 without the weekend: six on Friday, all Monday, 18 on Tuesday.
    expect(of(refs.cash)).toMatchObject({ kind: 'cash', due: '2026-11-24T18:00:00', state: 'soon' });
    expect(of(refs.line)).toMatchObject({ kind: 'ddtro', due: '2026-11-27T23:59:59', state: 'running' });
    expect(of(refs.held)).toMatchObject({ kind: 'custody', due: '2026-11-24T20:00:00' });
    expect(of(refs.warrant)).toMatchObject({ kind: 'warrant', due: '2026-12-09T23:59:59', state: 'met' });
    expect(of(refs.waiting)?.due.slice(0, 10)).toMatch(/^2027-02-(19|20)$/);
    for (const clock of clocks) expect(clock.rule.length, clock.ref).toBeGreaterThan(10);
    const due = clocks.map((clock) => clock.due);
    expect(due).toEqual([...due].sort());
    const own = await bench.client.plan.clocks({ ref: String(refs.cash) });
    expect(own.clocks.map((clock) => clock.ref)).toEqual([refs.cash]);
  });

  it('of a warrant that was returned without a time of execution run no longer', async () => {
    const returned = await add('warrants', {
      number: 'W3',
      power: 'mda-s23-3',
      issued: '2026-11-12',
      status: 'returned',
    });
    const own = await bench.client.plan.clocks({ ref: returned });
    expect(own.clocks).toMatchObject([{ kind: 'warrant', state: 'met' }]);
    await bench.client.history.undo({});
  });

  it('of cash are met by a hearing in time, and gone below the least amount', async () => {
    const { client } = bench;
    await client.records.set({
      edits: [{ ref: String(refs.cash), values: { cashHearingOn: '2026-11-24T10:00' } }],
    });
    expect((await client.plan.clocks({ ref: String(refs.cash) })).clocks[0]?.state).toBe('met');
    await client.records.set({ edits: [{ ref: String(refs.cash), values: { cash: 999 } }] });
    expect((await client.plan.clocks({ ref: String(refs.cash) })).clocks).toEqual([]);
    await client.history.undo({});
    await client.history.undo({});
  });
});

describe('the tally', () => {
  it('counts a person once, a place once, and a bare number only for what no name covers', async () => {
    const { lines } = await bench.client.plan.tally();
    const value = (key: string) => lines.find((line) => line.key === key)?.value;
    // Two named people, and the result says three: one more without a name.
    expect(value('arrests')).toBe(3);
    expect(value('charged')).toBe(1);
    expect(value('line-holders-charged')).toBe(1);
    expect(value('cuckooed-visits')).toBe(1);
    expect(value('children-safeguarded')).toBe(1);
    expect(value('safeguarded-unsplit')).toBe(3);
    expect(value('warrants-executed')).toBe(1);
    expect(value('lines-closed-type-2')).toBe(1);
    expect(value('lines-closed-type-1')).toBe(0);
  });

  it('adds weights by drug and money to the penny', async () => {
    const { lines } = await bench.client.plan.tally();
    const value = (key: string) => lines.find((line) => line.key === key)?.value;
    expect(value('drugs-weight:crack')).toBe(0.3);
    expect(value('drugs-weight:drug not named')).toBe(5);
    expect(value('cash-seized')).toBe(1200.3);
  });

  it('says what is outstanding, what is due first', async () => {
    const { outstanding } = await bench.client.plan.tally();
    const told = outstanding.map((each) => `${each.title} ${each.ref}`);
    expect(told[0]).toBe(`Cash hearing ${refs.cash}`);
    expect(told).toContain(`Warrant to endorse ${refs.warrant}`);
    expect(told).toContain(`Warrant to return ${refs.warrant}`);
    expect(told).toContain(`Duty to Notify ${refs.plan}`);
    expect(told).toContain(`Disposal of an arrest ${refs.held}`);
    expect(told.some((line) => line.startsWith('Result to enter'))).toBe(false);
    await bench.client.records.set({
      edits: [{ ref: String(refs.warrant), values: { endorsedAt: '2026-11-23', returnedAt: '2026-11-24' } }],
    });
    const later = (await bench.client.plan.tally()).outstanding.map((each) => each.ref);
    expect(later).not.toContain(refs.warrant);
  });
});

describe('closing a result', () => {
  const set = (ref: string, values: Record<string, CellValue>) =>
    bench.client.records.set({ edits: [{ ref, values }] });

  it('is refused while something is open, told what, and done once it is entered', async () => {
    const house = await add('premises', { address: '9 Gill Lane' });
    const warrant = await add('warrants', { number: 'W9', power: 'pace-s8', premises: house });
    const result = await add('results', { premises: house, warrant, enteredAt: '2026-11-23T05:40' });
    const refused = await refusal(set(result, { closedAt: '2026-11-24T12:00' }));
    expect(refused.code).toBe('invalid');
    for (const words of [result, 'what was sought', 'something else was seized', 'returned to the court'])
      expect(refused.message).toContain(words);
    // The values of the same entry count, those of the warrant too.
    await bench.client.records.set({
      edits: [
        { ref: result, values: { closedAt: '2026-11-24T12:00', found: 'yes' } },
        { ref: warrant, values: { seizedOther: 'no', returnedAt: '2026-11-24' } },
      ],
    });
    // A closed result can be corrected, opened, and is looked at again when it is closed again.
    await set(result, { found: null });
    await set(result, { closedAt: null });
    expect((await refusal(set(result, { closedAt: '2026-11-24T13:00' }))).message).toContain('sought');
  });

  it('counts a warrant of the premises that the result does not name, and a note that explains', async () => {
    const house = await add('premises', { address: '10 Gill Lane' });
    await add('warrants', { number: 'W10', power: 'pace-s8', premises: house });
    const values = { premises: house, nobodyIn: 'yes', closedAt: '2026-11-24T12:00' };
    const refused = await refusal(bench.client.records.add({ grid: 'results', values }));
    expect(refused.message).toContain('returned to the court');
    await add('results', { ...values, note: 'Called off at the door.' });
  });
});
