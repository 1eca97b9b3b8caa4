/** One choice narrows every grid; pictures are kept for packs. Looked at by axe in both themes, used by keyboard. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { drawn, makePng } from '../engine/drawnPictures.ts';
import { importPaths, makeFolder, makeWorkspace, passphrase, writeCsv } from '../engine/support.ts';
import { lookAt } from './faults.ts';
import { expect, test } from './host.ts';
import { cell, openWorkspace, showGrid } from './steps.ts';

/** Three people, their phones and some calls, with two kept pictures; on disk and closed. */
async function makePicturesWorkspace(): Promise<string> {
  const bench = await makeWorkspace('Operation Fellgate');
  const { client } = bench;
  await importPaths(bench, [
    writeCsv(bench, 'nominals.csv', [
      ['Surname', 'Forenames', 'DOB', 'Mobile'],
      ['Ellery', 'Maud', '02/03/1988', '07700 900456'],
      ['Harrowby', 'Jo', '02/02/1990', '07700 900457'],
      ['Thorne', 'Alec', '05/06/1989', '07700 900458'],
    ]),
    writeCsv(bench, 'calls.csv', [
      ['Start date and time', 'A number', 'B number', 'Type', 'Duration'],
      ['01/11/2026 09:00:00', '07700900456', '07700900999', 'Voice', '20'],
      ['02/11/2026 10:00:00', '07700900457', '07700900999', 'Voice', '30'],
      ['03/11/2026 11:00:00', '07700900457', '07700900999', 'Voice', '40'],
    ]),
  ]);
  const keep = (of: Parameters<typeof drawn>[0]) =>
    client.pictures.keep({ ...drawn(of), reason: 'Shows who answers the line' });
  await keep({
    refs: ['NOM-2'],
    title: 'Jo and the line',
    png: makePng(900, 500),
    rows: [['Harrowby', 'NOM-2']],
  });
  await keep({ refs: ['NOM-1'], title: 'Maud alone', rows: [['Ellery', 'NOM-1']] });
  await client.records.set({ edits: [{ ref: 'NOM-1', values: { note: 'Seen in Kelby' } }] });
  await client.workspace.close();
  return bench.workspace;
}

test('rows of a grid narrow every grid, which each says so, until all is shown again', async ({
  workbench,
}) => {
  test.setTimeout(300_000);
  const { page } = workbench;
  await page.setViewportSize({ width: 1440, height: 900 });
  await openWorkspace(workbench, await makePicturesWorkspace(), passphrase);
  const people = await showGrid(page, 'People');
  await expect(cell(page, 'NOM-3', 'name')).toBeVisible();
  await page.keyboard.press('Control+Shift+K');
  await expect(page.getByText('Select rows first')).toBeVisible();
  await page.locator('[row-id="NOM-2"] .ag-selection-checkbox input').click();
  await page.keyboard.press('Control+Shift+K');
  const chip = page.getByText('Narrowed by: NOM-2');
  await expect(chip).toBeVisible();
  await expect(people.locator('.grid-count')).toHaveText('1 of 3');
  await expect(cell(page, 'NOM-1', 'name')).toHaveCount(0);

  const phones = await showGrid(page, 'Phones');
  await expect(phones.locator('.grid-count')).toHaveText('1 of 4');
  await expect(chip).toBeVisible();
  const faults = await lookAt(page, 'a narrowed grid');

  // The phone that is left, and by it the calls; the list at the left goes on counting everything.
  await phones.locator('.ag-selection-checkbox input').first().click();
  await page.getByRole('button', { name: 'Narrow everything' }).click();
  const calls = await showGrid(page, 'Communications');
  await expect(calls.locator('.grid-count')).toHaveText('2 of 3');
  await expect(page.getByRole('navigation').getByRole('button', { name: /^Communications/ })).toContainText(
    '3',
  );

  // A filter of the grid's own stands beside it, and clearing that leaves the narrowing.
  await page.getByLabel('Quick find in Communications').fill('nothing of the kind');
  await expect(calls.locator('.grid-count')).toHaveText('0 of 3');
  await page.keyboard.press('Control+Shift+L');
  await expect(calls.locator('.grid-count')).toHaveText('2 of 3');

  await showGrid(page, 'Sources');
  await expect(page.getByText('Not narrowed by records: no row here is about one.')).toBeVisible();
  await showGrid(page, 'Decisions');
  await expect(page.getByText('No row here has to do with what was chosen')).toBeVisible();
  faults.push(...(await lookAt(page, 'a grid in which nothing is left')));

  await page.keyboard.press('Control+Shift+X');
  await expect(page.getByText(/^Narrowed by/)).toHaveCount(0);
  await showGrid(page, 'People');
  await expect(cell(page, 'NOM-3', 'name')).toBeVisible();

  // By the menu of a row, too.
  await cell(page, 'NOM-3', 'name').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Narrow everything by this row' }).click();
  await expect(page.getByText('Narrowed by: NOM-3')).toBeVisible();
  await page.getByRole('button', { name: 'Show everything again' }).click();
  await expect(cell(page, 'NOM-1', 'name')).toBeVisible();
  expect(faults).toEqual([]);
});

