import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { openChromiumHost } from '../electron/hosts/chromium.ts';
import { buildWhenStale } from './build.ts';

// `npm run docs:screens` takes the pictures of the user guide again; `npm run docs:screens -- FOLDER`
// photographs every view in light and dark into FOLDER, to be looked at. Everything in them is invented.
const demoPassphrase = 'fellside demonstration';
const everything = process.argv[2] !== undefined;
const target = resolve(process.argv[2] ?? 'docs/guide');
const guideViews = ['overview', 'people', 'warrants', 'readiness', 'board', 'packs', 'history'];

/** A demonstration workspace in a scratch folder. */
function makeWorkspace(scratch: string): string {
  const run = spawnSync(process.execPath, ['bin/fellside.js', 'demo', '--out', scratch], {
    stdio: 'inherit',
  });
  const workspace = join(scratch, 'operation-fellgate.fellside');
  // Status 1 says that the plan has blockers, which the demonstration has on purpose.
  if (run.status === 2 || !existsSync(workspace)) throw new Error('the demonstration did not run');
  return workspace;
}

async function unlock(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open another workspace' }).click();
  await page.getByLabel('Passphrase', { exact: true }).fill(demoPassphrase);
  await page.screenshot({ path: join(target, 'unlock.png') });
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
  await page.getByRole('navigation', { name: 'Views' }).waitFor({ timeout: 60_000 });
}

async function photographViews(page: Page, scheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  const views = page.getByRole('navigation', { name: 'Views' }).getByRole('button');
  for (let index = 0; index < (await views.count()); index += 1) {
    const view = views.nth(index);
    const title = ((await view.locator('.rail-title').textContent()) ?? '')
      .toLowerCase()
      .replaceAll(/[^a-z]+/g, '-')
      .replaceAll(/^-|-$/g, '');
    if (!everything && !guideViews.includes(title)) continue;
    await view.click();
    // A grid asks the engine after it is drawn: wait until nothing has moved for a moment.
    await page.waitForTimeout(everything ? 900 : 2000);
    await page.screenshot({
      path: join(
        target,
        everything ? `${String(index + 1).padStart(2, '0')}-${title}-${scheme}.png` : `${title}.png`,
      ),
    });
  }
}

/** The import with one spreadsheet of the demonstration in it, read and not yet taken. */
async function photographImport(page: Page): Promise<void> {
  await page.keyboard.press('Control+i');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await page.getByRole('dialog', { name: 'Import' }).getByRole('row').nth(3).waitFor({ timeout: 60_000 });
  await page.waitForTimeout(2000);
  await page.screenshot({ path: join(target, 'import.png') });
  await page.keyboard.press('Escape');
}

const scratch = mkdtempSync(join(tmpdir(), 'fellside-screens-'));
mkdirSync(target, { recursive: true });
try {
  await buildWhenStale(true);
  const workspace = makeWorkspace(scratch);
  const host = await openChromiumHost({
    headless: true,
    environment: { FELLSIDE_SETTINGS: join(scratch, 'settings') },
    dialogs: { pickFolder: () => workspace, pickFiles: () => [resolve('resources/demo/nominals.xlsx')] },
  });
  try {
    await unlock(host.page);
    await photographViews(host.page, 'light');
    if (everything) await photographViews(host.page, 'dark');
    await photographImport(host.page);
  } finally {
    await host.close();
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.stdout.write(`photographed into ${target}\n`);
