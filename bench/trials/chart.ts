/**
 * The link chart in an installed Chromium: how long the page is held up at most while a chart of two thousand records
 * and four thousand links is drawn, moved about in, arranged, grouped, filtered and shown as a table.
 */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openChromiumHost } from '../../electron/hosts/chromium.ts';
import { buildWhenStale } from '../../scripts/build.ts';
import { makeChartWorkspace } from '../support/chartWorkspace.ts';
import type { Figures, Trial } from '../trial.ts';

const passphrase = 'slow heron over slate';

/** Watches the page from now on: the longest task, and the longest time between two frames. A text: it runs there. */
const watching = `{
  const seen = { task: 0, frame: 0, last: performance.now() };
  window.chartWatch = seen;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.task = Math.max(seen.task, duration);
  }).observe({ entryTypes: ['longtask'] });
  const frame = () => {
    const now = performance.now();
    seen.frame = Math.max(seen.frame, now - seen.last);
    seen.last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}`;

/** What was seen since the last time it was asked; shorter tasks than 50 ms are none (0). */
async function read(page: Page): Promise<{ task: number; frame: number }> {
  // Tasks are told of a moment after they end.
  await page.waitForTimeout(150);
  return page.evaluate(`(() => {
    const { task, frame } = window.chartWatch;
    Object.assign(window.chartWatch, { task: 0, frame: 0, last: performance.now() });
    return { task: Math.round(task), frame: Math.round(frame) };
  })()`);
}

export const chart: Trial = {
  name: 'chart',
  note: 'longest time for which the page was held up (ms): a task of it, and between two frames; 2,000 records, 4,000 links',
  prepare: async ({ folder, quick }) => {
    await buildWhenStale(true);
    return makeChartWorkspace(join(folder, 'chart.fellside'), quick ? 200 : 2000, passphrase);
  },
  subject: async ({ folder }): Promise<Figures> => {
    const workspace = join(folder, `run-${process.pid}.fellside`);
    cpSync(join(folder, 'chart.fellside'), workspace, { recursive: true });
    const host = await openChromiumHost({
      headless: true,
      environment: { FELLSIDE_SETTINGS: join(folder, `settings-${process.pid}`) },
      dialogs: { pickFolder: () => workspace },
    });
    const figures: Figures = {};
    try {
      const { page } = host;
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.getByRole('button', { name: 'Open another workspace' }).click();
      await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
      await page.getByRole('button', { name: 'Unlock', exact: true }).click();
      const views = page.getByRole('navigation', { name: 'Views' });
      await views.waitFor({ timeout: 120_000 });
      await page.waitForTimeout(2000);
      await page.evaluate(watching);
      await read(page);
      const step = async (name: string, work: () => Promise<void>): Promise<void> => {
        await work();
        const { task, frame } = await read(page);
        figures[`${name}: task`] = task;
        figures[`${name}: frame`] = frame;
      };
      const canvas = page.getByRole('application');
      await step('open', async () => {
        await views.getByRole('button', { name: 'Link chart' }).click();
        await canvas.waitFor({ timeout: 120_000 });
        await page.getByText(/^[\d,]+ records, [\d,]+ links$/).waitFor({ timeout: 120_000 });
        await page.waitForTimeout(1500);
      });
      await step('pan and zoom', async () => {
        const box = await canvas.boundingBox();
        const [x, y] = [(box?.x ?? 0) + 400, (box?.y ?? 0) + 300];
        await page.mouse.move(x, y);
        for (let turn = 0; turn < 12; turn += 1) await page.mouse.wheel(0, turn < 8 ? -240 : 300);
        await page.mouse.down();
        for (let at = 0; at < 20; at += 1) await page.mouse.move(x + at * 12, y + at * 6);
        await page.mouse.up();
        await page.keyboard.press('0');
        await page.waitForTimeout(700);
      });
      const arranged = async (work: () => Promise<unknown>) => {
        await work();
        await page.waitForTimeout(800);
        await page.getByText(/^Arranging/).waitFor({ state: 'detached', timeout: 120_000 });
        await page.waitForTimeout(1000);
      };
      await step('arrange', () =>
        arranged(() => page.getByRole('button', { name: 'Arrange', exact: true }).click()),
      );
      await step('group by kind', () =>
        arranged(() => page.getByRole('combobox', { name: 'Group' }).selectOption('kind')),
      );
      await step('choose all', async () => {
        await canvas.focus();
        await page.keyboard.press('Control+a');
        await page.waitForTimeout(700);
        await page.keyboard.press('Escape');
        await page.waitForTimeout(300);
      });
      await step('walk by keys', async () => {
        for (const key of ['ArrowRight', 'ArrowDown', 'ArrowRight', 'ArrowUp', 'ArrowLeft'])
          await page.keyboard.press(key);
        await page.waitForTimeout(500);
      });
      await step('filter', async () => {
        await page.getByRole('button', { name: 'Filter', exact: true }).click();
        await page.getByRole('checkbox', { name: 'Sheets' }).press('Space');
        await page.waitForTimeout(2500);
        await page.getByRole('checkbox', { name: 'Leave out what does not fit' }).press('Space');
        await page.waitForTimeout(1000);
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'Clear filter' }).click();
        await page.waitForTimeout(2500);
      });
      await step('table', async () => {
        await page.getByRole('button', { name: 'Table', exact: true }).click();
        await page.waitForTimeout(700);
        const body = page.getByRole('region', { name: 'Records, table' });
        for (let turn = 1; turn < 8; turn += 1) {
          await body.evaluate((element, top) => element.scrollTo(0, top), turn * 6000);
          await page.waitForTimeout(60);
        }
        await page.getByRole('button', { name: 'Picture', exact: true }).click();
        await page.waitForTimeout(800);
      });
      await step('undo', async () => {
        await canvas.focus();
        await page.keyboard.press('Control+z');
        await page.waitForTimeout(2000);
      });
      figures['longest of all'] = Math.max(...Object.values(figures));
    } finally {
      await host.close();
    }
    return figures;
  },
};
