import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, test as base, type Page } from '@playwright/test';
import { openChromiumHost } from '../../electron/hosts/chromium.ts';
import { findElectron } from '../../electron/hosts/electronBinary.ts';
import type { FolderPurpose } from '../../shared/contract/native.ts';

/** What stands in for a person at the dialogs. Set the fields before the click that opens a dialog. */
export interface DialogStandIn {
  files: string[];
  folder: string | null;
}

export interface Workbench {
  page: Page;
  hostName: 'electron' | 'chromium';
  /** A folder of this run alone, removed afterwards: workspaces and exports go here. */
  folder: string;
  dialogs: DialogStandIn;
  /** Ends the engine's process as a crash would. */
  killEngine(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the built workbench: in Electron where its binary is there, else in an installed Chromium. Settings
 * of the machine's user are neither read nor written.
 */
export async function launchWorkbench(): Promise<Workbench> {
  const folder = mkdtempSync(join(tmpdir(), 'fellside-journey-'));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  const settings = join(folder, '.settings');
  const environment = { XDG_CONFIG_HOME: settings, APPDATA: settings, FELLSIDE_SETTINGS: settings };
  const dialogs: DialogStandIn = { files: [], folder: null };
  const electron = findElectron();

  if (electron !== null) {
    const application = await _electron.launch({
      executablePath: electron,
      args: ['.', `--user-data-dir=${settings}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
      env: { ...(process.env as Record<string, string>), ...environment },
    });
    const page = await application.firstWindow();
    // Electron's own dialogs are windows of the system, which a test cannot reach: they are answered instead.
    const standIn = async () => {
      await application.evaluate(({ dialog }, chosen) => {
        dialog.showOpenDialog = async (...parameters: unknown[]) => {
          const options = parameters.at(-1) as { properties?: string[] };
          const paths = options.properties?.includes('openDirectory')
            ? chosen.folder === null
              ? []
              : [chosen.folder]
            : chosen.files;
          return { canceled: paths.length === 0, filePaths: paths };
        };
        dialog.showSaveDialog = async () => ({
          canceled: chosen.folder === null,
          filePath: chosen.folder ?? '',
        });
      }, dialogs);
    };
    return {
      page,
      hostName: 'electron',
      folder,
      dialogs: new Proxy(dialogs, {
        set: (target, name, value) => {
          Reflect.set(target, name, value);
          void standIn();
          return true;
        },
      }),
      killEngine: async () => {
        const pid = await application.evaluate(
          ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Fellside engine')?.pid,
        );
        if (pid !== undefined) process.kill(pid, 'SIGKILL');
      },
      close: async () => {
        await application.close();
        removeFolder();
      },
    };
  }

  const host = await openChromiumHost({
    headless: true,
    environment,
    dialogs: {
      pickFiles: () => dialogs.files,
      pickFolder: (_options: { purpose: FolderPurpose }) => dialogs.folder,
    },
  });
  return {
    page: host.page as unknown as Page,
    hostName: 'chromium',
    folder,
    dialogs,
    killEngine: async () => {
      const pid = host.enginePid();
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
    },
    close: async () => {
      await host.close();
      removeFolder();
    },
  };
}

/** Playwright's `test` with a `workbench` that is opened for each test and closed after it. */
export const test = base.extend<{ workbench: Workbench }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
  workbench: async ({}, use) => {
    const workbench = await launchWorkbench();
    await use(workbench);
    await workbench.close();
  },
});

export { expect } from '@playwright/test';
