/** The link chart: grown by keyboard, narrowed, taken back, kept over going away; looked at by axe in both themes. */
import type { Page } from '@playwright/test';
import { importPaths, makeWorkspace, onlyRef, passphrase, writeCsv } from '../engine/support.ts';
import { lookAt } from './faults.ts';
import { expect, test } from './host.ts';
import { openWorkspace } from './steps.ts';

/** Two people at one address, one of them a child; a line with its holder; reports with grades; calls. On disk and closed. */
async function makeChartWorkspace(): Promise<string> {
  const bench = await makeWorkspace('Operation Fellgate');
  const { client } = bench;
  await importPaths(bench, [
    writeCsv(bench, 'nominals.csv', [
      ['Surname', 'Forenames', 'DOB', 'Mobile', 'Address'],
      ['Harrowby', 'Jo', '02/02/1990', '07700900101', '4 Drovers Close, Thornrigg'],
      ['Fenwick', 'Tam', '14/05/2011', '07700900102', '4 Drovers Close, Thornrigg'],
      ['Osgood', 'Lee', '03/03/1985', '07700900103', '9 Beck Lane, Hollinbeck'],
    ]),
    writeCsv(bench, 'intelligence.csv', [
      ['URN', 'Date', 'Grading', 'Intelligence', 'Subject', 'Subject DOB', 'Mobile'],
      ['FE/INT/1', '01/06/2026', '1AP', 'Seen with the phone.', 'Jo HARROWBY', '02/02/1990', '07700900103'],
      ['FE/INT/2', '01/09/2026', '3EP', 'Said to use it too.', 'Jo HARROWBY', '02/02/1990', '07700900103'],
    ]),
    writeCsv(bench, 'calls.csv', [
      ['A Number', 'B Number', 'Start', 'Type', 'Duration'],
      ...Array.from({ length: 30 }, (_, n) => [
        '07700900101',
        n < 4 ? '07700900102' : `077009002${String(n).padStart(2, '0')}`,
        '05/06/2026 09:00:00',
        'Voice',
        '30',
      ]),
    ]),
  ]);
  const { rows } = await client.grids.page({ grid: 'people', where: { name: { contains: 'Harrowby' } } });
  const phones = await client.grids.page({ grid: 'phones', where: { number: '+447700900101' } });
  const holder = rows[0]?.ref ?? '';
  onlyRef(
    await client.records.add({
      grid: 'lines',
      values: { name: 'Max', phone: phones.rows[0]?.ref ?? '', holder },
    }),
  );
  await client.records.add({ grid: 'targets', values: { subject: holder } });
  await client.workspace.close();
  return bench.workspace;
}

const counts = (page: Page) => page.getByText(/^\d+ records?, \d+ links?$/);
const records = async (page: Page) => Number(/^\d+/.exec((await counts(page).textContent()) ?? '')?.[0]);

