/** The view of deal lines and call data, on planted calls: looked at by axe in both themes, and used by keyboard. */
import type { Page } from '@playwright/test';
import { layouts, sheetOf } from '../calls/layouts.ts';
import { plantCalls } from '../calls/plantedCalls.ts';
import { importPaths, makeWorkspace, passphrase, writeCsv } from '../engine/support.ts';
import { lookAt } from './faults.ts';
import { expect, test } from './host.ts';
import { openWorkspace } from './steps.ts';

/** A workspace with planted calls, a line with two numbers, a child and a target; on disk and closed. */
async function makeCallsWorkspace(): Promise<string> {
  const bench = await makeWorkspace('Operation Fellgate');
  const { client } = bench;
  const data = plantCalls(4, 28);
  const [layout] = layouts;
  if (!layout) throw new Error('no layout');
  await importPaths(bench, [
    writeCsv(bench, 'nominals.csv', [
      ['Surname', 'Forenames', 'DOB', 'Mobile'],
      ['Fenwick', 'Tam', '14/05/2011', data.number.courier ?? ''],
      ['Harrowby', 'Jo', '02/02/1990', data.number.newLine ?? ''],
    ]),
    writeCsv(bench, 'calls.csv', sheetOf(layout, data.rows)),
  ]);
  const refOf = async (name: string) =>
    (await client.grids.page({ grid: 'phones', where: { number: `+44${data.number[name]?.slice(1)}` } }))
      .rows[0]?.ref ?? '';
  const line =
    (await client.records.add({ grid: 'lines', values: { name: 'Max', phone: await refOf('newLine') } }))
      .rows[0]?.ref ?? '';
  await client.records.add({ grid: 'lineNumbers', values: { line, phone: await refOf('oldLine') } });
  await client.records.add({ grid: 'targets', values: { subject: line } });
  await client.workspace.close();
  return bench.workspace;
}

const found = (page: Page) => page.getByRole('region', { name: 'What was found' });

test('lines and calls', async ({ workbench }) => {
  test.setTimeout(600_000);
  const { page } = workbench;
  await page.setViewportSize({ width: 1440, height: 900 });
  await openWorkspace(workbench, await makeCallsWorkspace(), passphrase);
  const faults: string[] = [];
  const look = async (screen: string) => {
    faults.push(...(await lookAt(page, screen)));
  };

  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: 'Lines and calls' })
    .click();
  const chooser = page.getByRole('navigation', { name: 'Phones and lines' });
  await expect(chooser).toBeVisible({ timeout: 120_000 });
  await expect(found(page).getByRole('heading', { name: 'Bulk texts' }).first()).toBeVisible({
    timeout: 120_000,
  });
  await expect(
    found(page).getByRole('heading', { name: 'Journeys between two towns' }).first(),
  ).toBeVisible();
  await expect(found(page)).toContainText('10 numbers within 30 minutes');
  await look('everything found');

  // The line: what it shows, each picture with its table.
  await chooser.getByRole('button', { name: /^Max/ }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Max' })).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole('combobox', { name: 'Number of the line' })).toBeVisible();
  await expect(found(page).getByRole('heading', { name: 'Contacts carried to a new number' })).toBeVisible({
    timeout: 120_000,
  });
  await look('line');
  const tables = page.getByRole('button', { name: 'Table', exact: true });
  for (const table of await tables.all()) await table.press('Enter');
  await expect(
    page.getByRole('region', { name: 'Handsets and SIM cards, table' }).getByRole('cell').first(),
  ).toBeVisible();
  await look('line, tables');

  // A child who goes between two towns: safeguarding first, and journeys between areas.
  await chooser.getByRole('searchbox').fill('Fenwick');
  await chooser.getByRole('searchbox').fill('');
  const child = chooser.getByRole('button', { name: /Tam Fenwick|FENWICK/i });
  await child.first().press('Enter');
  await expect(page.getByText('Safeguarding first').first()).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole('img', { name: /Hollinport.*Thornrigg/ })).toBeVisible();
  await look('child with journeys');

  // A finding becomes evidence for a target, and intelligence.
  await chooser.getByRole('button', { name: 'Everything found' }).press('Enter');
  await page
    .getByRole('button', { name: /^Evidence for target: Contacts carried/ })
    .click({ timeout: 120_000 });
  const dialog = page.getByRole('dialog', { name: 'Evidence for a target' });
  await dialog.getByRole('button', { name: 'Add to the grounds' }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await look('evidence for a target');
  // The targets there are stand in the list before anything is typed.
  await dialog.getByRole('combobox').click();
  await page.getByRole('option', { name: /Max/ }).first().click();
  await dialog.getByRole('button', { name: 'Add to the grounds' }).click();
  await expect(page.getByText('Added to the grounds of TGT-1.')).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Record' })).toContainText('SRC-2');
  await page
    .getByRole('button', { name: /^Make intelligence: Bulk texts/ })
    .first()
    .click();
  await expect(page.getByText('Added as intelligence. It has no grade yet')).toBeVisible();

  // Thresholds: refused, then set.
  await page.getByRole('button', { name: 'Thresholds' }).click();
  const thresholds = page.getByRole('dialog', { name: 'Thresholds of call data' });
  await thresholds.getByLabel('Bulk texts: numbers').fill('0');
  await expect(thresholds.getByText('A number from 3 to 1000.')).toBeVisible();
  await look('thresholds');
  await thresholds.getByLabel('Bulk texts: numbers').fill('500');
  await thresholds.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Thresholds saved.')).toBeVisible();
  await expect(found(page).getByRole('heading', { name: 'Bulk texts', exact: true })).toHaveCount(0, {
    timeout: 120_000,
  });

  expect(faults).toEqual([]);
});
