/** When a workspace locks by itself, and what is worth a word of what was kept. */
import { describe, expect, it } from 'vitest';
import { hasShapeOf, isTyped } from '../../renderer/app/drafts.ts';
import { judgeIdle } from '../../renderer/app/judgeIdle.ts';
import { describeDraft } from '../../renderer/copy/locking.ts';

const now = { idleSeconds: 0, sinceLastLook: 1, working: false, idleMinutes: 10 };

describe('nobody there', () => {
  it('is counted down for the last half minute, and then locked', () => {
    expect(judgeIdle({ ...now, idleSeconds: 569 })).toEqual({ left: null });
    expect(judgeIdle({ ...now, idleSeconds: 570 })).toEqual({ left: 30 });
    expect(judgeIdle({ ...now, idleSeconds: 599.5 })).toEqual({ left: 1 });
    expect(judgeIdle({ ...now, idleSeconds: 600 })).toEqual({ lock: 'idle' });
    expect(judgeIdle({ ...now, idleMinutes: 1, idleSeconds: 60 })).toEqual({ lock: 'idle' });
  });

  it('is not judged while an import runs, for an hour', () => {
    expect(judgeIdle({ ...now, working: true, idleSeconds: 3599 })).toEqual({ left: null });
    expect(judgeIdle({ ...now, working: true, idleSeconds: 3600 })).toEqual({ lock: 'idle' });
  });

  it('is allowed for ever where a lead has said so, but not through sleep', () => {
    expect(judgeIdle({ ...now, idleMinutes: null, idleSeconds: 86_400 })).toEqual({ left: null });
    expect(judgeIdle({ ...now, idleMinutes: null, sinceLastLook: 91 })).toEqual({ lock: 'sleep' });
  });
});

describe('a draft', () => {
  it('is named by its place', () => {
    expect(describeDraft('briefing')).toBe('the briefing');
    expect(describeDraft('record/WAR-1/number')).toBe('Warrant number of WAR-1');
    expect(describeDraft('open/NOM-7/note')).toMatch(/ of NOM-7$/);
    expect(describeDraft('add/people/name')).toMatch(/^a new /);
    expect(describeDraft('place')).toBe(null);
    for (const key of ['cell/none/none', 'record', '', '/', 'add/__proto__/x', 'unheard/of'])
      expect(() => describeDraft(key)).not.toThrow();
  });

  it('of another shape than its place keeps is let go', () => {
    const like = hasShapeOf({ text: '', picked: [] as string[] });
    expect(like({ text: 'a', picked: [] })).toBe(true);
    for (const wrong of [null, 'a', 7, [], {}, { text: 1, picked: [] }, { text: 'a', picked: {} }])
      expect(like(wrong)).toBe(false);
    expect(isTyped({ text: 'a', picked: [{ value: 'NOM-1', label: 'Maud' }] })).toBe(true);
    expect(isTyped({ text: 'a', picked: [{ value: 1 }] })).toBe(false);
  });
});
