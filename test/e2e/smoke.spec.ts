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

test('an engine that stops is replaced under the open window', async ({ workbench }) => {
  const { page } = workbench;
  await page.evaluate(() => {
    const counts = { ports: 0, losses: 0 };
    Reflect.set(globalThis, 'counts', counts);
    const host = Reflect.get(globalThis, 'fellside');
    host.onPort(() => {
      counts.ports += 1;
    });
    host.onEngineGone(() => {
      counts.losses += 1;
    });
  });
  await expect.poll(() => page.evaluate(() => Reflect.get(globalThis, 'counts').ports)).toBe(1);
  await workbench.killEngine();
  await expect
    .poll(() => page.evaluate(() => Reflect.get(globalThis, 'counts')))
    .toEqual({ ports: 2, losses: 1 });
  await expect(page.getByRole('button').first()).toBeVisible();
});
