import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { forms, signHeading } from '../../shared/packs/forms.ts';
import { cleanUp, openWorkspaceAt } from '../engine/support.ts';
import { makeDayWorkspace } from './dayWorkspace.ts';
import { findFaults } from './faults.ts';
import { expect, test } from './host.ts';
import { cell, chooseFiles, openWorkspace, showGrid } from './steps.ts';

test.afterEach(() => cleanUp());

/** Columns of the results form by heading, and the row of a warrant. */
function findRow(sheet: ExcelJS.Worksheet, about: string): { row: number; columns: Map<string, number> } {
  const columns = new Map<string, number>();
  let row = 0;
  sheet.eachRow((each, number) => {
    const isHeading = each.getCell(1).text === signHeading;
    each.eachCell((cell, column) => {
      if (isHeading) columns.set(cell.text, column);
      else if (cell.text === about && columns.size > 0) row = number;
    });
  });
  return { row, columns };
}

test('a results form that came back shows where the plan has moved on, and lands as one decides', async ({
  workbench,
}) => {
  const day = await makeDayWorkspace();
  const bench = await openWorkspaceAt(day.folder, day.passphrase);
  const warrant = day.refs.slateWarrant;
  const folder = join(workbench.folder, 'issued');
  mkdirSync(folder);
  const { rows } = await bench.client.records.add({
    grid: 'results',
    values: { warrant, premises: day.refs.slate, arrests: 1 },
  });
  const result = rows[0]?.ref ?? '';
  let name = '';
  for await (const event of await bench.client.packs.export({
    pack: 'command',
    formats: ['xlsx'],
    recipient: 'Silver',
    reason: 'Warrant day',
    folder: bench.engine.grants.add(folder, 'export'),
  })) {
    if (event.type === 'done') name = event.report.files[0]?.file ?? '';
  }
  await bench.client.records.set({ edits: [{ ref: result, values: { arrests: 3 } }] });
  await bench.engine.close();

  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(join(folder, name));
  const sheet = workbook.getWorksheet(forms.results.title);
  if (!sheet) throw new Error('the pack has no results form');
  const { row, columns } = findRow(sheet, warrant);
  const fill = (heading: string, value: string | number) => {
    sheet.getRow(row).getCell(columns.get(heading) ?? 0).value = value;
  };
  fill('Arrests', 2);
  fill('Damage', 'Front door');
  const returned = join(workbench.folder, 'returned.xlsx');
  await workbook.xlsx.writeFile(returned);

  const { page } = workbench;
  await page.setViewportSize({ width: 1440, height: 900 });
  await openWorkspace(workbench, day.folder, day.passphrase);
  await expect(page.getByRole('region', { name: 'Overview' })).toBeVisible();
  const wizard = await chooseFiles(workbench, [returned]);
  await expect(wizard.getByText('not recognised')).toHaveCount(0);
  const panel = wizard.getByRole('region', { name: `Sheet ${forms.results.title}` });
  await expect(panel).toBeVisible();
  await expect(panel.getByLabel('Where the plan has changed since')).toHaveValue('keep');
  expect(await findFaults(page)).toEqual([]);

  await wizard.getByRole('button', { name: 'Preview', exact: true }).click();
  const issues = wizard.locator('.issues');
  await expect(issues).toContainText('In the plan, RES-1: 3');
  expect(await findFaults(page)).toEqual([]);
  await wizard.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(wizard.getByRole('button', { name: 'Undo this import' })).toBeVisible({ timeout: 90_000 });
  await wizard.getByRole('button', { name: 'Done' }).click();
  await showGrid(page, 'Results');
  await expect(cell(page, result, 'arrests')).toHaveText('3');
  await expect(cell(page, result, 'damage')).toHaveText('Front door');

  const again = await chooseFiles(workbench, [returned]);
  await again.getByLabel('Where the plan has changed since').selectOption('take');
  await again.getByRole('button', { name: 'Preview', exact: true }).click();
  await again.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(again.getByRole('button', { name: 'Undo this import' })).toBeVisible({ timeout: 90_000 });
  await again.getByRole('button', { name: 'Done' }).click();
  await expect(cell(page, result, 'arrests')).toHaveText('2');
});
