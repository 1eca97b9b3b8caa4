/** What the sections of a pack hold, by value, from a workspace with a whole day in it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatGrams, formatPounds } from '../../electron/engine/packs/collect/amounts.ts';
import { collectPack } from '../../electron/engine/packs/collect.ts';
import type { PackRequest } from '../../electron/engine/packs/request.ts';
import type { PackData } from '../../shared/packs/packData.ts';
import { sectionIds } from '../../shared/packs/packSpec.ts';
import { packSpecs, shippedSpecs } from '../../shared/packs/packSpecs.ts';
import { type Bench, cleanUp, sessionOf } from '../engine/support.ts';
import { dayRequest, everySection, makePlannedDay } from './fixtures/plannedDay.ts';

let bench: Bench;
let data: PackData;

beforeAll(async () => {
  bench = await makePlannedDay();
  data = collect();
}, 120_000);

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

function collect(change: Partial<PackRequest> = {}): PackData {
  return collectPack(sessionOf(bench).reader, { ...dayRequest, ...change }).data;
}

/** These fields of each row, in the order of the rows. */
function fieldsOf<Row extends object>(rows: readonly Row[], ...fields: (keyof Row)[]): unknown[][] {
  return rows.map((row) => fields.map((field) => row[field]));
}

describe('the running of the day', () => {
  it('names commanders from gold down, by officer or by name', () => {
    expect(fieldsOf(data.commanders, 'role', 'area', 'name', 'callSign', 'contact')).toEqual([
      ['Gold', null, 'Supt Ines Rudd', null, '07700 900900'],
      ['Bronze', 'Entry', 'PC 3302 Una Keld', 'HT90', null],
    ]);
  });

  it('puts every time in its order; an address that is entered at another time stands there, not at the strike', () => {
    expect(fieldsOf(data.timings, 'at', 'event', 'team', 'place')).toEqual([
      ['2026-11-26T03:45', 'Briefing', 'Amber', null],
      ['2026-11-26T03:45', 'Briefing', 'Basalt', null],
      ['2026-11-26T05:30', 'Strike of the operation', 'All teams', null],
      ['2026-11-26T05:30', 'Strike', 'Amber', 'rendezvous: Mill car park'],
      ['2026-11-26T05:45', 'Strike', 'Basalt', '2 Mill Bank, Fellside, FE1 2AB'],
      ['2026-11-26T06:15', 'Entry, 1201/26', 'Amber', '1 Quarry Row, Fellside, FE1 1AB'],
      ['2026-11-26T11:00', 'Finish', 'Amber', null],
    ]);
  });

  it('lists the searches, with a warrant for an address that is in no grid', () => {
    expect(fieldsOf(data.search, 'ref', 'warrant', 'team', 'plan', 'targets', 'children')).toEqual([
      [
        'PRM-1',
        '1201/26, MDA s.23(3) search warrant',
        'Amber',
        'Loft first',
        ['TGT-1 Ada Brackley', 'TGT-3 Cilla Dunmore'],
        'Esme Farrow (12)\nHuw Garth (age 16)\nRecorded: No',
      ],
      ['PRM-2', '1202/26, PACE s.8 search warrant', 'Basalt', null, ['TGT-2 Bram Corrie'], 'No'],
      ['WAR-3', '1203/26, PACE s.8 search warrant', null, null, [], null],
    ]);
    expect(data.search[2]?.address).toBe('Lock-up 7, Tannery Lane');
  });

  it('plans custody with the victim first, whoever shares an address or a line kept apart, and nobody dropped', () => {
    expect(fieldsOf(data.custody, 'name', 'victimStatus', 'appropriateAdult', 'keepApart', 'suite')).toEqual([
      ['Bram Corrie', 'Potential victim', 'J Appleby', ['TGT-1 Ada Brackley'], null],
      ['Cilla Dunmore', null, 'Needed: vulnerable', ['TGT-1 Ada Brackley'], null],
      ['Ada Brackley', null, null, ['TGT-2 Bram Corrie', 'TGT-3 Cilla Dunmore'], 'Fellside'],
    ]);
    expect(data.custody[1]?.vulnerability).toBe('Adult at risk: suspected\nLearning disability');
  });

  it('gathers the risks as written, and says where a banded target has none', () => {
    expect(fieldsOf(data.risk, 'ref', 'kind', 'band', 'text')).toEqual([
      ['OP-1', 'Operation', null, 'Knives are likely.'],
      ['PRM-1', 'Address', null, 'Steep stairs'],
      ['TEAM-1', 'Team', null, 'Two officers stay with the van.'],
      ['TGT-1', 'Target', 'High (16)', 'May run'],
      ['TGT-3', 'Target', 'Medium (6)', 'No assessment is written.'],
    ]);
  });

  it('lists call signs and channels, and whom to reach', () => {
    expect(fieldsOf(data.communications, 'callSign', 'who', 'role', 'channel', 'contact')).toEqual([
      [null, 'Supt Ines Rudd', 'Gold', null, '07700 900900'],
      ['HT90', 'PC 3302 Una Keld', 'Bronze, Entry', null, null],
      ['HT01', 'Amber', 'Team', 'FE Ops 4', '07700 900301'],
      ['HT02', 'Basalt', 'Team', null, null],
    ]);
    expect(fieldsOf(data.contacts, 'name', 'role', 'organisation')).toEqual([
      ['DCI Alba Stang', 'Operation lead', 'Fellside Constabulary'],
      ['Supt Ines Rudd', 'Gold', 'Fellside Constabulary'],
      ['PC 3302 Una Keld', 'Bronze, Entry', 'Fellside Constabulary'],
      ['PC 3301 Sol Wray', 'Leader of Amber', 'Fellside Constabulary'],
      ['PC 3302 Una Keld', 'Leader of Basalt', 'Fellside Constabulary'],
      ['DS 2207 Orla Thrang', 'Exhibits officer', 'Fellside Constabulary'],
      ['DS 2207 Orla Thrang', 'Safeguarding lead', 'Fellside Constabulary'],
      ['A Wythburn', 'Social worker', null],
    ]);
  });

  it('gives partners those who lead and those who safeguard, and no way in', () => {
    const partner = collect({ spec: packSpecs.safeguarding });
    expect(partner.contacts.map(({ role }) => role)).toEqual([
      'Operation lead',
      'Gold',
      'Bronze, Entry',
      'Safeguarding lead',
      'Social worker',
    ]);
    expect(partner.timings).toEqual([]);
  });

  it('has actions and decisions', () => {
    expect(fieldsOf(data.actions, 'title', 'strand', 'due', 'about')).toEqual([
      ['Letter to the landlord', 'Protect', '2026-12-01', '1 Quarry Row, Fellside'],
      ['School visit', 'Prevent', null, 'Bram Corrie'],
      ['Media plan', null, null, null],
    ]);
    expect(fieldsOf(data.decisions, 'title', 'decidedBy', 'decision')).toEqual([
      ['Firearms support', 'Supt Rudd', 'Not needed'],
    ]);
  });
});

