import type { Locator, Page } from '@playwright/test';
import { cleanUp } from '../engine/support.ts';
import { type DayWorkspace, makeDayWorkspace } from './dayWorkspace.ts';
import { lookAt } from './faults.ts';
import { expect, test } from './host.ts';
import { openWorkspace, showGrid } from './steps.ts';

let day: DayWorkspace;

test.beforeEach(async ({ workbench }) => {
  day = await makeDayWorkspace();
  await workbench.page.setViewportSize({ width: 1440, height: 900 });
  await openWorkspace(workbench, day.folder, day.passphrase);
  await expect(workbench.page.getByRole('region', { name: 'Overview' })).toBeVisible();
});

test.afterEach(() => cleanUp());

async function openView(page: Page, title: string): Promise<Locator> {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: title }).click();
  const region = page.getByRole('region', { name: title, exact: true });
  await expect(region).toBeVisible();
  return region;
}

const bar = (page: Page, name: RegExp) => page.locator('.board-bar').and(page.getByRole('button', { name }));

/** Drags with the mouse from the middle of one thing, by pixels or onto another thing. */
async function drag(page: Page, from: Locator, to: { dx: number } | Locator): Promise<void> {
  const start = await from.boundingBox();
  if (!start) throw new Error('nothing to drag');
  const [x, y] = [start.x + start.width / 2, start.y + start.height / 2];
  const end = 'dx' in to ? { x: x + to.dx, y } : await middleOf(to);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + (end.x - x) / 2, y + (end.y - y) / 2, { steps: 4 });
  await page.mouse.move(end.x, end.y, { steps: 4 });
  await page.mouse.up();
}

async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('nothing there');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Pixels of an hour on the board as it is drawn now. */
async function hourWidth(page: Page): Promise<number> {
  const ticks = page.locator('.board-tick');
  const left = async (label: string) => (await ticks.filter({ hasText: label }).boundingBox())?.x ?? 0;
  return (await left('07:00')) - (await left('06:00'));
}

test('the board: premises are given and teams retimed by dragging, each undone by one step', async ({
  workbench,
}) => {
  const { page } = workbench;
  const board = await openView(page, 'Board');
  const tray = board.getByRole('complementary', { name: 'With no team' });
  const tarn = tray.getByRole('button', { name: /^Flat 2, Tarn House.*Safeguarding.*1 target/ });
  await expect(tarn).toContainText('Safeguarding');
  await expect(board.getByRole('region', { name: 'Clashes' })).toContainText('An officer is in 2 teams');
  expect(await lookAt(page, 'day')).toEqual([]);

  const bravo = bar(page, /^Bravo,/);
  await drag(page, tarn, bravo);
  await expect(bar(page, /^Bravo, Flat 2, Tarn House.*strike 05:30.*Safeguarding/)).toBeVisible();
  await expect(tarn).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(tarn).toBeVisible();
  await expect(bar(page, /^Bravo, Nothing assigned/)).toBeVisible();

  // The whole bar: briefing, strike and finish keep their distance.
  const alpha = bar(page, /^Alpha, 4 Slate Row/);
  const hour = await hourWidth(page);
  await drag(page, alpha, { dx: hour / 2 });
  await expect(alpha).toHaveAccessibleName(/briefing 04:00, strike 06:00, finish 09:00/);
  await page.keyboard.press('Control+z');
  await expect(alpha).toHaveAccessibleName(/briefing 03:30, strike 05:30, finish 08:30/);

  // Its handle: the strike alone, to the next five minutes.
  await drag(page, alpha.locator('.board-strike'), { dx: -(hour / 60) * 16 });
  await expect(alpha).toHaveAccessibleName(/briefing 03:30, strike 05:15, finish 08:30/);

  // A place with a warrant and no target joins a team that has premises by becoming its target.
  await drag(page, tray.getByRole('button', { name: /^9 Mill Lane/ }), alpha);
  await expect(bar(page, /^Alpha, 9 Mill Lane.*1 target/)).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(bar(page, /^Alpha, 9 Mill Lane/)).toHaveCount(0);
});

