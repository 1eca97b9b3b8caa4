/** The briefing is written in the window: facts, spelling, markings, versions, and two who write at once. */
import type { Page } from '@playwright/test';
import { findFaults, lookAt } from './faults.ts';
import { expect, test } from './host.ts';
import { createWorkspace, openWorkspace, setStrike } from './steps.ts';

const saved = (page: Page, version: number) => page.getByText(`Version ${version} of the briefing saved.`);
const text = (page: Page, title: string) => page.getByRole('textbox', { name: title, exact: true });
const reading = (page: Page) => page.getByRole('region', { name: 'As it reads now' });
const choices = (page: Page) => page.getByRole('listbox', { name: 'Facts of the plan' });

test('a briefing is written by keyboard, with facts that stay live and words that are spelt', async ({
  workbench,
}) => {
  const { page } = workbench;
  const folder = await createWorkspace(workbench);
  await page.keyboard.press('Alt+7');
  const sections = page.getByRole('navigation', { name: 'Sections' });
  await expect(sections.getByRole('button', { name: /^Information\s*empty/ })).toBeVisible();

  // A fact is chosen from a list after two braces, and reads as the plan has it.
  await text(page, 'Information').focus();
  await page.keyboard.type('There are {{targ');
  await expect(choices(page).getByRole('option').first()).toContainText('Targets');
  await page.keyboard.press('Enter');
  await page.keyboard.type(' targets. Strike is {{stri');
  await page.keyboard.press('Enter');
  await page.keyboard.type(', at the wharehouse.');
  await expect(text(page, 'Information')).toHaveValue(
    'There are {{targets}} targets. Strike is {{strike}}, at the wharehouse.',
  );
  await expect(reading(page)).toContainText('There are 0 targets. Strike is {{strike}}');
  await expect(
    sections.getByRole('button', { name: /^Information.*not saved, 1 unknown fact/ }),
  ).toBeVisible();

  // A word that is not in the dictionary: F7, another spelling, and the field's own undo.
  await expect(page.locator('.mark-misspelt')).toHaveText('wharehouse');
  await page.keyboard.press('F7');
  await expect(page.getByRole('option', { name: 'warehouse', exact: true })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await page.keyboard.press('Enter');
  await expect(text(page, 'Information')).toHaveValue(/at the warehouse\.$/);
  await page.keyboard.press('Control+z');
  await expect(text(page, 'Information')).toHaveValue(/at the wharehouse\.$/);
  await page.keyboard.press('Control+y');
  await expect(page.locator('.mark-misspelt')).toHaveCount(0);
  await page.keyboard.press('Control+s');
  await expect(saved(page, 1)).toBeVisible();

  // The text stays, the fact moves with the plan.
  await setStrike(page, '03/12/2026 05:30');
  await page.keyboard.press('Alt+7');
  await expect(reading(page)).toContainText('Strike is 03/12/2026 05:30, at the warehouse.');

  // The next section from its template, with a marking of its own.
  await sections.getByRole('button', { name: /^Information/ }).focus();
  for (const _ of ['Intention', 'Method']) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Begin with this template' }).press('Enter');
  await expect(text(page, 'Method')).toHaveValue(/\{\{team list\}\}/);
  await page.getByLabel('Marking', { exact: true }).selectOption('OFFICIAL-SENSITIVE');
  await page.keyboard.press('Control+s');
  await expect(saved(page, 2)).toBeVisible();

  // A field of the operation that is written with the briefing.
  await sections.getByRole('button', { name: /^Contingencies/ }).click();
  await text(page, 'Contingencies').fill('A child alone: the safeguarding lead is called.');
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('button', { name: /Changed Contingencies of OP-1/ })).toBeVisible();

  // Two saves one right after the other are two versions, not a dispute with oneself.
  await sections.getByRole('button', { name: /^Intention/ }).click();
  await text(page, 'Intention').fill('To arrest.');
  await page.keyboard.press('Control+s');
  await text(page, 'Intention').fill('To arrest and to safeguard.');
  await page.keyboard.press('Control+s');
  await expect(saved(page, 4)).toBeVisible();

  // What differs between the two versions, word by word.
  await sections.getByRole('button', { name: /^Information/ }).click();
  await text(page, 'Information').fill('There are {{targets}} people to arrest. Strike is {{strike}}.');
  await page.keyboard.press('Control+s');
  await expect(saved(page, 5)).toBeVisible();
  await page.getByRole('button', { name: 'Versions', exact: true }).click();
  const versions = page.getByRole('region', { name: 'Versions of the briefing' });
  await versions.getByLabel('between').selectOption('1');
  await expect(versions.getByRole('heading', { name: 'Information' })).toBeVisible();
  await expect(versions.locator('del').first()).toContainText('targets');
  await expect(versions.locator('ins').first()).toContainText('people');
  await expect(versions.getByText('Marking: as the operation, then OFFICIAL-SENSITIVE.')).toBeVisible();
  await versions.getByLabel('and', { exact: true }).selectOption('2');
  await expect(versions.getByRole('heading', { name: 'Information' })).toHaveCount(0);

  // The other model has sections of its own; going back is one undo.
  await page.getByLabel('Model').selectOption('SAFCORM');
  await expect(sections.getByRole('button', { name: /^Aim/ })).toBeVisible();
  await page.getByLabel('Model').selectOption('IIMARCH');
  await expect(sections.getByRole('button', { name: /^Method/ })).toBeVisible();

  // A lock asks nothing: what is written is kept.
  await sections.getByRole('button', { name: /^Communications/ }).click();
  await text(page, 'Communications').fill('Channel seven.');
  await page.keyboard.press('Control+l');
  await expect(page.getByTestId('marking-top')).toHaveText('NO WORKSPACE OPEN');
  await openWorkspace(workbench, folder);
  await expect(page.getByRole('region', { name: 'Briefing' })).toBeVisible();
  await sections.getByRole('button', { name: /^Communications/ }).click();
  await expect(text(page, 'Communications')).toHaveValue('Channel seven.');
});