describe('the network', () => {
  it('gives a line its numbers, the current one first, and its people', () => {
    expect(fieldsOf(data.lines, 'numbers', 'holders', 'crimeGroup', 'violence', 'status')).toEqual([
      [['+447700900111', '+447700900112'], ['Ada Brackley'], 'Tarn group', 'Yes', 'Active'],
    ]);
  });

  it('has phones and vehicles of the pack alone', () => {
    expect(fieldsOf(data.phones, 'number', 'people', 'imei', 'subscriber')).toEqual([
      ['+447700900111', ['Ada Brackley'], null, null],
      ['+447700900112', [], '490154203237518', 'Unregistered'],
    ]);
    expect(fieldsOf(data.vehicles, 'mark', 'description', 'people', 'warnings')).toEqual([
      ['AB12CDE', 'Ford Fiesta Blue', ['Ada Brackley'], ['No insurance', 'Drugs']],
    ]);
  });

  it('counts the rows of evidence behind each link, none for what only the plan says', () => {
    expect(fieldsOf(data.links, 'from', 'kind', 'to', 'toName', 'rows')).toEqual([
      ['LINE-1', 'Line number', 'PHN-91', '07700 900111', 0],
      ['LINE-1', 'Line number', 'PHN-92', '07700 900112', 0],
      ['NOM-1', 'Line holder', 'LINE-1', 'Tarn line', 0],
      ['NOM-1', 'Associate', 'NOM-2', 'Bram Corrie', 2],
      ['NOM-1', 'Phone', 'PHN-91', '07700 900111', 2],
      ['NOM-1', 'Address', 'PRM-2', '2 Mill Bank, Fellside', 1],
      ['NOM-1', 'Vehicle', 'VEH-91', 'AB12CDE', 1],
      ['NOM-5', 'Occupant', 'PRM-1', '1 Quarry Row, Fellside', 1],
      ['NOM-6', 'Occupant', 'PRM-1', '1 Quarry Row, Fellside', 1],
    ]);
  });
});

