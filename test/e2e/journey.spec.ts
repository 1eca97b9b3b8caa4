import { readdirSync } from 'node:fs';
import { expect, test } from './host.ts';
import {
  cell,
  createWorkspace,
  demoFiles,
  importFiles,
  openWorkspace,
  setStrike,
  showGrid,
} from './steps.ts';

test('create, import, filter, edit, undo, target, export, close, reopen: all is found again', async ({
  workbench,
}) => {
  const { page } = workbench;
  const folder = await createWorkspace(workbench);
  await expect(page.getByTestId('marking-top')).toHaveText('OFFICIAL-SENSITIVE');
  await importFiles(workbench, demoFiles());
  await setStrike(page, '03/12/2026 05:30');

  // Filter: quick find, then a value list; both in words, both taken away.
  const warrants = await showGrid(page, 'Warrants');
  await expect(cell(page, 'WAR-1', 'number')).toBeVisible();
  const rows = warrants.locator('[row-id]:has([col-id="ref"]) >> [col-id="ref"]');
  const all = await rows.count();
  await cell(page, 'WAR-1', 'power').click();
  await page.keyboard.press('Alt+ArrowDown');
  await page.locator('.filter-check').first().click();
  await page.getByRole('button', { name: 'Show chosen' }).click();
  await expect(warrants.getByText(/^Power is /)).toBeVisible();
  await expect.poll(() => rows.count()).toBeLessThan(all);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect.poll(() => rows.count()).toBe(all);

  // Edit: a last day before the strike is told while it is typed, and stands after it is saved.
  const lastDay = cell(page, 'WAR-1', 'expires');
  const before = ((await lastDay.textContent()) ?? '').trim();
  await lastDay.dblclick();
  await page.keyboard.type('01/12/2026');
  await expect(page.getByText(/^Blocker:.*before the strike/)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /Changed Last day of WAR-1/ })).toBeVisible();
  await expect(lastDay).toHaveText('01/12/2026');
  await expect(cell(page, 'WAR-1', 'state')).toHaveText('Blocker');

  // A date that is none is not saved, and what was typed is kept beside the words.
  await cell(page, 'WAR-2', 'expires').dblclick();
  await page.keyboard.type('31/02/2027');
  await page.keyboard.press('Tab');
  await expect(cell(page, 'WAR-2', 'expires')).toHaveText('31/02/2027');
  await cell(page, 'WAR-2', 'expires').click();
  await expect(page.getByText('Not a date. Write DD/MM/YYYY.')).toBeVisible();
  await page.getByRole('button', { name: 'Leave as it was' }).click();

  await lastDay.click();
  await page.keyboard.press('Control+z');
  await expect(lastDay).toHaveText(before);
  await page.keyboard.press('Control+y');
  await expect(lastDay).toHaveText('01/12/2026');

  // Provenance: the file and row of a value.
  await showGrid(page, 'People');
  await cell(page, 'NOM-1', 'name').click();
  await page.keyboard.press('Enter');
  const record = page.getByRole('complementary', { name: 'Record' });
  await expect(record.getByText(/nominals\.xlsx › Nominals › row \d+/).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(record).toHaveCount(0);

  // Targets of two selected rows.
  await cell(page, 'NOM-2', 'name').click({ modifiers: ['Control'] });
  await page.getByRole('button', { name: 'Make 2 targets' }).click();
  await expect(page.getByText('2 targets made.')).toBeVisible();

  // Export, with the blockers acknowledged.
  workbench.dialogs.folder = workbench.folder;
  await page.keyboard.press('Control+e');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(dialog.getByText('Needed while there are blockers.')).toBeVisible();
  await dialog.getByLabel('Recipient').fill('Silver');
  await dialog.getByLabel('Reason').fill('Briefing');
  await dialog.getByRole('button', { name: 'Choose a folder' }).click();
  await dialog.getByText('I have read the blockers').click();
  await dialog.getByText('I have read these warnings').click();
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(page.getByRole('dialog', { name: /PACK-1 issued/ })).toBeVisible({ timeout: 90_000 });
  await page.getByRole('button', { name: 'Done' }).click();
  const issued = readdirSync(workbench.folder, { recursive: true }).map(String);
  expect(issued.some((name) => name.endsWith('.pdf'))).toBe(true);
  expect(issued.some((name) => name.endsWith('.xlsx'))).toBe(true);

  // The history is whole; then close and reopen.
  await page.getByRole('navigation').getByRole('button', { name: 'History' }).click();
  await page.getByRole('button', { name: 'Check the record' }).click();
  await expect(page.getByText(/^The history is whole/)).toBeVisible();
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  await expect(page.getByTestId('marking-top')).toHaveText('NO WORKSPACE OPEN');
  await openWorkspace(workbench, folder);
  // Shown again where it was locked.
  await expect(page.locator('.workbench')).toBeVisible();
  await showGrid(page, 'Warrants');
  await expect(cell(page, 'WAR-1', 'expires')).toHaveText('01/12/2026');
  await showGrid(page, 'Targets');
  await expect(cell(page, 'TGT-2', 'subject')).toBeVisible();
  await showGrid(page, 'Packs');
  await expect(page.getByRole('row', { name: /PACK-1/ })).toContainText('Silver');
});

test('columns, widths and sort of a grid are found again', async ({ workbench }) => {
  const { page } = workbench;
  await createWorkspace(workbench, 'Columns');
  await importFiles(workbench, demoFiles(/^warrants/));
  const grid = await showGrid(page, 'Warrants');
  await expect(cell(page, 'WAR-1', 'number')).toBeVisible();
  await grid.getByRole('button', { name: 'Columns' }).click();
  await page.getByLabel('Person', { exact: true }).click({ force: true });
  await page.keyboard.press('Escape');
  await expect(page.locator('.ag-header-cell[col-id="person"]')).toHaveCount(0);
  await page.locator('.ag-header-cell[col-id="issued"] .heading-title').click();
  await page.locator('.ag-header-cell[col-id="issued"] .heading-title').click();
  const first = page.locator('[row-index="0"] [col-id="issued"]');
  await expect(first).toHaveText('23/11/2026');
  // Kept a moment after the last change.
  await page.waitForTimeout(1200);
  await showGrid(page, 'People');
  await showGrid(page, 'Warrants');
  await expect(first).toHaveText('23/11/2026');
  await expect(page.locator('.ag-header-cell[col-id="person"]')).toHaveCount(0);
});

test('what is typed into a cell at once, while the one before is still being saved, arrives whole', async ({
  workbench,
}) => {
  const { page } = workbench;
  await createWorkspace(workbench, 'Fast hands');
  await importFiles(workbench, demoFiles(/^(warrants|premises|nominals)/));
  await setStrike(page, '03/12/2026 05:30');
  await showGrid(page, 'Warrants');
  await expect(cell(page, 'WAR-1', 'number')).toBeVisible();
  const first = cell(page, 'WAR-1', 'expires');
  const second = cell(page, 'WAR-2', 'expires');
  for (let round = 0; round < 10; round += 1) {
    const day = `${round + 10}/12/2026`;
    await first.dblclick();
    await page.keyboard.type(day);
    await page.keyboard.press('Enter');
    // By a double click, and by typing into the cell that has the focus.
    if (round % 2 === 0) await second.dblclick();
    else await second.click();
    await page.keyboard.type('31/02/2027');
    await page.keyboard.press('Tab');
    await expect(second).toHaveText('31/02/2027');
    await expect(first).toHaveText(day);
    await second.click();
    await page.getByRole('button', { name: 'Leave as it was' }).click();
  }
});
