/** Whose number it may be, and silences against custody: by what the workspace holds, and children first. */
import { afterEach, expect, test } from 'vitest';
import type { CallFindings, CallPicture } from '../../shared/contract/areas/calls.ts';
import { type Bench, cleanUp, importPaths, makeWorkspace, writeCsv } from '../engine/support.ts';
import { layouts, sheetOf } from './layouts.ts';
import { type PlantedRow, plantCalls } from './plantedCalls.ts';

const slow = 120_000;
afterEach(cleanUp);

async function findings(bench: Bench): Promise<CallFindings> {
  for await (const event of await bench.client.calls.findings({}))
    if (event.type === 'done') return event.report;
  throw new Error('the search ended without a report');
}

const two = (value: number) => String(value).padStart(2, '0');
function written(seconds: number): string {
  const at = new Date(seconds * 1000);
  return `${two(at.getUTCDate())}/${two(at.getUTCMonth() + 1)}/${at.getUTCFullYear()} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}

/** Calls in which the line is silent for three days, people with and without phones, and a custody record that fits. */
async function makeCase(
  options: { child?: boolean; usedInCustody?: boolean } = {},
): Promise<{ bench: Bench; picture: CallPicture; line: string }> {
  const data = plantCalls(21, 28);
  const line = data.number.line ?? '';
  const arrest = (data.rows[0]?.at ?? 0) + 14 * 86_400 + 3600;
  const release = arrest + 3 * 86_400;
  const isSilent = (row: PlantedRow) =>
    row.subject === line && row.at > arrest - 1800 && row.at < release + 3600;
  const rows = options.usedInCustody ? data.rows : data.rows.filter((row) => !isSilent(row));
  const bench = await makeWorkspace();
  const layout = layouts[0];
  if (!layout) throw new Error('no layout');
  await importPaths(bench, [
    writeCsv(bench, 'nominals.csv', [
      ['Surname', 'Forenames', 'DOB', 'Mobile', 'Home address', 'Postcode'],
      ['Fenwick', 'Dale', options.child ? '14/05/2011' : '14/05/1996', line, '', ''],
      ['Harrowby', 'Jo', '02/02/1990', '07700900998', '', ''],
    ]),
    writeCsv(bench, 'subscribers.csv', [
      ['Telephone Number', 'Subscriber', 'Attributed to'],
      [line, 'Dale Fenwick', 'Dale Fenwick'],
    ]),
    writeCsv(bench, 'custody.csv', [
      ['Custody Number', 'Detainee', 'DOB', 'Arrested at', 'Offence', 'Station', 'Released at'],
      [
        'FE/1',
        'Dale FENWICK',
        options.child ? '14/05/2011' : '14/05/1996',
        written(arrest),
        'Drugs',
        'Fell',
        written(release),
      ],
    ]),
    writeCsv(bench, 'calls.csv', sheetOf(layout, rows)),
  ]);
  const [phone] = (
    await bench.client.grids.page({ grid: 'phones', where: { number: `+44${line.slice(1)}` } })
  ).rows;
  const [custody] = (await bench.client.grids.page({ grid: 'custody' })).rows;
  const [person] = (await bench.client.grids.page({ grid: 'people', where: { surname: 'Fenwick' } })).rows;
  if (custody && person && !custody.person)
    await bench.client.records.set({ edits: [{ ref: custody.ref, values: { person: person.ref } }] });
  return { bench, picture: await bench.client.calls.picture({ ref: phone?.ref ?? '' }), line };
}

test(
  'number, name, subscriber and silence in custody speak for a person',
  async () => {
    const { bench, picture, line } = await makeCase();
    const [best] = picture.attributions;
    expect(best).toMatchObject({ name: expect.stringMatching(/Fenwick/i), isChild: false });
    expect(best?.score).toBeGreaterThanOrEqual(75);
    expect(best?.reasons.join(' ')).toMatch(/links the number.*subscriber.*fell silent around CUS-/i);
    expect(picture.silences).toHaveLength(1);
    expect(picture.silences[0]?.events).toMatchObject([{ what: 'custody', begins: true, ends: true }]);
    const found = await findings(bench);
    const silence = found.findings.find((each) => each.kind === 'silence');
    expect(silence?.phones[0]).toBe(`+44${line.slice(1)}`);
    expect(found.findings.filter((each) => each.kind === 'silence')).toHaveLength(1);
    expect(
      found.findings.find((each) => each.kind === 'attribution' && each.phones[0] === `+44${line.slice(1)}`),
    ).toBeDefined();
    await bench.client.workspace.close();
  },
  slow,
);

test(
  'a phone that is used while the person is in custody speaks against it',
  async () => {
    const { bench, picture } = await makeCase({ usedInCustody: true });
    const [best] = picture.attributions;
    expect(best?.against.join(' ')).toMatch(/used \d+ times while the person was in custody/);
    expect(best?.score).toBeLessThan(50);
    expect((await findings(bench)).findings.filter((each) => each.kind === 'silence')).toEqual([]);
    await bench.client.workspace.close();
  },
  slow,
);

test(
  'a child is never put forward as the holder of a line: safeguarding comes first',
  async () => {
    const { bench, picture } = await makeCase({ child: true });
    expect(picture.attributions[0]).toMatchObject({ isChild: true });
    expect(picture.attributions[0]?.safeguarding).toMatch(/safeguarding comes first/i);
    const found = (await findings(bench)).findings;
    expect(found.filter((each) => each.kind === 'attribution')).toEqual([]);
    // What was found about the child's phone says so.
    const own = found.filter((each) => each.phones[0] === picture.numbers[0]?.number);
    expect(own.length).toBeGreaterThan(1);
    expect(own.every((each) => each.safeguarding.includes(picture.attributions[0]?.ref ?? ''))).toBe(true);
    await bench.client.workspace.close();
  },
  slow,
);

test.each([
  ['an alias of signs alone is nobody', '???', 'Bought at a market', false],
  ['an alias is a word of its own', 'Ash', 'Ashby says it is hers', false],
  ['an alias in capitals', 'Ghost', 'used by GHOST, says a source', true],
  ['an alias with letters that English has not', 'Żaba', 'Telefon Żaba', true],
])(
  'attribution by alias: %s',
  async (_, alias, attribution, isTaken) => {
    const bench = await makeWorkspace();
    const data = plantCalls(21, 7);
    const line = data.number.line ?? '';
    const [layout] = layouts;
    if (!layout) throw new Error('no layout');
    await importPaths(bench, [
      writeCsv(bench, 'nominals.csv', [
        ['Surname', 'Forenames', 'DOB', 'Alias'],
        ['Fenwick', 'Dale', '14/05/1996', alias],
      ]),
      writeCsv(bench, 'subscribers.csv', [
        ['Telephone Number', 'Attributed to'],
        [line, attribution],
      ]),
      writeCsv(bench, 'calls.csv', sheetOf(layout, data.rows)),
    ]);
    const [phone] = (
      await bench.client.grids.page({ grid: 'phones', where: { number: `+44${line.slice(1)}` } })
    ).rows;
    expect(phone?.attribution).toBe(attribution);
    const picture = await bench.client.calls.picture({ ref: phone?.ref ?? '' });
    expect(picture.attributions.map(({ name }) => name)).toEqual(isTaken ? ['Dale Fenwick'] : []);
    await bench.client.workspace.close();
  },
  slow,
);