test('pictures kept for packs are looked at, narrowed by, saved, taken out and put back', async ({
  workbench,
}) => {
  test.setTimeout(300_000);
  const { page } = workbench;
  await page.setViewportSize({ width: 1440, height: 900 });
  await openWorkspace(workbench, await makePicturesWorkspace(), passphrase);
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Packs/ })
    .click();
  await page.getByRole('button', { name: 'Pictures', exact: true }).click();
  const kept = page.getByRole('region', { name: 'Pictures for packs' });
  await expect(kept.getByRole('row', { name: /Maud alone/ })).toContainText('Out of date');
  await expect(kept.getByRole('row', { name: /Jo and the line/ })).toContainText('As it is now');
  const faults = await lookAt(page, 'kept pictures');

  await kept.getByRole('button', { name: 'Jo and the line', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Jo and the line' });
  await expect(dialog.getByRole('img', { name: /Link chart: Jo and the line/ })).toBeVisible();
  await expect(dialog.getByRole('cell', { name: 'Harrowby' })).toBeVisible();
  faults.push(...(await lookAt(page, 'a kept picture')));

  // Saved: what is missing is said, then both files are written.
  const folder = makeFolder();
  await dialog.getByRole('button', { name: 'Save picture…' }).click();
  const saving = page.getByRole('dialog', { name: 'Save this picture' });
  await saving.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(saving.getByText('Say who receives it.')).toBeVisible();
  faults.push(...(await lookAt(page, 'saving a picture')));
  workbench.dialogs.folder = folder;
  await saving.getByLabel('For whom').fill('Silver');
  await saving.getByLabel('Reason').fill('Briefing');
  await saving.getByRole('button', { name: 'Choose a folder' }).click();
  await saving.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(saving.getByRole('status')).toContainText(/chart-\d+\.png/);
  const files = readdirSync(folder).sort();
  expect(files.map((name) => name.split('.').at(-1))).toEqual(['csv', 'png']);
  // Marked above and below.
  const png = PNG.sync.read(readFileSync(join(folder, files[1] ?? '')));
  expect([png.width, png.height]).toEqual([900, 556]);
  for (const from of [0, 528])
    expect(png.data.subarray(from * 900 * 4, (from + 28) * 900 * 4).some((value) => value < 60)).toBe(true);
  await saving.getByRole('button', { name: 'Close' }).last().click();

  await page
    .getByRole('dialog', { name: 'Jo and the line' })
    .getByRole('button', { name: 'Narrow everything by what it shows' })
    .click();
  const people = await showGrid(page, 'People');
  await expect(page.getByText('Narrowed by: what "Jo and the line" shows')).toBeVisible();
  await expect(people.locator('.grid-count')).toHaveText('1 of 3');

  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Packs/ })
    .click();
  await kept.getByRole('button', { name: 'Take out Maud alone' }).click();
  await expect(kept.getByRole('row', { name: /Maud alone/ })).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(kept.getByRole('row', { name: /Maud alone/ })).toBeVisible();
  for (const title of ['Maud alone', 'Jo and the line'])
    await kept.getByRole('button', { name: `Take out ${title}` }).click();
  await expect(page.getByText('No picture is kept for packs')).toBeVisible();
  faults.push(...(await lookAt(page, 'no kept picture')));
  expect(faults).toEqual([]);
});
