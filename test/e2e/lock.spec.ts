import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { findFaults } from './faults.ts';
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

const unlock = async (page: Page) => {
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.keyboard.press('Enter');
  await expect(page.locator('.workbench')).toBeVisible();
};

const locked = (page: Page, why: string | RegExp) => expect(page.getByText(why)).toBeVisible();

test('what is written and not saved survives a lock, each where it was', async ({ workbench }) => {
  test.setTimeout(300_000);
  const { page } = workbench;
  await createWorkspace(workbench);
  await importFiles(workbench, demoFiles(/^warrants/));

  // A section of the briefing.
  await page.keyboard.press('Alt+7');
  const intention = page.getByRole('textbox', { name: 'Intention', exact: true });
  await page.getByRole('button', { name: /^Intention/ }).click();
  await intention.fill('Arrest at dawn, safeguard first.');
  await showGrid(page, 'Warrants');
  // A cell that is open.
  await cell(page, 'WAR-2', 'number').dblclick();
  await page.keyboard.type('IN A CELL');
  await page.waitForTimeout(50);
  await page.keyboard.press('Control+l');
  await locked(page, 'Locked. What was written and not saved is kept in the workspace.');
  await expect(page.getByTestId('marking-top')).toHaveText('NO WORKSPACE OPEN');
  await expect(page.getByText('IN A CELL')).toHaveCount(0);

  await unlock(page);
  // The grid that was shown, and the cell that was written in.
  await expect(page.getByRole('region', { name: 'Warrants', exact: true })).toBeVisible();
  await expect(
    page.getByText(/What you were writing is still here, not saved: .*the briefing/),
  ).toBeVisible();
  await cell(page, 'WAR-2', 'number').click();
  await expect(page.getByText('Written before, and not saved.')).toBeVisible();
  await page.getByRole('button', { name: 'Edit again' }).click();
  await expect(page.locator('.cell-editor').getByRole('textbox')).toHaveValue('IN A CELL');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /Changed Warrant number of WAR-2/ })).toBeVisible();
  await page.keyboard.press('Alt+7');
  await page.getByRole('button', { name: /^Intention/ }).click();
  await expect(intention).toHaveValue('Arrest at dawn, safeguard first.');
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('button', { name: 'Briefing, not saved' })).toHaveCount(0);

  // What was saved, and what was left on purpose, is not told again.
  await showGrid(page, 'Warrants');
  await page.waitForTimeout(600);
  await page.keyboard.press('Control+l');
  await locked(page, /^Locked\./);
  await unlock(page);
  await expect(page.getByRole('region', { name: 'Warrants', exact: true })).toBeVisible();
  await expect(cell(page, 'WAR-2', 'number')).toHaveText('IN A CELL');
  await expect(page.getByText(/What you were writing is still here/)).toHaveCount(0);

  // A field of a record, in its panel.
  await cell(page, 'WAR-1', 'number').click();
  await page.keyboard.press('Enter');
  const record = page.getByRole('complementary', { name: 'Record' });
  await record.getByRole('button', { name: 'Change Warrant number' }).click();
  await record.getByRole('textbox', { name: 'Warrant number' }).fill('HALF/WRITTEN');
  await page.keyboard.press('Control+l');
  await locked(page, /^Locked\./);
  await unlock(page);
  await expect(page.getByText(/still here, not saved: Warrant number of WAR-1/)).toBeVisible();
  await expect(record.getByRole('textbox', { name: 'Warrant number' })).toHaveValue('HALF/WRITTEN');
  await record.getByRole('button', { name: 'Leave', exact: true }).click();
  await expect(record.getByText('HALF/WRITTEN')).toHaveCount(0);
});

