import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './host.ts';

/** What axe finds, as one line each. The window refuses new pages, hence the legacy mode. */
export async function findFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes
      .slice(0, 4)
      .map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1] ?? ''}`),
  );
}

/** The same in both themes, each fault with the screen. */
export async function lookAt(page: Page, screen: string): Promise<string[]> {
  const faults: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await expect(page.locator(`html[data-theme="${theme}"]`)).toHaveCount(1);
    // Overlays fade in: contrast is judged when they stand.
    await page.waitForTimeout(300);
    faults.push(...(await findFaults(page)).map((fault) => `${screen}, ${theme}: ${fault}`));
  }
  return faults;
}
