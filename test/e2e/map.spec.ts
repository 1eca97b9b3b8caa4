/** The map: from nothing to a loaded file, by keys and by pointer, looked at by axe in both themes, narrowed, kept. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { importPaths, makeWorkspace, passphrase, writeCsv } from '../engine/support.ts';
import { lookAt } from './faults.ts';
import { expect, test } from './host.ts';
import { openWorkspace } from './steps.ts';

/** Two streets of an invented town at sea, a child at one of them, a warrant, a crime, and one postcode unknown. */
async function makeMapWorkspace(): Promise<string> {
  const bench = await makeWorkspace('Operation Fellgate');
  await importPaths(bench, [
    writeCsv(bench, 'premises.csv', [
      ['Address', 'Postcode', 'Children', 'Cuckooed'],
      ['14 Tenter Row, Hollinbeck', 'FE1 4AB', '2 children', 'No'],
      ['3 Mill Goit, Hollinbeck', 'FE1 4AD', 'no', 'Yes'],
      ['9 Quarry Brow, Stangarth', 'FE2 3GL', 'no', 'No'],
      ['1 New Road, Stangarth', 'FE2 9ZZ', 'no', 'No'],
    ]),
  ]);
  const { client } = bench;
  const page = await client.grids.page({ grid: 'premises', where: { postcode: 'FE2 3GL' } });
  await client.records.add({
    grid: 'warrants',
    values: { number: 'FE/26/1', power: 'MDA_S23_3', premises: page.rows[0]?.ref ?? '' },
  });
  await client.records.add({
    grid: 'crimes',
    values: { type: 'Drugs', location: 'Behind the mill, FE1 4AE', month: '2026-09' },
  });
  await client.workspace.close();
  return bench.workspace;
}

function writePlaces(folder: string): { postcodes: string; outline: string } {
  const letters = 'ABDEFGHJLN';
  const street = (district: string, sector: string, east: number, north: number) =>
    Array.from({ length: 100 }, (_, index) => {
      const unit = `${letters.charAt(Math.floor(index / 10))}${letters.charAt(index % 10)}`;
      return `${district} ${sector}${unit},,${east + (index % 10) * 150},${north + Math.floor(index / 10) * 150}`;
    });
  const postcodes = join(folder, 'postcodes.csv');
  writeFileSync(
    postcodes,
    [
      'pcds,doterm,oseast1m,osnrth1m',
      ...street('FE1', '4', 272_000, 494_000),
      ...street('FE2', '3', 264_000, 508_000),
      'FE2 3GL,199906,264321,508123',
      'FE1 4ZZ,,,',
    ].join('\r\n'),
  );
  const outline = join(folder, 'county.geojson');
  const ring = [
    [255_000, 485_000],
    [285_000, 485_000],
    [285_000, 515_000],
    [255_000, 515_000],
    [255_000, 485_000],
  ];
  writeFileSync(outline, JSON.stringify({ type: 'Polygon', coordinates: [ring] }));
  return { postcodes, outline };
}

const choosePlaces = (page: Page) => page.getByRole('region', { name: 'Chosen place' });

