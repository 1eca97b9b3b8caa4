import { homedir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../engine/createEngine.ts';
import type { EngineMessage } from './messages.ts';
import { serveHost } from './serveHost.ts';

/**
 * The folder of this user's settings. Fellside keeps there which workspaces were opened before, and nothing
 * about what is in them. `FELLSIDE_SETTINGS` names another one.
 */
export function settingsFolder(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (environment.FELLSIDE_SETTINGS) return environment.FELLSIDE_SETTINGS;
  if (platform === 'win32')
    return join(environment.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Fellside');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Fellside');
  return join(environment.XDG_CONFIG_HOME || join(homedir(), '.config'), 'fellside');
}

/** The product's engine in this process, ready to talk to its host. */
export async function startHostedEngine(send: (message: EngineMessage) => void) {
  const settings = settingsFolder();
  return serveHost(
    createEngine({
      recentsFile: join(settings, 'recent.json'),
      headsFolder: join(settings, 'heads'),
      attemptsFile: join(settings, 'attempts.json'),
      backups: 'background',
      onWorkspace: (folder) => send({ kind: 'workspace', folder }),
    }),
    send,
  );
}
