import { findFaults, lookAt } from './faults.ts';
import { expect, test } from './host.ts';
import { createWorkspace, demoFiles, importFiles } from './steps.ts';

test('by the keyboard alone: search everything, narrow, open a record and an original row, come back', async ({
  workbench,
}) => {
  const { page } = workbench;
  const { keyboard } = page;
  await createWorkspace(workbench, 'Search');
  await importFiles(workbench, demoFiles(/^(nominals|intelligence log|vehicles)\.xlsx$/));

  await keyboard.press('Control+Shift+F');
  const view = page.getByRole('region', { name: 'Search everything' });
  const box = view.getByRole('combobox', { name: 'Search everything' });
  await expect(box).toBeFocused();
  await expect(view.getByText('Type what you know, however little')).toBeVisible();
  expect(await findFaults(page)).toEqual([]);

  // A slip of the finger, told and forgiven.
  await keyboard.type('redfurn');
  const options = view.getByRole('option');
  await expect(options.first()).toContainText('Thomas Redfern-Lowe');
  await expect(view.getByRole('status')).toContainText('Also looked for: redfern');
  await box.fill('wierzba');
  await expect(options.first()).toContainText('Łukasz Wierzba');
  await expect(options.first().locator('mark')).toHaveText('Wierzba');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  expect(await lookAt(page, 'results')).toEqual([]);

  // The record beside the results.
  await keyboard.press('Enter');
  await expect(
    page.getByRole('complementary').getByRole('heading', { name: 'Łukasz Wierzba' }),
  ).toBeVisible();
  await expect(options.first()).toBeVisible();

  // Narrowed to the original rows; the row as it stood in its sheet.
  const kinds = view.getByRole('group', { name: 'Kind' });
  await kinds.getByRole('button', { name: /^Original rows/ }).click();
  await expect(options.first()).toContainText(/, row \d+/);
  await box.focus();
  await keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('.xlsx');
  await keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  // Away and back: what was asked is still there.
  await keyboard.press('Alt+1');
  await expect(page.getByRole('region', { name: 'Overview' })).toBeVisible();
  await keyboard.press('Alt+ArrowLeft');
  await expect(box).toHaveValue('wierzba');
  await expect(options.first()).toContainText(/, row \d+/);

  // From the palette.
  await keyboard.press('Control+k');
  await keyboard.type('tu68');
  await page.getByRole('option', { name: /^Search everything for/ }).click();
  await expect(box).toHaveValue('tu68');
  await expect(options.first()).toContainText('TU68RVE');
  await expect(view.getByRole('status')).toContainText('Read as vehicle mark TU68');

  await box.fill('nothing like it');
  await expect(view.getByText('Nothing found')).toBeVisible();

  // What was looked for is in the history, once for each text that stood.
  await keyboard.press('Alt+3');
  await expect(page.getByText(/^Searched everything: \d+ shown$/).first()).toBeVisible();
});
