import { readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { lookAt } from './faults.ts';
import { expect, test } from './host.ts';
import { createWorkspace, openWorkspace, passphrase } from './steps.ts';

test('a workspace is backed up, checked, damaged, and restored from the first screen', async ({
  workbench,
}) => {
  test.setTimeout(240_000);
  const { page } = workbench;
  const slow = { timeout: 60_000 };
  const faults: string[] = [];
  const look = async (screen: string) => {
    faults.push(...(await lookAt(page, screen)));
  };
  const folder = await createWorkspace(workbench);
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Security' }).click();
  await page
    .getByRole('navigation', { name: 'Sections of security' })
    .getByRole('button', { name: 'Backups' })
    .click();
  await expect(page.getByText('There is no backup of this workspace yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Back up now' }).click();
  await expect(page.getByRole('cell', { name: 'Asked for' })).toBeVisible(slow);
  await page.getByRole('button', { name: 'Check this workspace' }).click();
  await expect(page.getByText('This workspace is whole.')).toBeVisible(slow);
  await look('backups');

  // To a file: a reason is needed, then a folder.
  await page.getByRole('button', { name: 'Back up to a file' }).click();
  const dialog = page.getByRole('dialog', { name: 'Back up to a file' });
  await dialog.getByRole('button', { name: 'Choose a folder and back up' }).click();
  await expect(dialog.getByText(/^Needed: a copy of everything/)).toBeVisible();
  await look('back up to a file');
  await dialog.getByLabel('Reason').fill('Weekly copy for the safe');
  workbench.dialogs.folder = workbench.folder;
  await dialog.getByRole('button', { name: 'Choose a folder and back up' }).click();
  await expect(dialog.getByText(/^Written and read back: .*fellside-backup$/)).toBeVisible(slow);
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  const file = readdirSync(workbench.folder).find((name) => name.endsWith('.fellside-backup')) ?? '';

  // The database is cut short while nobody has it open.
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('button', { name: 'Unlock', exact: true })).toBeVisible(slow);
  truncateSync(join(folder, 'workspace.db'), 8192);
  await openWorkspace(workbench, folder);
  await page.getByRole('button', { name: 'Find out what is broken' }).click(slow);
  await expect(page.getByText('This workspace is not whole.')).toBeVisible(slow);
  await expect(page.getByText('The newest good one')).toBeVisible();
  await look('a damaged workspace');

  await page.getByRole('button', { name: /^Restore this one/ }).click();
  await page.getByLabel('Passphrase on the day of the backup').fill(passphrase);
  workbench.dialogs.folder = join(workbench.folder, 'restored.fellside');
  await page.getByRole('button', { name: 'Choose a place and restore' }).click();
  await expect(page.getByText(/^Restored as it was on .* all of them checked/)).toBeVisible(slow);
  await look('restored');
  await page.getByRole('button', { name: 'Open the restored workspace' }).click();
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Overview' })).toBeVisible(slow);

  // And from the file.
  await page.keyboard.press('Control+l');
  await page.getByRole('button', { name: 'Back', exact: true }).click(slow);
  workbench.dialogs.files = [join(workbench.folder, file)];
  await page.getByRole('button', { name: 'Restore a backup' }).click();
  await page.getByLabel('Passphrase on the day of the backup').fill('not these words');
  workbench.dialogs.folder = join(workbench.folder, 'second.fellside');
  await page.getByRole('button', { name: 'Choose a place and restore' }).click();
  await expect(page.getByText('The passphrase is not right')).toBeVisible(slow);
  await page.getByRole('button', { name: 'Use a recovery key instead' }).click();
  await page.getByLabel('Recovery key').fill('K7QX2-9MRT4');
  await page.getByRole('button', { name: 'Choose a place and restore' }).click();
  await expect(page.getByText('10 characters were typed instead of 40')).toBeVisible(slow);
  await look('restore-by-key');
  await page.getByRole('button', { name: 'Use a passphrase instead' }).click();
  await page.getByLabel('Passphrase on the day of the backup').fill(passphrase);
  await page.getByRole('button', { name: 'Choose a place and restore' }).click();
  await expect(page.getByText(/^Restored as it was on/)).toBeVisible(slow);
  expect(faults).toEqual([]);
});
