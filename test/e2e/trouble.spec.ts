import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encrypt } from 'officecrypto-tool';
import { expect, test } from './host.ts';
import {
  cell,
  chooseFiles,
  createWorkspace,
  demoFiles,
  importFiles,
  openWorkspace,
  passphrase,
  showGrid,
} from './steps.ts';

test('a wrong passphrase is told at the field, and the right one still opens', async ({ workbench }) => {
  const { page } = workbench;
  const folder = await createWorkspace(workbench, 'Wrong');
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  await openWorkspace(workbench, folder, 'not the passphrase at all');
  const field = page.getByLabel('Passphrase', { exact: true });
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('alert')).toContainText(/passphrase/i);
  await expect(page.getByRole('region', { name: 'Overview' })).toHaveCount(0);
  await field.fill(passphrase);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Overview' })).toBeVisible();
});

test('a weak or repeated-wrong passphrase creates nothing', async ({ workbench }) => {
  const { page } = workbench;
  await page.getByRole('button', { name: 'Create a workspace' }).click();
  await page.getByLabel('Operation name').fill('Weak');
  await page.getByLabel('Your name').fill('R. Sturgess');
  await page.getByLabel('Passphrase', { exact: true }).fill('short');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Too short');
  await page.getByLabel('Passphrase', { exact: true }).fill('Sturgess1');
  await page.getByLabel('Passphrase again').fill('Sturgess1');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Too weak');
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByLabel('Passphrase again').fill(`${passphrase}!`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('different');
});

test('when the engine stops the window says so, and nothing saved is lost', async ({ workbench }) => {
  const { page } = workbench;
  const folder = await createWorkspace(workbench, 'Stopped');
  await importFiles(workbench, demoFiles(/^warrants/));
  await showGrid(page, 'Warrants');
  await cell(page, 'WAR-1', 'number').dblclick();
  await page.keyboard.type('KEPT/1');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /Changed Warrant number of WAR-1/ })).toBeVisible();
  await workbench.killEngine();
  await expect(page.getByText(/The engine stopped and the workspace was locked/)).toBeVisible();
  await expect(page.getByTestId('marking-top')).toHaveText('NO WORKSPACE OPEN');
  await openWorkspace(workbench, folder);
  await showGrid(page, 'Warrants');
  await expect(cell(page, 'WAR-1', 'number')).toHaveText('KEPT/1');
});

test('an import that is cancelled leaves nothing behind', async ({ workbench }) => {
  const { page } = workbench;
  await createWorkspace(workbench, 'Cancelled');
  const lines = ['A Number,B Number,Start Date,Start Time,Duration (s)'];
  for (let row = 0; row < 600_000; row += 1) {
    lines.push(
      `07700900${100 + (row % 800)},07700900${100 + ((row * 7) % 800)},14/09/2026,08:${String(row % 60).padStart(2, '0')}:09,${row % 300}`,
    );
  }
  const file = join(workbench.folder, 'large call data.csv');
  writeFileSync(file, lines.join('\n'));
  const wizard = await chooseFiles(workbench, [file]);
  await wizard.getByRole('button', { name: 'Preview' }).click();
  await wizard.getByRole('button', { name: 'Import', exact: true }).click({ timeout: 120_000 });
  await expect(wizard.getByText(/ rows a second/)).toBeVisible({ timeout: 60_000 });
  await wizard.getByRole('button', { name: 'Cancel' }).click();
  await expect(wizard.getByText('Cancelled. Nothing of this import was kept.')).toBeVisible();
  await page.keyboard.press('Escape');
  await showGrid(page, 'Communications');
  await expect(page.getByText('No communications yet')).toBeVisible();
  await showGrid(page, 'Imports');
  await expect(page.getByText('No imports yet')).toBeVisible();
});

test('an import can be undone from its summary', async ({ workbench }) => {
  const { page } = workbench;
  await createWorkspace(workbench, 'Undone');
  const wizard = await chooseFiles(workbench, demoFiles(/^vehicles/));
  await wizard.getByRole('button', { name: 'Preview' }).click();
  await wizard.getByRole('button', { name: 'Import', exact: true }).click();
  await wizard.getByRole('button', { name: 'Undo this import' }).click();
  await expect(page.getByText(/^Undone: /)).toBeVisible();
  await showGrid(page, 'Vehicles');
  await expect(page.getByText('No vehicles yet')).toBeVisible();
});

test('a protected workbook asks for its password and is imported with it', async ({ workbench }) => {
  const { page } = workbench;
  await createWorkspace(workbench, 'Protected');
  const [vehicles] = demoFiles(/^vehicles\.xlsx$/);
  const locked = join(workbench.folder, 'vehicles locked.xlsx');
  writeFileSync(locked, encrypt(readFileSync(vehicles ?? ''), { password: 'kestrel' }));
  workbench.dialogs.files = [locked];
  await page.keyboard.press('Control+i');
  const wizard = page.getByRole('dialog', { name: 'Import spreadsheets' });
  await wizard.getByRole('button', { name: 'Choose files' }).click();
  const field = wizard.getByLabel('Password of vehicles locked.xlsx');
  await field.fill('not this');
  await field.press('Enter');
  await expect(wizard.getByRole('alert')).toContainText('password');
  await field.fill('kestrel');
  await field.press('Enter');
  await expect(wizard.getByText('Vehicles', { exact: true }).first()).toBeVisible();
  await wizard.getByRole('button', { name: 'Preview' }).click();
  await wizard.getByRole('button', { name: 'Import', exact: true }).click();
  await wizard.getByRole('button', { name: 'Done' }).click();
  const grid = await showGrid(page, 'Vehicles');
  await expect(grid).toContainText('JT19KXA');
});