test('who writes what somebody else has changed is asked whose text stays; nothing for axe in both themes', async ({
  workbench,
}) => {
  test.setTimeout(300_000);
  const { page } = workbench;
  await page.setViewportSize({ width: 1440, height: 900 });
  const faults: string[] = [];
  const look = async (screen: string) => {
    faults.push(...(await lookAt(page, screen)));
  };
  await createWorkspace(workbench);
  await page.keyboard.press('Alt+7');
  await look('empty section');
  await text(page, 'Information').fill('Mine: {{targets}} at the wharehouse, {{nothing}}.');
  await expect(page.locator('.mark-misspelt')).toHaveText('wharehouse');
  await look('written');
  await text(page, 'Information').focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('F7');
  await look('other spellings');
  await page.keyboard.press('Escape');

  // The same text is changed in the record of the operation.
  await page.getByRole('navigation').getByRole('button', { name: 'Overview' }).click();
  await page.getByRole('button', { name: 'IIMARCH and all details' }).click();
  const record = page.getByRole('complementary', { name: 'Record' });
  await record.getByRole('button', { name: /blank values?$/ }).click();
  await record.getByRole('button', { name: 'Change Information' }).click();
  await record.getByRole('textbox', { name: 'Information' }).fill('Theirs.');
  await record.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('button', { name: /Changed Information of OP-1/ })).toBeVisible();
  await page.keyboard.press('Alt+7');
  await expect(page.getByText('This text was changed since you began to write.')).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(page.getByText(/^A section was changed by somebody else/)).toBeVisible();
  await page.getByRole('button', { name: 'What differs' }).click();
  await expect(page.locator('del')).toContainText('Theirs');
  await look('conflict');
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await page.keyboard.press('Control+s');
  await expect(saved(page, 1)).toBeVisible();
  await page.getByRole('button', { name: 'Versions', exact: true }).click();
  await expect(page.getByText('Nothing differs.')).toBeVisible();
  await look('versions');
  await page.getByRole('button', { name: 'Back to writing' }).click();
  await text(page, 'Information').fill('Dropped.');
  await page.getByRole('button', { name: 'Drop changes' }).click();
  await page.keyboard.press('Control+l');
  await expect(page.getByTestId('marking-top')).toHaveText('NO WORKSPACE OPEN');

  expect(faults).toEqual([]);
});

test('the risk matrix is a placeholder until it is set, and a text says whether it is fact or assessment', async ({
  workbench,
}) => {
  const { page } = workbench;
  await createWorkspace(workbench);
  const faults: string[] = [];
  await page.getByRole('button', { name: 'Risk matrix' }).click();
  const dialog = page.getByRole('dialog', { name: 'Risk matrix' });
  await expect(dialog.getByText(/^A placeholder/)).toBeVisible();
  await expect(dialog.getByRole('cell', { name: '25 high' })).toBeVisible();
  await dialog.getByLabel('Medium from').fill('20');
  await expect(dialog.getByText('Medium has to begin below high.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Save' }).last()).toBeDisabled();
  await dialog.getByLabel('Medium from').fill('6');
  faults.push(...(await findFaults(page)));
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('button', { name: /Changed Risk matrix: medium from of OP-1/ })).toBeVisible();

  await page.getByRole('button', { name: 'IIMARCH and all details' }).click();
  const record = page.getByRole('complementary', { name: 'Record' });
  await record.getByRole('button', { name: /blank values?$/ }).click();
  await record.getByRole('button', { name: 'Change Information' }).click();
  await record.getByRole('textbox', { name: 'Information' }).fill('Two dealers work from the flat.');
  await record.getByRole('button', { name: 'Save', exact: true }).click();
  const basis = record.getByLabel('Information is fact, assessment or comment');
  await basis.selectOption('assessment');
  await expect(
    page.getByRole('button', { name: /Changed Fact, assessment or comment of OP-1/ }),
  ).toBeVisible();
  await expect(basis).toHaveValue('assessment');
  faults.push(...(await findFaults(page)));
  expect(faults).toEqual([]);
});
