/** Priorities in the window: safeguarding first, used by keyboard, looked at by axe in both themes. */
import { importPaths, makeWorkspace, passphrase, writeCsv } from '../engine/support.ts';
import { findFaults, lookAt } from './faults.ts';
import { expect, test } from './host.ts';
import { createWorkspace, openWorkspace } from './steps.ts';

/** A line holder, a child who runs for the line, a cuckooed tenant and somebody of whom no age is known. */
async function makeCase(): Promise<string> {
  const bench = await makeWorkspace('Operation Fellgate');
  await importPaths(bench, [
    writeCsv(bench, 'nominals.csv', [
      ['Nominal Ref', 'Name', 'DOB', 'Role', 'Warning markers', 'Home address', 'Postcode'],
      [
        'N-1',
        'Maud Ellery',
        '03/04/1990',
        'Line holder',
        'Weapons (knife)',
        '4 Kiln Row, Hollinbeck',
        'FE1 2HJ',
      ],
      [
        'N-2',
        'Alec Thorne',
        '05/06/2011',
        'Runner',
        'Missing episodes',
        '9 Mill Lane, Hollinbeck',
        'FE1 3AB',
      ],
      ['N-3', 'Hester Fell', '01/02/1960', 'Cuckooed tenant', '', '9 Mill Lane, Hollinbeck', 'FE1 3AB'],
      ['N-4', 'Bram Ostler', '', 'Street dealer', '', '', ''],
    ]),
    writeCsv(bench, 'log.csv', [
      ['URN', 'Date of report', 'Grading', 'Subject(s)', 'Intelligence'],
      ['I-1', '20/11/2026', '1AP', 'Maud Ellery', 'Maud Ellery drops cash at the station.'],
      ['I-2', '20/11/2026', '3DP', 'Bram Ostler', 'Bram Ostler sells from a bench.'],
    ]),
  ]);
  await bench.client.records.set({ edits: [{ ref: 'OP-1', values: { strike: '2026-12-03T05:30' } }] });
  await bench.client.workspace.close();
  return bench.workspace;
}

test('priorities', async ({ workbench }) => {
  test.setTimeout(600_000);
  const { page } = workbench;
  await page.setViewportSize({ width: 1440, height: 900 });
  await openWorkspace(workbench, await makeCase(), passphrase);
  const faults: string[] = [];
  const look = async (screen: string) => {
    faults.push(...(await lookAt(page, screen)));
  };
  const go = () =>
    page
      .getByRole('navigation', { name: 'Views' })
      .getByRole('button', { name: 'Priorities' })
      .press('Enter');
  await go();
  const care = page.getByRole('region', { name: /^Safeguarding priorities/ });
  const force = page.getByRole('region', { name: /^Enforcement priorities/ });
  const details = page.getByRole('region', { name: 'What it rests on' });
  const pick = (list: typeof care, name: string) => list.getByRole('button', { name, exact: true });
  await expect(pick(care, 'Alec Thorne')).toBeVisible({ timeout: 120_000 });
  // Safeguarding stands above, the child first of all.
  await expect(page.locator('.priority-pick').first()).toHaveText('Alec Thorne');
  await expect(page.getByText('Ages on 03/12/2026, the day of the strike')).toBeVisible();
  await look('lists');

  // By keyboard: down to the next, and back; the details follow the focus.
  await pick(care, 'Alec Thorne').focus();
  await expect(details).toContainText('Aged 15 on 03/12/2026, the day of the strike.', { timeout: 60_000 });
  await expect(details).toContainText('The defence of the Modern Slavery Act 2015 s.45 may stand');
  await expect(details.getByRole('button', { name: /nominals\.csv.*row 3/ }).first()).toBeVisible();
  await look('a child');
  await page.keyboard.press('ArrowDown');
  await expect(pick(care, 'Alec Thorne')).not.toBeFocused();
  await page.keyboard.press('Home');
  await expect(pick(care, 'Alec Thorne')).toBeFocused();

  // The row of the sheet opens from the number that rests on it.
  await pick(force, 'Maud Ellery').focus();
  await expect(details).toContainText('8.0 of 20', { timeout: 60_000 });
  await expect(details).toContainText('No grade: counts 40 %.');
  await details
    .getByRole('button', { name: /log\.csv/ })
    .first()
    .press('Enter');
  const source = page.getByRole('dialog');
  await expect(source).toContainText('Maud Ellery drops cash at the station.', { timeout: 60_000 });
  await page.keyboard.press('Escape');
  await expect(source).toHaveCount(0);

  // T makes a target of the row, S a safeguarding plan: each said, each in the record panel or the grid.
  await pick(force, 'Maud Ellery').focus();
  await page.keyboard.press('t');
  await expect(page.getByText('1 target made.')).toBeVisible({ timeout: 60_000 });
  await expect(details.getByRole('button', { name: 'Open target' })).toBeVisible({ timeout: 60_000 });
  await pick(care, 'Alec Thorne').focus();
  await page.keyboard.press('s');
  await expect(page.getByText('Safeguarding plan added.')).toBeVisible({ timeout: 60_000 });
  const row = care.getByRole('row').filter({ hasText: 'Alec Thorne' });
  await expect(row).not.toContainText('No safeguarding plan', { timeout: 60_000 });
  await look('with a plan');

  // Filters narrow both lists.
  await page.getByRole('combobox', { name: 'Concern' }).selectOption('age-not-known');
  await expect(pick(care, 'Bram Ostler')).toBeVisible({ timeout: 60_000 });
  await expect(pick(care, 'Alec Thorne')).toHaveCount(0);
  await page.getByRole('combobox', { name: 'Concern' }).selectOption('');
  await page.getByRole('searchbox', { name: 'Find in both lists' }).fill('ellery');
  await expect(pick(force, 'Bram Ostler')).toHaveCount(0, { timeout: 60_000 });
  await expect(care).toContainText('Nothing fits these filters.');
  await page.getByRole('searchbox', { name: 'Find in both lists' }).fill('');

  // The user's own weights, and back by undo.
  await page.getByRole('button', { name: 'Weights', exact: true }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Weights of enforcement priorities' });
  const holder = dialog.getByLabel('Line holder or owner');
  await expect(holder).toHaveValue('20', { timeout: 60_000 });
  await look('weights');
  await holder.fill('500');
  await expect(dialog.getByText('A number from 0 to 100.')).toBeVisible();
  await holder.fill('40');
  await dialog.getByRole('button', { name: 'Save' }).press('Enter');
  await expect(page.getByText('Weights saved.')).toBeVisible({ timeout: 60_000 });
  await expect(force).toContainText('Weights: changed by users of this workspace', { timeout: 60_000 });

  expect(faults).toEqual([]);
});

test('priorities of nothing yet', async ({ workbench }) => {
  test.setTimeout(300_000);
  const { page } = workbench;
  await createWorkspace(workbench, 'Operation Blank');
  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: 'Priorities' })
    .press('Enter');
  await expect(page.getByText('Nobody and nothing to put in an order yet')).toBeVisible({ timeout: 60_000 });
  expect(await findFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Import spreadsheets' }).press('Enter');
  await expect(page.getByRole('dialog', { name: 'Import spreadsheets' })).toBeVisible();
});