test('the board by keyboard alone: assign by the menu, retime by arrows, undo', async ({ workbench }) => {
  const { page } = workbench;
  await page.keyboard.press('Alt+4');
  const board = page.getByRole('region', { name: 'Board', exact: true });
  const ford = board.getByRole('button', { name: /^31 Ford Street/ });
  await ford.focus();
  await page.keyboard.press('Enter');
  const choice = page.getByRole('menuitem', { name: 'Bravo', exact: true });
  await expect(choice).toBeVisible();
  // Down to the team, whatever stands above it in the menu.
  while (!(await choice.evaluate((item) => item.matches(':focus')))) {
    await expect(page.locator('[role="menuitem"]:focus')).toHaveCount(1);
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  const bravo = bar(page, /^Bravo, 31 Ford Street/);
  await expect(bravo).toBeVisible();

  await bravo.focus();
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(bravo).toHaveAccessibleName(/briefing 03:15, strike 05:20, finish 08:45/);
  await page.keyboard.press('Escape');
  await expect(bravo).toHaveAccessibleName(/briefing 03:30, strike 05:30, finish 09:00/);
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Bravo: briefing 03:15, strike 05:15, finish 08:45.').first()).toBeVisible();
  await expect(bravo).toHaveAccessibleName(/briefing 03:15, strike 05:15, finish 08:45/);
  await page.keyboard.press('Control+z');
  await expect(bravo).toHaveAccessibleName(/briefing 03:30, strike 05:30, finish 09:00/);
  await page.keyboard.press('Control+z');
  await expect(bar(page, /^Bravo, Nothing assigned/)).toBeVisible();
  await expect(ford).toBeVisible();
});

test('the dossier of premises with children tells them first; links lead on, the back key leads back', async ({
  workbench,
}) => {
  const { page } = workbench;
  await showGrid(page, 'Premises');
  await page.locator(`[row-id="${day.refs.slate}"] [col-id="address"]`).click();
  await page.keyboard.press('F8');
  const dossier = page.getByRole('region', { name: 'Dossier', exact: true });
  await expect(dossier.getByRole('heading', { level: 2 })).toHaveText('4 Slate Row, Hollinbeck');
  const alerts = dossier.getByRole('list', { name: 'To be known first' }).getByRole('listitem');
  await expect(alerts.first()).toHaveText('Children: 2 (4 and 7)');
  await expect(alerts.nth(1)).toHaveText('Dogs: two');
  await expect(dossier.locator('.dossier-section h3')).toContainText([
    'What is known',
    'Targets',
    'Warrants',
    'Teams',
    'Findings',
    'Clocks',
  ]);
  expect(await lookAt(page, 'day')).toEqual([]);

  await dossier.getByRole('button', { name: 'Alpha', exact: true }).first().click();
  await expect(dossier.getByRole('heading', { level: 2 })).toHaveText('Alpha');
  await expect(dossier.getByRole('list', { name: 'To be known first' })).toContainText(
    'Children: 2 (4 and 7)',
  );
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(dossier.getByRole('heading', { level: 2 })).toHaveText('4 Slate Row, Hollinbeck');
  await page.keyboard.press('Alt+ArrowRight');
  await expect(dossier.getByRole('heading', { level: 2 })).toHaveText('Alpha');
  await page.keyboard.press('Alt+ArrowLeft');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.getByRole('region', { name: 'Premises', exact: true })).toBeVisible();
  // With a cell focused the key is the window's as well.
  await page.locator(`[row-id="${day.refs.slate}"] [col-id="address"]`).click();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.getByRole('region', { name: 'Premises', exact: true })).toHaveCount(0);

  // From the palette, with Shift: a child is told as a child.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Tam Birkett');
  // At once: Enter means what is typed, not what is listed from the letters before.
  await page.keyboard.press('Shift+Enter');
  await expect(alerts.first()).toContainText('Child: 15 on the day');

  // A mend of a finding: the plan for the child's place is added and opened.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('4 Slate Row');
  await expect(page.getByRole('option', { name: /4 Slate Row.*premises/ }).first()).toBeVisible();
  await page.keyboard.press('Shift+Enter');
  await dossier
    .getByRole('button', { name: /^Add safeguarding plan: Children are at these premises/ })
    .click();
  await expect(page.getByRole('complementary', { name: 'Record' })).toContainText('safeguarding plan SAF-2');
  await expect(dossier.locator('.dossier-section h3').filter({ hasText: 'Safeguarding' })).toBeVisible();
});