test('what is written survives the death of the engine and of the page', async ({ workbench }) => {
  const { page } = workbench;
  const folder = await createWorkspace(workbench);
  await page.keyboard.press('Alt+7');
  await page.getByRole('button', { name: /^Intention/ }).click();
  const intention = page.getByRole('textbox', { name: 'Intention', exact: true });
  await intention.fill('Kept within half a second.');
  await page.waitForTimeout(1500);
  await workbench.killEngine();
  await expect(page.getByText(/The engine stopped and the workspace was locked/)).toBeVisible();
  await page.reload();
  await openWorkspace(workbench, folder);
  await expect(page.getByText(/still here, not saved: the briefing/)).toBeVisible();
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByRole('button', { name: /^Intention/ }).click();
  await expect(intention).toHaveValue('Kept within half a second.');
});

test('nobody there: the last half minute is counted down, somebody stays, nobody is locked out', async ({
  workbench,
}) => {
  const { page } = workbench;
  await createWorkspace(workbench);
  await page.getByRole('navigation').getByRole('button', { name: 'Security' }).click();
  await page
    .getByRole('navigation', { name: 'Sections of security' })
    .getByRole('button', { name: 'Lock' })
    .click();
  const section = page.getByRole('region', { name: 'Lock' });
  await section.getByLabel(/^Minutes without/).fill('0');
  await section.getByRole('button', { name: 'Save' }).click();
  await expect(section.getByText('Whole minutes from 1 to 60.')).toBeVisible();
  await section.getByLabel(/^Minutes without/).fill('2');
  await section.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved. It is in the history.')).toBeVisible();
  expect(await findFaults(page)).toEqual([]);

  await page.clock.install();
  await page.reload();
  await page.clock.runFor(1000);
  await expect(page.locator('.workbench')).toBeVisible();
  await page.clock.runFor(100_000);
  const soon = page.getByRole('alert', { name: 'The workspace is about to lock' });
  await expect(soon).toBeVisible();
  expect(await findFaults(page)).toEqual([]);
  await page.mouse.move(300, 300);
  await expect(soon).toHaveCount(0);
  await page.clock.runFor(80_000);
  await expect(soon).toHaveCount(0);
  await page.clock.runFor(45_000);
  await locked(page, /^Locked because nobody had worked in it for a while\./);
});

test('a lock ends an import that runs, within the second, and leaves nothing of it', async ({
  workbench,
}) => {
  test.setTimeout(300_000);
  const { page } = workbench;
  const folder = await createWorkspace(workbench);
  const lines = ['A Number,B Number,Start Date,Start Time,Duration (s)'];
  for (let row = 0; row < 300_000; row += 1)
    lines.push(
      `07700900${100 + (row % 800)},07700900${100 + ((row * 7) % 800)},14/09/2026,08:${String(row % 60).padStart(2, '0')}:09,${row % 300}`,
    );
  const file = join(workbench.folder, 'large call data.csv');
  writeFileSync(file, `${lines.join('\n')}\n`);
  const wizard = await chooseFiles(workbench, [file]);
  await wizard.getByRole('button', { name: 'Preview' }).click();
  await wizard.getByRole('button', { name: 'Import', exact: true }).click({ timeout: 90_000 });
  await expect(wizard.getByText(/rows/).first()).toBeVisible();
  await page.waitForTimeout(500);
  const before = enginePids();
  // The wizard has the keyboard: the title bar is behind it, the key works all the same.
  await page.keyboard.press('Control+l');
  await locked(page, /^Locked\./);
  const after = enginePids();
  expect(before.length).toBeGreaterThan(0);
  expect(before.filter((pid) => after.includes(pid))).toEqual([]);
  await unlock(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+3');
  await expect(page.getByText(/^Locked the workspace/).first()).toBeVisible();
  await expect(page.getByText(/Imported .*large call data/)).toHaveCount(0);
  expect(folder).toContain('.fellside');
});

/** Processes that run the engine for this test's own host. */
function enginePids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        const parent = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
        return command.includes('engineEntry.ts') && Number(parent) === process.pid;
      } catch {
        return false;
      }
    })
    .map(Number);
}
