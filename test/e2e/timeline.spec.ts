/** The timeline: looked at by axe in both themes, used by keyboard, narrowing the grids, read as a table and kept. */
import type { Locator, Page } from '@playwright/test';
import { passphrase } from '../engine/support.ts';
import { makeTimelineWorkspace } from '../engine/timelineWorkspace.ts';
import { lookAt } from './faults.ts';
import { expect, test } from './host.ts';
import { openWorkspace, showGrid } from './steps.ts';

const timeout = 120_000;

/** Finds somebody or something by typing and follows it. */
async function follow(page: Page, typed: string): Promise<void> {
  const box = page.locator('.timeline-follow').getByRole('combobox');
  await box.fill(typed);
  await page
    .getByRole('option', { name: new RegExp(typed) })
    .first()
    .click();
  await expect(page.locator('.timeline-group').getByRole('button', { name: new RegExp(typed) })).toBeVisible({
    timeout,
  });
}

async function press(area: Locator, ...keys: string[]): Promise<void> {
  for (const key of keys) await area.press(key);
}

test('the timeline', async ({ workbench }) => {
  test.setTimeout(300_000);
  const { page } = workbench;
  page.setDefaultTimeout(60_000);
  await page.setViewportSize({ width: 1440, height: 900 });
  const made = await makeTimelineWorkspace();
  await made.bench.client.workspace.close();
  await openWorkspace(workbench, made.bench.workspace, passphrase);
  const faults: string[] = [];
  const look = async (screen: string) => {
    faults.push(...(await lookAt(page, screen)));
  };

  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Timeline' }).click();
  const area = page.getByRole('application', { name: 'Timeline, picture' });
  await expect(area).toBeVisible({ timeout });
  const lane = (title: string) => area.locator('.timeline-lane', { hasText: title }).first();
  await expect(lane('Calls and texts')).toContainText('320');
  await expect(lane('Safeguarding')).toContainText('1 without a date');
  await look('everything');

  // What is followed has lanes of its own, a child with the words that come first.
  await follow(page, 'Max');
  await follow(page, 'Harrowby');
  await follow(page, 'Fenwick');
  const groups = page.locator('.timeline-group');
  await expect(groups).toHaveCount(3);
  await expect(groups.nth(2)).toContainText('safeguarding first');
  await look('followed');

  // By keys: a lane, a mark, its record.
  const spoken = page.locator('p[aria-live="polite"]').last();
  await area.focus();
  await press(area, 'ArrowDown', 'ArrowDown', 'PageDown');
  await expect(page.locator('.timeline-lane.is-current')).toContainText('Intelligence');
  await expect(spoken).toContainText('Intelligence reported. 05/09/2026, about 01/09/2026 to 04/09/2026');
  await look('mark');
  await area.press('Enter');
  const record = page.getByRole('complementary', { name: 'Record' });
  await expect(record).toContainText('INT-1', { timeout });
  await record.getByRole('button', { name: 'Close the record' }).click();

  // Zoomed and moved, and back to everything.
  const from = page.getByLabel('From', { exact: true });
  await area.focus();
  await expect(from).toHaveValue('01/09/2026');
  await press(area, '+', 'ArrowRight');
  await expect(from).not.toHaveValue('01/09/2026');
  await area.press('0');
  await expect(from).toHaveValue('01/09/2026');
  await from.fill('31/02/2026');
  await from.press('Enter');
  await expect(page.getByRole('alert')).toContainText('A date such as 14/09/2026');
  await from.fill('14/09/2026');
  await from.press('Enter');
  await expect(lane('Calls and texts')).toContainText('130 earlier', { timeout });

  // A period chosen by keys narrows the grids, and says so.
  await area.focus();
  await press(area, 'Escape', 'Escape', 'Shift+ArrowRight', 'Shift+ArrowRight');
  const chosen = page.getByRole('status').filter({ hasText: 'Chosen' });
  await expect(chosen).toBeVisible();
  await look('period chosen');
  await from.fill('16/09/2026');
  await from.press('Enter');
  await chosen.getByRole('button', { name: 'Let go' }).click();
  const track = await lane('Calls and texts').locator('.timeline-track').boundingBox();
  if (!track) throw new Error('the lane is not drawn');
  await page.mouse.move(track.x + 4, track.y + 20);
  await page.mouse.down();
  await page.mouse.move(track.x + 90, track.y + 24, { steps: 6 });
  await page.mouse.up();
  await expect(chosen).toContainText('16/09/2026 to');
  await chosen.getByRole('button', { name: 'Filter everything by this period' }).click();
  const narrowed = page.getByRole('status').filter({ hasText: 'Narrowed by: 16/09/2026 to' });
  await expect(narrowed).toBeVisible();
  await showGrid(page, 'Custody');
  await expect(narrowed).toBeVisible();
  await expect(page.locator('[row-id="CUS-2"]').first()).toBeVisible({ timeout });
  await expect(page.locator('[row-id="CUS-3"]')).toHaveCount(0);
  await page.keyboard.press('Control+Shift+X');
  await expect(page.locator('[row-id="CUS-3"]').first()).toBeVisible({ timeout });

  // The way back leads to the same lanes; the table has the same content.
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(groups).toHaveCount(3, { timeout });
  await page.getByRole('button', { name: 'Everything', exact: true }).click();
  await page.getByRole('button', { name: 'Table', exact: true }).press('Enter');
  const table = page.getByRole('region', { name: 'Timeline, table' });
  await expect(table.getByRole('row', { name: /Not used 19\/09\/2026 .* 28\/09\/2026/ }).first()).toBeVisible(
    {
      timeout,
    },
  );
  // 320 calls of the line and again of its holder stand before the custody.
  await page.getByRole('button', { name: 'Show more rows' }).click();
  await expect(
    table.getByRole('row', { name: /In custody 19\/09\/2026 23:10 27\/09\/2026 18:00/ }),
  ).toBeVisible();
  await expect(table.getByRole('row', { name: /Missing episode 10\/09\/2026/ })).toContainText(
    'safeguarding first',
  );
  await expect(table.getByRole('row', { name: /ends before it begins/ })).toHaveCount(1);
  await look('table');

  // Kept for packs, as picture and table.
  await page.getByRole('button', { name: 'Keep for packs' }).click();
  const dialog = page.getByRole('dialog', { name: 'Keep this picture for packs' });
  await dialog.getByLabel('Why it is kept').fill('The line is silent while its holder is in custody');
  await dialog.getByRole('button', { name: 'Keep for packs' }).click();
  await expect(page.getByText(/^Kept for packs: Timeline of Max/)).toBeVisible({ timeout });

  // From the record of a person.
  await showGrid(page, 'People');
  await page.locator(`[row-id="${made.child}"] [col-id="name"]`).first().dblclick();
  await page.keyboard.press('Escape');
  await page.locator(`[row-id="${made.child}"]`).first().click();
  await page.keyboard.press('F8');
  await page
    .getByRole('region', { name: 'Dossier' })
    .getByRole('button', { name: 'Show in timeline' })
    .click();
  await expect(groups).toHaveCount(1, { timeout });
  await expect(groups).toContainText('Tam Fenwick');

  expect(faults).toEqual([]);
});
