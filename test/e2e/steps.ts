import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, type Workbench } from './host.ts';

export const passphrase = 'copper heron walks north 71';

/** The spreadsheets of the demonstration operation. */
export function demoFiles(pattern = /\.(xlsx|csv)$/): string[] {
  const folder = join(import.meta.dirname, '../../resources/demo');
  return readdirSync(folder)
    .filter((name) => pattern.test(name) && !name.startsWith('photographs'))
    .sort()
    .map((name) => join(folder, name));
}

/** Creates a workspace through the window; it is open afterwards. Returns its folder. */
export async function createWorkspace(workbench: Workbench, name = 'Operation Fellgate'): Promise<string> {
  const { page } = workbench;
  const folder = join(workbench.folder, `${name.replace(/\W+/g, '-')}.fellside`);
  workbench.dialogs.folder = folder;
  await page.getByRole('button', { name: 'Create a workspace' }).click();
  await page.getByLabel('Operation name').fill(name);
  await page.getByLabel('Your name').fill('R. Sturgess');
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByLabel('Passphrase again').fill(passphrase);
  await page.getByRole('button', { name: 'Choose a folder and create' }).click();
  await expect(page.getByRole('region', { name: 'Overview' })).toBeVisible();
  return folder;
}

/** Opens an existing workspace through the window. */
export async function openWorkspace(workbench: Workbench, folder: string, word = passphrase): Promise<void> {
  workbench.dialogs.folder = folder;
  const { page } = workbench;
  const another = page.getByRole('button', { name: 'Open another workspace' });
  // After a lock the screen asks for the passphrase of what was locked.
  const back = page.getByRole('button', { name: 'Back', exact: true });
  await expect(another.or(back)).toBeVisible();
  if (await back.isVisible()) await back.click();
  await another.click();
  await page.getByLabel('Passphrase', { exact: true }).fill(word);
  await page.keyboard.press('Enter');
}

/** Chooses files in the import, and waits until each has been looked into. */
export async function chooseFiles(workbench: Workbench, files: string[]): Promise<Locator> {
  const { page } = workbench;
  workbench.dialogs.files = files;
  await page.keyboard.press('Control+i');
  const wizard = page.getByRole('dialog', { name: 'Import spreadsheets' });
  await wizard.getByRole('button', { name: 'Choose files' }).click();
  await expect(wizard.getByRole('article')).toHaveCount(files.length);
  await expect(wizard.getByLabel(/^Looking (into|for files)/)).toHaveCount(0);
  return wizard;
}

/** Imports files by the window's own guesses. */
export async function importFiles(workbench: Workbench, files: string[]): Promise<void> {
  const wizard = await chooseFiles(workbench, files);
  await wizard.getByRole('button', { name: 'Preview' }).click();
  await wizard.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(wizard.getByRole('button', { name: 'Undo this import' })).toBeVisible({ timeout: 90_000 });
  await wizard.getByRole('button', { name: 'Done' }).click();
  await expect(wizard).toHaveCount(0);
}

/** Shows a grid by the list at the left and waits for its first row, where it has any. */
export async function showGrid(page: Page, title: string): Promise<Locator> {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: new RegExp(`^${title}( |$|[0-9])`) })
    .click();
  const region = page.getByRole('region', { name: title, exact: true });
  await expect(region).toBeVisible();
  return region;
}

/** One cell of the grid on screen. */
export function cell(page: Page, ref: string, field: string): Locator {
  return page.locator(`[row-id="${ref}"] [col-id="${field}"]`);
}

/** Sets the strike of the operation on the overview. */
export async function setStrike(page: Page, typed: string): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Overview' }).click();
  await page.getByRole('button', { name: 'Change strike' }).click();
  await page.getByRole('textbox', { name: 'Strike' }).fill(typed);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Change strike' })).toBeVisible();
}
