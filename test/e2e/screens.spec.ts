import type { Page } from '@playwright/test';
import { lookAt } from './faults.ts';
import { expect, test } from './host.ts';
import { cell, chooseFiles, createWorkspace, demoFiles, showGrid } from './steps.ts';

/** True when both bars are what lies on top, at five places across the window. */
async function areBarsOnTop(page: Page): Promise<boolean> {
  return page.evaluate(`[0.02, 0.25, 0.5, 0.75, 0.98].every((part) => {
    const x = Math.round(innerWidth * part);
    const isBar = (y, edge) => document.elementFromPoint(x, y)?.dataset.testid === 'marking-' + edge;
    return isBar(3, 'top') && isBar(18, 'top') && isBar(innerHeight - 3, 'bottom') && isBar(innerHeight - 18, 'bottom');
  })`);
}

test('every screen in both themes: nothing for axe, and the marking above every overlay', async ({
  workbench,
}) => {
  // Some forty looks of a second or more each.
  test.setTimeout(600_000);
  const { page } = workbench;
  await page.setViewportSize({ width: 1440, height: 900 });
  const faults: string[] = [];
  const look = async (screen: string) => {
    faults.push(...(await lookAt(page, screen)));
    if (!(await areBarsOnTop(page))) faults.push(`${screen}: a marking bar is covered`);
  };

  await expect(page.getByRole('button', { name: 'Create a workspace' })).toBeVisible();
  await look('unlock');
  await page.getByRole('button', { name: 'Create a workspace' }).click();
  await page.getByRole('button', { name: 'Choose a folder and create' }).click();
  await look('create, with errors');
  await page.getByRole('button', { name: 'Back' }).click();
  await createWorkspace(workbench);
  await look('empty overview');

  const wizard = await chooseFiles(workbench, demoFiles(/^(warrants|nominals|custody)/));
  await look('import, columns');
  await wizard.getByRole('button', { name: 'Preview' }).click();
  await expect(wizard.getByRole('button', { name: 'Import', exact: true })).toBeVisible();
  await look('import, preview');
  await wizard.getByRole('button', { name: 'Import', exact: true }).click();
  await wizard.getByRole('button', { name: 'Done' }).click({ timeout: 60_000 });
  await look('overview');

  await showGrid(page, 'Warrants');
  await expect(cell(page, 'WAR-1', 'number')).toBeVisible();
  await look('grid');
  await cell(page, 'WAR-1', 'power').click();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page.locator('.filter-check').first()).toBeVisible();
  await look('filter');
  await page.keyboard.press('Escape');
  await cell(page, 'WAR-1', 'expires').dblclick();
  await page.keyboard.type('01/12/20');
  await look('cell editor');
  await page.keyboard.press('Escape');
  await cell(page, 'WAR-1', 'premises').click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: 'Copy cell' })).toBeVisible();
  await look('menu');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Columns' }).click();
  await look('columns');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Add warrant' }).click();
  await look('new record');
  await page.keyboard.press('Escape');

  await showGrid(page, 'People');
  await cell(page, 'NOM-1', 'name').click();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Record' })).toContainText('Values');
  await look('record');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('al');
  await expect(page.getByRole('option').first()).toBeVisible();
  await look('palette');
  await page.keyboard.press('Escape');
  await page.keyboard.press('F1');
  await look('help');
  await page.keyboard.press('Escape');
  await page.getByRole('main').getByRole('button', { name: 'Make target' }).click();
  await expect(page.getByText('1 target made.')).toBeVisible();
  await look('message');
  await page.keyboard.press('Control+e');
  await page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true }).click();
  await look('export, with errors');
  await page.keyboard.press('Escape');
  await page.getByRole('navigation').getByRole('button', { name: 'Readiness' }).click();
  await expect(page.locator('.finding').first()).toBeVisible();
  await look('readiness');
  await page.getByRole('navigation').getByRole('button', { name: 'History' }).click();
  await expect(page.getByRole('cell').first()).toBeVisible();
  await look('history');

  expect(faults).toEqual([]);
});
