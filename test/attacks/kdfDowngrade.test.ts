/**
 * The attack: a slot that asks for less work, so that a stolen header is cheaper to try, or for so much that the
 * machine of whoever opens it chokes. Parameters below the floor or above the cap are refused before any work; others
 * than those a slot was made with do not open it; and no new slot takes over what somebody wrote into another one.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calibrateKdf, chooseKdf, kdfFloor, makeKdf } from '../../electron/engine/workspace/kdf.ts';
import { cleanUp, makeFolder, makeWorkspace, openWorkspaceAt, refusal } from '../engine/support.ts';

interface Header {
  slots: { wraps: { kdf: Record<string, unknown> }[] }[];
}

let original: string;
const headerOf = (workspace: string) =>
  JSON.parse(readFileSync(join(workspace, 'workspace.json'), 'utf8')) as Header;

beforeAll(async () => {
  const bench = await makeWorkspace();
  await bench.engine.close();
  original = bench.workspace;
}, 120_000);

afterAll(cleanUp);

function withKdf(part: Record<string, unknown>): string {
  const workspace = join(makeFolder(), 'op.fellside');
  cpSync(original, workspace, { recursive: true });
  const header = headerOf(workspace);
  for (const slot of header.slots) for (const wrap of slot.wraps) Object.assign(wrap.kdf, part);
  writeFileSync(join(workspace, 'workspace.json'), JSON.stringify(header));
  return workspace;
}

describe('parameters of Argon2id', { timeout: 120_000 }, () => {
  it.each([
    [{ memoryKiB: 65_535 }],
    [{ memoryKiB: 8 }],
    [{ memoryKiB: -1 }],
    [{ memoryKiB: 65_536.5 }],
    [{ memoryKiB: 2_000_000 }],
    [{ passes: 2 }],
    [{ passes: 0 }],
    [{ passes: 4_000_000 }],
    [{ lanes: 0 }],
    [{ lanes: 255 }],
    [{ salt: '' }],
    [{ salt: 'AAAA' }],
    [{ name: 'argon2d' }],
    [{ name: 'none' }],
    [{ secret: 'AAAA' }],
  ])('%j are refused before any work', async (part) => {
    expect((await refusal(openWorkspaceAt(withKdf(part)))).code).toBe('workspace.altered');
  });

  it.each([[{ passes: 5 }], [{ memoryKiB: 131_072 }], [{ lanes: 2 }]])(
    '%j open nothing that was made with others',
    async (part) => {
      expect((await refusal(openWorkspaceAt(withKdf(part)))).code).toBe('workspace.wrong-passphrase');
    },
  );

  it('of many kinds in one header are refused: each would be tried', async () => {
    const workspace = withKdf({});
    const header = headerOf(workspace) as unknown as { slots: { id: string; wraps: { kdf: object }[] }[] };
    const [slot] = header.slots;
    for (let number = 0; number < 20 && slot; number += 1) {
      const another = structuredClone(slot);
      another.id = `made-up-slot-${number}`;
      for (const wrap of another.wraps)
        Object.assign(wrap.kdf, { passes: 3 + (number % 7), memoryKiB: 65_536 + number });
      header.slots.push(another);
    }
    writeFileSync(join(workspace, 'workspace.json'), JSON.stringify(header));
    expect((await refusal(openWorkspaceAt(workspace))).code).toBe('workspace.altered');
  });

  it('are measured: passes as many as take the time, never below the floor nor above what a header may ask', async () => {
    const linear = (atFloor: number) => async (cost: typeof kdfFloor) =>
      (atFloor * cost.memoryKiB * cost.passes) / (kdfFloor.memoryKiB * kdfFloor.passes);
    expect(await calibrateKdf(linear(60_000))).toEqual(kdfFloor);
    expect(await calibrateKdf(linear(700))).toEqual(kdfFloor);
    expect(await calibrateKdf(linear(350))).toEqual({ ...kdfFloor, passes: 6 });
    expect(await calibrateKdf(linear(210))).toEqual({ ...kdfFloor, passes: 10 });
    expect(await calibrateKdf(linear(0.001))).toEqual({ ...kdfFloor, passes: 10 });
  });

  it('of a new slot are those of its maker, unless they are cheaper than half of what the machine bears', () => {
    const own = makeKdf(kdfFloor);
    expect(chooseKdf(own, kdfFloor)).toBe(own);
    const strong = { memoryKiB: 262_144, passes: 3, lanes: 1 };
    const fresh = chooseKdf(own, strong);
    expect(fresh).toMatchObject(strong);
    expect(fresh.salt).not.toBe(own.salt);
    expect(chooseKdf(null, kdfFloor).salt).not.toBe(own.salt);
  });
});
