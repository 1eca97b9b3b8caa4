import { describe, expect, it } from 'vitest';
import { percent } from '../../renderer/copy/matching.ts';
import {
  afterMerge,
  clustersWithout,
  makeCases,
  withoutPair,
} from '../../renderer/features/matching/queue.ts';
import type { MatchPair } from '../../shared/contract/areas/matching.ts';

const pair = (a: string, b: string, score: number, decision: MatchPair['decision'] = 'match'): MatchPair => ({
  a,
  b,
  score,
  decision,
  reasons: [],
});

describe('the queue of the review', () => {
  const pairs = [
    pair('NOM-1', 'NOM-2', 0.99),
    pair('NOM-2', 'NOM-3', 0.97),
    pair('NOM-1', 'NOM-3', 0.6),
    pair('NOM-3', 'NOM-9', 0.5, 'possible'),
    pair('NOM-10', 'NOM-4', 0.98),
    pair('NOM-5', 'NOM-6', 0.999, 'unsure'),
  ];
  const clusters = [
    ['NOM-1', 'NOM-2', 'NOM-3'],
    ['NOM-4', 'NOM-10'],
  ];

  it('has groups whole, pairs by themselves, and what was left open last', () => {
    expect(
      makeCases(pairs, clusters).map((each) => [each.kind, each.refs.join(' '), each.pairs.length]),
    ).toEqual([
      ['pair', 'NOM-4 NOM-10', 1],
      ['group', 'NOM-1 NOM-2 NOM-3', 3],
      ['pair', 'NOM-3 NOM-9', 1],
      ['unsure', 'NOM-5 NOM-6', 1],
    ]);
  });

  it('names what stayed after a merge, and nothing twice', () => {
    const left = afterMerge([...pairs, pair('NOM-2', 'NOM-9', 0.4, 'possible')], ['NOM-1', 'NOM-2', 'NOM-3']);
    expect(left.map(({ a, b }) => `${a} ${b}`)).toEqual(['NOM-1 NOM-9', 'NOM-10 NOM-4', 'NOM-5 NOM-6']);
    expect(clustersWithout(clusters, ['NOM-1', 'NOM-2'])).toEqual([['NOM-4', 'NOM-10']]);
  });

  it('forgets a pair that is different, whichever is named first', () => {
    expect(withoutPair(pairs, 'NOM-2', 'NOM-1')).toHaveLength(pairs.length - 1);
  });
});

it('never rounds a likelihood up to certainty', () => {
  expect(percent(0.99999)).toBe('99.9%');
  expect(percent(0.95)).toBe('95%');
  expect(percent(0.0521)).toBe('5.2%');
});
