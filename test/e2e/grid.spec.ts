import type { Page } from '@playwright/test';
import { lookAt } from './faults.ts';
import { expect, test } from './host.ts';
import { cell, createWorkspace, demoFiles, importFiles, showGrid } from './steps.ts';

/** Puts text on the clipboard as another program would, and leaves the focus where it was. */
async function putOnClipboard(page: Page, text: string): Promise<void> {
  await page.evaluate(`(() => {
    const before = document.activeElement;
    const area = document.createElement('textarea');
    area.value = ${JSON.stringify(text)};
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
    if (before instanceof HTMLElement) before.focus();
  })()`);
}

/** Goes to a grid by the palette. */
async function goTo(page: Page, title: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(title);
  await expect(page.getByRole('option', { name: title }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: title, exact: true })).toBeVisible();
}

const names = Array.from({ length: 6 }, (_, index) => `Invented Person ${index + 1}`);

test('by the keyboard alone: paste people, add and paste targets, fill down, undo, keep a view and find it again', async ({
  workbench,
}) => {
  const { page } = workbench;
  const { keyboard } = page;
  await createWorkspace(workbench, 'Keyboard');

  // People, from a sheet with headings, one of them with a line end inside its cell.
  await goTo(page, 'People');
  await expect(page.getByText('No people yet')).toBeVisible();
  await putOnClipboard(
    page,
    `Name\tShoe size\tNote\r\n${names.map((name, index) => `${name}\t${index}\t"first line\nsecond ""line"""\r\n`).join('')}`,
  );
  await keyboard.press('Control+v');
  const paste = page.getByRole('dialog', { name: 'Paste into People' });
  await expect(paste.getByRole('button', { name: '12 new' })).toBeVisible();
  await expect(paste.getByRole('button', { name: '6 left aside' })).toBeVisible();
  await expect(paste.getByRole('button', { name: 'Paste', exact: true })).toBeFocused();
  await keyboard.press('Enter');
  await expect(page.getByText('6 rows pasted.')).toBeVisible();
  await expect(cell(page, 'NOM-6', 'name')).toHaveText('Invented Person 6');

  // One target by the form, the others by name from a sheet, one of them of nobody.
  await goTo(page, 'Targets');
  await keyboard.press('Insert');
  const form = page.getByRole('dialog', { name: 'Add target' });
  await expect(form).toBeVisible();
  await keyboard.type('Person 1');
  await expect(form.getByRole('option', { name: /Invented Person 1/ })).toBeVisible();
  await keyboard.press('Enter');
  await keyboard.press('Enter');
  await expect(page.getByText('Added target TGT-1.')).toBeVisible();
  await keyboard.press('Escape');
  await expect(cell(page, 'TGT-1', 'subject')).toHaveText('Invented Person 1');
  await putOnClipboard(page, `Subject\n${names.slice(1).join('\n')}\nNobody at all\n`);
  await keyboard.press('Control+v');
  const targets = page.getByRole('dialog', { name: 'Paste into Targets' });
  await expect(targets.getByText('no record has this name', { exact: false })).toBeVisible();
  await expect(targets.getByRole('button', { name: 'Paste', exact: true })).toBeDisabled();
  await targets.getByRole('checkbox', { name: 'Leave the refused cell out' }).focus();
  await keyboard.press('Space');
  await expect(targets.getByRole('button', { name: 'Paste', exact: true })).toBeFocused();
  await keyboard.press('Enter');
  await expect(cell(page, 'TGT-6', 'subject')).toHaveText('Invented Person 6');

  // Type over a cell; Enter goes down. Then fill down, and set in every chosen row.
  const walk = async (field: string) => {
    await keyboard.press('Control+f');
    await keyboard.press('Enter');
    await keyboard.press('Control+Home');
    for (let step = 0; step < 40; step += 1) {
      if ((await page.locator('.ag-cell-focus').getAttribute('col-id')) === field) return;
      await keyboard.press('ArrowRight');
    }
    throw new Error(`the column ${field} was not reached`);
  };
  // A key in the very moment in which the grid draws its rows anew after a paste reaches no cell: it is pressed again.
  const openCell = (key: string) =>
    expect(async () => {
      await keyboard.press(key);
      await expect(page.locator('.cell-editor')).toBeVisible({ timeout: 2000 });
    }).toPass();
  await walk('objective');
  await openCell('a');
  await keyboard.type('rr');
  await keyboard.press('Enter');
  await expect(cell(page, 'TGT-1', 'objective')).toHaveText('Arrest');
  await expect(cell(page, 'TGT-2', 'objective')).toHaveClass(/ag-cell-focus/);
  await keyboard.press('ArrowUp');
  for (let step = 0; step < 3; step += 1) await keyboard.press('Shift+ArrowDown');
  await expect(page.locator('.cell-range')).toHaveCount(4);
  await keyboard.press('Control+d');
  await expect(page.getByText('3 rows changed.')).toBeVisible();
  await expect(cell(page, 'TGT-4', 'objective')).toHaveText('Arrest');
  await expect(cell(page, 'TGT-5', 'objective')).toHaveText('');
  await keyboard.press('Control+z');
  await expect(cell(page, 'TGT-2', 'objective')).toHaveText('');
  await expect(cell(page, 'TGT-1', 'objective')).toHaveText('Arrest');
  await keyboard.press('Control+y');
  await expect(cell(page, 'TGT-4', 'objective')).toHaveText('Arrest');
  await keyboard.press('Control+Shift+ArrowDown');
  await expect(page.locator('.cell-range')).toHaveCount(6);
  await openCell('F2');
  await keyboard.press('Control+a');
  await keyboard.type('safe');
  await expect(page.getByText('Ctrl+Enter: in all 6 rows')).toBeVisible();
  await keyboard.press('Control+Enter');
  await expect(cell(page, 'TGT-6', 'objective')).toHaveText(/^Safeguard/);
  await keyboard.press('Delete');
  await expect(cell(page, 'TGT-6', 'objective')).toHaveText('');
  await expect(cell(page, 'TGT-1', 'objective')).toHaveText('');
  await keyboard.press('Control+z');
  await expect(cell(page, 'TGT-1', 'objective')).toHaveText(/^Safeguard/);

  // The history of the cell tells it all.
  await keyboard.press('Shift+F4');
  const history = page.getByRole('dialog', { name: /^Objective of / });
  await expect(history.getByRole('row')).toHaveCount(5);
  await keyboard.press('Escape');
  await expect(history).toHaveCount(0);

  // A view of one target, kept under a name, left, and found again.
  await keyboard.press('Control+f');
  await keyboard.type('Person 3');
  await expect(page.getByText('1 of 6')).toBeVisible();
  await keyboard.press('Alt+v');
  await keyboard.type('Only the third');
  await keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Only the third', exact: true })).toBeVisible();
  await keyboard.press('Escape');
  await keyboard.press('Control+Shift+l');
  await expect(cell(page, 'TGT-6', 'subject')).toBeVisible();
  await keyboard.press('Alt+v');
  await page.getByRole('button', { name: 'Only the third', exact: true }).focus();
  await keyboard.press('Enter');
  await expect(page.getByText('1 of 6')).toBeVisible();
  await expect(cell(page, 'TGT-3', 'subject')).toBeVisible();
  await expect(cell(page, 'TGT-6', 'subject')).toHaveCount(0);
});

