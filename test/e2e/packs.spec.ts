import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { cleanUp } from '../engine/support.ts';
import { makeDayWorkspace } from './dayWorkspace.ts';
import { lookAt } from './faults.ts';
import { expect, test, type Workbench } from './host.ts';
import { cell, openWorkspace, showGrid } from './steps.ts';

const recipients = ['Bronze Search, A. Quayle', 'Exhibits officer, M. Holt'];

test.afterEach(() => cleanUp());

async function openDay(workbench: Workbench): Promise<Page> {
  const day = await makeDayWorkspace();
  await workbench.page.setViewportSize({ width: 1440, height: 900 });
  await openWorkspace(workbench, day.folder, day.passphrase);
  await expect(workbench.page.getByRole('region', { name: 'Overview' })).toBeVisible();
  return workbench.page;
}

/** Opens the export by its key and chooses a pack with the arrow keys. */
async function choosePack(page: Page, title: string) {
  await page.keyboard.press('Control+e');
  const dialog = page.getByRole('dialog', { name: 'Export a pack' });
  const command = dialog.getByRole('radio', { name: /^Command pack/ });
  await expect(command).toBeChecked();
  await command.focus();
  const wanted = dialog.getByRole('radio', { name: new RegExp(`^${title}`) });
  for (let step = 0; step < 20 && !(await wanted.isChecked()); step += 1)
    await page.keyboard.press('ArrowDown');
  await expect(wanted).toBeChecked();
  return dialog;
}

test('preview, two copies, a change, stale with its holders, written out again byte for byte, recall', async ({
  workbench,
}) => {
  test.setTimeout(400_000);
  const page = await openDay(workbench);
  const faults: string[] = [];
  const folder = join(workbench.folder, 'issued');
  const again = join(workbench.folder, 'again');
  mkdirSync(folder);
  mkdirSync(again);

  // Pages before anything is issued, by keyboard.
  const dialog = await choosePack(page, 'Search and exhibits pack');
  await expect(dialog.getByRole('row', { name: /^Premises/ })).toBeVisible();
  faults.push(...(await lookAt(page, 'what goes in')));
  await dialog.getByRole('tab', { name: 'Pages' }).click();
  const pages = dialog.getByRole('region', { name: /^Pages, not issued/ });
  await expect(pages.getByRole('img', { name: /^Page 1 of/ })).toHaveAttribute('data-drawn', 'true', {
    timeout: 120_000,
  });
  await expect(dialog.getByText(/^Not issued: a preview/)).toBeVisible();
  const number = dialog.getByRole('status').filter({ hasText: /^Page/ });
  const count = Number(/of (\d+)/.exec((await number.textContent()) ?? '')?.[1]);
  expect(count).toBeGreaterThan(2);
  await pages.focus();
  await page.keyboard.press('PageDown');
  await expect(number).toHaveText(`Page 2 of ${count}`);
  await page.keyboard.press('End');
  await expect(number).toHaveText(`Page ${count} of ${count}`);
  await expect(pages.getByRole('img', { name: `Page ${count} of ${count}` })).toHaveAttribute(
    'data-drawn',
    'true',
  );
  // Ink on the paper, not an empty sheet.
  const inked = await pages.getByRole('img', { name: `Page ${count} of ${count}` }).evaluate((element) => {
    const canvas = element as unknown as {
      width: number;
      height: number;
      getContext(kind: '2d'): {
        getImageData(x: number, y: number, w: number, h: number): { data: ArrayLike<number> };
      };
    };
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let dark = 0;
    for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 100) dark += 1;
    return dark;
  });
  expect(inked).toBeGreaterThan(100);
  await page.keyboard.press('Home');
  await expect(number).toHaveText(`Page 1 of ${count}`);
  faults.push(...(await lookAt(page, 'pages')));

  // Nothing goes out before everything that is needed is there.
  workbench.dialogs.folder = folder;
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(dialog.getByText('Needed: a disclosure is recorded with its reason.')).toBeVisible();
  expect(readdirSync(folder)).toEqual([]);
  await dialog.getByLabel('Recipients').fill(recipients.join('\n'));
  await dialog.getByLabel('Reason').fill('Briefing at 03:30');
  await dialog.getByLabel('Destroy by').fill('31/02/2027');
  await expect(dialog.getByText('Not a date. Write DD/MM/YYYY.')).toBeVisible();
  await dialog.getByLabel('Destroy by').fill('28/02/2027');
  await dialog.getByLabel('Password of the workbook').fill('short');
  await expect(dialog.getByText('At least 8 characters.')).toBeVisible();
  await dialog.getByLabel('Password of the workbook').fill('');
  await dialog.getByRole('button', { name: 'Choose a folder' }).click();
  await dialog.getByText('I have read the blockers').click();
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  const result = page.getByRole('dialog', { name: '2 copies issued' });
  await expect(result).toBeVisible({ timeout: 120_000 });
  const issued = readdirSync(folder).sort();
  expect(issued.filter((name) => name.endsWith('.pdf'))).toHaveLength(2);
  expect(issued.filter((name) => name.endsWith('.xlsx'))).toHaveLength(2);
  faults.push(...(await lookAt(page, 'issued')));
  await result.getByRole('button', { name: 'Show the register' }).click();
  const register = page.getByRole('region', { name: 'Packs', exact: true });
  await expect(register.getByRole('row', { name: /PACK-1.*Quayle/ })).toContainText('Held');
  await expect(page.getByRole('button', { name: /stale/ })).toHaveCount(0);

  // A number of a warrant that the pack prints: both copies are stale, and who holds them is named.
  await showGrid(page, 'Warrants');
  await cell(page, 'WAR-1', 'number').dblclick();
  await page.keyboard.type('W-999');
  await page.keyboard.press('Enter');
  await expect(cell(page, 'WAR-1', 'number')).toHaveText('W-999');
  await page.getByRole('button', { name: '2 stale copies' }).click();
  await expect(register.getByText(new RegExp(`out of date: ${recipients.join(', ')}`))).toBeVisible();
  await register.getByRole('button', { name: 'PACK-1', exact: true }).click();
  await expect(register.getByRole('complementary', { name: 'Copy PACK-1' })).toContainText('Stale');
  faults.push(...(await lookAt(page, 'register')));

  await register.getByRole('button', { name: 'What changed since' }).click();
  const changes = page.getByRole('dialog', { name: 'What changed since PACK-1' });
  await expect(changes.getByText('Number: from "W-101" to "W-999".')).toBeVisible();
  faults.push(...(await lookAt(page, 'changes')));
  await changes.getByRole('button', { name: 'Table', exact: true }).click();
  await expect(changes.getByRole('row', { name: /Warrants WAR-1 .*W-101 W-999/ })).toBeVisible();
  await changes.getByRole('button', { name: 'Done' }).click();

  workbench.dialogs.folder = again;
  await register.getByRole('button', { name: 'Write out again' }).click();
  const disclosure = page.getByRole('dialog', { name: 'Write out PACK-1 again' });
  await disclosure.getByLabel('Reason').fill('Asked for by the court');
  await disclosure.getByRole('button', { name: 'Choose a folder' }).click();
  await disclosure.getByRole('button', { name: 'Write out', exact: true }).click();
  await expect(disclosure.getByText(/^Written into again/)).toBeVisible({ timeout: 60_000 });
  await disclosure.getByRole('button', { name: 'Close', exact: true }).last().click();
  const rewritten = readdirSync(again);
  expect(rewritten).toHaveLength(2);
  for (const name of rewritten)
    expect(readFileSync(join(again, name)).equals(readFileSync(join(folder, name)))).toBe(true);

  // One comes back, the other is recalled.
  await register.getByRole('button', { name: 'Returned', exact: true }).click();
  const settle = page.getByRole('dialog', { name: 'Returned' });
  await settle.getByLabel('Note').fill('Handed in at the debrief');
  await settle.getByRole('button', { name: 'Mark as returned' }).click();
  await expect(register.getByRole('row', { name: /PACK-1/ })).toContainText('Returned');
  await expect(page.getByRole('button', { name: '1 stale copy' })).toBeVisible();
  await register.getByLabel('Tick every copy that is shown').click();
  await expect(register.getByText('2 copies ticked, 1 out')).toBeVisible();
  await register
    .getByRole('toolbar', { name: 'Ticked copies' })
    .getByRole('button', { name: 'Recall' })
    .click();
  const recall = page.getByRole('dialog', { name: 'Recall PACK-2' });
  await recall.getByLabel('Reason').fill('The number of the warrant was wrong');
  await recall.getByRole('button', { name: 'Recall', exact: true }).click();
  const list = page.getByRole('dialog', { name: 'Recall list' });
  await expect(list.getByText('To be fetched back or destroyed: 1')).toBeVisible();
  await expect(list.getByText(/PACK-2 .*Exhibits officer, M\. Holt/)).toBeVisible();
  faults.push(...(await lookAt(page, 'recall list')));
  await list.getByRole('button', { name: 'Done' }).click();
  await expect(register.getByRole('row', { name: /PACK-2/ })).toContainText('Recalled');
  expect(faults).toEqual([]);
});

