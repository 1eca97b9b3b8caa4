import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll } from 'vitest';

// What commands of a test remember of workspaces is not for the settings of the user who runs it.
if (process.env['FELLSIDE_SETTINGS'] === undefined) {
  const settings = mkdtempSync(join(tmpdir(), 'fellside-settings-'));
  process.env['FELLSIDE_SETTINGS'] = settings;
  afterAll(() => rmSync(settings, { recursive: true, force: true }));
}

/**
 * One seed for every property, so that a run tells about the change and not about its luck. Another seed
 * looks elsewhere: `FELLSIDE_SEED=7 npm test`; what it finds becomes a case of its own.
 */
const seed = Number(process.env['FELLSIDE_SEED'] ?? 20_261_124);
if (!Number.isInteger(seed)) throw new Error('FELLSIDE_SEED is a whole number');
fc.configureGlobal({ seed });