test('what opens over a grid, the groups and the findings: nothing for axe in either theme', async ({
  workbench,
}) => {
  test.setTimeout(400_000);
  const { page } = workbench;
  const { keyboard } = page;
  await page.setViewportSize({ width: 1440, height: 900 });
  await createWorkspace(workbench, 'Looks');
  await importFiles(workbench, demoFiles(/^(warrants|nominals|premises)/));
  const faults: string[] = [];
  const look = async (screen: string) => {
    faults.push(...(await lookAt(page, screen)));
  };

  await showGrid(page, 'Warrants');
  await cell(page, 'WAR-1', 'power').click();
  await keyboard.press('Alt+g');
  await expect(page.getByRole('complementary', { name: 'Groups of Warrants' })).toContainText('All');
  await cell(page, 'WAR-1', 'power').click();
  await keyboard.press('Shift+ArrowDown');
  await keyboard.press('Shift+ArrowRight');
  await expect(page.locator('.cell-range')).toHaveCount(4);
  await look('range and groups');
  const group = page.getByRole('complementary', { name: 'Groups of Warrants' }).locator('tbody tr').first();
  const rows = Number(await group.locator('td').nth(1).textContent());
  await group.getByRole('button').click();
  await expect(page.locator('.grid-count')).toHaveText(new RegExp(`^${rows} of `));
  await page.getByRole('button', { name: 'Clear filters' }).click();

  await cell(page, 'WAR-1', 'issued').click();
  await keyboard.press('Alt+ArrowDown');
  await look('heading');
  await page.getByRole('button', { name: 'Freeze', exact: true }).click();
  await expect(page.locator('.ag-grid-pinned-left-cells .ag-header-cell[col-id="issued"]')).toHaveCount(1);

  await keyboard.press('Alt+v');
  await look('views');
  await keyboard.press('Escape');

  await cell(page, 'WAR-1', 'number').click();
  await putOnClipboard(page, 'FE/26/9999\tno such power\n\tnor this one\n');
  await keyboard.press('Control+v');
  await expect(
    page.getByRole('dialog', { name: 'Paste into Warrants' }).locator('.paste-refused').first(),
  ).toBeVisible();
  await look('paste');
  await page.getByRole('button', { name: 'Leave', exact: true }).click();

  await cell(page, 'WAR-1', 'number').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'History of the cell' }).click();
  await expect(page.getByRole('dialog').getByText(/warrants.*row \d+/)).toBeVisible();
  await look('history of a cell');
  await page.getByRole('button', { name: 'Close', exact: true }).last().click();

  // A finding is accepted with a reason, stands below with it, and is withdrawn.
  await page
    .getByRole('contentinfo')
    .getByRole('button', { name: /blocker|warning/ })
    .first()
    .click();
  await expect(page.locator('.finding').first()).toBeVisible();
  await page.getByRole('button', { name: 'Accept with a reason…' }).first().click();
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(page.getByText('Say why in a few words.')).toBeVisible();
  await look('accept');
  await page.getByRole('textbox', { name: 'Reason' }).fill('Agreed with Silver');
  await keyboard.press('Enter');
  const accepted = page.locator('.finding-accepted');
  await accepted.locator('summary').click();
  await expect(accepted.getByText(/R\. Sturgess.*Agreed with Silver/)).toBeVisible();
  await look('readiness');
  await accepted.getByRole('button', { name: 'Withdraw' }).click();
  await expect(accepted).toHaveCount(0);

  expect(faults).toEqual([]);
});