describe('what came of it', () => {
  it('tells what was found at each address, where arrests and seizures have it from their result', () => {
    expect(fieldsOf(data.results, 'warrant', 'address', 'found', 'damage')).toEqual([
      [
        '1201/26',
        '1 Quarry Row, Fellside, FE1 1AB',
        'What was sought was found\n1 arrest\nSeized: Wraps\nSeized: Notes in a shoe box',
        'Door\nMade secure by Council',
      ],
      ['1202/26', '2 Mill Bank, Fellside, FE1 2AB', 'What was sought was not found\nSeized: Handset', null],
    ]);
    expect(fieldsOf(data.arrests, 'name', 'age', 'offence', 'address', 'disposal')).toEqual([
      ['Ada Brackley', 36, 'Being concerned in supply', '1 Quarry Row, Fellside, FE1 1AB', 'Charged'],
      ['Ada Brackley', 36, 'Possession of a blade', '1 Quarry Row, Fellside, FE1 1AB', 'Charged'],
      ['Bram Corrie', 20, 'Possession', '2 Mill Bank, Fellside, FE1 2AB', null],
    ]);
    expect(fieldsOf(data.outcomes, 'name', 'court', 'verdict', 'sentence')).toEqual([
      ['Ada Brackley', 'Fellside Crown Court', 'Convicted', '6 years'],
    ]);
  });

  it('prints weights and sums as recorded, and counts a person once', () => {
    expect(fieldsOf(data.seizures, 'what', 'weight', 'value', 'cash')).toEqual([
      ['Wraps (Crack cocaine)', '12.345 g', '£1,200', null],
      ['Notes in a shoe box', null, null, '£1,234.50'],
      ['Handset', null, null, null],
    ]);
    const figures = new Map(data.tally.map(({ ref, figure }) => [ref, figure]));
    expect(figures.get('arrests')).toBe('2');
    expect(figures.get('line-holders-charged')).toBe('1');
    expect(figures.get('drugs-weight:crack cocaine')).toBe('12.345 g');
    expect(figures.get('cash-seized')).toBe('£1,234.50');
  });

  it.each([
    [0, '£0', '0 g'],
    [1234567.891, '£1,234,567.891', '1,234,567.891 g'],
    [999.5, '£999.50', '999.5 g'],
    [-1000, '-£1,000', '-1,000 g'],
  ])('writes %s', (amount, pounds, grams) => {
    expect(formatPounds(amount)).toBe(pounds);
    expect(formatGrams(amount)).toBe(grams);
  });
});

describe('records with all that their grids hold', () => {
  it('has the building, the ways out and the checks of an address', () => {
    expect(data.premises[0]).toMatchObject({
      building: 'Doors and windows: uPVC\nLocks: Multi-point',
      escapeRoutes: 'Rear yard',
      firearms: 'None held',
      tenantPlan: 'Respite bed',
      what3words: 'invented.words.here',
      entryMethod: 'Forced entry\nRam',
      children: 'Esme Farrow (12)\nHuw Garth (age 16)\nRecorded: No',
    });
  });

  it('has who is wanted or vulnerable, the course of a referral, and the record of a warrant', () => {
    expect(data.people[0]).toMatchObject({ wanted: 'Recall to prison', associates: ['Bram Corrie'] });
    expect(data.people[5]).toMatchObject({ name: 'Huw Garth', dateOfBirth: 'age 16', age: null });
    expect(data.people[2]).toMatchObject({ adultAtRisk: 'Suspected', vulnerability: 'Learning disability' });
    expect(fieldsOf(data.safeguarding, 'name', 'socialWorker', 'consent', 'gaps')).toEqual([
      ['Esme Farrow', 'A Wythburn', null, ['NRM referral not decided']],
      ['Bram Corrie', null, 'Given', ['No plan', 'No lead named', 'No agency told']],
    ]);
    expect(data.warrants[0]).toMatchObject({ plannedAt: '2026-11-26T06:15', copyLeft: 'Yes' });
    expect(data.officers[0]?.skills).toEqual(['Search', 'Driver: Advanced']);
  });
});