test('results of two premises by keyboard, the tally, what is outstanding, and clocks that began', async ({
  workbench,
}) => {
  // A long journey, with six looks of axe.
  test.setTimeout(360_000);
  const { page } = workbench;
  await page.keyboard.press('Alt+6');
  const view = page.getByRole('region', { name: 'After the day', exact: true });
  const places = view.getByRole('navigation', { name: 'Premises of the day' });
  const form = view.getByRole('region', { name: 'Result' });
  const tally = view.getByRole('region', { name: 'Tally' });
  await expect(places.getByRole('button', { name: /4 Slate Row/ })).toContainText('Not entered, Alpha');
  expect(await lookAt(page, 'day')).toEqual([]);

  // A time alone is on the day of the strike; Enter goes on, Y answers.
  const entered = form.getByLabel('Entered', { exact: true });
  await entered.fill('2561');
  await entered.press('Enter');
  await expect(form.getByRole('alert')).toContainText('Not a time');
  await entered.fill('0531');
  await entered.press('Enter');
  await expect(entered).toHaveValue('03/12/2026 05:31');
  await expect(form.getByLabel('Method used')).toBeFocused();
  const found = form.getByRole('group', { name: 'Found what was sought' });
  await found.getByRole('radio', { name: 'Yes' }).focus();
  await page.keyboard.press('y');
  await expect(found.getByRole('radio', { name: 'Yes' })).toBeChecked();
  await expect(
    form.getByRole('group', { name: 'Something else was seized' }).getByRole('radio', { name: 'Yes' }),
  ).toBeFocused();
  await page.keyboard.press('n');
  await expect(
    form.getByRole('group', { name: 'Something else was seized' }).getByRole('radio', { name: 'No' }),
  ).toBeChecked();
  await form.getByRole('button', { name: 'Executed: As entered' }).click();
  await expect(form.getByLabel('Executed', { exact: true })).toHaveValue('03/12/2026 05:31');

  const arrest = form.getByRole('form', { name: 'Add an arrest' });
  await arrest.getByRole('combobox', { name: 'Person' }).fill('Maud');
  await expect(arrest.getByRole('option', { name: /Maud Ellery/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await arrest.getByLabel('Offence').fill('Possession with intent to supply');
  await page.keyboard.press('Enter');
  await expect(form.getByRole('row').filter({ hasText: 'Maud Ellery' })).toBeVisible();

  const fresh = (title: string) => form.getByLabel(`${title}, new seizure`);
  await fresh('Category').selectOption('drugs');
  await fresh('Drug').fill('Crack');
  await fresh('Weight (g)').fill('12.5');
  await fresh('Weight (g)').press('Enter');
  await expect(form.getByLabel('What, seizure 1')).toHaveValue('Crack');
  await fresh('Category').selectOption('cash');
  await fresh('Cash (GBP)').fill('1200.10');
  await fresh('Cash (GBP)').press('Enter');
  await expect(form.getByLabel('Cash (GBP), seizure 2')).toHaveValue('1200.1');
  await form.getByLabel('Children safeguarded').fill('2');
  await form.getByLabel('Children safeguarded').press('Enter');

  await expect(tally).toContainText('Drugs seized: crack (provisional)12.5 g');
  await expect(tally).toContainText('Cash seized (provisional)£1,200.10');
  await expect(tally).toContainText('Arrests1');
  await expect(view.getByRole('region', { name: 'Outstanding' })).toContainText('Cash hearing');

  // Not to be closed while the return of the warrant is open, unless it is explained.
  const close = form.getByRole('button', { name: 'Close the result' });
  await expect(form.getByRole('region', { name: 'Closing' })).toContainText('when the warrant was returned');
  await expect(close).toBeDisabled();
  await form.getByLabel('Returned').fill('04/12/2026');
  await form.getByLabel('Returned').press('Enter');
  await expect(close).toBeEnabled();
  await close.click();
  await expect(form.getByRole('region', { name: 'Closing' })).toContainText('Closed');
  await expect(places.getByRole('button', { name: /4 Slate Row/ })).toContainText('Closed');

  // The next premises: nobody in, explained, and undone from the keyboard.
  await page.keyboard.press('Alt+PageDown');
  await expect(form.getByRole('heading', { name: /Flat 2, Tarn House/ })).toBeVisible();
  await form.getByRole('group', { name: 'Nobody in' }).getByRole('radio', { name: 'Yes' }).focus();
  await page.keyboard.press('y');
  await expect(
    form.getByRole('group', { name: 'Nobody in' }).getByRole('radio', { name: 'Yes' }),
  ).toBeChecked();
  await form.getByLabel('Adults safeguarded').fill('1');
  await form.getByLabel('Adults safeguarded').press('Enter');
  await expect(tally).toContainText('Adults engaged or safeguarded1');
  await form.getByLabel('Search record no.').focus();
  await page.keyboard.press('Control+z');
  await expect(form.getByLabel('Adults safeguarded')).toHaveValue('');
  await expect(tally).not.toContainText('Adults engaged or safeguarded');
  await form.getByLabel('Note').fill('Called off at the door; the tenant was in hospital.');
  await form.getByLabel('Note').press('Tab');
  await expect(form.getByRole('region', { name: 'Closing' })).toContainText('The note explains');
  await form.getByRole('button', { name: 'Close the result' }).click();
  await expect(places.getByRole('button', { name: /Flat 2/ })).toContainText('Closed');
  expect(await lookAt(page, 'day')).toEqual([]);

  // Warrants, the cash of 3 December and its 48 hours: one list, filtered by kind.
  const clocks = await openView(page, 'Clocks');
  await clocks.getByRole('button', { name: /^Cash \d/ }).click();
  const row = clocks.getByRole('row').nth(1);
  // From 05:31 on a Thursday: the end of the second day without the weekend.
  await expect(row).toContainText('07/12/2026 05:31');
  expect(await lookAt(page, 'day')).toEqual([]);
});