test('the map', async ({ workbench }) => {
  test.setTimeout(600_000);
  const { page } = workbench;
  await page.setViewportSize({ width: 1440, height: 900 });
  await openWorkspace(workbench, await makeMapWorkspace(), passphrase);
  const faults: string[] = [];
  const look = async (screen: string) => {
    faults.push(...(await lookAt(page, screen)));
  };
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Map' }).click();
  const view = page.getByRole('region', { name: 'Map', exact: true });
  await expect(view.getByText('No postcodes are loaded', { exact: true })).toBeVisible();
  await expect(view.getByText('6 no postcodes are loaded')).toBeVisible();
  await look('nothing loaded');

  // Both files; the second one is refused first, then right.
  const files = writePlaces(workbench.folder);
  await view.getByRole('button', { name: 'Load postcodes' }).click();
  const dialog = page.getByRole('dialog', { name: 'Postcodes and outline' });
  workbench.dialogs.files = [files.outline];
  await dialog
    .getByRole('region', { name: 'Postcodes' })
    .getByRole('button', { name: 'Choose a file' })
    .click();
  await expect(dialog.getByRole('alert').filter({ hasText: 'county.geojson' })).toBeVisible();
  workbench.dialogs.files = [files.postcodes];
  await dialog
    .getByRole('region', { name: 'Postcodes' })
    .getByLabel('Words that the licence')
    .fill('Invented places.');
  await dialog
    .getByRole('region', { name: 'Postcodes' })
    .getByRole('button', { name: 'Choose a file' })
    .click();
  await expect(dialog.getByText('200 postcodes in 2 districts, 0 of them no longer in use.')).toBeVisible();
  await dialog.getByRole('button', { name: 'List the rows' }).click();
  await expect(dialog.getByRole('cell', { name: 'FE1 4ZZ' })).toBeVisible();
  workbench.dialogs.files = [files.outline];
  await dialog
    .getByRole('region', { name: 'Outline' })
    .getByRole('button', { name: 'Choose a file' })
    .click();
  await expect(dialog.getByText('1 shape, drawn with 5 points')).toBeVisible();
  await look('files');
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();

  // Everything stands somewhere, and what does not is told.
  await expect(view.getByText('5 shown')).toBeVisible();
  await expect(view.getByText('1 the postcode is not in the loaded file')).toBeVisible();
  await expect(view.getByText('Invented places.')).toBeVisible();
  const map = view.getByRole('application');
  await map.focus();
  await page.keyboard.press('n');
  await page.keyboard.press('Enter');
  await expect(choosePlaces(page)).toContainText('FE2 3GL');
  await expect(choosePlaces(page)).toContainText('Postcode, not the door');
  await expect(choosePlaces(page)).toContainText('Straight line');
  await look('a place');
  await choosePlaces(page).getByRole('button', { name: 'FE/26/1' }).click();
  await expect(page.getByRole('complementary', { name: 'Record' })).toContainText('FE/26/1');
  await page.keyboard.press('Escape');
  await map.focus();
  await page.keyboard.press('n');
  await page.keyboard.press('Enter');
  await expect(choosePlaces(page)).toContainText('3 places, 3 records');
  await expect(choosePlaces(page)).toContainText('Safeguarding first');
  await expect(choosePlaces(page)).toContainText('Cuckooed: the tenant is a victim.');

  // An area of what is in view narrows the map and the grids.
  await choosePlaces(page).getByRole('button', { name: 'Look nearer' }).click();
  await map.focus();
  await page.keyboard.press('a');
  await expect(view.getByText('3 records in the area').last()).toBeVisible();
  await look('an area');
  await view.getByRole('button', { name: 'Filter everything by this area' }).click();
  await expect(view.getByText(/^Narrowed by: area on the map/)).toBeVisible();
  await expect(view.getByText('3 shown')).toBeVisible();
  await view.getByRole('button', { name: 'Table', exact: true }).click();
  const table = view.getByRole('region', { name: 'Table' });
  await expect(table.getByRole('table').first().getByRole('row')).toHaveCount(4);
  await expect(table.getByRole('row', { name: /14 Tenter Row/ })).toContainText('Children are there');
  await look('table');

  // The same place, drawn by the pointer with Shift.
  await view.getByRole('button', { name: 'Picture', exact: true }).click();
  await view.getByRole('button', { name: 'Show everything again' }).click();
  await expect(view.getByText('5 shown')).toBeVisible();
  await view.getByRole('button', { name: 'Show everything', exact: true }).click();
  const frame = await map.boundingBox();
  if (!frame) throw new Error('no map');
  await page.keyboard.down('Shift');
  await page.mouse.move(frame.x + 5, frame.y + 5);
  await page.mouse.down();
  await page.mouse.move(frame.x + frame.width - 10, frame.y + frame.height - 10, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect(view.getByText('5 records in the area').last()).toBeVisible();
  await view.getByRole('button', { name: 'Clear' }).last().click();

  // Kept for packs: a picture, and its table.
  await view.getByRole('button', { name: 'Keep for packs' }).click();
  const keep = page.getByRole('dialog');
  await expect(keep).toBeVisible();
  await keep.getByLabel('Why').fill('For the briefing');
  await keep.getByRole('button', { name: 'Keep for packs' }).click();
  await expect(page.getByText(/Map of premises, people and crimes/).first()).toBeVisible();
  await expect(keep).toHaveCount(0);

  expect(faults).toEqual([]);
});
