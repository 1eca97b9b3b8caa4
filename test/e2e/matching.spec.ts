import { cleanUp, importPaths, makeWorkspace, passphrase, writeCsv } from '../engine/support.ts';
import { findFaults } from './faults.ts';
import { expect, test } from './host.ts';
import { openWorkspace, showGrid } from './steps.ts';

test.afterEach(() => cleanUp());

const people = [
  'Forename,Surname,DOB,Mobile,Home address,Postcode',
  'Maud,Ellery,03/04/1990,07700900001,4 Kiln Row,FE1 2HJ',
  'Maudie,Ellery,04/03/1990,07700900001,4 Kiln Row,FE1 2HJ',
  'Maud,Elery,03/04/1990,07700900001,4 Kiln Row,FE1 2HJ',
  'Alec,Thorne,05/06/2012,07700900004,9 Mill Lane,FE1 3AB',
  'Alex,Thorne,05/06/2012,07700900004,9 Mill Lane,FE1 3AB',
  'Mohammed,Rahim,11/11/1995,07700900108,21 Station Street,FE7 7LN',
  'Muhammad,Raheem,11/11/1995,07700900108,21 Station St,FE7 7LN',
  'Petra,Lund,02/03/1981,07700900005,7 Fell View,FE6 6JL',
  'Bram,Ostler,09/09/1999,07700900003,1 Tenter Bank,FE1 4AA',
];

test('pairs and groups are decided by keys, and every decision can be undone', async ({ workbench }) => {
  test.setTimeout(180_000);
  const { page } = workbench;
  await page.setViewportSize({ width: 1440, height: 900 });
  const bench = await makeWorkspace();
  const path = writeCsv(
    bench,
    'nominals.csv',
    people.map((row) => row.split(',')),
  );
  await importPaths(bench, [path], { kind: 'person' });
  await bench.engine.close();
  await openWorkspace(workbench, bench.workspace, passphrase);
  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: /^Matches/ })
    .click();
  const view = page.getByRole('region', { name: 'Who may be the same person' });
  const queue = view.getByRole('listbox');
  await expect(queue.getByRole('option').first()).toBeVisible({ timeout: 60_000 });
  await expect(queue.getByRole('option')).toHaveCount(3);
  await expect(view.getByText('What speaks for and against')).toBeVisible();
  expect(await findFaults(page)).toEqual([]);

  // A group with one member left out: the chosen one by arrow, X, Enter.
  await queue.getByRole('option').filter({ hasText: 'Maudie' }).click();
  await expect(view.getByRole('columnheader').filter({ hasText: 'Maudie Ellery' })).toBeVisible();
  await queue.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('x');
  await expect(view.getByText('Left out', { exact: true })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Merged NOM-3 into NOM-1.')).toBeVisible();

  // A child is marked on both sides; the pair is different.
  await queue.getByRole('option').filter({ hasText: 'Thorne' }).click();
  await expect(view.getByText(/^Child: \d+ on the day$/)).toHaveCount(2);
  await queue.focus();
  await page.keyboard.press('d');
  await expect(page.getByText('NOM-4 and NOM-5 are remembered as different.')).toBeVisible();
  await expect(queue.getByRole('option').filter({ hasText: 'Thorne' })).toHaveCount(0);

  await queue.getByRole('option').filter({ hasText: 'Rahim' }).click();
  await queue.focus();
  await page.keyboard.press('s');
  await expect(page.getByText('Merged NOM-7 into NOM-6.')).toBeVisible();

  // The record says what it was merged from, and is taken apart there.
  const grid = await showGrid(page, 'People');
  await expect(grid.locator('.ag-row').first()).toBeVisible();
  // By the old reference: it opens what it is part of.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('NOM-7');
  await expect(page.getByRole('option').filter({ hasText: 'NOM-6' }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: 'Record' });
  await expect(panel.getByText('Merged from')).toBeVisible();
  await panel.getByRole('button', { name: 'Take apart NOM-7' }).click();
  await expect(page.getByText('Taken out as NOM-7.')).toBeVisible();
});
