import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { read, utils, write } from '@e965/xlsx';
import type { Locator, Page } from '@playwright/test';
import { awkwardPassword, writeAwkwardFiles } from './awkwardFiles.ts';
import { lookAt } from './faults.ts';
import { expect, test } from './host.ts';
import { cell, chooseFiles, createWorkspace, importFiles, showGrid } from './steps.ts';

/** Chooses a sheet in the list at the left. */
async function chooseSheet(wizard: Locator, file: string, sheet: RegExp): Promise<void> {
  await wizard
    .getByRole('article', { name: file })
    .locator('.sheet-item', { hasText: sheet })
    .first()
    .click();
}

/** A cell of the preview by its row in the sheet and its column letter. */
function previewCell(wizard: Locator, row: number, letter: string): Locator {
  // Counted from one, after the row numbers.
  const column = letter.charCodeAt(0) - 'A'.charCodeAt(0) + 2;
  return wizard.locator(`.preview-row[aria-rowindex="${row}"] [aria-colindex="${column}"]`);
}

/** Names in the grid of people, in no order. */
async function shownNames(page: Page): Promise<string[]> {
  return (await page.locator('[row-id] [col-id="name"]').allTextContents()).map((name) => name.trim()).sort();
}

test('eleven awkward files: looked at sheet by sheet, mended, imported, and found again', async ({
  workbench,
}) => {
  // Files of every format and looks at each screen in both themes.
  test.setTimeout(600_000);
  const { page } = workbench;
  await page.setViewportSize({ width: 1440, height: 900 });
  await createWorkspace(workbench, 'Awkward');
  const wizard = await chooseFiles(workbench, writeAwkwardFiles(workbench.folder));
  const preview = wizard.getByRole('button', { name: 'Preview' });
  const faults: string[] = [];

  // Title rows stand above the heading; the zero that Excel dropped is back, and what stood there is beneath.
  await chooseSheet(wizard, '01 title rows.xlsx', /^Nominals/);
  await expect(wizard.getByLabel('Heading in row')).toHaveValue('4');
  await expect(previewCell(wizard, 5, 'D')).toContainText('07700 900101');
  await expect(previewCell(wizard, 5, 'D')).toContainText('7700900101');
  await wizard.getByRole('button', { name: 'Skipped' }).click();
  await expect(wizard.locator('.preview-row[aria-rowindex]')).toHaveCount(1);
  await expect(wizard.locator('.preview-row[aria-rowindex="7"]')).toContainText('Skipped');
  await wizard.getByRole('button', { name: 'All', exact: true }).click();
  faults.push(...(await lookAt(page, 'sheet')));

  // A changed field shows its effect at once.
  await wizard.getByLabel('Column D Mobile is read as').selectOption('');
  await expect(previewCell(wizard, 5, 'D')).toHaveAccessibleDescription(/The column is left aside/);
  await wizard.getByLabel('Column D Mobile is read as').selectOption('phone.number');
  await expect(previewCell(wizard, 5, 'D')).toHaveAccessibleDescription(/Read as: 07700 900101/);

  await chooseSheet(wizard, '02 two lines.xls', /^Custody/);
  await expect(wizard.getByLabel('over', { exact: true })).toHaveValue('2');
  await chooseSheet(wizard, '03 semicolons.csv', /^03/);
  await expect(previewCell(wizard, 2, 'B')).toContainText('Zoë');
  await expect(previewCell(wizard, 2, 'D')).toContainText('14 Mill Goit – rear');
  await chooseSheet(wizard, '05 hidden sheet.ods', /^Not shown/);
  await expect(wizard.getByText('Hidden sheet')).toBeVisible();

  // The protected workbook waits for its password; a wrong one is told.
  await wizard.getByRole('button', { name: /^07 protected/ }).click();
  const field = wizard.getByLabel('Password of 07 protected.xlsx');
  faults.push(...(await lookAt(page, 'password')));
  await field.fill('not this');
  await field.press('Enter');
  await expect(wizard.getByRole('alert')).toContainText('password');
  await field.fill(awkwardPassword);
  await field.press('Enter');
  await expect(previewCell(wizard, 2, 'A')).toContainText('9 Jetty Lane');

  // Nothing goes on until somebody says how the dates are written.
  await expect(preview).toBeDisabled();
  await chooseSheet(wizard, '08 either date.csv', /^08/);
  await wizard.getByLabel('Dates are written').selectOption('mdy');
  await expect(previewCell(wizard, 2, 'C')).toContainText('04/03/1991');
  await expect(preview).toBeEnabled();

  // Two tables of one sheet are two entries, each read from its own heading.
  const stacked = wizard.getByRole('article', { name: '09 stacked.xlsx' });
  await stacked.getByRole('button', { name: /People/ }).click();
  await expect(previewCell(wizard, 3, 'A')).toContainText('Patterdale');
  await stacked.getByRole('button', { name: /Vehicles/ }).click();
  await expect(previewCell(wizard, 7, 'A')).toContainText('KX21ABD');

  // n goes from one row to look at to the next, and says why.
  await chooseSheet(wizard, '10 rejected.csv', /^10/);
  await expect(previewCell(wizard, 2, 'A')).toContainText('Quernmore');
  await wizard.getByRole('grid').focus();
  await page.keyboard.press('n');
  await expect(wizard.locator('.preview-row.is-active')).toHaveAttribute('aria-rowindex', '3');
  await expect(wizard.locator('.preview-detail')).toContainText('Rejected: ');
  await page.keyboard.press('n');
  await page.keyboard.press('n');
  await expect(wizard.locator('.preview-row.is-active')).toHaveAttribute('aria-rowindex', '5');
  await expect(wizard.locator('.preview-cell.is-active')).toContainText('31/02/1998');
  await page.keyboard.press('p');
  await expect(wizard.locator('.preview-row.is-active')).toHaveAttribute('aria-rowindex', '4');

  // A matrix is known as one.
  await chooseSheet(wizard, '11 matrix.xlsx', /^Associations/);
  await expect(wizard.getByLabel('Laid out as')).toHaveValue('matrix');
  await expect(previewCell(wizard, 2, 'A')).toContainText('Daniel Ashgrove');

  // The same file once more is noticed and left out.
  workbench.dialogs.files = [join(workbench.folder, '04 tabs.tsv')];
  await wizard.getByRole('button', { name: 'Add files' }).click();
  await expect(wizard.getByText('Same file', { exact: true })).toBeVisible();

  await preview.click();
  await expect(wizard.getByText('Nothing has been saved yet.')).toBeVisible();
  await wizard.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(wizard.getByRole('button', { name: 'Undo this import' })).toBeVisible({ timeout: 60_000 });
  const equation = ((await wizard.locator('.ledger-equation').first().textContent()) ?? '').replaceAll(
    /\s+/g,
    ' ',
  );
  const [rows = 0, ...parts] = [...equation.matchAll(/\d+/g)].map(([digits]) => Number(digits));
  expect(parts).toHaveLength(5);
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(rows);
  expect(parts.at(-1)).toBe(1);
  faults.push(...(await lookAt(page, 'summary')));

  // The ledger and the rejected row go out with a reason; the row is mended and comes in.
  const out = workbench.folder;
  workbench.dialogs.folder = out;
  for (const [button, write] of [
    [/^Print the ledger/, 'Write the PDF'],
    [/rejected row as a workbook/, 'Write the workbook'],
  ] as const) {
    await wizard.getByRole('button', { name: button }).click();
    const dialog = page.locator('.disclosure-dialog');
    await dialog.getByRole('button', { name: write }).click();
    await expect(dialog.getByText(/^Needed: a disclosure/)).toBeVisible();
    await dialog.getByLabel('Reason').fill('For the file');
    await dialog.getByRole('button', { name: 'Choose a folder' }).click();
    if (write === 'Write the PDF') faults.push(...(await lookAt(page, 'disclosure')));
    await dialog.getByRole('button', { name: write }).click();
    await expect(dialog.getByRole('status')).toContainText('Written into', { timeout: 60_000 });
    await dialog.getByRole('button', { name: 'Close' }).last().click();
  }
  await wizard.getByRole('button', { name: 'Done' }).click();
  const written = readdirSync(out);
  expect(written.filter((name) => name.endsWith('.pdf'))).toHaveLength(1);
  const rejected = written.find((name) => /reject/i.test(name) && name.endsWith('.xlsx')) ?? 'none';

  await showGrid(page, 'People');
  await expect(cell(page, 'NOM-1', 'name')).toBeVisible();
  const names = await shownNames(page);
  for (const surname of ['ASHGROVE', 'HOLLOWELL', 'LANGRIGG', 'PATTERDALE', 'QUERNMORE', 'RAISBECK']) {
    expect(names.join('; ').toUpperCase()).toContain(surname);
  }

  const book = read(readFileSync(join(out, rejected)));
  const sheetName = book.SheetNames.find((name) => name.includes('10')) ?? book.SheetNames[0] ?? '';
  const sheet = book.Sheets[sheetName];
  const lines = utils.sheet_to_json<string[]>(sheet ?? {}, { header: 1, raw: false, defval: '' });
  const headingAt = lines.findIndex((line) => line.includes('Surname'));
  const surnameAt = lines[headingAt]?.indexOf('Surname') ?? -1;
  const rowAt = lines.findIndex((line) => line.includes('07700 900122'));
  utils.sheet_add_aoa(sheet ?? {}, [['Silloth', 'Robin']], { origin: { r: rowAt, c: surnameAt } });
  const mended = join(out, 'mended.xlsx');
  writeFileSync(mended, write(book, { type: 'buffer', bookType: 'xlsx' }));
  await importFiles(workbench, [mended]);
  await showGrid(page, 'People');
  await expect.poll(async () => (await shownNames(page)).join('; ').toUpperCase()).toContain('SILLOTH');

  // One key on a cell: the row as it stood in its sheet, with the cell marked.
  const tia = page
    .locator('[row-id]', { hasText: /brackenridge/i })
    .locator('[col-id="name"]')
    .first();
  await tia.click();
  await page.keyboard.press('F4');
  const source = page.getByRole('dialog', { name: /came from$/ });
  await expect(source.getByText('01 title rows.xlsx › Nominals › row 6')).toBeVisible();
  await expect(source.locator('tr[aria-current] td.is-cell').first()).toHaveText('Brackenridge');
  await expect(source.locator('.source-heading')).toContainText('Surname');
  await expect(source.locator('tbody')).toContainText('OPERATION FELLGATE');
  faults.push(...(await lookAt(page, 'source row')));
  await page.keyboard.press('Escape');
  await expect(source).toHaveCount(0);

  expect(faults).toEqual([]);
});