describe('what a pack does not hold', () => {
  it.each(shippedSpecs.map((spec) => [spec.id, spec] as const))(
    '%s: a section that is not asked for is empty',
    (_id, spec) => {
      const pack = collect({ spec, ...(spec.scope === 'team' ? { team: 'Amber' } : {}) });
      const asked = new Set<string>(spec.sections.map(({ id }) => id));
      for (const id of sectionIds) if (!asked.has(id)) expect(pack[id], id).toEqual([]);
      if (!spec.findings) expect(pack.findings).toEqual([]);
    },
  );

  it('says nothing of another team in any section, by name, address or reference', () => {
    const amber = collect({ spec: { ...everySection, scope: 'team' }, team: 'Amber' });
    // No picture goes to a team: nobody can cut one.
    for (const id of sectionIds)
      if (id !== 'intelligence' && id !== 'pictures') expect(amber[id].length, id).toBeGreaterThan(0);
    expect(amber.findings.length).toBeGreaterThan(0);
    expect(JSON.stringify(amber)).not.toMatch(
      /Corrie|Eskdale|Mill Bank|Tannery|Basalt|(?:PRM|TGT|NOM|TEAM|WAR|RES|SAF)-2\b|TGT-4|WAR-3|SEI-3|ARR-3/,
    );
    // The address at Mill Bank and the associate are both linked to Ada Brackley.
    expect(amber.withheld).toEqual([{ reason: 'other team', count: 2 }]);
  });

  it('gives a target at a team’s address to the team when nobody else has it', () => {
    const amber = collect({ spec: packSpecs.team, team: 'HT01' });
    expect(amber.targets.map(({ ref }) => ref)).toEqual(['TGT-1', 'TGT-3', 'TGT-5']);
    const basalt = collect({ spec: packSpecs.team, team: 'TEAM-2' });
    expect(basalt.targets.map(({ ref }) => ref)).toEqual(['TGT-2', 'TGT-4']);
    expect(JSON.stringify(basalt)).not.toMatch(/Quarry Row|Dunmore|Esme/);
  });
});

describe('where it came from', () => {
  const placeOf = (section: string, ref: string, field: string) =>
    data.sources
      .filter((entry) => entry.section === section && entry.ref === ref && entry.field === field)
      .map(({ file, row, column, raw }) => [file, row, column, raw]);

  it('names file, row and column in every section that prints an imported value', () => {
    const born = ['nominals.csv', 2, 'Date of birth', '01/02/1990'];
    for (const [section, ref] of [
      ['people', 'NOM-1'],
      ['targets', 'TGT-1'],
      ['custody', 'TGT-1'],
    ])
      expect(placeOf(section ?? '', ref ?? '', 'dateOfBirth'), section).toEqual([born]);
    expect(placeOf('search', 'PRM-1', 'hazards')).toEqual([['premises.csv', 2, 'Hazards', 'Needles']]);
    expect(placeOf('arrests', 'ARR-1', 'name')).toEqual([['nominals.csv', 2, 'Name', 'BRACKLEY, Ada']]);
  });

  it('names each row of evidence behind a link', () => {
    expect(placeOf('links', 'NOM-1 NOM-2 associate', 'kind').map(([, row]) => row)).toEqual([2, 3]);
    expect(placeOf('links', 'NOM-1 PHN-91 phone', 'kind').map(([file, row]) => [file, row])).toEqual([
      ['nominals.csv', 2],
      ['nominals.csv', 3],
    ]);
  });
});

it('gives the same for the same state', () => {
  expect(JSON.stringify(collect())).toBe(JSON.stringify(data));
});
