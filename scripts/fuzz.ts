import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fuzz } from '../test/attacks/support/fuzz.ts';

// Calls every method of the contract with hostile inputs for as long as is asked, each minute under another seed:
// `npm run fuzz -- --minutes 10 [--seed 1] [--only '^records']`. Prints what each minute came to; exit code 1
// where a call came to an internal error, a hang, a broken journal, or an error that nobody waited for.
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
});

/** An error that nobody waited for would have ended the engine. */
function tellUnhandled(error: unknown): void {
  process.stdout.write(`unhandled: ${error instanceof Error ? error.stack : String(error)}\n`);
  failed = true;
  process.exitCode = 1;
}

let failed = false;
process.on('unhandledRejection', tellUnhandled);
process.on('uncaughtException', tellUnhandled);
const until = Date.now() + Number(values.minutes) * 60_000;
for (let seed = Number(values.seed); Date.now() < until; seed += 1) {
  const folder = mkdtempSync(join(tmpdir(), 'fellside-fuzz-'));
  const ends = Math.min(until, Date.now() + 60_000);
  try {
    const report = await fuzz({
      folder,
      seed,
      done: () => Date.now() > ends,
      ...(values.only === undefined ? {} : { only: new RegExp(values.only) }),
    });
    const { calls, answered, refused, slowest, faults } = report;
    process.stdout.write(`${JSON.stringify({ seed, calls, answered, refused, slowest })}\n`);
    for (const fault of faults) process.stdout.write(`${JSON.stringify(fault)}\n`);
    failed ||= faults.length > 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
process.exitCode = failed ? 1 : 0;
