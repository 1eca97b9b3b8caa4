import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';

// What commands of a test remember of workspaces is not for the settings of the user who runs it.
process.env['FELLSIDE_SETTINGS'] ??= mkdtempSync(join(tmpdir(), 'fellside-settings-'));

/**
 * One seed for every property, so that a run tells about the change and not about its luck. Another seed
 * looks elsewhere: `FELLSIDE_SEED=7 npm test`; what it finds becomes a case of its own.
 */
const seed = Number(process.env['FELLSIDE_SEED'] ?? 20_261_124);
if (!Number.isInteger(seed)) throw new Error('FELLSIDE_SEED is a whole number');
fc.configureGlobal({ seed });
