import type { Page } from '@playwright/test';
import { findFaults } from './faults.ts';
import { expect, test } from './host.ts';
import { createWorkspace, openWorkspace, passphrase } from './steps.ts';

// People and keys in the window: a lead adds a reader, the reader sets a passphrase of their own and cannot change
// anything, the lead makes a recovery key, removes the reader with another data key, and comes back by the key.

const readerWords = 'brittle ochre windmill';
const leadWords = 'amber tarn lantern seven';

async function goToPeople(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Security' }).click();
  await expect(page.getByRole('region', { name: 'People and keys' })).toBeVisible();
}

/** Nothing for axe in either theme. */
async function isClean(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator(`html[data-theme="${colorScheme}"]`)).toHaveCount(1);
    expect(await findFaults(page)).toEqual([]);
  }
}

async function lock(page: Page): Promise<void> {
  await page.keyboard.press('Control+l');
  await expect(page.getByLabel('Passphrase', { exact: true })).toBeVisible();
}

test('a user is added, sets a passphrase, is removed; the lead comes back by the recovery key', async ({
  workbench,
}) => {
  test.setTimeout(240_000);
  const { page } = workbench;
  const folder = await createWorkspace(workbench, 'Keys');
  await goToPeople(page);
  await page.getByRole('button', { name: 'Add a user' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog.getByText('Needed')).toBeVisible();
  await dialog.getByLabel('Name').fill('r. STURGESS');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog.getByText('Another user of this workspace has that name')).toBeVisible();
  await dialog.getByLabel('Name').fill('PC 4411 Quayle');
  await dialog.getByText('Looks and searches').click();
  await isClean(page);
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  const given = dialog.getByRole('status', { name: 'Passphrase for the first opening' });
  await expect(given).toHaveText(/^[0-9a-z]{5}(-[0-9a-z]{5}){2}$/);
  const once = (await given.textContent()) ?? '';
  await dialog.getByRole('button', { name: 'I have passed it on' }).click();
  const table = page.getByRole('table');
  await expect(table.getByRole('row', { name: /PC 4411 Quayle/ })).toContainText(
    'Has not set a passphrase yet',
  );
  await isClean(page);

  await page.getByRole('button', { name: 'Make a recovery key' }).click();
  await dialog.getByLabel('Your passphrase').fill('not this one');
  await dialog.getByRole('button', { name: 'Make and show it' }).click();
  await expect(dialog.getByText('That is not your passphrase')).toBeVisible();
  await dialog.getByLabel('Your passphrase').fill(passphrase);
  await dialog.getByRole('button', { name: 'Make and show it' }).click();
  const groups = dialog.getByRole('list', { name: 'Recovery key, eight groups' }).getByRole('listitem');
  await expect(groups).toHaveCount(8);
  const recovery = (await groups.allTextContents()).map((text) => text.trim().split(/\s+/).at(-1) ?? '');
  await isClean(page);
  await dialog.getByRole('button', { name: 'I have it on paper' }).click();
  await expect(table.getByRole('row', { name: /^R. Sturgess/ })).toContainText('Has a recovery key');

  await lock(page);
  await openWorkspace(workbench, folder, once);
  await expect(page.getByRole('heading', { name: 'Set a passphrase of your own' })).toBeVisible();
  await page.getByLabel('Passphrase that you were given').fill(once);
  await page.getByLabel('New passphrase', { exact: true }).fill('Quayle1234');
  await expect(page.getByText('not strong enough to be taken')).toBeVisible();
  await page.getByLabel('New passphrase', { exact: true }).fill(readerWords);
  await page.getByLabel('New passphrase again').fill(readerWords);
  await expect(page.getByText(/^Strong\./)).toBeVisible();
  await isClean(page);
  await page.getByRole('button', { name: 'Set and go on' }).click();
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
  await goToPeople(page);
  await expect(page.getByText('Only a lead adds, changes or removes users.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add a user' })).toHaveCount(0);
  // Nothing is offered that the engine would refuse: no import, no new row, no cell that opens, no command.
  await expect(page.getByText('Reader: you see everything and change nothing')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toHaveCount(0);
  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: /^Targets/ })
    .click();
  await expect(page.getByRole('region', { name: 'Targets', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add target' })).toHaveCount(0);
  for (const [view, button] of [
    ['Overview', 'Change strike'],
    ['Board', 'Add team'],
    ['Briefing', 'Save'],
    ['Packs', 'Export a pack'],
    ['Timeline', 'Keep for packs'],
  ] as const) {
    await page
      .getByRole('navigation', { name: 'Views' })
      .getByRole('button', { name: new RegExp(`^${view}`) })
      .click();
    await expect(page.getByRole('region', { name: view, exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: button, exact: true })).toHaveCount(0);
  }
  await page.keyboard.press('Control+i');
  await expect(page.getByText('Ask a lead if you need to change it').first()).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Import');
  await expect(page.getByRole('option', { name: /^Import spreadsheets/ })).toHaveCount(0);
  await page.keyboard.press('Escape');

  await lock(page);
  await openWorkspace(workbench, folder);
  await goToPeople(page);
  await page.getByRole('button', { name: 'Remove, PC 4411 Quayle' }).click();
  await expect(dialog.getByLabel('Change the data key as well')).toBeChecked();
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByText('it is number 2 now')).toBeVisible();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(table.getByRole('row', { name: /Quayle/ })).toHaveCount(0);

  await lock(page);
  await openWorkspace(workbench, folder, readerWords);
  await expect(page.getByText('The passphrase is not right')).toBeVisible();
  await page.getByRole('button', { name: 'Passphrase lost' }).click();
  const typed = [...recovery];
  typed[4] = `${typed[4]?.slice(0, 4)}${typed[4]?.endsWith('7') ? '8' : '7'}`;
  await page.getByLabel('Recovery key').fill(typed.join(' '));
  await page.getByLabel('New passphrase', { exact: true }).fill(leadWords);
  await page.getByLabel('New passphrase again').fill(leadWords);
  await isClean(page);
  await page.getByRole('button', { name: 'Open and set the passphrase' }).click();
  await expect(page.getByText('typing mistake in group 5')).toBeVisible();
  await page.getByLabel('Recovery key').fill(recovery.join(' ').toLowerCase());
  await page.getByRole('button', { name: 'Open and set the passphrase' }).click();
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
});

test('wrong passphrases make the next one wait', async ({ workbench }) => {
  test.setTimeout(120_000);
  const { page } = workbench;
  await createWorkspace(workbench, 'Waiting');
  await lock(page);
  const field = page.getByLabel('Passphrase', { exact: true });
  const waiting = page.getByRole('button', { name: /^Wait \d/ });
  await expect(async () => {
    await field.fill('not this one');
    await page.keyboard.press('Enter');
    await expect(waiting).toBeVisible({ timeout: 3000 });
  }).toPass({ timeout: 90_000, intervals: [50] });
  await expect(waiting).toBeDisabled();
  await expect(page.getByText('Several wrong passphrases in a row')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Unlock', exact: true })).toBeEnabled({ timeout: 60_000 });
  await field.fill(passphrase);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
});
