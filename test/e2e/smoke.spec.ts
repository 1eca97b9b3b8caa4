import { expect, test } from './host.ts';

test('the window opens on the unlock screen, with an engine behind it', async ({ workbench }) => {
  const problems: string[] = [];
  workbench.page.on('pageerror', (error) => problems.push(error.message));
  workbench.page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await workbench.page.reload();
  await expect(workbench.page).toHaveTitle(/Fellside/);
  await expect(workbench.page.getByRole('button').first()).toBeVisible();
  expect(await workbench.page.evaluate(() => Object.isFrozen(Reflect.get(globalThis, 'fellside')))).toBe(
    true,
  );
  expect(problems).toEqual([]);
});