test('a kind of pack is copied, widened with a warning, refused where it may not be, saved, undone', async ({
  workbench,
}) => {
  test.setTimeout(300_000);
  const page = await openDay(workbench);
  const faults: string[] = [];
  await showGrid(page, 'Packs');
  await expect(page.getByText('No pack has been issued')).toBeVisible();
  await page.getByRole('button', { name: 'Kinds of pack' }).click();
  await page.getByRole('button', { name: 'Safeguarding pack' }).click();
  faults.push(...(await lookAt(page, 'kinds')));
  await page.getByRole('button', { name: 'Copy and change' }).click();
  await page.getByLabel('Title').fill('Housing pack');
  await page.getByLabel('For whom').fill('the housing officers of the district');
  await expect(page.getByLabel('Name in files and commands')).toHaveValue('own-housing-pack');
  await expect(page.getByText('Children are named to partners outside the police.')).toBeVisible();

  // Sections move by keyboard, and take the focus along.
  const sections = page.locator('.spec-section-name');
  await expect(sections).toHaveText([/Safeguarding/, /Premises/, /Contacts/]);
  await sections.nth(2).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(sections).toHaveText([/Safeguarding/, /Contacts/, /Premises/]);
  await expect(sections.nth(1)).toBeFocused();

  // And by drag, onto the place of another.
  await page.locator('[data-section="safeguarding"]').dragTo(page.locator('[data-section="premises"]'));
  await expect(sections).toHaveText([/Contacts/, /Premises/, /Safeguarding/]);

  await page.getByRole('button', { name: 'Premises', exact: true }).click();
  await page.getByLabel('Hazards', { exact: true }).click();
  await expect(page.getByText('"Premises" also shows: Hazards.')).toBeVisible();
  await page.getByLabel('Add a section').selectOption('phones');
  await expect(page.getByText('The section "Phones" is not for partners. Leave it out.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeDisabled();
  faults.push(...(await lookAt(page, 'editor')));
  await page.getByRole('button', { name: 'Leave out Phones' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('"Housing pack" saved. It can be exported now.')).toBeVisible();

  const dialog = await choosePack(page, 'Housing pack');
  await expect(dialog.getByRole('row', { name: /^Contacts/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Housing pack' })).toHaveCount(0);
  expect(faults).toEqual([]);
});