test('a later issue is compared, reviewed by keyboard and imported; values by hand stand', async ({
  workbench,
}) => {
  const { page } = workbench;
  await page.setViewportSize({ width: 1440, height: 900 });
  await createWorkspace(workbench, 'Refresh');
  const lines = [
    'URN,Surname,Forename,DOB,Address',
    'N1,Ashgrove,Daniel,13/04/1991,1 Mill Goit',
    'N2,Brackenridge,Tia,25/12/2003,2 Mill Goit',
    'N3,Carrowby,Niall,17/09/1988,3 Mill Goit',
    'N4,Dunnock,Wren,30/01/1997,4 Mill Goit',
  ];
  const first = join(workbench.folder, 'nominals october.csv');
  writeFileSync(first, lines.join('\r\n'));
  await importFiles(workbench, [first]);

  const later = join(workbench.folder, 'nominals november.csv');
  writeFileSync(
    later,
    [
      lines[0],
      lines[1],
      lines[2]?.replace('2 Mill Goit', '22 Kiln Bank'),
      lines[3]?.replace('17/09/1988', ''),
      'N5,Ennerdale,Ash,21/02/2000,5 Mill Goit',
    ].join('\r\n'),
  );
  const wizard = await chooseFiles(workbench, [later]);
  await expect(wizard.getByText(/looks like a later issue of/)).toBeVisible();
  await wizard.getByRole('button', { name: 'Compare and review' }).click();
  const review = wizard.getByRole('region', { name: /^Review of/ });
  await expect(review.getByRole('button', { name: '1 New' })).toBeVisible();
  await expect(review.getByRole('button', { name: '1 Changed' })).toBeVisible();
  await expect(review.getByRole('button', { name: '1 Vanished' })).toBeVisible();
  await expect(review.getByText('22 Kiln Bank')).toBeVisible();
  const faults = await lookAt(page, 'review');

  // Space turns the decision of the row that the keyboard is on.
  await review.getByRole('button', { name: '1 New' }).click();
  const row = review.getByRole('listbox').getByRole('option');
  await expect(row).toHaveCount(1);
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await review.getByRole('listbox').focus();
  await page.keyboard.press('Space');
  await expect(row).toHaveAttribute('aria-selected', 'false');
  await page.keyboard.press('Space');
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await review.getByLabel('What becomes of vanished rows').selectOption('take');
  await review.getByRole('button', { name: 'Use these decisions' }).click();
  await expect(wizard.getByText(/vanished: withdraw what it said/)).toBeVisible();

  await wizard.getByRole('button', { name: 'Preview' }).click();
  await wizard.getByRole('button', { name: 'Import', exact: true }).click();
  await wizard.getByRole('button', { name: 'Done' }).click();
  await showGrid(page, 'People');
  await expect.poll(async () => (await shownNames(page)).join('; ').toUpperCase()).toContain('ENNERDALE');
  await page
    .locator('[row-id]', { hasText: /carrowby/i })
    .locator('[col-id="name"]')
    .first()
    .click();
  await page.keyboard.press('Enter');
  // The blank of the later issue overwrote nothing.
  await expect(page.getByRole('complementary', { name: 'Record' })).toContainText('17/09/1988');
  expect(faults).toEqual([]);
});

