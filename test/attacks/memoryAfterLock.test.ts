/** After a lock nothing of the operation is left in the memory of the engine or of the page: their processes are gone. */
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../electron/hosts/chromium/findBrowser.ts';
import { type ChromiumHost, openChromiumHost } from '../../electron/hosts/chromium.ts';
import { buildWhenStale } from '../../scripts/build.ts';

interface Process {
  pid: number;
  parent: number;
  command: string;
}

/** Processes below this one. */
function descendants(): Process[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name): Process[] => {
      try {
        const parent = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1]);
        return [{ pid: Number(name), parent, command: readFileSync(`/proc/${name}/cmdline`, 'utf8') }];
      } catch {
        return [];
      }
    });
  const found: Process[] = [];
  let above = [process.pid];
  while (above.length > 0) {
    const next = all.filter(({ parent }) => above.includes(parent));
    found.push(...next);
    above = next.map(({ pid }) => pid);
  }
  return found;
}

const isRenderer = ({ command }: Process) => command.includes('--type=renderer');
const isEngine = ({ command }: Process) => command.includes('engineEntry.ts');

/** How often the memory of a process holds a text, as bytes or as the two-byte text of a page; null where it may not be read. */
function countInMemory(pid: number, text: string): number | null {
  const wide = Buffer.from(text, 'utf16le');
  const needles = [Buffer.from(text, 'utf8'), wide];
  let file: number;
  let maps: string;
  try {
    maps = readFileSync(`/proc/${pid}/maps`, 'utf8');
    file = openSync(`/proc/${pid}/mem`, 'r');
  } catch {
    return null;
  }
  let count = 0;
  const block = Buffer.alloc(4 << 20);
  try {
    for (const line of maps.split('\n')) {
      const [, from, to, mode, , name] =
        /^([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ (\S+) \d+\s*(.*)$/.exec(line) ?? [];
      // Code and files of the program hold nothing of the operation; what is anonymous or shared may.
      if (!from || !to || !mode?.startsWith('rw') || name?.startsWith('/usr') || name?.startsWith('[v'))
        continue;
      let at = BigInt(`0x${from}`);
      const end = BigInt(`0x${to}`);
      while (at < end) {
        const size = Number(end - at < BigInt(block.length) ? end - at : BigInt(block.length));
        let read = 0;
        try {
          read = readSync(file, block, 0, size, at as unknown as number);
        } catch {
          break;
        }
        if (read === 0) break;
        const part = block.subarray(0, read);
        for (const needle of needles)
          for (let place = part.indexOf(needle); place >= 0; place = part.indexOf(needle, place + 1))
            count += 1;
        // Words that lie across two blocks are looked for again from before the border.
        const more = at + BigInt(read) < end ? wide.length : 0;
        at += BigInt(Math.max(1, read - more));
      }
    }
  } finally {
    closeSync(file);
  }
  return count;
}

const folder = mkdtempSync(join(tmpdir(), 'fellside-memory-'));
let host: ChromiumHost | null = null;
const mayLook = process.platform === 'linux' && findBrowser() !== null;

beforeAll(async () => {
  if (mayLook) await buildWhenStale();
}, 300_000);
afterAll(async () => {
  await host?.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

describe.skipIf(!mayLook)('the memory that is left after a lock', () => {
  it('holds nothing of the operation in any engine or page', { timeout: 240_000 }, async (context) => {
    // Two halves: whole it stands in no file of this test, only where the product puts it together.
    const canary = ['Quenby', 'Oxthwaite-Marrable'].join(' ');
    host = await openChromiumHost({
      headless: true,
      environment: { FELLSIDE_SETTINGS: folder },
      dialogs: { pickFolder: () => join(folder, 'Memory.fellside') },
    });
    const { page } = host;
    await page.getByRole('button', { name: 'Create a workspace' }).click();
    await page.getByLabel('Operation name').fill('Memory');
    await page.getByLabel('Your name').fill('R. Sturgess');
    await page.getByLabel('Passphrase', { exact: true }).fill('copper heron walks north 71');
    await page.getByLabel('Passphrase again').fill('copper heron walks north 71');
    await page.getByRole('button', { name: 'Choose a folder and create' }).click();
    await page.getByRole('region', { name: 'Overview' }).waitFor({ timeout: 60_000 });
    await page.keyboard.press('Alt+7');
    const text = page.locator('textarea').first();
    await text.fill(canary);
    await page.keyboard.press('Control+s');
    await page.getByRole('button', { name: 'Versions', exact: true }).waitFor();
    await page.waitForTimeout(1500);

    const before = descendants();
    const held = before.filter((each) => isRenderer(each) || isEngine(each));
    const counts = held.map(({ pid }) => countInMemory(pid, canary));
    if (counts.every((count) => count === null))
      return context.skip('this user may not read the memory of processes');
    // The look itself is proved: it finds the words while they are there, in the engine and in the page.
    expect(held.filter(isEngine).some(({ pid }) => (countInMemory(pid, canary) ?? 0) > 0)).toBe(true);
    expect(held.filter(isRenderer).some(({ pid }) => (countInMemory(pid, canary) ?? 0) > 0)).toBe(true);

    await page.keyboard.press('Control+l');
    await page.getByText(/^Locked\./).waitFor({ timeout: 60_000 });
    const old = held.map(({ pid }) => pid);
    await expect
      .poll(
        () =>
          descendants()
            .filter(({ pid }) => old.includes(pid))
            .map(({ command }) => command.slice(0, 60)),
        {
          timeout: 60_000,
          interval: 250,
        },
      )
      .toEqual([]);
    const left = descendants().filter((each) => isRenderer(each) || isEngine(each));
    expect(left.length).toBeGreaterThanOrEqual(2);
    for (const each of left)
      expect([each.command.slice(0, 60), countInMemory(each.pid, canary)]).toEqual([
        each.command.slice(0, 60),
        0,
      ]);
    if (process.env.FELLSIDE_MEMORY)
      process.stderr.write(
        `${descendants()
          .map(
            (each) =>
              `${each.command.match(/--type=[\w-]+/)?.[0] ?? each.command.slice(0, 40)}: ${countInMemory(each.pid, canary)}`,
          )
          .join('\n')}\n`,
      );
  });
});
