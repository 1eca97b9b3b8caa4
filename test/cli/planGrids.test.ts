/** Every grid by the command line: a row of it added, every field of it set, and found again by `list`. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gridList, grids } from '../../shared/grid/grids.ts';
import type { Column, Grid, GridName } from '../../shared/grid/types.ts';
import { codeLists } from '../../shared/reference/codeLists.ts';
import { makeFolder, runJson } from './cliRun.ts';

const folder = makeFolder();
const added = gridList.filter((grid) => grid.addable);

beforeAll(async () => {
  await runJson(folder, ['new', 'op.fellside', '--name', 'Operation Fellgate']);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What is typed into a column, and what `list` then shows of it. */
function sample(grid: Grid, column: Column): { typed: string; shown: string | number } {
  const same = (typed: string) => ({ typed, shown: typed });
  const longText = grid.columns.find((each) => each.type === 'longText');
  if (column.field === 'textBasis') return same(`${longText?.field}: assessment`);
  switch (column.type) {
    case 'date':
      return { typed: '29/02/2028', shown: '2028-02-29' };
    case 'datetime':
      return { typed: '03/12/2026 05:30', shown: '2026-12-03T05:30:00' };
    case 'phone':
      return { typed: '07700 900123', shown: '+447700900123' };
    case 'postcode':
      return { typed: 'ca11aa', shown: 'CA1 1AA' };
    case 'vrm':
      return { typed: 'ab12 cde', shown: 'AB12CDE' };
    case 'number':
      return { typed: '3', shown: 3 };
    case 'yesNo':
      return { typed: 'Y', shown: 'yes' };
    case 'code':
    case 'codes':
      return same(codeLists[column.codes ?? '']?.[0]?.code ?? '');
    case 'ref':
    case 'refs': {
      const to = column.to?.find((name) => grids[name].addable);
      return same(`${grids[to ?? 'people'].prefix}-1`);
    }
    default:
      return same(`Some ${column.title.toLowerCase()}`);
  }
}

/** The grids that rows of this one have to name come first. */
const order = (): Grid[] => {
  const done: Grid[] = [];
  const visit = (name: GridName) => {
    const grid = grids[name];
    if (done.includes(grid) || !grid.addable) return;
    for (const column of grid.columns)
      if (column.required) {
        const to = column.to?.find((each) => grids[each].addable);
        if (to && to !== name) visit(to);
      }
    done.push(grid);
  };
  for (const grid of added) visit(grid.name);
  return done;
};

const assign = (grid: Grid, columns: readonly Column[]) =>
  columns.map((column) => `${column.field}=${sample(grid, column).typed}`);

describe('every grid', () => {
  it('has the plan in it', () => {
    expect(added.map((grid) => grid.name)).toEqual(
      expect.arrayContaining([
        ...['people', 'premises', 'warrants', 'lines', 'lineNumbers', 'groups', 'officers', 'teams'],
        ...['commanders', 'decisions', 'safeguarding', 'actions', 'targets'],
        ...['results', 'seizures', 'arrests', 'outcomes'],
      ]),
    );
  });

  it('takes rows', async () => {
    for (const grid of order()) {
      const required = grid.columns.filter((column) => column.required);
      const columns =
        required.length > 0 ? required : grid.columns.filter((column) => column.editable).slice(0, 1);
      const { rows } = await runJson<{ rows: { ref: string }[] }>(folder, [
        'add',
        'op.fellside',
        grid.name,
        ...assign(grid, columns),
      ]);
      expect(rows.map((row) => row.ref)).toEqual([`${grid.prefix}-1`]);
    }
  }, 300_000);

  it.each([...added.map((grid) => grid.name), 'operation' as const])(
    '%s: every field is set and found again',
    async (name) => {
      const grid = grids[name];
      const columns = grid.columns.filter((column) => column.editable);
      await runJson(folder, ['set', 'op.fellside', `${grid.prefix}-1`, ...assign(grid, columns)]);
      const { rows, total } = await runJson<{ total: number; rows: Record<string, unknown>[] }>(folder, [
        'list',
        'op.fellside',
        name,
        '--where',
        JSON.stringify({ ref: `${grid.prefix}-1` }),
      ]);
      expect(total).toBe(1);
      const row = rows[0] ?? {};
      expect(Object.fromEntries(columns.map((column) => [column.field, row[column.field]]))).toEqual(
        Object.fromEntries(columns.map((column) => [column.field, sample(grid, column).shown])),
      );
    },
    60_000,
  );
});
