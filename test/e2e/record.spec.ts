import { lookAt } from './faults.ts';
import { expect, test } from './host.ts';
import { createWorkspace, demoFiles, importFiles, showGrid } from './steps.ts';

test('the record: filtered, opened, a reason asked for and given, the head checked', async ({
  workbench,
}) => {
  const { page } = workbench;
  await createWorkspace(workbench, 'Record');
  await importFiles(workbench, demoFiles(/^nominals\.xlsx$/));
  await showGrid(page, 'People');
  // People are looked at once they are shown.
  await expect(page.locator('[row-id="NOM-1"]').first()).toBeVisible();

  await page.keyboard.press('Alt+3');
  await page.getByLabel('Operation', { exact: true }).selectOption('collection');
  await expect(page.getByRole('row')).toHaveCount(3);
  await page
    .getByRole('button', { name: /^Open entry/ })
    .first()
    .click();
  const entry = page.getByRole('complementary', { name: /^Entry \d+/ });
  await expect(entry).toContainText('Collection');
  expect(await lookAt(page, 'record')).toEqual([]);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByLabel('No reason given').focus();
  await page.keyboard.press('Space');
  await expect(page.getByRole('row').nth(1)).toContainText('Looked through People');

  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Security' }).click();
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await page.getByLabel('Opening records and searching').selectOption('required');
  await page.getByLabel('Why it changes').fill('Force policy');
  expect(await lookAt(page, 'record')).toEqual([]);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const question = page.getByRole('dialog', { name: 'What are you doing?' });
  // Whatever shows people next asks first.
  if (!(await question.isVisible())) {
    await page
      .getByRole('navigation', { name: 'Views' })
      .getByRole('button', { name: /^People \d/ })
      .click();
    await expect(question).toBeVisible();
  }
  await question.getByLabel('Purpose').fill('Briefing preparation');
  await question.getByRole('button', { name: 'Go on' }).click();
  await expect(question).toHaveCount(0);

  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Security' }).click();
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await expect(page.getByText('Briefing preparation')).toBeVisible();
  const head = (await page.locator('.audit-groups').textContent()) ?? '';
  await page.getByLabel('Head, as printed').fill(head);
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.getByText(/^The record is whole and contains that head/)).toBeVisible();
});

test('closing down: the case, a person erased in two steps, the workspace sealed', async ({ workbench }) => {
  const { page } = workbench;
  await createWorkspace(workbench, 'Closing');
  await importFiles(workbench, demoFiles(/^nominals\.xlsx$/));
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Security' }).click();
  await page.getByRole('button', { name: 'Closing down', exact: true }).click();
  await page.getByLabel('Criminal proceedings').selectOption('none');
  await page.getByLabel('Reason', { exact: true }).fill('No charges');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Material may go.')).toBeVisible();
  for (const tab of ['Retention', 'Material', 'Archive', 'Erasure']) {
    await page.getByRole('tab', { name: tab }).click();
    await expect(page.getByRole('tabpanel')).toBeVisible();
    expect({ tab, faults: await lookAt(page, 'record') }).toEqual({ tab, faults: [] });
  }
  await page.getByLabel('Person', { exact: true }).fill('NOM-2');
  await page.getByRole('button', { name: 'Show what would go' }).click();
  await page.getByRole('button', { name: 'Erase NOM-2' }).click();
  const dialog = page.getByRole('dialog', { name: 'Erase NOM-2' });
  await dialog.getByLabel('Type NOM-2 to confirm').fill('NOM-3');
  await dialog.getByLabel('Reason', { exact: true }).fill('Request');
  workbench.dialogs.folder = workbench.folder;
  await dialog.getByRole('button', { name: 'Choose a folder' }).click();
  await dialog.getByRole('button', { name: 'Erase', exact: true }).click();
  await expect(dialog.getByText('That is not the reference.')).toBeVisible();
  await dialog.getByLabel('Type NOM-2 to confirm').fill('NOM-2');
  await dialog.getByRole('button', { name: 'Erase', exact: true }).click();
  await expect(page.getByText(/^NOM-2 was erased under entry/)).toBeVisible({ timeout: 60_000 });

  await page.getByRole('tab', { name: 'Archive' }).click();
  await page.getByRole('button', { name: 'Seal into an archive' }).click();
  await page.getByLabel('Reason', { exact: true }).fill('Operation ended');
  await page.getByRole('button', { name: 'Choose a folder' }).click();
  await page.getByRole('button', { name: 'Seal', exact: true }).click();
  await expect(page.getByText(/^Written into/)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click();
  await expect(page.getByText(/^Sealed into an archive on/)).toBeVisible();
});
