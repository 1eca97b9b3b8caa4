import { describe, expect, it } from 'vitest';
import { canClose, openPointsOf } from '../../shared/domain/closing.ts';

const fields = (result: object, warrant?: object) =>
  openPointsOf({ ref: 'RES-1', ...result }, warrant ? { ref: 'WAR-1', ...warrant } : undefined).map(
    (point) => `${point.ref} ${point.field}`,
  );

describe('closing a result', () => {
  it('asks for entry, found, seized other and return; the last two of the warrant', () => {
    expect(fields({}, {})).toEqual([
      'RES-1 enteredAt',
      'RES-1 found',
      'WAR-1 seizedOther',
      'WAR-1 returnedAt',
    ]);
    expect(
      fields({ enteredAt: '2026-12-03T05:31', found: 'no' }, { seizedOther: 'no', returnedAt: '2026-12-04' }),
    ).toEqual([]);
  });

  it('asks nothing of a warrant where there was none, and nothing found where nobody was in and none entered', () => {
    expect(fields({ enteredAt: '2026-12-03T05:31', found: 'yes' })).toEqual([]);
    expect(fields({ nobodyIn: 'yes' })).toEqual([]);
    expect(fields({ nobodyIn: 'yes', enteredAt: '2026-12-03T05:31' })).toEqual(['RES-1 found']);
    expect(fields({ nobodyIn: 'no' })).toEqual(['RES-1 enteredAt', 'RES-1 found']);
  });

  it('a blank closes only when it is explained, and a note of spaces explains nothing', () => {
    expect(canClose({ ref: 'RES-1', enteredAt: '2026-12-03T05:31' }, undefined)).toBe(false);
    expect(canClose({ ref: 'RES-1', enteredAt: '2026-12-03T05:31', note: '  ' }, undefined)).toBe(false);
    expect(canClose({ ref: 'RES-1', note: 'Called off at the door.' }, { ref: 'WAR-1' })).toBe(true);
  });
});
