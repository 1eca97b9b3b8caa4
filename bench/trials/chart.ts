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

/** Watches the time between two frames from now on. A text: it runs in the page. */
const watching = `{
  const seen = { frame: 0, last: performance.now() };
  window.chartWatch = seen;
  const frame = () => {
    const now = performance.now();
    seen.frame = Math.max(seen.frame, now - seen.last);
    seen.last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}`;

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds by the clock, and of the processor. */
  dur?: number;
  tdur?: number;
  args: { name?: string };
}

/** What the page's thread did while `work` ran: its longest task, by the clock and of the processor. */
async function longestTask(page: Page, work: () => Promise<void>): Promise<{ wall: number; cpu: number }> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', '__metadata'] },
  });
  await work();
  const done = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await done;
  await session.detach();
  const threads = new Set(
    events.flatMap(({ name, args, pid, tid }) =>
      name === 'thread_name' && args.name === 'CrRendererMain' ? [`${pid} ${tid}`] : [],
    ),
  );
  const tasks = events.filter(
    ({ name, ph, pid, tid }) => ph === 'X' && /RunTask$/.test(name) && threads.has(`${pid} ${tid}`),
  );
  const longest = (of: 'dur' | 'tdur') => Math.max(0, ...tasks.map((task) => task[of] ?? 0)) / 1000;
  return { wall: Math.round(longest('dur')), cpu: Math.round(longest('tdur')) };
}

/** The longest time between two frames since it was asked last. */
const readFrame = (page: Page): Promise<number> =>
  page.evaluate(`(() => {
    const { frame } = window.chartWatch;
    Object.assign(window.chartWatch, { frame: 0, last: performance.now() });
    return Math.round(frame);
  })()`);

export const chart: Trial = {
  name: 'chart',
  note: 'how long the page was held up at most: by one task (time of the processor, and by the clock), and between two frames',
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
      const step = async (name: string, work: () => Promise<void>): Promise<void> => {
        await readFrame(page);
        const { wall, cpu } = await longestTask(page, work);
        figures[`${name}: cpu ms`] = cpu;
        figures[`${name}: task ms`] = wall;
        figures[`${name}: frame ms`] = await readFrame(page);
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
      const most = (unit: string) =>
        Math.max(...Object.entries(figures).flatMap(([name, value]) => (name.endsWith(unit) ? [value] : [])));
      for (const unit of ['cpu ms', 'task ms', 'frame ms']) figures[`longest of all: ${unit}`] = most(unit);
    } finally {
      await host.close();
    }
    return figures;
  },
};
