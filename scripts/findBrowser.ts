import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findBrowser } from '../electron/hosts/chromium/findBrowser.ts';

/** What to do where there is no browser, in one line. */
export const browserAdvice =
  'no Chromium, Chrome or Edge found: install one (Debian and Ubuntu: `apt-get install chromium`; ' +
  'macOS: `brew install --cask chromium`; Windows has Edge), or set FELLSIDE_BROWSER to the path of one';

/**
 * Path of an installed browser. Where there is none and `mayInstall` says so, root on a machine with
 * apt-get gets Debian's Chromium first. Null where there still is none.
 */
export function ensureBrowser(mayInstall: boolean): string | null {
  const found = findBrowser();
  if (found !== null || !mayInstall) return found;
  const canInstall =
    process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!canInstall || process.env.FELLSIDE_BROWSER) return null;
  process.stdout.write('installing chromium with apt-get\n');
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const parameters of [['update'], ['install', '--yes', '--no-install-recommends', 'chromium']]) {
    const run = spawnSync('apt-get', parameters, { env: environment, encoding: 'utf8' });
    if (run.status !== 0) {
      process.stderr.write(`apt-get ${parameters.join(' ')} failed:\n${run.stderr}`);
      return null;
    }
  }
  return findBrowser();
}
