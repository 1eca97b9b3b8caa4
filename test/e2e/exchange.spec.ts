import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { cleanUp, onlyRef, passphrase } from '../engine/support.ts';
import { makeCopies, makeFor } from '../exchange/support.ts';
import { findFaults } from './faults.ts';
import { expect, test } from './host.ts';
import { openWorkspace } from './steps.ts';

test.afterAll(cleanUp);

test('a package is looked at, taken, and what both copies said is decided by keys', async ({ workbench }) => {
  test.setTimeout(180_000);
  const { page } = workbench;
  const [original, copy] = await makeCopies(1);
  if (!original || !copy) throw new Error('two copies');
  const ref = onlyRef(await original.client.records.add({ grid: 'people', values: { name: 'Maud Ellery' } }));
  const first = await makeFor(original);
  for await (const _ of await copy.client.exchange.take({
    file: copy.engine.grants.add(first.path, 'file'),
  }));
  await original.client.records.set({ edits: [{ ref, values: { note: 'Tall' } }] });
  await copy.client.records.set({ edits: [{ ref, values: { note: 'Short' } }] });
  await copy.client.records.add({ grid: 'people', values: { name: 'Alec Thorne' } });
  const made = await makeFor(copy);
  await copy.engine.close();
  await original.engine.close();
  const folder = join(workbench.folder, 'original.fellside');
  cpSync(original.workspace, folder, { recursive: true });

  await openWorkspace(workbench, folder, passphrase);
  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: /Security/ })
    .click();
  await page.getByRole('button', { name: 'Exchange', exact: true }).click();
  const section = page.getByRole('region', { name: 'Exchange' });
  await expect(section.getByRole('row')).toHaveCount(3);
  await expect(section.getByText('The copies do not contradict each other.')).toBeVisible();

  workbench.dialogs.files = [made.path];
  await section.getByRole('button', { name: 'Take a package' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take a package' });
  await dialog.getByRole('button', { name: 'Choose a package' }).click();
  await expect(dialog.getByRole('cell', { name: 'Alec Thorne' })).toBeVisible();
  await expect(dialog.getByRole('region', { name: /^Note/ })).toBeVisible();
  await page.waitForTimeout(300);
  expect(await findFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Take it' }).click();
  await expect(dialog).toHaveCount(0);

  const card = section.getByRole('region', { name: /^Note, NOM-1/ });
  await expect(card).toBeVisible();
  expect(await findFaults(page)).toEqual([]);
  const short = card.locator('.exchange-option', { hasText: 'Short' });
  const key = (await short.locator('kbd').textContent()) ?? '';
  await card.focus();
  await page.keyboard.press(key.toLowerCase());
  await expect(card).toHaveCount(0);
  await expect(section.getByText('The copies do not contradict each other.')).toBeVisible();

  // The same package again is refused in the dialog, in words.
  await section.getByRole('button', { name: 'Take a package' }).click();
  await dialog.getByRole('button', { name: 'Choose a package' }).click();
  await expect(dialog.getByRole('alert')).toContainText('taken already');
  await dialog.getByRole('button', { name: 'Leave' }).click();

  await section.getByRole('button', { name: 'Make a package' }).click();
  const making = page.getByRole('dialog', { name: 'Make a package' });
  await making.getByRole('button', { name: 'Choose a folder and write' }).click();
  await expect(making.getByText('Needed.')).toHaveCount(2);
  await page.waitForTimeout(300);
  expect(await findFaults(page)).toEqual([]);
  await making.getByLabel('Recipient').fill('The night desk');
  await making.getByLabel('Reason').fill('End of the shift');
  workbench.dialogs.folder = workbench.folder;
  await making.getByRole('button', { name: 'Choose a folder and write' }).click();
  await expect(making.getByRole('status')).toContainText('exchange-0-0002.fellside-exchange');
});