test('the link chart', async ({ workbench }) => {
  test.setTimeout(600_000);
  const { page } = workbench;
  page.setDefaultTimeout(60_000);
  await page.setViewportSize({ width: 1440, height: 900 });
  await openWorkspace(workbench, await makeChartWorkspace(), passphrase);
  const faults: string[] = [];
  const look = async (screen: string) => {
    faults.push(...(await lookAt(page, screen)));
  };
  const views = page.getByRole('navigation', { name: 'Views' });
  const side = page.getByRole('complementary', { name: 'Chosen in the chart' });
  const picture = page.getByRole('application', { name: 'Chart of records and links' });

  // Empty: it says how to begin, and offers the line and the target.
  await views.getByRole('button', { name: 'Link chart' }).click();
  await expect(page.getByText('The chart is empty')).toBeVisible();
  await expect(page.getByRole('button', { name: 'The target of the operation' })).toBeVisible();
  await look('empty');
  const find = page.getByRole('combobox', { name: 'Find a record to add to the chart' });
  await find.fill('Harrowby');
  await expect(page.getByRole('option', { name: /Harrowby.*NOM-/ })).toBeVisible();
  await look('found');
  await find.press('Enter');

  // The record with its neighbours; the line and the target among them.
  await expect(side.getByRole('heading', { name: /Harrowby/i })).toBeVisible({ timeout: 60_000 });
  await expect(side.getByRole('button', { name: /Max/ })).toBeVisible({ timeout: 60_000 });
  await expect(counts(page)).toHaveText(/^6 records, \d+ links$/);
  await look('grown');

  // By keyboard: to a neighbour and on, hide, take back, pin.
  await picture.focus();
  await page.keyboard.press('Control+a');
  await expect(side.getByRole('heading', { name: '6 records chosen' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect.poll(() => records(page), { timeout: 60_000 }).toBeGreaterThan(25);
  await expect(side.getByText(/Child, 15/)).toHaveCount(0);
  const grown = await records(page);
  await page.keyboard.press('Escape');
  await expect(side.getByRole('heading', { name: 'What is drawn' })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Delete');
  await expect.poll(() => records(page)).toBe(grown - 1);
  await page.keyboard.press('Control+z');
  await expect.poll(() => records(page)).toBe(grown);
  // It was a step of the chart: nothing of the workspace was taken back.
  await expect(page.getByText(/^Undone:/)).toHaveCount(0);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('p');
  await expect(side.getByRole('button', { name: 'Unpin' })).toBeVisible();

  // The table has the same content: the child with the sign, the link with its grades.
  await page.keyboard.press('Alt+t');
  const nodes = page.getByRole('region', { name: 'Records, table' });
  await expect(nodes.getByRole('row', { name: /Fenwick/i })).toContainText('Child, 15');
  const links = page.getByRole('region', { name: 'Links, table' });
  const graded = links.getByRole('row', { name: /1AP, 3EP/ }).first();
  await expect(graded).toContainText('01/06/2026 to 01/09/2026');
  await look('table');
  await graded.getByRole('button').press('Enter');

  // What says so: the rows of the sheet, opened as they stood.
  await expect(side.getByRole('heading', { name: 'What says so' })).toBeVisible();
  await look('link');
  await side
    .getByRole('button', { name: /intelligence\.csv, row 2/ })
    .first()
    .press('Enter');
  await expect(page.getByRole('dialog')).toContainText('intelligence.csv');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  // Narrowed: by grade, then without what does not fit.
  await page.getByRole('button', { name: 'Picture', exact: true }).click();
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('checkbox', { name: '3EP' }).press('Space');
  await page.getByRole('checkbox', { name: 'Calls and texts' }).press('Space');
  await expect(page.getByRole('status').filter({ hasText: /do not fit the filter/ })).toBeVisible();
  await page.getByRole('textbox', { name: 'From' }).fill('31/02/2026');
  await page.getByRole('textbox', { name: 'From' }).press('Enter');
  await expect(page.getByText('A date as DD/MM/YYYY.')).toBeVisible();
  await look('filter');
  await page.getByRole('textbox', { name: 'From' }).fill('');
  await page.getByRole('checkbox', { name: /^Leave out/ }).press('Space');
  await expect(page.getByText(/records are left out/)).toBeVisible();
  await expect.poll(() => records(page)).toBeLessThan(grown);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Clear filter' }).click();
  await expect.poll(() => records(page)).toBe(grown);

  // Grouped; and the same after going away and after another has been asked for from a record.
  await page.getByRole('combobox', { name: 'Group' }).selectOption('kind');
  await expect(page.getByText(/^Arranging/)).toHaveCount(0, { timeout: 60_000 });
  await look('groups');
  await views.getByRole('button', { name: 'Overview' }).click();
  await views.getByRole('button', { name: 'Link chart' }).click();
  await expect(counts(page)).toHaveText(new RegExp(`^${grown} records`));
  await expect(page.getByRole('combobox', { name: 'Group' })).toHaveValue('kind');
  await views.getByRole('button', { name: /^People/ }).click();
  await page.locator('[row-id="NOM-3"] [col-id="name"]').click();
  await page.keyboard.press('Enter');
  await page
    .getByRole('complementary', { name: 'Record' })
    .getByRole('button', { name: 'Show in link chart' })
    .click();
  await expect(side.getByRole('heading', { name: /Osgood/i })).toBeVisible({ timeout: 60_000 });
  await expect.poll(() => records(page)).toBeGreaterThanOrEqual(grown);

  // Everything else follows what is chosen; the rest of the chart is drawn faintly.
  await side.getByRole('button', { name: 'Filter everything by the chosen' }).press('Enter');
  await expect(page.getByText(/Faint: outside of the filter of all views/)).toBeVisible();

  expect(faults).toEqual([]);
});
