import type { Reporter } from '@playwright/test/reporter';
import { findElectron } from '../../electron/hosts/electronBinary.ts';

/** Says at the end of a run which host the journeys ran in. */
export default class HostReporter implements Reporter {
  onEnd(): void {
    const host = findElectron() === null ? 'the Chromium host (the Electron binary is not here)' : 'Electron';
    process.stdout.write(`the journeys ran in ${host}\n`);
  }

  printsToStdio(): boolean {
    return false;
  }
}
