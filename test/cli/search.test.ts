import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchHit } from '../../shared/contract/areas/search.ts';
import { makeFolder, runCommand, runJson } from './cliRun.ts';

const patience = 120_000;

interface Found {
  query: string;
  total: number;
  complete: boolean;
  hits: SearchHit[];
  facets: Record<string, { count: number }[]>;
}

describe('fellside search', () => {
  const folder = makeFolder();
  const search = (...words: string[]) => runJson<Found>(folder, ['search', 'op', ...words]);

  beforeAll(async () => {
    writeFileSync(
      join(folder, 'people.csv'),
      'Surname,Forename,DOB,Mobile,Left aside\r\nQuillfeather,Zoë,12/03/2011,07700 900123,walks with a limp\r\nThistlewood,Bob,01/02/1990,,\r\n',
    );
    writeFileSync(
      join(folder, 'log.csv'),
      'URN,Date,Intelligence,Grade\r\nINT/1,03/10/2026,Thistlewood was paid in cash.,2CP\r\n',
    );
    expect((await runCommand(folder, ['new', 'op', '--name', 'Fellgate'])).status).toBe(0);
    expect((await runCommand(folder, ['import', 'op', 'people.csv', 'log.csv'])).err).toBe('');
  }, patience);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(
    'gives one JSON document with what was found in each hit',
    async () => {
      const found = await search('zoe', 'quilfeather');
      expect(found).toMatchObject({ query: 'zoe quilfeather', total: 1, complete: true });
      expect(found.hits[0]).toMatchObject({
        ref: 'NOM-1',
        grid: 'people',
        label: 'Zoë Quillfeather',
        care: 'child',
        matched: [
          {
            field: 'name',
            text: 'Zoë Quillfeather',
            ranges: [
              [0, 3],
              [4, 16],
            ],
          },
        ],
      });
      expect(found.facets.grids).toEqual([{ grid: 'people', count: 1 }]);
    },
    patience,
  );

  it(
    'narrows by grid and day, limits, and names the rows behind a hit',
    async () => {
      const all = await search('thistlewood');
      expect(all.hits.map(({ ref }) => ref)).toEqual(['NOM-2', 'INT-1', 'SRC-1', 'SRC-2']);
      expect((await search('thistlewood', '--in', 'intelligence,people')).total).toBe(2);
      expect((await search('thistlewood', '--from', '2026-10-01', '--to', '2026-10-31')).hits).toHaveLength(
        1,
      );
      const [first, ...rest] = (await search('900123', '--limit', '1', '--sources')).hits;
      expect(rest).toEqual([]);
      expect(first).toMatchObject({
        ref: 'PHN-1',
        label: '+447700900123',
        sources: [{ file: 'people.csv', row: 2 }],
      });
    },
    patience,
  );

  it(
    'prints lines, records one consultation, and says what it cannot do',
    async () => {
      const shown = await runCommand(folder, ['search', 'op', 'limp']);
      expect(shown).toMatchObject({ status: 0, err: '' });
      expect(shown.out).toContain('Left aside: walks with a »limp«');
      const history = await runJson<{ entries: { method: string; summary: string }[] }>(folder, [
        'history',
        'op',
        '--limit',
        '3',
      ]);
      expect(history.entries.filter(({ method }) => method === 'search.find')).toMatchObject([
        { summary: 'Searched everything: 1 shown' },
      ]);
      expect((await search('nothing at all like it')).hits).toEqual([]);
      for (const words of [[], ['x', '--in', 'people,nowhere'], ['x', '--from', 'May'], ['y'.repeat(401)]]) {
        const refused = await runCommand(folder, ['search', 'op', ...words]);
        expect({ words, status: refused.status, lines: refused.err.split('\n').length }).toEqual({
          words,
          status: 2,
          lines: 2,
        });
      }
    },
    patience,
  );
});
