/** The network as a whole: looked at by axe in both themes, and used by keyboard. */
import type { Page } from '@playwright/test';
import { importPaths, makeWorkspace, passphrase, writeCsv } from '../engine/support.ts';
import { lookAt } from './faults.ts';
import { expect, test } from './host.ts';
import { openWorkspace } from './steps.ts';

/** Two households with one person between them, a child in one, and a line; on disk and closed. */
async function makeNetworkWorkspace(): Promise<string> {
  const bench = await makeWorkspace('Operation Fellgate');
  const { client } = bench;
  await importPaths(bench, [
    writeCsv(bench, 'nominals.csv', [
      ['Surname', 'Forenames', 'DOB', 'Mobile', 'Home address', 'Role'],
      ['Aske', 'Arlo', '01/01/1990', '07700 900001', '1 Quarry Rise, Stangarth', 'Line holder'],
      ['Birkett', 'Ben', '02/01/1990', '07700 900002', '1 Quarry Rise, Stangarth', 'Runner'],
      ['Coupe', 'Cal', '03/01/1990', '07700 900003', '1 Quarry Rise, Stangarth', 'Runner'],
      ['Dacre', 'Dee', '04/01/1990', '07700 900004', '', 'Driver'],
      ['Eskrigg', 'Eli', '05/01/1990', '07700 900005', '2 Weir Lane, Hollinbeck', 'Enforcer'],
      ['Fell', 'Fin', '06/01/1990', '07700 900006', '2 Weir Lane, Hollinbeck', 'Runner'],
      ['Hird', 'Hal', '08/01/2012', '07700 900008', '2 Weir Lane, Hollinbeck', ''],
    ]),
    writeCsv(bench, 'calls.csv', [
      ['A Number', 'B Number', 'Start', 'Type', 'Duration'],
      ['07700900004', '07700900001', '01/10/2026 09:15:00', 'Voice', '60'],
      ['07700900005', '07700900004', '01/10/2026 11:15:00', 'Voice', '60'],
    ]),
  ]);
  const people = (await client.grids.page({ grid: 'people', limit: 20 })).rows;
  const refOf = (name: string) => people.find((row) => String(row.name).includes(name))?.ref ?? '';
  await client.records.add({ grid: 'lines', values: { name: 'Marlo', holder: refOf('Aske') } });
  await client.records.makeTargets({ refs: [refOf('Aske')] });
  await client.workspace.close();
  return bench.workspace;
}

const view = (page: Page) => page.getByRole('region', { name: 'Network', exact: true });

test('network', async ({ workbench }) => {
  test.setTimeout(600_000);
  const { page } = workbench;
  await page.setViewportSize({ width: 1440, height: 900 });
  await openWorkspace(workbench, await makeNetworkWorkspace(), passphrase);
  const faults: string[] = [];
  const look = async (screen: string) => {
    faults.push(...(await lookAt(page, screen)));
  };

  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: 'Network', exact: true })
    .click();
  const parts = page.getByRole('navigation', { name: 'Parts of the view' });
  await expect(parts).toBeVisible({ timeout: 120_000 });
  await expect(view(page)).toContainText('Attention of the police is not importance.');

  // By keyboard from row to row; what it means, and the links that make it so.
  const dee = page.getByRole('button', { name: 'Person Dee Dacre' });
  await dee.focus();
  await page.keyboard.press('ArrowDown');
  await expect(dee).not.toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  const detail = page.getByRole('region', { name: /^NOM-4 / });
  await expect(detail).toContainText('Stands between 2 parts that have no other link in the records');
  await expect(detail).toContainText('1 call or text, 01/10/2026');
  await look('who stands between');
  await page.getByRole('button', { name: 'Premises 2 Weir Lane, Hollinbeck' }).press('Enter');
  await page
    .getByRole('button', { name: /^SRC-1 row/ })
    .first()
    .click();
  await expect(page.getByRole('dialog')).toContainText('nominals.csv');
  await page.keyboard.press('Escape');

  await parts.getByRole('button', { name: /^Groups/ }).press('Enter');
  await page.getByRole('button', { name: /Marlo/ }).first().press('Enter');
  await expect(page.getByRole('region', { name: /^G\d Marlo/ })).toContainText(
    'to 2 other groups, 1 of them to',
  );
  await look('groups');

  await parts.getByRole('button', { name: /^Key players/ }).press('Enter');
  await expect(page.getByRole('region', { name: 'Key players' })).toContainText('no longer do');
  await expect(page.getByRole('region', { name: 'Key players' })).not.toContainText('Hird');
  await look('key players');

  // A child is told of, never ranked.
  await parts.getByRole('button', { name: /^Safeguarding first/ }).press('Enter');
  const safeguarding = page.getByRole('region', { name: 'Safeguarding first' });
  await expect(safeguarding).toContainText('under 18');
  await expect(safeguarding).toContainText('Enforcer; both linked with');
  await look('safeguarding');

  // What is left without the targets of the plan; nothing chosen is said.
  await parts.getByRole('button', { name: /^What is left/ }).press('Enter');
  await page.getByRole('button', { name: 'Work out what is left' }).click();
  await expect(page.getByRole('alert')).toContainText('Choose somebody');
  await page.getByRole('checkbox', { name: /^Every target of the plan/ }).check({ force: true });
  await page.getByRole('button', { name: 'Work out what is left' }).click();
  await expect(page.getByRole('region', { name: 'Before and after' })).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole('region', { name: 'Deal lines' })).toContainText('Marlo');
  await look('what is left');

  // Other links: without calls nobody stands between the two households.
  await page.getByLabel('Calls for a link, at least').fill('0');
  await page.keyboard.press('Enter');
  await parts.getByRole('button', { name: 'Who stands between' }).press('Enter');
  await expect(view(page)).toContainText('Call data is left out.', { timeout: 120_000 });
  await expect(page.getByRole('button', { name: 'Person Dee Dacre' })).toHaveCount(0);

  // To the link chart, and back to where it was.
  await page.getByRole('button', { name: 'Premises 2 Weir Lane, Hollinbeck' }).press('Enter');
  await page.getByRole('button', { name: 'Show in link chart' }).click();
  await expect(view(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Back', exact: true }).first().click();
  await expect(view(page)).toContainText('Call data is left out.');

  expect(faults).toEqual([]);
});
