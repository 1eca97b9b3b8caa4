import { spawn } from 'node:child_process';
import { findBrowser } from '../electron/hosts/chromium/findBrowser.ts';
import { openChromiumHost } from '../electron/hosts/chromium.ts';
import { findElectron } from '../electron/hosts/electronBinary.ts';
import { AppError } from '../shared/contract/errors.ts';
import { buildWhenStale } from './build.ts';
import { browserAdvice } from './findBrowser.ts';

const say = (line: string) => process.stderr.write(`fellside: ${line}\n`);

/** False on a Linux machine without a display server: a window could not appear. */
function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Opens the workbench, in Electron where its binary is there. Returns the exit status. */
async function start(): Promise<number> {
  if (!hasDisplay()) {
    say('there is no display here, so no window can open. `npm run demo` shows the whole job without one');
    return 2;
  }
  const electron = findElectron();
  if (electron === null && findBrowser() === null) {
    say(browserAdvice);
    return 2;
  }
  await buildWhenStale(electron === null);
  if (electron !== null) return runElectron(electron);
  say("Electron's binary is not here; opening the same workbench in an installed Chromium instead");
  const host = await openChromiumHost();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void host.close());
  await host.closed;
  return 0;
}

function runElectron(binary: string): Promise<number> {
  const environment = { ...process.env };
  delete environment.ELECTRON_RUN_AS_NODE;
  const child = spawn(binary, ['.'], { stdio: 'inherit', env: environment });
  return new Promise((resolve) => {
    child.on('error', () => resolve(2));
    child.on('exit', (code) => resolve(code ?? 0));
  });
}

try {
  process.exitCode = await start();
} catch (error) {
  say(
    error instanceof AppError
      ? error.message
      : `could not open the window (${(error as Error).message.split('\n')[0]})`,
  );
  process.exitCode = 2;
}
