/** The part of locking that Electron's main process does, driven by recorded events. */
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeClipboardGuard, makeLocker, watchPower } from '../../electron/main/locking.ts';
import { NativeCall } from '../../shared/contract/nativeCall.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function makeParts() {
  const steps: string[] = [];
  let folder: string | null = '/data/op.fellside';
  const locker = makeLocker({
    want: (reason) => steps.push(`want ${reason}`),
    endEngine: async (reason) => {
      steps.push(`end engine ${reason}`);
      return folder;
    },
    endPage: () => steps.push('end page'),
    loadPage: () => steps.push('load page'),
    clearClipboard: async () => void steps.push('clear clipboard'),
    grant: async (path) => ({ grant: `grant of ${path}`, name: 'op.fellside' }),
  });
  function noWorkspace(): void {
    folder = null;
  }
  return { steps, locker, noWorkspace };
}

describe('a lock', () => {
  test('clears the clipboard, ends both processes, and loads the page once the engine is gone', async () => {
    const { steps, locker } = makeParts();
    await locker.lock('asked');
    expect(steps).toEqual(['clear clipboard', 'end page', 'end engine asked', 'load page']);
    expect(await locker.takeLocked()).toEqual({
      reason: 'asked',
      workspace: { grant: 'grant of /data/op.fellside', name: 'op.fellside' },
    });
    expect(await locker.takeLocked()).toBe(null);
  });

  test('that is asked for twice is one lock', async () => {
    const { steps, locker } = makeParts();
    await Promise.all([locker.lock('idle'), locker.lock('screen')]);
    expect(steps.filter((step) => step.startsWith('end engine'))).toEqual(['end engine idle']);
  });

  test('of the host waits a moment for the page, and no longer', async () => {
    const { steps, locker } = makeParts();
    const done = locker.want('sleep');
    expect(steps).toEqual(['want sleep']);
    await vi.advanceTimersByTimeAsync(300);
    await done;
    expect(steps.slice(1)).toEqual(['clear clipboard', 'end page', 'end engine sleep', 'load page']);
  });

  test('of the host is not repeated where the page has asked for it meanwhile', async () => {
    const { steps, locker } = makeParts();
    const done = locker.want('screen');
    await locker.lock('screen');
    await vi.advanceTimersByTimeAsync(300);
    await done;
    expect(steps.filter((step) => step === 'end page')).toHaveLength(1);
    // Nobody unlocks, and the machine sleeps as well: there is still something to be sure of.
    await locker.takeLocked();
    const again = locker.want('sleep');
    await vi.advanceTimersByTimeAsync(300);
    await again;
    expect(steps.filter((step) => step === 'end page')).toHaveLength(2);
  });

  test('of the host is not repeated where the fresh page has already taken what was locked', async () => {
    const { steps, locker } = makeParts();
    const done = locker.want('screen');
    await locker.lock('screen');
    await locker.takeLocked();
    await vi.advanceTimersByTimeAsync(300);
    await done;
    expect(steps.filter((step) => step === 'end page')).toHaveLength(1);
  });

  test('with no workspace open names none', async () => {
    const { locker, noWorkspace } = makeParts();
    noWorkspace();
    await locker.lock('asked');
    expect(await locker.takeLocked()).toEqual({ reason: 'asked', workspace: null });
  });
});

describe('the machine', () => {
  function watch(platform: NodeJS.Platform) {
    const power = Object.assign(new EventEmitter(), {
      state: 'active' as 'active' | 'locked',
      getSystemIdleState: () => power.state,
    });
    const wanted: string[] = [];
    const stop = watchPower(power as never, platform, (reason) => wanted.push(reason));
    return { power, wanted, stop };
  }

  test('locks when it sleeps, when its screen is locked, when another user is switched to', () => {
    const { power, wanted } = watch('darwin');
    for (const event of ['suspend', 'lock-screen', 'user-did-resign-active', 'resume']) power.emit(event);
    expect(wanted).toEqual(['sleep', 'screen', 'user-switched']);
  });

  test('is looked at where it sends no event for a locked screen, and locks once for each', () => {
    const { power, wanted, stop } = watch('linux');
    vi.advanceTimersByTime(10_000);
    expect(wanted).toEqual([]);
    power.state = 'locked';
    vi.advanceTimersByTime(20_000);
    expect(wanted).toEqual(['screen']);
    power.state = 'active';
    vi.advanceTimersByTime(5_000);
    power.state = 'locked';
    vi.advanceTimersByTime(5_000);
    expect(wanted).toEqual(['screen', 'screen']);
    stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the clipboard', () => {
  function makeClipboard() {
    const clipboard = {
      text: '',
      readText: async () => clipboard.text,
      clear: () => {
        clipboard.text = '';
      },
    };
    return { clipboard, guard: makeClipboardGuard(clipboard as never) };
  }

  test('loses what was copied after the time that was set', async () => {
    const { clipboard, guard } = makeClipboard();
    clipboard.text = 'NOM-1 Maud Ellery';
    guard.noteCopied(60);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(clipboard.text).toBe('NOM-1 Maud Ellery');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(clipboard.text).toBe('');
  });

  test('keeps what was copied elsewhere since, at a lock too', async () => {
    const { clipboard, guard } = makeClipboard();
    clipboard.text = 'ours';
    guard.noteCopied(60);
    await vi.advanceTimersByTimeAsync(0);
    clipboard.text = 'somebody else’s';
    await guard.clear();
    expect(clipboard.text).toBe('somebody else’s');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a call of the preload', () => {
  test('is taken where it is one of those known, to the letter', () => {
    const calls = [
      { name: 'pickFiles', options: {} },
      { name: 'pickFiles', options: { multiple: true, extensions: ['xlsx', 'csv'] } },
      { name: 'pickFolder', options: { purpose: 'new-workspace', suggestedName: 'Operation Fellgate' } },
      { name: 'grantDroppedFiles', paths: ['/data/a.xlsx'] },
      { name: 'reveal', grant: 'export-abc' },
      { name: 'confirmClose', message: null },
      { name: 'lock', reason: 'idle' },
      { name: 'takeLocked' },
      { name: 'noteCopied', seconds: 60 },
      { name: 'protectScreen', on: true },
    ];
    expect(calls.filter((call) => !NativeCall.safeParse(call).success)).toEqual([]);
    const refused = [
      null,
      'lock',
      [],
      {},
      { name: 'openExternal', url: 'https://example.org/' },
      { name: 'lock', reason: 'because' },
      { name: 'lock', reason: 'idle', also: 'this' },
      { name: 'reveal', grant: 7 },
      { name: 'reveal', grant: 'x'.repeat(1000) },
      { name: 'pickFiles', options: { extensions: ['*/../x'] } },
      { name: 'pickFolder', options: { purpose: 'system' } },
      { name: 'grantDroppedFiles', paths: Array.from({ length: 501 }, () => '/a') },
      { name: 'grantDroppedFiles', paths: [{ toString: () => '/etc/passwd' }] },
      { name: 'confirmClose', message: 'x'.repeat(100_000) },
      { name: 'noteCopied', seconds: Number.NaN },
      { name: 'noteCopied', seconds: -1 },
      { name: 'protectScreen', on: 'no' },
      JSON.parse('{"__proto__":{"name":"takeLocked"}}'),
    ];
    expect(refused.filter((call) => NativeCall.safeParse(call).success)).toEqual([]);
  });
});