test('a folder is taken in with what stands inside; what cannot be imported is listed with its reason', async ({
  workbench,
}) => {
  const { page } = workbench;
  await createWorkspace(workbench, 'Folder');
  const folder = join(workbench.folder, 'returns');
  mkdirSync(join(folder, 'north'), { recursive: true });
  writeFileSync(join(folder, 'vehicles.csv'), 'VRM,Make,Colour\r\nKX21 ABD,Vauxhall,White\r\n');
  writeFileSync(
    join(folder, 'north', 'people.csv'),
    'Surname,Forename,DOB\r\nAshgrove,Daniel,13/04/1991\r\n',
  );
  writeFileSync(join(folder, '~$vehicles.xlsx'), 'lock');
  workbench.dialogs.folder = folder;
  await page.keyboard.press('Control+i');
  const wizard = page.getByRole('dialog', { name: 'Import spreadsheets' });
  await wizard.getByRole('button', { name: 'Choose a folder' }).click();
  await expect(wizard.getByRole('article')).toHaveCount(2);
  await expect(wizard.locator('.sheet-item')).toHaveCount(2);
  await expect(wizard.getByRole('region', { name: 'Files that cannot be imported' })).toContainText(
    '~$vehicles.xlsx',
  );
  await wizard.getByRole('button', { name: 'Preview' }).click();
  await wizard.getByRole('button', { name: 'Import', exact: true }).click();
  await wizard.getByRole('button', { name: 'Done' }).click();
  await showGrid(page, 'Vehicles');
  await expect(page.locator('[row-id]', { hasText: 'KX21ABD' }).first()).toBeVisible();
  await showGrid(page, 'People');
  await expect(page.locator('[row-id]', { hasText: /ashgrove/i }).first()).toBeVisible();
});
